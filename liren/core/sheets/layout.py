"""Layout (版面): what a sheet looks like to somebody searching it for headings, lists and cards."""

from dataclasses import dataclass, field
from typing import Any

from .headers import Vocabulary
from .workbook import Merge, Row, Sheet, text_of

MAX_LEVELS = 4
LONGEST_HEADING = 40


@dataclass(slots=True)
class Table:
    """One list: its heading rows, columns with heading paths, and the rows below that belong to it."""

    sheet: Sheet
    header: tuple[int, int]
    columns: list[tuple[int, tuple[str, ...]]]
    first: int
    last: int
    # texts above the heading since the table before (titles, notes), with their rows
    above: list[tuple[int, str]] = field(default_factory=list)
    # label and value pairs above the heading: 楼栋 | 3号楼
    context: list[tuple[int, str, Any]] = field(default_factory=list)
    # rows of cards stand beside the sheet's own; None means the sheet's rows are the lines
    lines: list[Row] | None = None
    line_rows: list[int] = field(default_factory=list)
    # rows within the body that repeat the heading
    repeats: set[int] = field(default_factory=set)
    kind: str = "list"
    # one of several people of the same row
    wide: bool = False

    @property
    def left(self) -> int:
        return self.columns[0][0]

    @property
    def right(self) -> int:
        return self.columns[-1][0]


class Layout:
    """A sheet with quick answers about merges and rows."""

    def __init__(self, sheet: Sheet, vocabulary: Vocabulary) -> None:
        self.sheet = sheet
        self.vocabulary = vocabulary
        self.merges_from: dict[int, list[Merge]] = {}
        for merge in sheet.merges:
            self.merges_from.setdefault(merge[0], []).append(merge)
        self.width = max((len(row) for row in sheet.rows), default=0)

    def filled(self, row: int) -> list[tuple[int, str]]:
        """The non-empty cells of a row as texts."""
        if not 0 <= row < len(self.sheet.rows):
            return []
        cells = ((column, text_of(cell)) for column, cell in enumerate(self.sheet.rows[row]) if cell != "")
        return [(column, text) for column, text in cells if text]

    def span(self, row: int, column: int) -> Merge:
        """The merge that starts at a cell, or the cell itself."""
        for merge in self.merges_from.get(row, ()):
            if merge[1] == column:
                return merge
        return (row, column, row, column)

    def is_header(self, row: int) -> bool:
        """Labels side by side, at least one of which only a table of people has."""
        cells = self.filled(row)
        if len(cells) < 2 or any(len(text) > LONGEST_HEADING for _, text in cells):
            return False
        labels = [column for column, text in cells if self.vocabulary.is_label(text)]
        if len(labels) < 2 or len(labels) < 0.5 * len(cells):
            return False
        if not any(self.vocabulary.is_core(text) for _, text in cells):
            return False
        return not self.has_pairs(row, cells)

    def has_pairs(self, row: int, cells: list[tuple[int, str]] | None = None) -> bool:
        """Label beside value, label beside value: a line of a card."""
        cells = self.filled(row) if cells is None else cells
        if not cells or not self.vocabulary.is_label(cells[0][1]) or len(cells) > 24:
            return False
        pairs = gaps = labels = 0
        skip = -1
        for number, (column, text) in enumerate(cells):
            if number == skip or not self.vocabulary.is_label(text):
                continue
            labels += 1
            if self.value_after(row, cells, number) is not None:
                pairs += 1
                skip = number + 1
            elif number + 1 == len(cells) or cells[number + 1][0] > self.span(row, column)[3] + 1:
                gaps += 1
        if self._data_below(row, cells[0][0]):
            return False
        if labels == len(cells) and not pairs:
            return labels <= 4 and gaps > 0.6 * labels and self._another_pair_near(row)
        return pairs + gaps >= 0.6 * labels and labels >= 0.3 * len(cells) and pairs >= max(1, 0.3 * labels)

    def _data_below(self, row: int, column: int) -> bool:
        """Under the first heading of a list stands data; under a label of a card another label or nothing."""
        cells = dict(self.filled(row + 1))
        below = cells.get(column, "")
        return (
            len(cells) > 1 and below != "" and not self.vocabulary.is_label(below) and below[-1] not in ":："
        )

    def value_after(self, row: int, cells: list[tuple[int, str]], number: int) -> int | None:
        """The column of the value that belongs to the label at `number` of a row's cells, if it has one."""
        if number + 1 >= len(cells):
            return None
        column, text = cells[number + 1]
        if not self.vocabulary.is_label(text):
            return column
        # 与户主关系 | 户主: a word that is a heading elsewhere may be the value here
        beside = column == self.span(row, cells[number][0])[3] + 1
        return column if beside and self.vocabulary.is_value(cells[number][1], text) else None

    def _another_pair_near(self, row: int) -> bool:
        """An empty form line counts as a card only beside other card lines."""
        for near in (row - 1, row + 1):
            cells = self.filled(near)
            if 2 <= len(cells) and self.vocabulary.is_label(cells[0][1]):
                if any(not self.vocabulary.is_label(text) for _, text in cells[1:2]):
                    return True
        return False

    def end_of_list(self, first: int, end: int) -> int:
        """Where lines of a card interrupt a list, the list ends."""
        rows, is_label = self.sheet.rows, self.vocabulary.is_label
        for number in range(first, end):
            row = rows[number]
            if row and type(row[0]) is float:
                continue
            head = next((cell for cell in row if cell != ""), "")
            if is_label(head) and self.has_pairs(number):
                cells = self.filled(number)
                labels = sum(1 for _, text in cells if is_label(text))
                if (labels >= 2 or len(cells) <= 2) and any(
                    self.vocabulary.is_core(text) for _, text in cells
                ):
                    return number
        return end

    def header_block(self, row: int, floor: int) -> tuple[int, int]:
        """First and last row of the heading that `row` is part of."""
        top = bottom = row
        while top > floor and bottom - top < MAX_LEVELS - 1 and self._joins_above(top - 1, top):
            top -= 1
        bottom = self._merged_down(top, bottom)
        while bottom - top < MAX_LEVELS - 1 and self._joins_below(bottom + 1, bottom):
            bottom = self._merged_down(top, bottom + 1)
        return top, bottom

    def _merged_down(self, top: int, bottom: int) -> int:
        for row in range(top, bottom + 1):
            for merge in self.merges_from.get(row, ()):
                if merge[2] - merge[0] < MAX_LEVELS and self.sheet.text(merge[0], merge[1]):
                    bottom = max(bottom, min(merge[2], top + MAX_LEVELS - 1, len(self.sheet.rows) - 1))
        return bottom

    def _joins_above(self, above: int, top: int) -> bool:
        cells = self.filled(above)
        if not cells or any(len(text) > LONGEST_HEADING or "：" in text or ":" in text for _, text in cells):
            return False
        if any(merge[2] >= top for merge in self.merges_from.get(above, ())):
            return True
        if self._heads_groups(above, cells, top):
            return True
        if len(cells) < 2 or self.has_pairs(above, cells):
            return False
        spans = sum(1 for column, _ in cells if self.span(above, column)[3] > column)
        labels = sum(1 for _, text in cells if self.vocabulary.is_label(text))
        below = {column for column, _ in self.filled(top)}
        groups = self._group_columns(above)
        clash = sum(
            1 for column, _ in cells if column in below - groups and self.span(above, column)[3] == column
        )
        return (spans > 0 or labels > 0) and clash <= len(cells) // 2 and self._only_words(cells)

    def _heads_groups(self, above: int, cells: list[tuple[int, str]], top: int) -> bool:
        """序号 | 残疾人基本信息 | 监护人信息 without merges: groups over headings, and headings with nothing below."""
        below = {column for column, _ in self.filled(top)}
        groups = self._group_columns(above)
        alone = [text for column, text in cells if column not in below]
        named = all(
            column in groups and (not self.vocabulary.is_core(text) or "." in self.vocabulary.read(text)[0])
            for column, text in cells
            if column in below
        )
        return (
            0 < len(alone) < len(cells) and named
            and all(map(self.vocabulary.is_label, alone)) and self._only_words(cells)
        )  # fmt: skip

    def _joins_below(self, below: int, bottom: int) -> bool:
        cells = self.filled(below)
        if not cells or any(len(text) > 20 for _, text in cells) or not self._only_words(cells):
            return False
        above = {column for column, _ in self.filled(bottom)}
        groups = self._group_columns(bottom)
        fits = sum(1 for column, _ in cells if column not in above or column in groups)
        labels = sum(1 for _, text in cells if self.vocabulary.is_label(text))
        if self._only_options(cells, above, groups):
            return True
        if labels < max(1, 0.4 * len(cells)) or self.has_pairs(below, cells):
            return False
        under_core = any(self.vocabulary.is_core(self.sheet.text(bottom, column)) for column, _ in cells)
        return fits >= 0.8 * len(cells) or (
            fits >= 0.5 * len(cells) and not under_core and labels >= 0.6 * len(cells)
        )

    def _only_options(self, cells: list[tuple[int, str]], above: set[int], groups: set[int]) -> bool:
        """男 and 女 under 性别: words only under groups and the room beside them, none under a heading of its own."""
        own = above - groups
        gaps = sum(1 for column, _ in cells if column not in above)
        return (
            len(own) >= 2 and gaps >= 0.4 * len(cells) and own.isdisjoint(column for column, _ in cells)
        ) and all(len(text) <= 6 for _, text in cells)

    def _group_columns(self, row: int) -> set[int]:
        """Columns whose heading has empty room to its right: possible groups."""
        cells = self.filled(row)
        ends = [column for column, _ in cells[1:]] + [self.width]
        return {column for (column, _), end in zip(cells, ends, strict=True) if end > column + 1}

    @staticmethod
    def _only_words(cells: list[tuple[int, str]]) -> bool:
        return not any(sum(character.isdigit() for character in text) >= 4 for _, text in cells)

    def paths(self, top: int, bottom: int) -> list[tuple[int, tuple[str, ...]]]:
        """The heading path of each column."""
        grid = [self._spread(row, row == bottom) for row in range(top, bottom + 1)]
        self._spread_merges(grid, top, bottom)
        self._spread_groups(grid)
        paths = []
        for column in range(self.width):
            path: list[str] = []
            for line in grid:
                text = line.get(column, "")
                if text and (not path or path[-1] != text):
                    path.append(text)
            paths.append((column, tuple(path)))
        while paths and not paths[-1][1]:
            paths.pop()
        return paths

    def _spread(self, row: int, last: bool) -> dict[int, str]:
        return {column: " ".join(text.split()) for column, text in self.filled(row)}

    def _spread_merges(self, grid: list[dict[int, str]], top: int, bottom: int) -> None:
        for row in range(top, bottom + 1):
            for first, left, last, right in self.merges_from.get(row, ()):
                text = grid[first - top].get(left, "")
                if not text or right - left > 0.8 * self.width > 6:
                    continue
                for line in range(first, min(last, bottom) + 1):
                    for column in range(left, right + 1):
                        grid[line - top].setdefault(column, text)

    def _spread_groups(self, grid: list[dict[int, str]]) -> None:
        """Without merges a group's name stands only over its first column: carry it to the right."""
        for level, line in enumerate(grid[:-1]):
            below = grid[level + 1 :]
            group = ""
            for column in range(self.width):
                has_below = any(
                    lower.get(column) and lower.get(column) != line.get(column) for lower in below
                )
                if column in line:
                    group = line[column] if has_below else ""
                elif has_below and group:
                    line[column] = group
