"""Word and Excel (办公文档): new ones are packed anew part by part, authors left out; whatever could run is refused."""

import re
import zipfile
from io import BytesIO

from liren.core.duty import Refused

from .embedded import without_notes
from .kinds import KINDS, Clean, Kind

MB = 1024 * 1024
MOST_PARTS = 5000
MOST_UNPACKED = 300 * MB
# Repetitive XML packs to 1:10 … 1:60; bombs start in the hundreds.
MOST_RATIO, RATIO_MATTERS_FROM = 250, 40 * MB
BROKEN = (zipfile.BadZipFile, OSError, EOFError, ValueError, KeyError, NotImplementedError, RuntimeError)
RUNS = re.compile(
    rb"vbaproject|vbadata|macrosheets/|activex/|embeddings/[^/]*\.(?:bin|exe|com|scr|vbs|js)$", re.I
)
PICTURE = re.compile(r"\.(jpe?g|jfif|png)$", re.I)
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What says who wrote it, for whom and for how long, with nothing in it.
EMPTIED = {
    "docprops/core.xml": HEAD + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
    'metadata/core-properties"/>',
    "docprops/app.xml": HEAD + f'<Properties xmlns="{PROPERTIES}extended-properties"/>',
    "docprops/custom.xml": HEAD + f'<Properties xmlns="{PROPERTIES}custom-properties"/>',
}
# Where on whose computer the file lay: the path of a workbook, the template of a text.
ABSOLUTE_PATH = re.compile(rb"<x15ac:absPath\b[^>]*/>|<x15ac:absPath\b[^>]*>.*?</x15ac:absPath>", re.S)
RELATIONSHIP = re.compile(rb"<Relationship\b[^>]*>", re.S)
TARGET = re.compile(rb"\bTarget\s*=\s*(\"[^\"]*\"|'[^']*')")
EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']")
OUTSIDE_FINE = re.compile(rb"/(hyperlink|externalLinkPath)[\"']")


def clean_package(content: bytes, *, name: str) -> Clean:
    """A .docx or .xlsx packed anew without its authors. Refuses macros, passwords, bombs and other archives."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            _check(parts, name)
            kind = _kind(parts, name)
            return Clean(_packed_anew(archive, parts, name), kind)
    except BROKEN:
        raise Refused(f"「{name}」没有传完整，或者文件本身坏了。请打开看一眼，重新传一次") from None


def _check(parts: list[zipfile.ZipInfo], name: str) -> None:
    names = [part.filename.lower() for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(f"「{name}」加了密码，请先取消密码再传")
    swollen = any(
        part.file_size > max(RATIO_MATTERS_FROM, MOST_RATIO * max(part.compress_size, 1)) for part in parts
    )
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED or swollen:
        raise Refused(f"「{name}」压缩得不正常（可能是“压缩炸弹”），为安全起见没有收")
    if len(set(names)) < len(names) or any(
        ".." in n.split("/") or n.startswith("/") or "\\" in n for n in names
    ):
        raise Refused(f"「{name}」里面的部件不正常，为安全起见没有收。请另存一份再传")
    if any(RUNS.search(n.encode()) for n in names):
        raise Refused(f"「{name}」里带着宏或程序，为安全起见没有收。请另存为不带宏的文档，或者转成 PDF 再传")


def _kind(parts: list[zipfile.ZipInfo], name: str) -> Kind:
    names = {part.filename.lower() for part in parts}
    if "[content_types].xml" in names:
        if "word/document.xml" in names:
            return KINDS["docx"]
        if "xl/workbook.xml" in names:
            return KINDS["xlsx"]
        if any(n.startswith("ppt/") for n in names):
            raise Refused(f"「{name}」是演示文稿，请另存为 PDF 再传")
    raise Refused(f"「{name}」是压缩包。请先解压，再传里面的文件")


def _packed_anew(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in parts:
            if not part.is_dir():
                plain = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
                plain.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(plain, _part(part.filename, archive.read(part), name))
    return out.getvalue()


def _part(path: str, content: bytes, name: str) -> bytes:
    low = path.lower()
    if low in EMPTIED:
        return EMPTIED[low].encode()
    if low == "[content_types].xml" and (b"macroenabled" in content.lower() or b"\0" in content):
        raise Refused(f"「{name}」里带着宏，为安全起见没有收。请另存为不带宏的文档再传")
    if low.endswith(".rels"):
        return _without_outside(content, name)
    if low == "xl/workbook.xml":
        return ABSOLUTE_PATH.sub(b"", content)
    return without_notes(content) if PICTURE.search(path) else content


def _without_outside(content: bytes, name: str) -> bytes:
    """Links stay; what would be fetched from elsewhere on opening points nowhere."""
    if b"\0" in content:
        raise Refused(f"「{name}」里面的部件不正常，为安全起见没有收。请另存一份再传")

    def inside(found: re.Match[bytes]) -> bytes:
        told: bytes = found.group()
        if not EXTERNAL.search(told) or OUTSIDE_FINE.search(told):
            return told
        return TARGET.sub(b'Target="about:blank"', told)

    return RELATIONSHIP.sub(inside, content)
