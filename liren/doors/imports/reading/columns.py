"""Columns (取列): the cells of a column for all people of a table, with merges, 同上 and empty cells resolved."""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from liren.core.sheets.layout import Table

DITTO_MARKS = frozenset(
    '同上 〃 ″ " \'\' “ ” 〞 〝 同前 上同 如上 同上行 同上户 〃〃 "" ＂ ditto 々 仝上 仝 ↑ 同上。 同 -〃- —〃— 〃。'.split()
)
DITTO = frozenset(
    f"{before}{mark}{after}" for mark in DITTO_MARKS for before in ("", " ") for after in ("", " ", "\u3000")
)
# a column that is filled in nearly every row has gaps, not cells that mean "as above"
MOSTLY = 0.85


class Columns:
    """One table's cells by column, in the order of `rows` (the people's rows)."""

    def __init__(self, table: Table, rows: Sequence[int]) -> None:
        self.table = table
        self.rows = rows
        source = table.lines if table.lines is not None else table.sheet.rows
        width = table.right + 1
        lines = [source[row] for row in rows]
        # rows end at their last filled cell; made equally long, a column is one fast sweep
        self.lines = [line if len(line) >= width else line + [""] * (width - len(line)) for line in lines]
        self.at = {row: place for place, row in enumerate(rows)} if table.sheet.merges else {}
        self.merged = self._merges()

    def _merges(self) -> dict[int, list[tuple[int, int]]]:
        merged: dict[int, list[tuple[int, int]]] = {}
        if self.table.lines is None:
            for first, left, last, _ in self.table.sheet.merges:
                if last > first >= self.table.first and last < self.table.last:
                    merged.setdefault(left, []).append((first, last))
        return merged

    def raw(self, column: int) -> list[Any]:
        """The cells as they stand."""
        return list(map(itemgetter(column), self.lines))

    def cells(self, column: int, *, fill: Callable[[int], bool] | None = None) -> list[Any]:
        """The cells with merges and 同上 resolved; `fill(place)` says where an empty cell means "as above"."""
        values = self.raw(column)
        if column in self.merged:
            self._spread(values, self.merged[column])
        if not DITTO.isdisjoint(values):
            self._same_as_above(values)
        if fill is not None and "" in values:
            for place, value in enumerate(values):
                if place and (value == "" or value is None) and fill(place):
                    values[place] = values[place - 1]
        return values

    def _spread(self, values: list[Any], ranges: list[tuple[int, int]]) -> None:
        for first, last in ranges:
            anchor = self.table.sheet.rows[first]
            column = self._column_of(ranges)
            value = anchor[column] if len(anchor) > column else ""
            if value == "":
                continue
            for row in range(first, last + 1):
                place = self.at.get(row)
                if place is not None and values[place] == "":
                    values[place] = value

    def _column_of(self, ranges: list[tuple[int, int]]) -> int:
        return next(column for column, found in self.merged.items() if found is ranges)

    @staticmethod
    def _same_as_above(values: list[Any]) -> None:
        for place, value in enumerate(values):
            if type(value) is str and value in DITTO:
                values[place] = values[place - 1] if place else ""


def share_filled(values: Sequence[Any]) -> float:
    """How much of a column is filled."""
    return sum(1 for value in values if value != "") / len(values) if values else 0.0
