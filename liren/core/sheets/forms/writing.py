"""Writing (填写): values into the parts of a workbook, lines put in where the blanks are too few. Nothing else moves."""

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from openpyxl.formula.translate import Translator
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries

from .following import follow
from .kept import Kept
from .package import Package
from .reading import PLACE
from .shifting import Insert, Shift

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What a spreadsheet program takes for a formula once somebody edits the cell.
RISKY = ("=", "+", "-", "@", "\t", "\r")
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(slots=True)
class Body:
    """The lines of a table: rows `first` to `last` of the blank form, and what each line shall hold by column."""

    first: int
    last: int
    left: int
    right: int
    lines: list[dict[int, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Entries:
    """What is to be written into one sheet, by the rows of the blank form."""

    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    bodies: list[Body] = field(default_factory=list)


def write(package: Package, entries: Mapping[str, Entries]) -> dict[str, Shift]:
    """Fills the sheets; returns how their rows have moved."""
    shifts: dict[str, Shift] = {}
    quoted = _Quoted(package)
    for leaf in package.leaves:
        entry = entries.get(leaf.name)
        if entry is None:
            continue
        sheet = _Sheet(leaf.name, package.tree(leaf.part), quoted)
        shifts[leaf.name] = sheet.make_room(entry.bodies)
        _fill(sheet, entry, shifts[leaf.name])
        sheet.measure()
    for leaf in package.leaves:
        for name, shift in shifts.items():
            if shift.inserts:
                follow(package, leaf, name, shift)
    _recalculate(package)
    return shifts


def _fill(sheet: "_Sheet", entry: Entries, shift: Shift) -> None:
    for (row, column), value in entry.cells.items():
        sheet.set(shift.start(row), column, value)
    for body in entry.bodies:
        rows = body_rows(body, shift)
        for row, line in zip(rows, body.lines, strict=False):
            for column, value in line.items():
                sheet.set(row, column, value)


def body_rows(body: Body, shift: Shift) -> list[int]:
    """The rows of a body after room was made."""
    return list(
        range(
            shift.start(body.first) if body.first < body.last else _first(body, shift),
            shift.end(body.last) + 1,
        )
    )


def _first(body: Body, shift: Shift) -> int:
    return body.first + sum(each.count for each in shift.inserts if body.first > each.last)


class _Quoted:
    """Styles that show a text which begins like a formula as text (quotePrefix), made when needed."""

    def __init__(self, package: Package) -> None:
        part = package.part_of("styles")
        self.tree = package.tree(part) if part in package.parts else None
        self.made: dict[int, int] = {}

    def style(self, number: int) -> int:
        if self.tree is None:
            return number
        if number not in self.made:
            s = self.tree.space
            styles = self.tree.root.find(f"{s}cellXfs")
            if styles is None or number >= len(styles):
                return number
            twin = copy.deepcopy(styles[number])
            twin.set("quotePrefix", "1")
            styles.append(twin)
            styles.set("count", str(len(styles)))
            self.made[number] = len(styles) - 1
        return self.made[number]


class _Sheet:
    """One sheet being written: rows by number, cells by column."""

    def __init__(self, name: str, tree: Kept, quoted: _Quoted) -> None:
        self.name, self.tree, self.quoted = name, tree, quoted
        self.s = tree.space
        data = tree.root.find(f"{self.s}sheetData")
        self.data = data if data is not None else SubElement(tree.root, f"{self.s}sheetData")
        self.rows: dict[int, Element] = {}
        row = 0
        for node in self.data:
            row = int(node.get("r") or row + 1)
            node.set("r", str(row))
            self.rows[row] = node
        self.cells: dict[int, dict[int, Element]] = {}

    def line(self, row: int) -> dict[int, Element]:
        """The cells of a row by column."""
        if row not in self.cells:
            found: dict[int, Element] = {}
            column = 0
            for cell in self.rows[row] if row in self.rows else ():
                place = PLACE.fullmatch(cell.get("r", ""))
                column = column_index_from_string(place[1]) if place else column + 1
                cell.set("r", f"{get_column_letter(column)}{row}")
                found[column] = cell
            self.cells[row] = found
        return self.cells[row]

    def make_room(self, bodies: Sequence[Body]) -> Shift:
        """Puts lines in where a body has too few; what stands below goes down."""
        inserts = []
        for body in bodies:
            missing = len(body.lines) - (body.last - body.first + 1)
            if missing > 0:
                at = body.last if body.last > body.first else body.last + 1
                inserts.append(Insert(at, missing, body.last))
        shift = Shift(tuple(inserts))
        if inserts:
            self._plain_formulas()
            self._move(shift)
            for each in inserts:
                self._new_lines(each, shift)
        return shift

    def _plain_formulas(self) -> None:
        """Shared formulas become plain ones, because their rows may now part."""
        masters: dict[str, tuple[str, str]] = {}
        for row in sorted(self.rows):
            for cell in self.line(row).values():
                formula = cell.find(f"{self.s}f")
                if formula is None or formula.get("t") != "shared":
                    continue
                key = formula.get("si", "")
                if formula.text:
                    masters[key] = (formula.text, cell.get("r", "A1"))
                elif key in masters:
                    text, origin = masters[key]
                    formula.text = Translator("=" + text, origin).translate_formula(cell.get("r", "A1"))[1:]
                for name in ("t", "si", "ref"):
                    formula.attrib.pop(name, None)

    def _move(self, shift: Shift) -> None:
        moved: dict[int, Element] = {}
        cells: dict[int, dict[int, Element]] = {}
        for row in sorted(self.rows):
            line, at = self.line(row), shift.start(row)
            node = self.rows[row]
            if at != row:
                node.set("r", str(at))
                for column, cell in line.items():
                    cell.set("r", f"{get_column_letter(column)}{at}")
            moved[at], cells[at] = node, line
        self.rows, self.cells = moved, cells

    def _new_lines(self, each: Insert, shift: Shift) -> None:
        """Copies of the line above, with its formulas led on and its texts left out."""
        inside = sum(other.count for other in shift.inserts if other.at < each.at)
        source = each.at - 1 + inside
        like = self.rows.get(source)
        if like is None:
            return
        cells = self.line(source)
        for row in range(source + 1, source + 1 + each.count):
            node = Element(like.tag, {**like.attrib, "r": str(row)})
            node.attrib.pop("spans", None)
            line: dict[int, Element] = {}
            for column, cell in cells.items():
                made = SubElement(node, cell.tag, {"r": f"{get_column_letter(column)}{row}"})
                if cell.get("s"):
                    made.set("s", cell.get("s", ""))
                formula = cell.find(f"{self.s}f")
                if formula is not None and formula.text:
                    # The line above is still told by the rows of the blank form; this one no more (see follow).
                    moved = "=" + shift.formula(formula.text, own=self.name, here=self.name)
                    text = Translator(moved, cell.get("r", "A1")).translate_formula(made.get("r", ""))
                    SubElement(made, f"{self.s}f", {"new": "1"}).text = text[1:]
                line[column] = made
            self.rows[row], self.cells[row] = node, line
        self._merge_like(each.at - 1, source, each.count)

    def _merge_like(self, like: int, source: int, count: int) -> None:
        merges = self.tree.root.find(f"{self.s}mergeCells")
        if merges is None:
            return
        # Merged areas are still told by the rows of the blank form; follow() moves those, not these.
        for node in list(merges):
            left, top, right, bottom = range_boundaries(node.get("ref", "A1"))
            if top == bottom == like and right > left and not node.get("new"):
                for row in range(source + 1, source + 1 + count):
                    ref = f"{get_column_letter(left)}{row}:{get_column_letter(right)}{row}"
                    SubElement(merges, f"{self.s}mergeCell", {"ref": ref, "new": "1"})

    def set(self, row: int, column: int, value: Any) -> None:
        """Writes a value; the style of the cell stays."""
        if value is None or value == "":
            return
        line = self.line(row)
        cell = line.get(column)
        if cell is None:
            if row not in self.rows:
                self.rows[row] = Element(f"{self.s}row", {"r": str(row)})
            cell = line[column] = Element(f"{self.s}c", {"r": f"{get_column_letter(column)}{row}"})
        if cell.find(f"{self.s}f") is not None:
            return
        for child in list(cell):
            cell.remove(child)
        if isinstance(value, int | float) and not isinstance(value, bool):
            cell.attrib.pop("t", None)
            SubElement(cell, f"{self.s}v").text = repr(value)
            return
        text = UNFIT.sub("", str(value))
        cell.set("t", "inlineStr")
        node = SubElement(SubElement(cell, f"{self.s}is"), f"{self.s}t", {SPACE: "preserve"})
        node.text = text
        if text.startswith(RISKY):
            cell.set("s", str(self.quoted.style(int(cell.get("s") or 0))))

    def measure(self) -> None:
        """Puts rows and cells back in order."""
        for child in list(self.data):
            self.data.remove(child)
        reach = 1
        for row in sorted(self.rows):
            node = self.rows[row]
            if row in self.cells:
                node.attrib.pop("spans", None)
                for cell in list(node):
                    node.remove(cell)
                for column in sorted(self.cells[row]):
                    node.append(self.cells[row][column])
                reach = max([reach, *self.cells[row]])
            self.data.append(node)
        size = self.tree.root.find(f"{self.s}dimension")
        if size is not None and self.rows:
            size.set("ref", f"A1:{get_column_letter(reach)}{max(self.rows)}")


def _recalculate(package: Package) -> None:
    """Formulas are reckoned anew when the book is opened; the old chain of them is forgotten."""
    chain = package.part_of("calcChain")
    if chain:
        package.drop(chain)
    tree = package.tree(package.book)
    found = tree.root.find(f"{tree.space}calcPr")
    if found is None:
        found = Element(f"{tree.space}calcPr")
        after = ("definedNames", "externalReferences", "functionGroups", "sheets")
        places = [place for place, node in enumerate(tree.root) if str(node.tag).rpartition("}")[2] in after]
        tree.root.insert(max(places, default=len(tree.root) - 1) + 1, found)
    found.set("fullCalcOnLoad", "1")
