"""Reading a form (读表): an .xlsx as grids, with frames, number formats, validation lists and hidden parts."""

import re
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import column_index_from_string, range_boundaries

from .grid import MAX_COLUMNS, MAX_ROWS, Box, Choice, Form, Grid
from .kept import Kept
from .package import Leaf, Package, words_of

PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class _Styles:
    """What the style numbers of cells mean for a reader: number format, frame, grey ground."""

    def __init__(self, package: Package) -> None:
        self.patterns: list[str] = []
        self.framed: list[bool] = []
        self.grey: list[bool] = []
        part = package.part_of("styles")
        if part not in package.parts:
            return
        tree = package.tree(part)
        s = tree.space
        own = {node.get("numFmtId"): node.get("formatCode", "") for node in tree.root.iter(f"{s}numFmt")}
        borders = [_is_framed(node, s) for node in tree.root.iterfind(f"{s}borders/{s}border")]
        fills = [
            node.find(f"{s}patternFill[@patternType='solid']") is not None
            for node in tree.root.iterfind(f"{s}fills/{s}fill")
        ]
        for node in tree.root.iterfind(f"{s}cellXfs/{s}xf"):
            number = node.get("numFmtId", "0")
            self.patterns.append(own.get(number) or BUILTIN_FORMATS.get(int(number), "General"))
            self.framed.append(_at(borders, node.get("borderId")))
            self.grey.append(_at(fills, node.get("fillId")))


def _at(known: list[bool], number: str | None) -> bool:
    place = int(number or 0)
    return place < len(known) and known[place]


def _is_framed(node: Element, s: str) -> bool:
    sides = [node.find(f"{s}{side}") for side in ("left", "right", "top", "bottom", "start", "end")]
    return sum(side is not None and side.get("style", "none") != "none" for side in sides) >= 2


def read_form(package: Package) -> Form:
    """Every sheet of the book."""
    styles = _Styles(package)
    return Form("xlsx", [_grid(package, leaf, styles) for leaf in package.leaves])


def _grid(package: Package, leaf: Leaf, styles: _Styles) -> Grid:
    tree = package.tree(leaf.part)
    s = tree.space
    grid = Grid(leaf.name, hidden=leaf.hidden)
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for node in tree.root.iterfind(f"{s}mergeCells/{s}mergeCell"):
        left, top, right, bottom = range_boundaries(node.get("ref", "A1"))
        merged[top, left] = (bottom, right)
    boxes = _boxes(tree, styles, package)
    for (row, column), box in boxes.items():
        box.bottom, box.right = merged.get((row, column), (row, column))
    covered = {
        (row, column)
        for (top, left), (bottom, right) in merged.items()
        for row in range(top, min(bottom, MAX_ROWS) + 1)
        for column in range(left, min(right, MAX_COLUMNS) + 1)
        if (row, column) != (top, left)
    }
    for place, box in boxes.items():
        if place not in covered:
            grid.put(box)
    for (top, left), (bottom, right) in merged.items():
        if (top, left) not in boxes:
            grid.put(Box(top, left, bottom, right))
    _hidden(grid, tree)
    grid.choices = [choice for choice in _choices(package, tree) if choice.options]
    return grid


def _boxes(tree: Kept, styles: _Styles, package: Package) -> dict[tuple[int, int], Box]:
    s = tree.space
    found: dict[tuple[int, int], Box] = {}
    row = 0
    for line in tree.root.iterfind(f"{s}sheetData/{s}row"):
        row = int(line.get("r") or row + 1)
        if row > MAX_ROWS:
            break
        column = 0
        for cell in line.iterfind(f"{s}c"):
            place = PLACE.fullmatch(cell.get("r", ""))
            column = column_index_from_string(place[1]) if place else column + 1
            if column <= MAX_COLUMNS:
                found[row, column] = _box(cell, s, row, column, styles, package)
    return found


def _box(cell: Element, s: str, row: int, column: int, styles: _Styles, package: Package) -> Box:
    style = int(cell.get("s") or 0)
    box = Box(row, column, row, column)
    if style < len(styles.patterns):
        box.pattern, box.framed, box.grey = styles.patterns[style], styles.framed[style], styles.grey[style]
    formula = cell.find(f"{s}f")
    if formula is not None:
        box.formula = "=" + (formula.text or "")
    box.text, box.number = value_of(cell, s, package.strings)
    return box


def value_of(cell: Element, s: str, strings: list[str]) -> tuple[str, bool]:
    """What a cell shows, and whether it is a number."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inside = cell.find(f"{s}is")
        return (words_of(inside, s) if inside is not None else ""), False
    node = cell.find(f"{s}v")
    said = (node.text or "") if node is not None else ""
    if kind == "s":
        return (strings[int(said)] if said.isdigit() and int(said) < len(strings) else ""), False
    if kind == "n" and said:
        number = float(said)
        return (str(int(number)) if number.is_integer() and abs(number) < 1e15 else said), True
    return ("" if kind == "e" else said), kind == "b"


def _hidden(grid: Grid, tree: Kept) -> None:
    s = tree.space
    columns: set[int] = set()
    for node in tree.root.iterfind(f"{s}cols/{s}col"):
        if node.get("hidden") in ("1", "true"):
            last = min(int(node.get("max", 0)), MAX_COLUMNS)
            columns.update(range(int(node.get("min", 1)), last + 1))
    grid.hidden_columns = frozenset(columns)
    grid.hidden_rows = frozenset(
        int(node.get("r", 0))
        for node in tree.root.iterfind(f"{s}sheetData/{s}row")
        if node.get("hidden") in ("1", "true")
    )


def _choices(package: Package, tree: Kept) -> list[Choice]:
    s = tree.space
    found = []
    for node in tree.root.iter():
        if not str(node.tag).endswith("}dataValidation") or node.get("type") != "list":
            continue
        said = next((child for child in node.iter() if str(child.tag).endswith("}formula1")), None)
        said_text = "".join(said.itertext()).strip() if said is not None else ""
        areas = node.get("sqref") or next(
            (child.text or "" for child in node.iter() if str(child.tag).endswith("}sqref")), ""
        )
        found.append(Choice(_areas(areas), _offered(package, tree, said_text, s)))
    return found


def _areas(said: str) -> list[tuple[int, int, int, int]]:
    found = []
    for piece in said.split():
        left, top, right, bottom = range_boundaries(piece)
        found.append((top or 1, left or 1, bottom or MAX_ROWS, right or MAX_COLUMNS))
    return found


def _offered(package: Package, tree: Kept, said: str, s: str) -> tuple[str, ...]:
    """ "男,女" as written, or the cells of an area, perhaps of a hidden sheet, perhaps by a name of the book."""
    if said.startswith('"'):
        return tuple(part.strip() for part in said.strip('"').split(",") if part.strip())
    book = package.tree(package.book)
    for node in book.root.iter(f"{book.space}definedName"):
        if node.get("name") == said:
            said = node.text or ""
    sheet, _, area = said.rpartition("!")
    name = sheet.strip("'").replace("''", "'")
    part = next((leaf.part for leaf in package.leaves if leaf.name == name), None) if sheet else None
    source = package.tree(part) if part else tree
    try:
        left, top, right, bottom = range_boundaries(area.replace("$", ""))
    except (ValueError, TypeError):
        return ()
    texts = []
    for cell in source.root.iterfind(f"{s}sheetData/{s}row/{s}c"):
        place = PLACE.fullmatch(cell.get("r", ""))
        if place and top <= int(place[2]) <= min(bottom, top + 500):
            if left <= column_index_from_string(place[1]) <= right:
                texts.append(value_of(cell, s, package.strings)[0].strip())
    return tuple(text for text in texts if text)
