"""Word forms (文字表格): the tables of a .docx as grids — the lines of words above each belong to it — and back."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from ..safety import Unreadable
from .grid import MAX_COLUMNS, MAX_ROWS, Box, Form, Grid
from .package import Package
from .shifting import Insert, Shift
from .writing import UNFIT, Body, Entries

MAIN = "word/document.xml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MOST_TABLES = 60
# A cell that holds a table is no blank to write into.
HELD = "\u200b"


class _Sheet:
    """One table with the paragraphs before it: which element stands behind each box."""

    def __init__(self, w: str, number: int) -> None:
        self.w = w
        self.grid = Grid(f"表{number}")
        # The paragraphs of each place; rows of the table by row number.
        self.holders: dict[tuple[int, int], Element] = {}
        self.rows: dict[int, Element] = {}
        self.table: Element | None = None

    def add_words(self, paragraphs: list[Element], width: int) -> None:
        """The lines above the table, each a box over its whole width."""
        for paragraph in paragraphs:
            text = _words(paragraph, self.w)
            if text.strip():
                row = self.grid.rows + 1
                self.grid.put(Box(row, 1, row, width, text))
                self.holders[row, 1] = paragraph

    def add_table(self, table: Element) -> None:
        """The rows and cells, with their spans."""
        self.table = table
        open_above: dict[int, Box] = {}
        for line in table.findall(f"{self.w}tr"):
            row = self.grid.rows + 1
            if row > MAX_ROWS:
                break
            self.rows[row] = line
            column = 1 + _number(line.find(f"{self.w}trPr/{self.w}gridBefore"), self.w)
            for cell in line.findall(f"{self.w}tc"):
                width = max(_number(cell.find(f"{self.w}tcPr/{self.w}gridSpan"), self.w), 1)
                column = self._cell(cell, row, column, width, open_above)
                if column > MAX_COLUMNS:
                    break
            self.grid.rows = max(self.grid.rows, row)

    def _cell(self, cell: Element, row: int, column: int, width: int, open_above: dict[int, Box]) -> int:
        merge = cell.find(f"{self.w}tcPr/{self.w}vMerge")
        goes_on = merge is not None and merge.get(f"{self.w}val", "continue") == "continue"
        if goes_on and column in open_above:
            box = open_above[column]
            box.bottom = row
        else:
            text = "\n".join(_words(part, self.w) for part in cell.findall(f"{self.w}p"))
            if cell.find(f"{self.w}tbl") is not None:
                text += HELD
            box = Box(row, column, row, column + width - 1, text, framed=True)
            self.holders[row, column] = cell
        self.grid.put(box)
        if merge is not None:
            open_above[column] = box
        else:
            open_above.pop(column, None)
        return column + width


def read_word(package: Package) -> Form:
    """Every table of the document. Refuses one without tables."""
    sheets = list(_sheets(package))
    if not sheets:
        raise Unreadable("这个 Word 文件里没有表格，没有要填的格子。")
    return Form("docx", [sheet.grid for sheet in sheets])


def _sheets(package: Package) -> Iterator[_Sheet]:
    tree = package.tree(MAIN)
    w = tree.space
    body = tree.root.find(f"{w}body")
    words: list[Element] = []
    number = 0
    last: _Sheet | None = None
    for node in _blocks(body, w):
        if node.tag == f"{w}p":
            words.append(node)
            continue
        number += 1
        if number > MOST_TABLES:
            break
        if last is not None:
            yield last
        last = _Sheet(w, number)
        width = max((_width(line, w) for line in node.findall(f"{w}tr")), default=1)
        last.add_words(words[-12:], width)
        last.add_table(node)
        words = []
    if last is not None:
        width = last.grid.columns or 1
        last.add_words(words[:12], width)
        yield last


def _blocks(body: Element | None, w: str) -> Iterator[Element]:
    for node in body if body is not None else ():
        if node.tag == f"{w}p":
            yield node
        elif node.tag == f"{w}tbl":
            yield node
            # Tables inside its cells are tables of their own.
            yield from (inner for inner in node.iter(f"{w}tbl") if inner is not node)
        elif node.tag == f"{w}sdt":
            yield from _blocks(node.find(f"{w}sdtContent"), w)


def _width(line: Element, w: str) -> int:
    return sum(
        max(_number(cell.find(f"{w}tcPr/{w}gridSpan"), w), 1) for cell in line.findall(f"{w}tc")
    ) + _number(line.find(f"{w}trPr/{w}gridBefore"), w)


def _number(node: Element | None, w: str) -> int:
    said = node.get(f"{w}val", "0") if node is not None else "0"
    return int(said) if said.isdigit() else 0


def _words(paragraph: Element, w: str) -> str:
    found = []
    for node in paragraph.iter():
        if node.tag == f"{w}t":
            found.append(node.text or "")
        elif node.tag == f"{w}tab":
            found.append("    ")
        elif node.tag == f"{w}br":
            found.append("\n")
    return "".join(found)


def write_word(package: Package, entries: Mapping[str, Entries]) -> dict[str, Shift]:
    """Fills the tables; returns how their rows moved."""
    shifts: dict[str, Shift] = {}
    for sheet in _sheets(package):
        entry = entries.get(sheet.grid.name)
        if entry is None:
            continue
        for place, value in entry.cells.items():
            holder = sheet.holders.get(place)
            if holder is not None and value not in (None, ""):
                _set(holder, str(value), sheet.w)
        shifts[sheet.grid.name] = Shift(
            tuple(each for body in entry.bodies for each in [_body(sheet, body)] if each)
        )
    return shifts


def _body(sheet: _Sheet, body: Body) -> Insert | None:
    """The lines of one table; further rows are copies of the last blank one."""
    missing = len(body.lines) - (body.last - body.first + 1)
    lines = [sheet.rows[row] for row in range(body.first, body.last + 1) if row in sheet.rows]
    if not lines or sheet.table is None:
        return None
    cells = {
        column: place
        for place, column in enumerate(sorted(column for row, column in sheet.holders if row == body.last))
    }
    blank = copy.deepcopy(lines[-1])
    after = list(sheet.table).index(lines[-1])
    for more in range(missing):
        line = copy.deepcopy(blank)
        sheet.table.insert(after + 1 + more, line)
        lines.append(line)
    for line, values in zip(lines, body.lines, strict=False):
        parts = line.findall(f"{sheet.w}tc")
        skipped = len(parts) - len(cells)
        for column, value in values.items():
            if column in cells and value not in (None, ""):
                _set(parts[cells[column] + max(skipped, 0)], str(value), sheet.w)
    return Insert(body.last + 1, missing, body.last) if missing > 0 else None


def _set(holder: Element, text: str, w: str) -> None:
    """The words of a cell (or a paragraph) become these, in the look of its first words."""
    text = UNFIT.sub("", text)
    paragraphs = [holder] if holder.tag == f"{w}p" else holder.findall(f"{w}p")
    if not paragraphs:
        paragraphs = [SubElement(holder, f"{w}p")]
    pieces: list[Any] = text.split("\n") if len(paragraphs) > 1 else [text]
    if len(pieces) > len(paragraphs):
        pieces = [*pieces[: len(paragraphs) - 1], " ".join(pieces[len(paragraphs) - 1 :])]
    for paragraph, piece in zip(paragraphs, [*pieces, *[None] * len(paragraphs)], strict=False):
        if piece is not None and piece != _words(paragraph, w):
            _say(paragraph, piece, w)


def _say(paragraph: Element, text: str, w: str) -> None:
    runs = [
        run
        for run in paragraph.iter(f"{w}r")
        if run.find(f"{w}t") is not None or run.find(f"{w}tab") is not None
    ]
    for run in runs[1:]:
        for node in list(run):
            if node.tag in (f"{w}t", f"{w}tab", f"{w}br"):
                run.remove(node)
    if runs:
        first = runs[0]
        for node in list(first):
            if node.tag in (f"{w}t", f"{w}tab", f"{w}br"):
                first.remove(node)
    else:
        first = SubElement(paragraph, f"{w}r")
        look = paragraph.find(f"{w}pPr/{w}rPr")
        if look is not None:
            kept = copy.deepcopy(look)
            first.insert(0, kept)
    said = SubElement(first, f"{w}t", {SPACE: "preserve"})
    said.text = text
