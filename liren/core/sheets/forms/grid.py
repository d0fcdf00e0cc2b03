"""Grid (格子): a sheet of a form as boxes, a merged area being one box. Rows and columns count from 1, as users do."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

MAX_ROWS = 20_000
MAX_COLUMNS = 400


@dataclass(slots=True)
class Box:
    """One cell, or one merged area: its corners, what is written in it, and whether it has a frame."""

    top: int
    left: int
    bottom: int
    right: int
    text: str = ""
    formula: str = ""
    # The number format of the first cell ("@", "yyyy-mm-dd", General …).
    pattern: str = ""
    framed: bool = False
    number: bool = False
    grey: bool = False

    @property
    def is_blank(self) -> bool:
        """Nothing written, nothing reckoned."""
        return not self.text.strip() and not self.formula

    @property
    def is_label(self) -> bool:
        """Words that somebody wrote there."""
        return bool(self.text.strip()) and not self.number and not self.formula

    @property
    def address(self) -> str:
        """B4."""
        return f"{get_column_letter(self.left)}{self.top}"

    @property
    def is_wide(self) -> bool:
        """Over several columns."""
        return self.right > self.left


@dataclass(slots=True)
class Choice:
    """A validation list of the form: where it holds and what it offers."""

    areas: list[tuple[int, int, int, int]]
    options: tuple[str, ...]

    def holds(self, row: int, column: int) -> bool:
        """Whether it is about this cell."""
        return any(
            top <= row <= bottom and left <= column <= right for top, left, bottom, right in self.areas
        )


@dataclass(slots=True)
class Grid:
    """A sheet: boxes by each of their cells."""

    name: str
    hidden: bool = False
    boxes: dict[tuple[int, int], Box] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    # Words that stand before a table without belonging to the grid (Word forms).
    around: tuple[str, ...] = ()
    rows: int = 0
    columns: int = 0

    def put(self, box: Box) -> None:
        """Adds a box."""
        for row in range(box.top, min(box.bottom, MAX_ROWS) + 1):
            for column in range(box.left, min(box.right, MAX_COLUMNS) + 1):
                self.boxes[row, column] = box
        self.rows = max(self.rows, min(box.bottom, MAX_ROWS))
        self.columns = max(self.columns, min(box.right, MAX_COLUMNS))

    def at(self, row: int, column: int) -> Box | None:
        """The box that covers a cell; None where nothing was ever formatted or written."""
        return self.boxes.get((row, column))

    def text(self, row: int, column: int) -> str:
        """What stands there."""
        box = self.at(row, column)
        return box.text.strip() if box else ""

    def line(self, row: int) -> list[Box]:
        """The boxes that touch a row, from left to right, each once."""
        found: list[Box] = []
        for column in range(1, self.columns + 1):
            box = self.boxes.get((row, column))
            if box is not None and (not found or found[-1] is not box):
                found.append(box)
        return found

    def all(self) -> Iterator[Box]:
        """Every box once, in reading order."""
        seen: set[int] = set()
        for key in sorted(self.boxes):
            box = self.boxes[key]
            if id(box) not in seen:
                seen.add(id(box))
                yield box

    @property
    def is_framed(self) -> bool:
        """Whether the form draws its cells with lines, so that a blank without a frame is no place to write."""
        return sum(box.framed for box in self.all()) >= 4

    def options(self, row: int, column: int) -> tuple[str, ...]:
        """What the form's own validation list offers for a cell."""
        return next((choice.options for choice in self.choices if choice.holds(row, column)), ())


@dataclass(slots=True)
class Form:
    """A form that was read: its sheets, and what kind of file it came as."""

    kind: str
    grids: list[Grid]
    notes: list[str] = field(default_factory=list)

    def grid(self, name: str) -> Grid:
        """The sheet of this name."""
        return next(grid for grid in self.grids if grid.name == name)
