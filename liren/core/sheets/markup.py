"""Markup (网页表格): HTML and Excel-2003 XML, which many office systems export under the name .xls."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from .colours import colour_name
from .delimited import decode
from .safety import RESAVE, Unreadable
from .workbook import MAX_COLUMNS, MAX_ROWS, Look, Merge, Row, Sheet, frames

META_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
FILL = re.compile(r"background(?:-color)?\s*:\s*#?([0-9a-f]{6}|[a-z]+)", re.IGNORECASE)
FONT = re.compile(r"(?<![\w-])color\s*:\s*#?([0-9a-f]{6}|[a-z]+)", re.IGNORECASE)
WORDS = {
    "red": "FF0000",
    "yellow": "FFFF00",
    "gray": "808080",
    "grey": "808080",
    "silver": "C0C0C0",
    "lightgrey": "D3D3D3",
    "lightgray": "D3D3D3",
    "green": "008000",
    "lime": "00FF00",
    "blue": "0000FF",
    "orange": "FFA500",
    "pink": "FFC0CB",
    "purple": "800080",
}


def read_html(path: Path) -> Iterator[tuple[str, Any]]:
    """Every table of the page that holds more than one row becomes a sheet."""
    data = path.read_bytes()
    declared = META_CHARSET.search(data[:4096])
    text = decode(data)
    if declared and declared[1].lower() in (b"gb2312", b"gbk", b"gb18030"):
        text = data.decode("gb18030", "replace")
    page = _Page()
    page.feed(text)
    tables = [table for table in page.tables if len(table.rows) > 1] or page.tables
    if not any(table.rows for table in tables):
        raise Unreadable(f"这是网页文件，里面没有表格，{RESAVE}")
    for number, table in enumerate(tables, 1):
        rows, table.rows = table.rows, []
        table.name = table.name or ("Sheet1" if len(tables) == 1 else f"表{number}")
        yield from frames(table, iter(rows))


class _Page(HTMLParser):
    """Collects the innermost tables of a page, spans spread into merges."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Sheet] = []
        self.open: list[Sheet] = []
        self.cell: list[str] | None = None
        self.span = (1, 1)
        self.style = ""
        self.struck = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "table":
            self.open.append(Sheet(""))
        elif tag == "tr" and self.open:
            self._close_cell()
            self.open[-1].rows.append([])
        elif tag in ("td", "th") and self.open:
            self._start_cell(given)
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")
        elif tag in ("s", "del", "strike") and self.cell is not None:
            self.struck = True
        elif tag in ("font", "span") and self.cell is not None:
            self.style += f";{given.get('style', '')};color:{given.get('color', '')}"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._close_cell()
        elif tag == "table" and self.open:
            self._close_cell()
            self.tables.append(self.open.pop())

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def close(self) -> None:
        super().close()
        self.tables.extend(self.open)

    def _start_cell(self, given: dict[str, str]) -> None:
        self._close_cell()
        if not self.open[-1].rows:
            self.open[-1].rows.append([])
        self.cell = []
        self.struck = False
        self.style = f"{given.get('style', '')};background:{given.get('bgcolor', '')}"
        self.span = (_whole(given.get("rowspan")), _whole(given.get("colspan")))

    def _close_cell(self) -> None:
        if self.cell is None or not self.open:
            return
        sheet = self.open[-1]
        text = re.sub(r"[ \t\r\f]*\n\s*", "\n", "".join(self.cell)).strip(" \n\t\r")
        self.cell = None
        row, line = len(sheet.rows) - 1, sheet.rows[-1]
        taken = [merge for merge in sheet.merges if merge[0] < row <= merge[2]]
        while any(merge[1] <= len(line) <= merge[3] for merge in taken):
            line.append("")
        column = len(line)
        if column < MAX_COLUMNS:
            line.append(text)
            line.extend("" for _ in range(self.span[1] - 1))
            self._look(sheet, row, column)
            if self.span != (1, 1):
                sheet.merges.append((row, column, row + self.span[0] - 1, column + self.span[1] - 1))

    def _look(self, sheet: Sheet, row: int, column: int) -> None:
        look = Look(
            _named(FILL, self.style), _named(FONT, self.style), self.struck or "line-through" in self.style
        )
        if look != Look():
            cells = sheet.looks.setdefault(row, {})
            cells[look] = cells.get(look, 0) | 1 << column


def _whole(text: str | None) -> int:
    return min(int(text), MAX_COLUMNS) if text and text.isdigit() and int(text) else 1


def _named(pattern: re.Pattern[str], style: str) -> str:
    for found in pattern.finditer(style):
        word = found[1].lower()
        if name := colour_name(WORDS.get(word, word if len(word) == 6 else "")):
            return name
    return ""


def read_spreadsheet_xml(path: Path) -> Iterator[tuple[str, Any]]:
    """The XML that Excel 2003 wrote ("XML 表格 2003")."""
    try:
        for sheet in _sheets(path):
            rows, sheet.rows = sheet.rows, []
            yield from frames(sheet, iter(rows))
    except DefusedXmlException:
        raise Unreadable("文件里有不安全的 XML 定义，为安全起见没有打开。") from None
    except (ParseError, ValueError, LookupError):
        raise Unreadable(f"文件的 XML 已损坏，无法打开，{RESAVE}") from None


def _sheets(path: Path) -> Iterator[Sheet]:
    sheet = Sheet("")
    hidden: set[int] = set()
    for event, node in iterparse(str(path), events=("start", "end")):
        tag = str(node.tag).rpartition("}")[2]
        if event == "start" and tag == "Worksheet":
            sheet, hidden = Sheet(_given(node, "Name") or "Sheet"), set()
        elif event == "end" and tag == "Row":
            _add_row(sheet, node, hidden)
            node.clear()
        elif event == "end" and tag == "Visible":
            sheet.hidden = (node.text or "").startswith("SheetHidden")
        elif event == "end" and tag == "Worksheet":
            sheet.hidden_rows = frozenset(hidden)
            yield sheet
            node.clear()


def _given(node: Any, name: str) -> str:
    return next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


def _add_row(sheet: Sheet, node: Any, hidden: set[int]) -> None:
    index = _given(node, "Index")
    if index.isdigit() and int(index) <= MAX_ROWS:
        sheet.rows.extend([] for _ in range(int(index) - 1 - len(sheet.rows)))
    number = len(sheet.rows)
    if _given(node, "Hidden") == "1":
        hidden.add(number)
    row: Row = []
    merges: list[Merge] = []
    for cell in node:
        if str(cell.tag).rpartition("}")[2] == "Cell":
            _add_cell(row, cell, number, merges)
    sheet.rows.append(row)
    sheet.merges.extend(merges)


def _add_cell(row: Row, cell: Any, number: int, merges: list[Merge]) -> None:
    index = _given(cell, "Index")
    if index.isdigit() and int(index) <= MAX_COLUMNS:
        row.extend("" for _ in range(int(index) - 1 - len(row)))
    column = len(row)
    data = next((child for child in cell if str(child.tag).endswith("}Data")), None)
    text = "".join(data.itertext()) if data is not None else ""
    kind = _given(data, "Type") if data is not None else ""
    row.append(_typed(text, kind))
    across, down = _given(cell, "MergeAcross") or "0", _given(cell, "MergeDown") or "0"
    if across != "0" or down != "0":
        width = min(int(across), MAX_COLUMNS)
        merges.append((number, column, number + min(int(down), MAX_ROWS), column + width))
        row.extend("" for _ in range(width))


def _typed(text: str, kind: str) -> Any:
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    if kind == "DateTime":
        return text[:10]
    return "" if kind == "Error" else text
