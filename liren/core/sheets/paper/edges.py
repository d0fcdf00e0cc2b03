"""Edges (框线): the line between two cells, which either of them may have drawn."""

from collections.abc import Iterable
from typing import Any

THICK = {
    "hair": 0.25,
    "thin": 0.5,
    "dotted": 0.5,
    "dashed": 0.5,
    "dashDot": 0.5,
    "dashDotDot": 0.5,
    "double": 1.5,
}
MEDIUM = {
    "medium": 1.0,
    "mediumDashed": 1.0,
    "mediumDashDot": 1.0,
    "mediumDashDotDot": 1.0,
    "slantDashDot": 1.0,
}
WEIGHTS = {**THICK, **MEDIUM, "thick": 1.75}


class Edges:
    """The lines of a sheet: above each cell and to the left of it, in points."""

    def __init__(self, sheet: Any, merged: Iterable[Any]) -> None:
        self.level: dict[tuple[int, int], float] = {}
        self.upright: dict[tuple[int, int], float] = {}
        for (row, column), cell in sheet._cells.items():
            if not cell.has_style:
                continue
            border = cell.border
            self._draw(self.level, (row, column), border.top)
            self._draw(self.level, (row + 1, column), border.bottom)
            self._draw(self.upright, (row, column), border.left)
            self._draw(self.upright, (row, column + 1), border.right)
        for area in merged:
            self._clear(area)

    @staticmethod
    def _draw(lines: dict[tuple[int, int], float], place: tuple[int, int], side: Any) -> None:
        weight = WEIGHTS.get(side.style or "", 0.0) if side is not None else 0.0
        if weight > lines.get(place, 0.0):
            lines[place] = weight

    def _clear(self, area: Any) -> None:
        """Within a merged area no line is drawn."""
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                if row > area.min_row:
                    self.level.pop((row, column), None)
                if column > area.min_col:
                    self.upright.pop((row, column), None)

    def between(self, row: int, column: int) -> float:
        """The line to the left of a cell."""
        return self.upright.get((row, column), 0.0)

    def around(self, top: int, left: int, bottom: int, right: int) -> list[float]:
        """The lines around an area: left, top, right, bottom."""
        return [
            self.upright.get((top, left), 0.0),
            self.level.get((top, left), 0.0),
            self.upright.get((top, right + 1), 0.0),
            self.level.get((bottom + 1, left), 0.0),
        ]
