"""Kinds (附件的种类): what a file really is, by its first bytes; its name and what a browser says prove nothing."""

import datetime
from dataclasses import dataclass

from liren.core.duty import Refused

PHOTO, PAPER, SOUND, FILM = "photo", "paper", "sound", "film"
FAMILIES = {PHOTO: "照片", PAPER: "文档", SOUND: "录音", FILM: "视频"}
TAKEN = "这里收照片（JPG、PNG）、PDF、Word、Excel、录音和短视频"

OOXML = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Kind:
    """One kind that is taken: its key, family, how browsers call it, and how names of such files end."""

    key: str
    family: str
    mime: str
    suffix: str


KINDS = {
    kind.key: kind
    for kind in (
        Kind("jpeg", PHOTO, "image/jpeg", ".jpg"),
        Kind("png", PHOTO, "image/png", ".png"),
        Kind("gif", PHOTO, "image/gif", ".gif"),
        Kind("webp", PHOTO, "image/webp", ".webp"),
        Kind("pdf", PAPER, "application/pdf", ".pdf"),
        Kind("docx", PAPER, f"{OOXML}wordprocessingml.document", ".docx"),
        Kind("xlsx", PAPER, f"{OOXML}spreadsheetml.sheet", ".xlsx"),
        Kind("doc", PAPER, "application/msword", ".doc"),
        Kind("xls", PAPER, "application/vnd.ms-excel", ".xls"),
        Kind("mp3", SOUND, "audio/mpeg", ".mp3"),
        Kind("aac", SOUND, "audio/aac", ".aac"),
        Kind("m4a", SOUND, "audio/mp4", ".m4a"),
        Kind("amr", SOUND, "audio/amr", ".amr"),
        Kind("wav", SOUND, "audio/wav", ".wav"),
        Kind("ogg", SOUND, "audio/ogg", ".ogg"),
        Kind("mp4", FILM, "video/mp4", ".mp4"),
        Kind("mov", FILM, "video/quicktime", ".mov"),
    )
}


@dataclass(frozen=True)
class Clean:
    """A file as it is kept: what it says and shows, and nothing about who made it, with what, or where."""

    content: bytes
    kind: Kind
    width: int | None = None
    height: int | None = None
    seconds: int | None = None
    thumbnail: bytes = b""
    taken_at: datetime.datetime | None = None


# First bytes, and the key of the kind.
OPENINGS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"ID3", "mp3"),
    (b"#!AMR", "amr"),
    (b"OggS", "ogg"),
)
HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
# First bytes of what is not taken, and what to do about it.
NOT_TAKEN = (
    (b"\x02#!SILK", "是微信的原始语音，电脑上放不出来。请在微信里把语音转成文字，或者用手机录音再传"),
    (b"#!SILK", "是微信的原始语音，电脑上放不出来。请在微信里把语音转成文字，或者用手机录音再传"),
    (b"BM", "是 BMP 图片，请另存为 JPG 或 PNG 再传"),
    (b"II*\x00", "是 TIFF 图片，请另存为 JPG 或 PDF 再传"),
    (b"MM\x00*", "是 TIFF 图片，请另存为 JPG 或 PDF 再传"),
    (b"Rar!", "是压缩包。请先解压，再传里面的文件"),
    (b"7z\xbc\xaf", "是压缩包。请先解压，再传里面的文件"),
    (b"\x1f\x8b", "是压缩包。请先解压，再传里面的文件"),
    (b"MZ", "是程序，不是材料，为安全起见没有收"),
    (b"\x7fELF", "是程序，不是材料，为安全起见没有收"),
    (b"\x1aE\xdf\xa3", "是 WebM 或 MKV 视频，请转成 MP4 再传"),
    (b"{\\rtf", "是 RTF 文档，请另存为 Word（.docx）或 PDF 再传"),
)


def key_of(content: bytes, name: str) -> str:
    """The key of a kind, or `zip`, `ole`, `movie`, whose inside decides. Refuses everything else, saying what to do."""
    head = content[:512]
    for opening, key in OPENINGS:
        if head.startswith(opening):
            return key
    if head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE"):
        return "webp" if head[8:12] == b"WEBP" else "wav"
    if head[4:8] == b"ftyp":
        if head[8:12] in HEIC:
            raise Refused(
                f"「{name}」是苹果手机的 HEIC 照片。请在手机“设置—相机—格式”里选“兼容性最佳”，"
                "或者从微信里存下来再传"
            )
        return "movie"
    if head[0:1] == b"\xff" and len(head) > 3 and head[1] & 0xE0 == 0xE0:
        return "aac" if head[1] & 0xF6 == 0xF0 else "mp3"
    raise Refused(f"「{name}」{_why_not(head)}")


def _why_not(head: bytes) -> str:
    for opening, why in NOT_TAKEN:
        if head.startswith(opening):
            return why
    text = head.decode("utf-8-sig", "ignore").lstrip().lower()
    if "<svg" in text:
        return "是 SVG 图，里面能藏程序，没有收。请另存为 PNG 再传"
    if text.startswith("<"):
        return "是网页，不是照片也不是文档，没有收。请截图或另存为 PDF 再传"
    return f"打不开，不知道是什么文件。{TAKEN}"
