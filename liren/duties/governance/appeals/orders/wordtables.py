"""Tables of a Word document (文档里的表格) as sheets; runs in the guarded child, like every opening of strangers' files."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from liren.core.sheets.safety import RESAVE, Unreadable
from liren.core.sheets.workbook import Merge, Row, Sheet, Workbook, frames

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"
# A document of a thousand orders is about 10 MB of XML.
MAX_BODY = 60 * 1024 * 1024


def is_word(path: Path) -> bool:
    """Whether it is a .docx, by what is inside."""
    try:
        with zipfile.ZipFile(path) as archive:
            return BODY in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def read(path: str, name: str) -> Iterator[tuple[str, Any]]:
    """Frames as `open_workbook` expects them: every table a sheet, text between tables left aside."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(BODY).file_size > MAX_BODY:
                raise Unreadable("文档太大，请拆成几份再导。")
            root = fromstring(archive.read(BODY))
    except (zipfile.BadZipFile, KeyError, OSError, ParseError, RuntimeError, DefusedXmlException):
        raise Unreadable(f"文档已损坏或加了密码，无法打开，{RESAVE}") from None
    tables = [node for node in root.iter(f"{W}tbl")]
    for number, table in enumerate(tables, 1):
        rows, merges = _grid(table)
        yield from frames(Sheet(f"表格 {number}", merges=merges), iter(rows))


def _grid(table: Element) -> tuple[list[Row], list[Merge]]:
    """Rows of texts; a cell over several columns stands in its first one."""
    rows: list[Row] = []
    merges: list[Merge] = []
    for node in table.findall(f"{W}tr"):
        row: Row = []
        for cell in node.findall(f"{W}tc"):
            width = _width(cell)
            if width > 1:
                merges.append((len(rows), len(row), len(rows), len(row) + width - 1))
            row.extend([_text(cell), *[""] * (width - 1)])
        rows.append(row)
    return rows, merges


def _width(cell: Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    said = span.get(f"{W}val", "1") if span is not None else "1"
    return min(int(said), 64) if said.isdecimal() else 1


def _text(cell: Element) -> str:
    paragraphs = ("".join(_runs(paragraph)) for paragraph in cell.findall(f"{W}p"))
    return "\n".join(text for text in paragraphs if text.strip()).strip()


def _runs(paragraph: Element) -> Iterator[str]:
    for node in paragraph.iter():
        if node.tag == f"{W}t":
            yield node.text or ""
        elif node.tag in (f"{W}br", f"{W}tab"):
            yield " "


def as_workbook(items: Iterator[tuple[str, Any]]) -> Workbook:
    """The frames put together again."""
    book = Workbook("docx", [])
    for what, content in items:
        if what == "rows":
            book.sheets[-1].rows.extend(content)
        else:
            book.sheets.append(content)
    if not any(sheet.rows for sheet in book.sheets):
        raise Unreadable("文档里没有表格。把工单列表放进表格里，或者导出成 Excel 再导。")
    return book
