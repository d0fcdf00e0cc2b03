"""Tables (找表): where on a sheet the lists are, with their headings of one to three levels.

A heading row is told from data by the vocabulary of the floors above and by geometry (merged cells, labels
side by side). Nothing here knows what the columns mean.
"""

from collections.abc import Iterator
from typing import Any

from .beside import split
from .layout import Layout, Table

# headings are looked for with full care in the first rows, afterwards by words already seen
CAREFUL_ROWS = 120


def find_tables(layout: Layout) -> list[Table]:
    """All lists of a sheet, top to bottom and left to right; cards are found by `cards.find_cards`."""
    sheet = layout.sheet
    blocks = list(_blocks(layout))
    tables: list[Table] = []
    for number, (top, bottom) in enumerate(blocks):
        end = blocks[number + 1][0] if number + 1 < len(blocks) else len(sheet.rows)
        end = layout.end_of_list(bottom + 1, end)
        start = (
            max(blocks[number - 1][1] + 1, tables[-1].last if tables[-1].last < top else 0) if tables else 0
        )
        paths = layout.paths(top, bottom)
        same = tables and _repeats(paths, tables[-1])
        if same and tables[-1].header[0] < top and not _new_start(layout, tables[-1], start, top):
            tables[-1].last = end
            tables[-1].repeats.update(range(top, bottom + 1))
            continue
        table = Table(sheet, (top, bottom), paths, bottom + 1, end)
        _describe_above(layout, table, start, top)
        tables.append(table)
    return [part for table in tables for part in split(layout, table)]


def _repeats(paths: list[tuple[int, tuple[str, ...]]], table: Table) -> bool:
    """Is this the heading of the table again? On later pages merges and group names may be lost."""
    again = {column: path[-1] for column, path in paths if path}
    first = {column: path[-1] for column, path in table.columns if path}
    if list(again.values()) == list(first.values()):
        return True
    return len(again) >= max(3, 0.6 * len(first)) and again.items() <= first.items()


def _new_start(layout: Layout, before: Table, start: int, top: int) -> bool:
    """Do label and value pairs stand right above a repeated heading? Then it starts a new card or household."""
    headings = {part for _, path in before.columns for part in path}
    return any(
        _names_somewhere(layout, text)
        for row in range(max(start, top - 3), top)
        for _, text in layout.filled(row)
    ) or any(
        layout.has_pairs(row) and not headings.issuperset(text for _, text in layout.filled(row))
        for row in range(max(start, top - 8), top)
    )


def _names_somewhere(layout: Layout, text: str) -> bool:
    """房屋地址：3号楼501 starts something new; the telephone of an office in a footer does not."""
    label, colon, value = text.replace("：", ":").partition(":")
    value = value.strip()
    return (
        bool(colon and value)
        and any(c not in "0123456789- " for c in value)
        and layout.vocabulary.is_core(label)
    )


def _blocks(layout: Layout) -> Iterator[tuple[int, int]]:
    rows = layout.sheet.rows
    seen: set[Any] = set()
    floor = 0
    row = 0
    while row < len(rows):
        if (
            rows[row]
            and (row < CAREFUL_ROWS or len(seen.intersection(rows[row])) >= 2)
            and layout.is_header(row)
        ):
            top, bottom = layout.header_block(row, floor)
            yield top, bottom
            for line in range(top, bottom + 1):
                seen.update(cell for cell in rows[line] if cell != "")
            floor = row = bottom + 1
            continue
        row += 1


def _describe_above(layout: Layout, table: Table, start: int, top: int) -> None:
    """Titles and label-value pairs between the table before and this heading."""
    for row in range(max(start, top - 40), top):
        cells = layout.filled(row)
        if layout.has_pairs(row, cells):
            for number, (_, text) in enumerate(cells):
                if layout.vocabulary.is_label(text):
                    column = layout.value_after(row, cells, number)
                    if column is not None:
                        table.context.append((row, text, layout.sheet.text(row, column)))
        else:
            table.above.extend((row, text) for _, text in cells)


def without_header(layout: Layout) -> list[Table]:
    """A list that begins with its first person: columns without headings, to be told by their values."""
    rows = layout.sheet.rows
    first = next((number for number in range(min(len(rows), 20)) if len(layout.filled(number)) >= 3), None)
    if first is None:
        return []
    width = max(len(row) for row in rows[first : first + 50])
    table = Table(layout.sheet, (first, first), [(column, ()) for column in range(width)], first, len(rows))
    table.above = [(row, text) for row in range(first) for _, text in layout.filled(row)]
    return [table]
