"""Preview (预览): the filled form as a table for the page, each cell with what was done to it and from where."""

import re
from dataclasses import dataclass, field

from openpyxl.utils import column_index_from_string

from liren.core.sheets.forms.grid import Box, Grid
from liren.core.sheets.forms.opening import open_form
from liren.core.sheets.forms.shifting import Shift

from .filling import Filled
from .report import DOUBTFUL, FILLED, MISSING, STATES, TYPED, UNKNOWN, UNREAD, CellNote, LineNote

WIDEST = 60
SHOWN_LINES = 20
TALLEST = 120
# A name or a number stays on one line.
SHORT = 19
# A heading of more letters than this is given some width to stand in.
LONG_HEAD = 2
LOOKS = {
    FILLED: "filled",
    DOUBTFUL: "doubtful",
    UNKNOWN: "blank",
    MISSING: "missing",
    UNREAD: "unread",
    TYPED: "typed",
}


@dataclass(slots=True)
class Shown:
    """One cell of the page."""

    text: str
    columns: int = 1
    rows: int = 1
    look: str = ""
    why: str = ""
    head: bool = False
    # Where something may be typed: its place, what is asked, of whom, and what was typed already.
    place: str = ""
    asked: str = ""
    label: str = ""
    typed: str = ""


@dataclass(slots=True)
class Page:
    """One sheet of the page."""

    name: str
    rows: list[list[Shown]] = field(default_factory=list)
    left_out: int = 0


def pages_of(done: Filled) -> list[Page]:
    """The visible sheets, long lists shortened."""
    grids = [grid for grid in open_form(done.content).form.grids if not grid.hidden]
    return [_page(grid, done) for grid in grids if grid.boxes]


def _page(grid: Grid, done: Filled) -> Page:
    shift = done.shifts.get(grid.name, Shift())
    lines = sorted((note for note in done.report.lines if note.sheet == grid.name), key=lambda note: note.row)
    columns, cells = _notes(grid, done, shift)
    elided = _elided(lines)
    page = Page(grid.name, left_out=len(elided))
    by_row = {note.row: note for note in lines}
    last = max((note.row for note in lines), default=0)
    for row in range(1, min(grid.rows, TALLEST + len(elided)) + 1):
        if row in elided or row in grid.hidden_rows:
            continue
        shown = [_cell(grid, box, row, elided, columns, cells, by_row, last) for box in _line(grid, row)]
        if shown or row < last:
            page.rows.append(shown)
    return page


def _line(grid: Grid, row: int) -> list[Box]:
    found = []
    for column in range(1, min(grid.columns, WIDEST) + 1):
        if column in grid.hidden_columns:
            continue
        box = grid.at(row, column)
        if box is None:
            found.append(Box(row, column, row, column))
        elif box.top == row and box.left == column:
            found.append(box)
    return found


def _elided(lines: list[LineNote]) -> frozenset[int]:
    rows = [note.row for note in lines]
    return frozenset(rows[SHOWN_LINES:-1]) if len(rows) > SHOWN_LINES + 1 else frozenset()


def _notes(
    grid: Grid, done: Filled, shift: Shift
) -> tuple[dict[int, CellNote], dict[tuple[int, int], CellNote]]:
    columns: dict[int, CellNote] = {}
    cells: dict[tuple[int, int], CellNote] = {}
    for note in done.report.cells:
        found = re.fullmatch(r"([A-Z]{1,3})(\d*)", note.cell)
        if note.sheet != grid.name or found is None:
            continue
        column = column_index_from_string(found[1])
        if found[2]:
            cells[shift.start(int(found[2])), column] = note
        else:
            columns[column] = note
    return columns, cells


def _cell(
    grid: Grid,
    box: Box,
    row: int,
    elided: frozenset[int],
    columns: dict[int, CellNote],
    cells: dict[tuple[int, int], CellNote],
    by_row: dict[int, LineNote],
    last: int,
) -> Shown:
    tall = sum(at not in elided and at not in grid.hidden_rows for at in range(box.top, box.bottom + 1))
    wide = sum(at not in grid.hidden_columns for at in range(box.left, min(box.right, WIDEST) + 1))
    shown = Shown(box.text or box.formula, max(wide, 1), max(tall, 1))
    line = by_row.get(row)
    note = cells.get((row, box.left))
    if note is None and line is not None:
        note = columns.get(box.left)
    shown.head = note is None and line is None and bool(box.text) and box.framed
    if note is not None:
        _look(shown, note, line, box.left)
        _open_to_typing(shown, note, line, box.left)
    if shown.head and len(shown.text) > LONG_HEAD:
        shown.look = f"{shown.look} long".strip()
    if len(shown.text) <= SHORT and "\n" not in shown.text and not shown.head:
        shown.look = f"{shown.look} short".strip()
    return shown


def _open_to_typing(shown: Shown, note: CellNote, line: LineNote | None, column: int) -> None:
    """What a list lacks of somebody may be typed right there."""
    if line is None or shown.look not in ("missing", "blank", "typed"):
        return
    shown.place, shown.asked = f"{note.sheet}|{column}|#{line.key}", note.asked
    shown.label = line.name
    shown.typed = line.typed.get(column, "")


def _look(shown: Shown, note: CellNote, line: LineNote | None, column: int) -> None:
    shown.look = LOOKS.get(note.state, "")
    if line is not None and column in line.typed:
        shown.look, shown.why = "typed", f"{note.fact or note.label}，手填"
        return
    if note.state == FILLED and line is not None and not shown.text:
        shown.look = "missing"
    parts = [note.fact or note.label]
    if shown.look == "missing":
        parts.append(STATES[MISSING])
    elif note.state != FILLED:
        parts.append(STATES.get(note.state, ""))
    source = (line.sources.get(column) or line.source if line else "") or note.source
    verified = (line.verified if line else "") or note.verified
    if shown.text and source:
        parts.append(f"来自{source}")
    if shown.text and verified:
        parts.append(f"{verified} 核实")
    shown.why = "，".join(part for part in parts if part)
