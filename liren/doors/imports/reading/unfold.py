"""Unfolding (一格多人): a household written into one row, names and numbers on lines within the cells."""

import re
from typing import Any

from liren.core.sheets.layout import Table
from liren.core.sheets.workbook import Row

from .surnames import SURNAMES

BREAKS = re.compile(r"[\n\r、,，;；/]+")
LINES = re.compile(r"[\n\r]+")


def split_names(value: Any) -> list[str]:
    """The names in a cell when it clearly holds several people, else nothing."""
    if type(value) is not str or len(value) < 5:
        return []
    parts = [part.strip() for part in BREAKS.split(value) if part.strip()]
    likely = len(parts) > 1 and all(2 <= len(p) <= 4 and p.isalpha() and p[0] in SURNAMES for p in parts)
    return parts if likely else []


def unfold(table: Table, name: int, telling: set[int]) -> None:
    """Give each person of such a row a line of their own; the row number stays."""
    if table.lines is not None:
        return
    rows = table.sheet.rows
    folded = {
        number: parts
        for number in range(table.first, table.last)
        if len(rows[number]) > name and (parts := split_names(rows[number][name]))
    }
    folded = {number: parts for number, parts in folded.items() if _fits(rows[number], len(parts), telling)}
    if not folded:
        return
    spread = _spread(table)
    lines: list[Row] = []
    numbers: list[int] = []
    for number in range(table.first, table.last):
        count = len(folded.get(number, ())) or 1
        for place in range(count):
            lines.append(
                _line(spread[number - table.first], place, count)
                if count > 1
                else spread[number - table.first]
            )
            numbers.append(number)
    table.lines, table.line_rows = lines, numbers


def _fits(row: Row, count: int, telling: set[int]) -> bool:
    """Do other cells, too, hold as many lines as there are names?"""
    return any(len(row) > column and len(_pieces(row[column])) == count for column in telling)


def _pieces(value: Any) -> list[str]:
    if type(value) is not str:
        return []
    pieces = [piece.strip() for piece in LINES.split(value.strip())]
    return pieces if len(pieces) > 1 else [piece.strip() for piece in BREAKS.split(value) if piece.strip()]


def _line(row: Row, place: int, count: int) -> Row:
    line = []
    for value in row:
        pieces = _pieces(value)
        line.append(pieces[place] if len(pieces) == count else value)
    return line


def _spread(table: Table) -> list[Row]:
    """The rows of the table with merged cells filled in, for lines know no merges."""
    rows = [list(row) for row in table.sheet.rows[table.first : table.last]]
    for first, left, last, _ in table.sheet.merges:
        if not table.first <= first < last < table.last:
            continue
        anchor = rows[first - table.first]
        value = anchor[left] if len(anchor) > left else ""
        for row in rows[first - table.first + 1 : last - table.first + 1]:
            row.extend("" for _ in range(left + 1 - len(row)))
            if row[left] == "":
                row[left] = value
    return rows
