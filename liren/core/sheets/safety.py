"""Safety (文件安全): what a file really is, and whether it may be opened at all.

The name of a file proves nothing: exports of other systems call HTML ".xls", and phones call photos ".xlsx".
So the first bytes decide, and sizes are checked before anything is unpacked.
"""

import zipfile
from pathlib import Path

from liren.core.duty.refused import Refused

MEBIBYTE = 1024 * 1024
# A roster of 100,000 people with 25 columns is about 15 MB; four times that leaves room for pictures.
MAX_FILE_BYTES = 64 * MEBIBYTE
# The sheets of the same roster unpack to about 200 MB of XML.
MAX_UNPACKED_BYTES = 700 * MEBIBYTE
# Repetitive XML of real workbooks packs to 1:10 … 1:60; bombs start in the hundreds.
MAX_RATIO = 250
RATIO_MATTERS_FROM = 40 * MEBIBYTE
MAX_PARTS = 20_000
HEAD_BYTES = 8192

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
RESAVE = "请用表格软件打开后另存为 .xlsx 再导入。"


class Unreadable(Refused):
    """A file that cannot be read as a workbook; the text says why and what to do, in one sentence."""


def kind_of(path: Path) -> str:
    """xlsx (also .xlsm), xlsb, xls, ods, html, xml or csv – by content; refuses what is none of them."""
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("这个文件是空的，没有任何内容。")
    if size > MAX_FILE_BYTES:
        raise Unreadable(
            f"文件有 {size // MEBIBYTE} MB，超过了 {MAX_FILE_BYTES // MEBIBYTE} MB 的上限，请拆分后再导入。"
        )
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(b"PK"):
        return _kind_of_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _kind_of_ole(path)
    return _kind_of_plain(head)


def _kind_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_sizes(parts)
            names = {part.filename.replace("\\", "/").lstrip("/").lower() for part in parts}
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, KeyError, NotImplementedError, RuntimeError):
        raise Unreadable(f"文件已损坏，无法打开，{RESAVE}") from None
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.endswith("workbook.xml") or name.startswith("xl/worksheets/") for name in names):
        return "xlsx"
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in mimetype:
        raise Unreadable("这是文字文档，不是电子表格，请把其中的表格复制到 Excel 后再导入。")
    if any(name.startswith("ppt/") for name in names) or b"opendocument.presentation" in mimetype:
        raise Unreadable("这是演示文稿，不是电子表格。")
    raise Unreadable("这是压缩包而不是电子表格，请先解压，再导入里面的表格文件。")


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS:
        raise Unreadable("文件里的部件多得不正常，为安全起见没有打开。")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("文件加了密码，请先取消密码再导入。")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED_BYTES:
        raise Unreadable(f"文件解压后有 {unpacked // MEBIBYTE} MB，大得不正常，为安全起见没有打开。")
    for part in parts:
        swollen = part.file_size > RATIO_MATTERS_FROM
        if swollen and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise Unreadable("文件压缩得不正常（可能是“压缩炸弹”），为安全起见没有打开。")


def _kind_of_ole(path: Path) -> str:
    data = path.read_bytes()

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise Unreadable("文件加了密码，请先取消密码再导入。")
    if has("Workbook") or has("Book"):
        return "xls"
    if has("WordDocument"):
        raise Unreadable("这是 Word 文档，不是电子表格，请把其中的表格复制到 Excel 后再导入。")
    raise Unreadable(f"这不是电子表格文件，{RESAVE}")


def _kind_of_plain(head: bytes) -> str:
    if head.startswith(PICTURES) or head[8:12] == b"WEBP" or head[4:8] == b"ftyp":
        raise Unreadable("这是一张图片，不是电子表格，请导入表格文件本身。")
    if head.startswith(b"%PDF"):
        raise Unreadable("这是 PDF 文件，不是电子表格，请导入原来的表格文件。")
    if head.startswith((b"{\\rtf", b"MIME-Version", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF")):
        raise Unreadable(f"这不是电子表格文件，{RESAVE}")
    if head[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08"):
        return "biff"
    text = _opening(head)
    if text.startswith("<?xml") or text.startswith("<"):
        return _kind_of_markup(text)
    if _is_binary(head):
        raise Unreadable(f"文件已损坏或不是电子表格，无法打开，{RESAVE}")
    return "csv"


def _opening(head: bytes) -> str:
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return head.decode(encoding, "ignore").lstrip().lower()


def _kind_of_markup(text: str) -> str:
    if "<!entity" in text:
        raise Unreadable("文件里有不安全的 XML 定义，为安全起见没有打开。")
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return "xml"
    if any(tag in text for tag in ("<html", "<table", "<body", "<meta", "<!doctype html", "<tr", "<div")):
        return "html"
    if text.startswith("<?xml") or text.startswith("<!"):
        raise Unreadable(f"这是 XML 数据文件，不是电子表格，{RESAVE}")
    return "csv"


def _is_binary(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or unmarked_utf16(head):
        return False
    control = sum(1 for byte in head if byte < 9 or 13 < byte < 32)
    return 0 in head or control > len(head) // 50


def unmarked_utf16(head: bytes) -> str:
    """The codec of UTF-16 text without a byte order mark, "" when it is something else."""
    if 0 not in head:
        return ""
    best, share = "", 0.9
    for codec in ("utf-16-le", "utf-16-be"):
        text = head[: len(head) // 2 * 2].decode(codec, "replace")
        usual = sum(
            1 for c in text if "\u4e00" <= c <= "\u9fff" or " " <= c <= "~" or c in "\r\n\t，。、：；（）"
        )
        if usual > share * len(text):
            best, share = codec, usual / len(text)
    return best
