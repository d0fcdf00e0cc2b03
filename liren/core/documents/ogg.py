"""Ogg (Opus、Vorbis): the page with the comments is written anew, empty; all others keep their sound."""

import struct
from dataclasses import dataclass
from itertools import pairwise

HEAD = struct.Struct("<4sBBqIIIB")
BEGINS, ENDS, CONTINUES = 2, 4, 1
FEWEST_PAGES, MOST_PAGES = 3, 200_000
POLYNOMIAL = 0x04C11DB7


def _table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1 ^ (POLYNOMIAL if value & 0x80000000 else 0)) & 0xFFFFFFFF
        table.append(value)
    return tuple(table)


TABLE = _table()


@dataclass
class Page:
    """One page: how it stands in its stream, where in the sound it ends, and its packets or parts of them."""

    flags: int
    granule: int
    serial: int
    laces: bytes
    body: bytes
    number: int = -1
    sum: int = 0

    def written(self, number: int) -> bytes:
        """The page under its new number; one that keeps its number keeps its checksum, and an hour of sound its speed."""
        head = HEAD.pack(b"OggS", 0, self.flags, self.granule, self.serial, number, 0, len(self.laces))
        whole = head + self.laces + self.body
        check = self.sum if number == self.number else checksum(whole)
        return whole[:22] + struct.pack("<I", check) + whole[26:]


def checksum(data: bytes) -> int:
    """The checksum of a page whose own field holds zeros."""
    value = 0
    for byte in data:
        value = (value << 8 & 0xFFFFFFFF) ^ TABLE[value >> 24 ^ byte]
    return value


def clean_ogg(content: bytes) -> tuple[bytes, float]:
    """One stream of Opus or Vorbis without its comments, and how many seconds it has."""
    pages = _pages(content)
    first = pages[0]
    if first.body.startswith(b"OpusHead"):
        headers, samples, comments = 2, 48000, b"OpusTags" + struct.pack("<II", 0, 0)
    elif first.body.startswith(b"\x01vorbis"):
        headers, samples = 3, struct.unpack_from("<I", first.body, 12)[0]
        comments = b"\x03vorbis" + struct.pack("<II", 0, 0) + b"\x01"
    else:
        raise ValueError("neither Opus nor Vorbis")
    packets, used = _packets(pages, headers)
    packets[1] = comments
    kept = [first, *_paged(packets[1:], first.serial), *pages[used:]]
    seconds = max(page.granule for page in pages) / samples
    if seconds <= 0 or used >= len(pages):
        raise ValueError("no sound")
    return b"".join(page.written(number) for number, page in enumerate(kept)), seconds


def _pages(content: bytes) -> list[Page]:
    pages: list[Page] = []
    at = 0
    while at + HEAD.size <= len(content) and len(pages) < MOST_PAGES:
        mark, _, flags, granule, serial, number, check, count = HEAD.unpack_from(content, at)
        laces = content[at + HEAD.size : at + HEAD.size + count]
        start = at + HEAD.size + count
        body = content[start : start + sum(laces)]
        if mark != b"OggS" or len(laces) < count or len(body) < sum(laces):
            break
        if pages and (serial != pages[0].serial or flags & BEGINS):
            raise ValueError("more than one stream")
        pages.append(Page(flags, granule, serial, laces, body, number, check))
        at = start + len(body)
    if len(pages) < FEWEST_PAGES:
        raise ValueError("no sound")
    return pages


def _packets(pages: list[Page], count: int) -> tuple[list[bytes], int]:
    """The first packets, and how many pages they fill; the sound begins on a page of its own."""
    packets, open_one = [], b""
    for used, page in enumerate(pages, 1):
        at = 0
        for lace in page.laces:
            open_one += page.body[at : at + lace]
            at += lace
            if lace < 255:
                packets.append(open_one)
                open_one = b""
        if len(packets) == count and not open_one:
            return packets, used
        if len(packets) > count:
            break
    raise ValueError("headers and sound on one page")


def _paged(packets: list[bytes], serial: int) -> list[Page]:
    """Packets on pages of at most 255 laces."""
    laces = b"".join(b"\xff" * (len(p) // 255) + bytes([len(p) % 255]) for p in packets)
    body, pages, at = b"".join(packets), [], 0
    for start, end in pairwise([*range(0, len(laces), 255), len(laces)]):
        part = laces[start:end]
        goes_on = CONTINUES if start and laces[start - 1] == 255 else 0
        pages.append(Page(goes_on, 0, serial, part, body[at : at + sum(part)]))
        at += sum(part)
    return pages
