"""Sheets on paper (工作表): where each cell of a workbook stands on the page, and how it looks. Measures are points."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from .colour import colour_of
from .edges import Edges
from .formulas import Reckoner
from .lettering import breakable, families_of, is_heavy, shown, width_of
from .pictures import Album, Ground, pictures_on, reach_of

INCH = 72.0
# Width and height in points of the paper that spreadsheet programs number.
PAPERS = {8: (841.9, 1190.6), 9: (595.3, 841.9), 11: (419.5, 595.3), 12: (729.0, 1032.0), 13: (516.0, 729.0)}
A4 = 9
DEFAULT_WIDTH = 8.38
DEFAULT_HEIGHT = 15.0
SMALLEST = 0.35
WIDEST = 200
# Some 100 pages; more is handed on as a file, not sealed sheet by sheet.
MOST_ROWS = 4_000
INSET = 2.0
VERTICAL = 255
ACROSS = {"center": "center", "right": "right", "centerContinuous": "center", "distributed": "center"}
DOWN = {"top": "top", "center": "horizon", "distributed": "horizon", "justify": "top"}


@dataclass(slots=True)
class Laid:
    """A book laid out: its pages as plain data, its pictures, its rows, and how many formulas nobody could reckon."""

    pages: list[dict[str, Any]] = field(default_factory=list)
    album: Album = field(default_factory=Album)
    unreckoned: int = 0
    rows: int = 0

    @property
    def is_too_long(self) -> bool:
        """More rows than go on paper; the pages stop there."""
        return self.rows > MOST_ROWS


def laid_out(content: bytes, heads: Mapping[str, tuple[int, int]] | None = None, title: str = "") -> Laid:
    """The visible sheets of a book. `heads` are the heading rows of sheets whose maker did not say which repeat; `title`
    stands where a footer asks for the name of the file.
    """
    book = load_workbook(io.BytesIO(content))
    reckoner = Reckoner(book)
    laid = Laid()
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        drawn = _Sheet(sheet, reckoner, (heads or {}).get(sheet.title), title)
        laid.rows += len(drawn.rows)
        if not laid.is_too_long and (page := drawn.page(laid.album)) is not None:
            laid.pages.append(page)
    laid.unreckoned = reckoner.unreckoned
    return laid


class _Sheet:
    """One sheet on its way to the page."""

    def __init__(self, sheet: Any, reckoner: Reckoner, heads: tuple[int, int] | None, title: str) -> None:
        self.sheet, self.reckoner = sheet, reckoner
        self.codes = {"&F": title, "&A": sheet.title}
        self.heads = _titles(sheet) or heads
        self.top, self.left, self.bottom, self.right = _extent(sheet)
        unseen = _hidden(sheet.column_dimensions)
        self.columns = [at for at in range(self.left, self.right + 1) if at not in unseen]
        self.rows = [at for at in range(self.top, self.bottom + 1) if not sheet.row_dimensions[at].hidden]
        self.merged = {
            (area.min_row, area.min_col): area
            for area in sheet.merged_cells.ranges
            if area.min_row >= self.top and area.min_col >= self.left
        }
        self.covered = {cell for area in self.merged.values() for cell in _inner(area)}
        self.edges = Edges(sheet, self.merged.values())
        widths = _widths(sheet, self.left, self.right)
        self.natural = [widths[at] for at in self.columns]
        self.scale = 1.0
        self.pictures: dict[int, list[dict[str, float]]] = {}

    def page(self, album: Album) -> dict[str, Any] | None:
        """The sheet as plain data; None for an empty one."""
        if not self.rows or not self.columns or self.bottom == 0:
            return None
        wide, high = self._paper()
        margins = self.sheet.page_margins
        sides = {
            name: max(float(getattr(margins, name) or 0.5) * INCH, 14.0)
            for name in ("left", "right", "top", "bottom")
        }
        self.scale = self._scale(wide - sides["left"] - sides["right"], high - sides["top"] - sides["bottom"])
        self.pictures = pictures_on(
            self.sheet, Ground(self.columns, self.rows, self.natural, self._height), album
        )
        return {
            "paper": [wide, high],
            "margin": sides,
            "columns": [round(width * self.scale, 2) for width in self.natural],
            "centred": bool(self.sheet.print_options.horizontalCentered),
            "parts": self._parts(),
            "foot": _band(self.sheet.oddFooter, self.codes),
            "top": _band(self.sheet.oddHeader, self.codes),
        }

    def _paper(self) -> tuple[float, float]:
        wide, high = PAPERS.get(int(self.sheet.page_setup.paperSize or A4), PAPERS[A4])
        return (high, wide) if self.sheet.page_setup.orientation == "landscape" else (wide, high)

    def _scale(self, wide: float, high: float) -> float:
        """What the form says, and never wider than the page: a form cut in two cannot be sealed."""
        setup, properties = self.sheet.page_setup, self.sheet.sheet_properties.pageSetUpPr
        fits = bool(properties and properties.fitToPage)
        scale = 1.0 if fits else (setup.scale or 100) / 100
        scale = min(scale, wide / sum(self.natural))
        if fits and setup.fitToHeight == 1:
            scale = min(scale, high / sum(self._height(row) for row in self.rows))
        return max(scale, SMALLEST)

    def _height(self, row: int) -> float:
        """How high a row is at least."""
        said = self.sheet.row_dimensions[row].height
        return float(said or self.sheet.sheet_format.defaultRowHeight or DEFAULT_HEIGHT)

    def _parts(self) -> list[dict[str, Any]]:
        """What stands above the repeated heading rows, then those with everything below."""
        first, last = self.heads or (0, -1)
        cut = any(
            area.min_row < first <= area.max_row or area.min_row <= last < area.max_row
            for area in self.merged.values()
        )
        if cut or first > last or first not in self.rows:
            return [self._part([], self.rows)]
        above = [row for row in self.rows if row < first]
        head = [row for row in self.rows if first <= row <= last]
        below = [row for row in self.rows if row > last]
        parts = [self._part([], above)] if above else []
        return [*parts, self._part(head, below)]

    def _part(self, head: list[int], rows: list[int]) -> dict[str, Any]:
        places = {row: at for at, row in enumerate([*head, *rows])}
        return {
            "head": [self._row(row, places) for row in head],
            "rows": [self._row(row, places) for row in rows],
        }

    def _row(self, row: int, places: dict[int, int]) -> dict[str, Any]:
        cells, skip = [], 0
        for place, column in enumerate(self.columns):
            if skip:
                skip -= 1
                continue
            if (row, column) in self.covered:
                continue
            cell = self._cell(row, place, places)
            skip = cell.pop("over")
            cells.append(cell)
        laid = {"y": places[row], "h": round(self._height(row) * self.scale, 2), "cells": cells}
        if pictures := self.pictures.get(row):
            laid["pics"] = [
                {name: value if name == "n" else round(value * self.scale, 2) for name, value in each.items()}
                for each in pictures
            ]
        return laid

    def _cell(self, row: int, place: int, places: dict[int, int]) -> dict[str, Any]:
        column = self.columns[place]
        area = self.merged.get((row, column))
        bottom, right = (area.max_row, area.max_col) if area else (row, column)
        wide = sum(column <= at <= right for at in self.columns) if area else 1
        high = sum(row <= at <= bottom for at in places) if area else 1
        cell = self.sheet._cells.get((row, column))
        text = ""
        if cell is not None:
            text = shown(self.reckoner.value(self.sheet, row, column), cell.number_format)
        over = 0
        if area is None and text and cell is not None and not cell.alignment.wrap_text:
            over = self._spilled(cell, text, row, place)
        laid: dict[str, Any] = {
            "x": place,
            "y": places[row],
            "c": wide + over,
            "r": max(high, 1),
            "over": over,
        }
        laid["e"] = self.edges.around(row, column, bottom, self.columns[place + over] if over else right)
        if cell is not None:
            laid |= self._look(cell, text, sum(self.natural[place : place + wide + over]))
        return laid

    def _spilled(self, cell: Any, text: str, row: int, place: int) -> int:
        """Over how many empty neighbours a text runs that is too long for its cell."""
        if cell.alignment.horizontal in ("center", "right", "fill") or not isinstance(cell.value, str):
            return 0
        wanted = width_of(text) * float(cell.font.sz or 11) + 2 * INSET
        room, over = self.natural[place], 0
        while room < wanted and place + over + 1 < len(self.columns):
            column = self.columns[place + over + 1]
            beside = self.sheet._cells.get((row, column))
            taken = beside is not None and beside.value not in (None, "")
            if taken or (row, column) in self.covered or (row, column) in self.merged:
                break
            if self.edges.between(row, column):
                break
            over += 1
            room += self.natural[place + over]
        return over

    def _look(self, cell: Any, text: str, room: float) -> dict[str, Any]:
        font, align = cell.font, cell.alignment
        size = float(font.sz or 11)
        look: dict[str, Any] = {}
        if (
            cell.fill is not None
            and cell.fill.fill_type == "solid"
            and (fill := colour_of(cell.fill.fgColor))
        ):
            look["fill"] = fill
        if not text:
            return look
        if align.textRotation == VERTICAL:
            text = "\n".join(text.replace("\n", ""))
        number = cell.data_type in ("n", "d") or (cell.data_type == "f" and text.replace(".", "").isdigit())
        look["t"], size = breakable(text, size, room - 2 * INSET)
        look["s"] = round(size * self.scale, 2)
        look["f"] = families_of(str(font.name or ""))
        look["ha"] = ACROSS.get(
            align.horizontal or "", "right" if number and not align.horizontal else "left"
        )
        look["va"] = DOWN.get(align.vertical or "", "bottom")
        marks = {"b": font.b or is_heavy(str(font.name or "")), "i": font.i, "u": font.u, "k": font.strike}
        look |= {name: 1 for name, on in marks.items() if on}
        if align.textRotation in (90, 180):
            look["turn"] = -90 if align.textRotation == 90 else 90
        if (ink := colour_of(font.color)) and ink != "#000000":
            look["ink"] = ink
        return look


def _inner(area: Any) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
        if (row, column) != (area.min_row, area.min_col)
    ]


def _extent(sheet: Any) -> tuple[int, int, int, int]:
    """What is written or framed, within the print area where there is one."""
    seen = [cell for cell in sheet._cells.values() if cell.value not in (None, "") or _framed(cell)]
    if not seen:
        return 1, 1, 0, 0
    low, far = reach_of(sheet)
    last = max(low, *(cell.row for cell in seen))
    said = re.findall(r"\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)", str(sheet.print_area or ""))
    if len(said) == 1:
        left, right = column_index_from_string(said[0][0]), column_index_from_string(said[0][2])
        return int(said[0][1]), left, min(int(said[0][3]), last), min(right, left + WIDEST)
    right = max(far, *(cell.column for cell in seen))
    for area in sheet.merged_cells.ranges:
        if sheet.cell(area.min_row, area.min_col).value not in (None, ""):
            right = max(right, area.max_col)
    return 1, 1, last, min(right, WIDEST)


def _framed(cell: Any) -> bool:
    border = cell.border
    return any(
        side is not None and side.style for side in (border.left, border.right, border.top, border.bottom)
    )


def _hidden(dimensions: Any) -> set[int]:
    """The columns that nobody sees; one entry may stand for several."""
    found: set[int] = set()
    for one in dimensions.values():
        if one.hidden and isinstance(one.min, int):
            found |= set(range(one.min, min(one.max or one.min, WIDEST) + 1))
    return found


def _widths(sheet: Any, left: int, right: int) -> dict[int, float]:
    """Widths in points: a width counts digits of the usual font, seven pixels each, and five for the sides."""
    usual = float(sheet.sheet_format.defaultColWidth or DEFAULT_WIDTH)
    said = dict.fromkeys(range(left, right + 1), usual)
    for name, one in sheet.column_dimensions.items():
        first = one.min or column_index_from_string(name)
        if not one.width:
            continue
        for at in range(first, min(one.max or first, right) + 1):
            if at in said:
                said[at] = float(one.width)
    return {at: max((width * 7 + 5) * 0.75, 4.0) for at, width in said.items()}


def _titles(sheet: Any) -> tuple[int, int] | None:
    found = re.fullmatch(r"\$?(\d+):\$?(\d+)", str(sheet.print_title_rows or "").split("!")[-1])
    return (int(found[1]), int(found[2])) if found else None


def _band(said: Any, codes: Mapping[str, str]) -> list[str]:
    """Left, middle and right of a header or footer; &P and &N are left for the page to say."""
    parts = []
    for item in (said.left, said.center, said.right):
        text = re.sub(r"&(?:\"[^\"]*\"|\d+|[BIUESXYKDTGZ])", "", str(item.text or ""))
        for code, words in codes.items():
            text = text.replace(code, words)
        parts.append(text.replace("&&", "&").strip())
    return parts
