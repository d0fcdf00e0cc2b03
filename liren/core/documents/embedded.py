"""Pictures inside other files (文件里的照片): their notes are cut out without touching a single point.

A photo put into a PDF or a Word file keeps where it was taken. Decoding it again would cost quality, so the blocks that
hold notes are left out and everything else is copied.
"""

import struct

PNG = b"\x89PNG\r\n\x1a\n"
# Chunks that say how the points are to be read; text, time and notes of cameras are not among them.
PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs", b"cICP",
}  # fmt: skip
# Blocks of a JPEG that hold notes: APP1 (Exif, XMP), APP3 to APP13 (makers, Photoshop), APP15, comments.
JPEG_NOTES = {0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE}
SCAN, END = 0xDA, 0xD9
ALONE = {0x01, *range(0xD0, 0xD9)}


def without_notes(content: bytes) -> bytes:
    """A JPEG or PNG without what was noted beside its points; anything else, and what is broken, as it came."""
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg(content)
        if content.startswith(PNG):
            return _png(content)
    except (IndexError, struct.error):
        return content
    return content


def _jpeg(content: bytes) -> bytes:
    kept, at = [content[:2]], 2
    while True:
        if content[at] != 0xFF:
            return content
        mark = content[at + 1]
        if mark == 0xFF:
            at += 1
        elif mark in ALONE:
            kept.append(content[at : at + 2])
            at += 2
        elif mark in (SCAN, END):
            # After the last scan there is only what somebody hung on behind the picture.
            end = content.rfind(b"\xff\xd9")
            return b"".join(kept) + content[at : end + 2 if end > at else None]
        else:
            size = 2 + struct.unpack_from(">H", content, at + 2)[0]
            if mark not in JPEG_NOTES:
                kept.append(content[at : at + size])
            at += size


def _png(content: bytes) -> bytes:
    kept, at = [PNG], len(PNG)
    while at < len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        if kind in PNG_KEPT:
            kept.append(content[at : at + size + 12])
        at += size + 12
        if kind == b"IEND":
            break
    return b"".join(kept)
