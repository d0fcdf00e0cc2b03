"""Old Word and Excel (老版办公文档): authors are blanked in place; whatever could run is refused."""

import struct
from io import BytesIO

import olefile

from liren.core.duty import Refused

from .kinds import KINDS, Clean

BROKEN = (OSError, ValueError, TypeError, IndexError, KeyError, AttributeError, struct.error, RecursionError)
MACROS = {"macros", "_vba_project_cur", "vba", "_vba_project", "\x01ole10native"}
SUMMARIES = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")
# Records of a workbook: who has it open, and that it is locked.
WRITE_ACCESS, FILE_PASS = 0x005C, 0x002F
MOST_RECORDS = 5_000_000


def clean_old(content: bytes, *, name: str) -> Clean:
    """A .doc or .xls with its authors blanked. Refuses macros, passwords, and containers of something else."""
    room = BytesIO(content)
    try:
        with olefile.OleFileIO(room, write_mode=True) as ole:
            streams = ole.listdir()
            kind = _kind(streams, name)
            for path in streams:
                if path[-1] in SUMMARIES:
                    ole.write_stream(path, _without_properties(ole.openstream(path).read()))
            if kind == "xls":
                book = next(path for path in streams if _is_book(path))
                ole.write_stream(book, _unsigned(ole.openstream(book).read(), name))
            elif _locked(ole.openstream("WordDocument").read(32)):
                raise Refused(f"「{name}」加了密码，请先取消密码再传")
    except BROKEN:
        raise Refused(f"「{name}」没有传完整，或者文件本身坏了。请打开看一眼，重新传一次") from None
    return Clean(room.getvalue(), KINDS[kind])


def _kind(streams: list[list[str]], name: str) -> str:
    inside = {step.lower() for path in streams for step in path}
    if "encryptedpackage" in inside:
        raise Refused(f"「{name}」加了密码，请先取消密码再传")
    if inside & MACROS:
        raise Refused(f"「{name}」里带着宏或程序，为安全起见没有收。请另存为不带宏的文档，或者转成 PDF 再传")
    if ["WordDocument"] in streams:
        return "doc"
    if any(map(_is_book, streams)):
        return "xls"
    raise Refused(f"「{name}」不是 Word 也不是 Excel，请另存为 PDF 再传")


def _is_book(path: list[str]) -> bool:
    return len(path) == 1 and path[0].lower() in ("workbook", "book")


def _without_properties(told: bytes) -> bytes:
    """A property set of the same length with its kind and not one property."""
    emptied = told[:24] + struct.pack("<I", 1) + told[28:44] + struct.pack("<III", 48, 8, 0)
    return emptied[: len(told)].ljust(len(told), b"\0")


def _locked(head: bytes) -> bool:
    return bool(struct.unpack_from("<H", head, 10)[0] & 0x0100)


def _unsigned(book: bytes, name: str) -> bytes:
    """The records of a workbook with the name of its last user blanked."""
    out, at = bytearray(book), 0
    for _ in range(MOST_RECORDS):
        if at + 4 > len(book):
            break
        kind, size = struct.unpack_from("<HH", book, at)
        if kind == FILE_PASS:
            raise Refused(f"「{name}」加了密码，请先取消密码再传")
        if kind == WRITE_ACCESS and size >= 3:
            out[at + 4 : at + 4 + size] = b"\x00\x00\x00".ljust(size, b" ")
            break
        at += 4 + size
    return bytes(out)
