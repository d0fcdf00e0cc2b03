"""Frame (读表框架): one understood table with quick access to its columns, and the place for its problems."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from liren.core.people import codes
from liren.core.sheets.layout import Table
from liren.core.sheets.workbook import text_of

from .columns import MOSTLY, Columns, share_filled
from .guide import Guide
from .homes import Homes
from .lines import Lines
from .records import Problem
from .telling import tell
from .values import Readers

CODED = {
    "sex": "sex",
    "ethnicity": "ethnicity",
    "education": "education",
    "marital": "marital",
    "political": "political",
    "employment": "employment",
    "residence_kind": "residence_kind",
    "relation": "relation",
    "status": "status",
    "tenure": "tenure",
}
# words that these tables do not know are no problem worth telling: they come in every shade
LOOSE = frozenset(("residence_kind", "status", "tenure", "employment"))
HEAD_COLUMNS = frozenset(("lane", "building", "unit", "room", "address", "head.name", "household"))
BLOCK_COLUMNS = frozenset(("lane", "building", "unit"))
HEAD_CODES = frozenset(("01", "02"))
# problems carry the names of the exchange schema
FIELDS = {
    "birth": "birth_date",
    "marital": "marital_status",
    "political": "political_status",
    "residence_kind": "residence_type",
    "relation": "relation_to_head",
    "moved_in": "move_in_date",
}


@dataclass(slots=True)
class Setting:
    """What a table's surroundings tell about all its rows."""

    sheet: str
    home: str = ""
    home_unit: str = ""
    residence_kind: str = ""
    # the label that the title gives to everybody of the list
    label: str = ""
    # the living status that the name of the sheet gives to them
    status: str = ""
    constants: dict[str, Any] = field(default_factory=dict)


class Frame:
    """One table: `columns` is key -> column numbers, `lines` tells which rows are people."""

    def __init__(
        self,
        table: Table,
        columns: dict[str, list[int]],
        lines: Lines,
        setting: Setting,
        guide: Guide,
        readers: Readers,
        homes: Homes,
    ) -> None:
        self.table, self.columns, self.lines, self.setting = table, columns, lines, setting
        self.guide, self.readers, self.homes = guide, readers, homes
        self.rows = lines.people
        self.count = len(self.rows)
        self.cells = Columns(table, self.rows)
        self.numbers = [table.line_rows[row] for row in self.rows] if table.lines is not None else self.rows
        self.problems: list[Problem] = []
        self.relations = self.coded("relation")
        self.serial_gaps = self._serial_gaps()

    def raw(self, key: str) -> list[Any] | None:
        """The cells of a column with merges, 同上 and gaps resolved; a value of the surroundings for all; or None."""
        found = self.columns.get(key)
        if not found:
            constant = self.setting.constants.get(key)
            return [constant] * self.count if constant else None
        return self.cells.cells(found[0], fill=self._filler(key, found[0]) if key in HEAD_COLUMNS else None)

    def texts(self, key: str) -> list[str] | None:
        """A column as tidy text."""
        raw = self.raw(key)
        return None if raw is None else self.readers.texts.column(raw)

    def coded(self, key: str) -> list[str] | None:
        """A column as codes of its national table; unknown words are told."""
        raw = self.raw(key)
        if raw is None:
            return None
        found = self.readers.coded[CODED[key]].column(raw)
        if "" in found and key not in LOOSE:
            self._report_unknown(key, raw, found)
        return found

    def said(self, key: str, place: int) -> str:
        """The cell as it stands, for a message."""
        column = self.columns[key][0] if self.columns.get(key) else None
        return "" if column is None else text_of(self.cells.raw(column)[place])

    def report(
        self, place: int, key: str, reason: str, message: str, *, said: str = "", proposal: str = ""
    ) -> None:
        """Tell a problem of the row at `place`."""
        columns = self.columns.get(key)
        self.problems.append(
            Problem(
                self.setting.sheet,
                self.numbers[place] + 1,
                FIELDS.get(key, key),
                reason,
                message,
                columns[0] if columns else None,
                said,
                proposal,
            )
        )

    def _filler(self, key: str, column: int) -> Callable[[int], bool]:
        """Where an empty cell of a head column takes the value above."""
        sparse = share_filled(self.cells.raw(column)) < MOSTLY and column not in self.cells.merged
        if sparse and key in BLOCK_COLUMNS:
            # written once for a whole block; a new building without a unit has none
            outer = [
                self.cells.raw(c)
                for k in ("lane", "building")
                if key == "unit"
                for c in self.columns.get(k, ())
            ]
            return lambda place: all(values[place] == "" for values in outer)
        relations, gaps = self.relations, self.serial_gaps

        def fill(place: int) -> bool:
            if relations is not None and relations[place]:
                return relations[place] not in HEAD_CODES
            return gaps[place] if gaps is not None and not sparse else sparse

        return fill

    def _serial_gaps(self) -> list[bool] | None:
        """Where the serial number is missing although households are numbered: members of the one above."""
        found = self.columns.get("serial")
        if not found:
            return None
        values = self.cells.raw(found[0])
        return [value == "" for value in values] if 0.1 < share_filled(values) < 1 else None

    def _report_unknown(self, key: str, raw: list[Any], found: list[str]) -> None:
        for place, (value, code) in enumerate(zip(raw, found, strict=True)):
            if not code and value != "" and (said := self.readers.texts[value]):
                title = codes.TABLES[CODED[key]].title
                self.report(place, key, "other", tell("unknown_word", said=said, table=title), said=said)
