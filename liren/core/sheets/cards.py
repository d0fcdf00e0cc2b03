"""Cards (卡片): labels beside values, one person or household per card, below or beside one another.

A card becomes one line of a table whose columns are the labels, so that everything after this step treats a box
of cards like a list. The label that every card has (the offer named by `anchor`) tells where a card starts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .choices import chosen
from .headers import LIKELY
from .layout import Layout, Table
from .workbook import Row, text_of

INLINE = re.compile(
    r"([^\s:：,，;；]{1,12})\s*[:：]\s*(.*?)(?=[\s,，;；]+[^\s:：,，;；]{1,12}\s*[:：]|$)", re.DOTALL
)
# a card is a handful of lines; further down stands something else
TALLEST_CARD = 40


@dataclass(frozen=True, slots=True)
class Pair:
    """A label with its value and place."""

    row: int
    column: int
    label: str
    key: str
    value: Any


def find_cards(layout: Layout, tables: Sequence[Table], anchors: Sequence[str]) -> Table | None:
    """All cards of a sheet as one table, or None when it has none."""
    taken = _taken_rows(tables)
    rows = [row for row in range(len(layout.sheet.rows)) if row not in taken and layout.has_pairs(row)]
    rows = _with_neighbours(layout, rows, taken)
    pairs = [pair for row in rows for pair in pairs_of(layout, row)]
    anchor = next((key for key in anchors if any(pair.key == key for pair in pairs)), None)
    if anchor is None or len({pair.key for pair in pairs}) < 3:
        return None
    cards = _gather(pairs, anchor)
    cards = [card for card in cards if _is_filled(card, anchor)]
    if not cards:
        return None
    return _as_table(layout, cards, anchor)


def pairs_of(layout: Layout, row: int) -> list[Pair]:
    """The label and value pairs of a row."""
    cells = layout.filled(row)
    found: list[Pair] = []
    skip = -1
    for number, (column, text) in enumerate(cells):
        if number == skip:
            continue
        if layout.vocabulary.is_label(text):
            place = layout.value_after(row, cells, number)
            value = "" if place is None else _value(layout.sheet.rows[row][place])
            skip = -1 if place is None else number + 1
            found.append(Pair(row, column, text, layout.vocabulary.read(text)[0], value))
        elif ":" in text or "：" in text:
            found.extend(_inline(layout, row, column, text))
    return found


def _value(cell: Any) -> Any:
    return chosen(cell) if type(cell) is str else cell


def _inline(layout: Layout, row: int, column: int, text: str) -> list[Pair]:
    pairs = []
    for label, value in INLINE.findall(text):
        key, confidence, _ = layout.vocabulary.read(label)
        if confidence >= LIKELY:
            pairs.append(Pair(row, column, label, key, value.strip()))
    return pairs


def _taken_rows(tables: Sequence[Table]) -> set[int]:
    taken: set[int] = set()
    for table in tables:
        taken.update(range(table.header[0], table.last))
    return taken


def _with_neighbours(layout: Layout, rows: list[int], taken: set[int]) -> list[int]:
    """Lines of a card whose value is still empty, or that hold one pair, stand between the sure ones."""
    sure = set(rows)
    for row in rows:
        for near in (row - 1, row + 1, row + 2):
            cells = layout.filled(near) if near not in sure and near not in taken else []
            if cells and layout.vocabulary.is_label(cells[0][1]) and not layout.is_header(near):
                sure.add(near)
    return sorted(sure)


def _gather(pairs: list[Pair], anchor: str) -> list[list[Pair]]:
    """Sort the pairs into cards: by column segment, then by the rows between anchors."""
    places = [(pair.row, pair.column) for pair in pairs if pair.key == anchor]
    lefts = _segments(pairs, anchor)
    cards: list[list[Pair]] = []
    for number, left in enumerate(lefts):
        right = lefts[number + 1] if number + 1 < len(lefts) else 1_000_000
        own = [pair for pair in pairs if left <= pair.column < right]
        starts = sorted({row for row, column in places if left <= column < right})
        if starts:
            cards.extend(_stacked(own, starts))
    return cards


def _segments(pairs: list[Pair], anchor: str) -> list[int]:
    """The left edges of cards that stand side by side."""
    columns = sorted({pair.column for pair in pairs if pair.key == anchor})
    rows_of = {column: {p.row for p in pairs if p.key == anchor and p.column == column} for column in columns}
    # side by side means in one row; cards below each other may be shifted a little
    beside = [columns[0]] if columns else []
    for column in columns[1:]:
        if rows_of[column] & rows_of[beside[-1]] or rows_of[column] & rows_of[columns[0]]:
            beside.append(column)
    offset = beside[0] - min(pair.column for pair in pairs) if beside else 0
    return [max(0, column - offset) for column in beside]


def _stacked(pairs: list[Pair], starts: list[int]) -> list[list[Pair]]:
    """Cards below one another: each reaches from a little above its anchor to the next card."""
    rows = sorted({pair.row for pair in pairs})
    above = 0
    while starts[0] - above - 1 in rows and above < TALLEST_CARD:
        above += 1
    if len(starts) > 1:
        above = min(above, min(b - a for a, b in pairwise(starts)) - 1)
    cards = []
    for number, start in enumerate(starts):
        end = starts[number + 1] - above if number + 1 < len(starts) else start + TALLEST_CARD
        cards.append([pair for pair in pairs if start - above <= pair.row < min(end, start + TALLEST_CARD)])
    return cards


def _is_filled(card: list[Pair], anchor: str) -> bool:
    return any(pair.key == anchor and text_of(pair.value) for pair in card)


def _as_table(layout: Layout, cards: list[list[Pair]], anchor: str) -> Table:
    labels: dict[str, str] = {}
    for card in cards:
        for pair in card:
            labels.setdefault(pair.key, pair.label)
    order = list(labels)
    lines: list[Row] = []
    numbers: list[int] = []
    for card in cards:
        line: Row = [""] * len(order)
        for pair in card:
            place = order.index(pair.key)
            if line[place] == "":
                line[place] = pair.value
        lines.append(line)
        numbers.append(next(pair.row for pair in card if pair.key == anchor))
    top = min(pair.row for card in cards for pair in card)
    columns: list[tuple[int, tuple[str, ...]]] = [
        (number, (labels[key],)) for number, key in enumerate(order)
    ]
    table = Table(layout.sheet, (top, top), columns, top, max(numbers) + 1, lines=lines, line_rows=numbers)
    table.kind = "cards"
    table.above = [(row, text) for row in range(max(0, top - 6), top) for _, text in layout.filled(row)]
    return table
