"""Workbook (工作簿): any spreadsheet file as plain rows of values, with what its look says beside them.

`open_workbook(path)` is the one entry. Rows and columns count from 0 here; users are told row + 1.
Empty cells are "" (never None), so that a row is a plain list that compares and slices cheaply.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import guarded
from .safety import MAX_FILE_BYTES, Unreadable, kind_of

Row = list[Any]
Merge = tuple[int, int, int, int]
# Beyond these a sheet is not a roster; they also bound the memory of everything that follows.
MAX_ROWS = 300_000
MAX_COLUMNS = 512
MAX_CELLS = 8_000_000
# what stands below so many empty rows was put there by mistake
MAX_GAP = 20_000
ROWS_PER_FRAME = 5_000

__all__ = ["MAX_FILE_BYTES", "Look", "Sheet", "Unreadable", "Workbook", "open_workbook", "text_of"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks, as far as a legend may give it a meaning: colour names and strike-through."""

    fill: str = ""
    font: str = ""
    strike: bool = False


@dataclass(slots=True)
class Sheet:
    """One sheet: rows of values, merged ranges (first row, first column, last row, last column) and looks."""

    name: str
    rows: list[Row] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    # row -> look -> columns with that look, as bits of a whole number (bit c = column c)
    looks: dict[int, dict[Look, int]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def text(self, row: int, column: int) -> str:
        """The text of a cell, "" outside the sheet."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return text_of(self.rows[row][column])


@dataclass(slots=True)
class Workbook:
    """A file that was read: its kind, its sheets, and remarks for the user (macros ignored, errors in cells)."""

    kind: str
    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)


def text_of(value: Any) -> str:
    """A cell as a person reads it: whole floats without ".0", outer blanks away."""
    if type(value) is str:
        return value.strip()
    if type(value) is float:
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if value is None:
        return ""
    return str(value)


def open_workbook(path: str | Path) -> Workbook:
    """Read a spreadsheet file of any kind; raises Unreadable with a sentence for the user."""
    path = Path(path)
    try:
        kind = kind_of(path)
    except OSError:
        raise Unreadable("文件打不开，请确认文件还在并且可以读取。") from None
    book = Workbook(kind, [])
    with guarded.without_collector():
        for item in guarded.stream("liren.core.sheets.spreadsheets:read", str(path), kind):
            _take(book, item)
    if not any(sheet.rows for sheet in book.sheets):
        raise Unreadable("文件里没有任何内容（所有工作表都是空的）。")
    return book


def _take(book: Workbook, item: tuple[str, Any]) -> None:
    what, content = item
    if what == "rows":
        book.sheets[-1].rows.extend(content)
    elif what == "sheet":
        book.sheets.append(content)
    else:
        book.notes.append(content)


def frames(sheet: Sheet, rows: Iterator[Row]) -> Iterator[tuple[str, Any]]:
    """A sheet as frames for the pipe: the sheet without rows, then its rows in portions, bounded."""
    yield "sheet", sheet
    portion: list[Row] = []
    pool: dict[str, str] = {}
    count = cells = blanks = 0
    for row in rows:
        row = _tidy(row)
        if not row:
            blanks += 1
            if blanks > MAX_GAP:
                break
            continue
        if blanks:
            count += blanks
            _bound(sheet, count, cells)
            portion.extend([] for _ in range(blanks))
            blanks = 0
        count += 1
        cells += len(row)
        _bound(sheet, count, cells)
        # equal texts become one object: less to send, less to hold
        keep = pool.setdefault
        portion.append([keep(cell, cell) if type(cell) is str else cell for cell in row])
        if len(portion) >= ROWS_PER_FRAME:
            yield "rows", portion
            portion, pool = [], {}
    if portion:
        yield "rows", portion


def _bound(sheet: Sheet, count: int, cells: int) -> None:
    if count > MAX_ROWS or cells > MAX_CELLS:
        raise Unreadable(
            f"工作表“{sheet.name}”内容太多（超过 {MAX_ROWS // 10_000} 万行或 {MAX_CELLS // 10_000} 万格），"
            "请删去无用的行列、拆分后再导入。"
        )


def _tidy(row: Row) -> Row:
    """Cut the empty end of a row and the columns beyond the limit."""
    if len(row) > MAX_COLUMNS:
        row = row[:MAX_COLUMNS]
    end = len(row)
    while end and (row[end - 1] == "" or row[end - 1] is None):
        end -= 1
    return row if end == len(row) else row[:end]
