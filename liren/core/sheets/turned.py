"""Turned tables (横排的表): headings down the first column, one person per column."""

from .layout import Layout, Table

FEWEST = 3


def find_turned(layout: Layout, anchor: str) -> Table | None:
    """A sheet whose rows are the facts and whose columns are the people, as a table of lines; else None."""
    heads = _headings(layout)
    names = next((row for row, _, text in heads if layout.vocabulary.read(text)[0] == anchor), None)
    if names is None or len(heads) < 2 * FEWEST - 2:
        return None
    left = heads[0][1]
    offer = layout.vocabulary.offers[anchor]
    people = [column for column, text in layout.filled(names) if column > left]
    known = sum(1 for column in people if offer.evidence and offer.evidence(layout.sheet.text(names, column)))
    if len(people) < FEWEST or known < 0.6 * len(people):
        return None
    rows = [row for row, _, _ in heads]
    lines = [[_cell(layout, row, column) for row in rows] for column in people]
    columns: list[tuple[int, tuple[str, ...]]] = [(n, (text,)) for n, (_, _, text) in enumerate(heads)]
    table = Table(
        layout.sheet, (rows[0], rows[0]), columns, rows[0], rows[-1] + 1,
        lines=lines, line_rows=[names] * len(lines),
    )  # fmt: skip
    table.above = [(row, text) for row in range(rows[0]) for _, text in layout.filled(row)]
    table.kind = "turned"
    return table


def _headings(layout: Layout) -> list[tuple[int, int, str]]:
    """The labels that stand below one another at the left edge, each with values beside it."""
    found: list[tuple[int, int, str]] = []
    for row in range(min(len(layout.sheet.rows), 60)):
        cells = layout.filled(row)
        if not cells or not layout.vocabulary.is_label(cells[0][1]):
            if found and cells:
                break
            continue
        if found and cells[0][0] != found[0][1]:
            return []
        if sum(1 for _, text in cells if layout.vocabulary.is_label(text)) > 0.5 * len(cells) > 1:
            return []
        found.append((row, *cells[0]))
    return found


def _cell(layout: Layout, row: int, column: int) -> object:
    cells = layout.sheet.rows[row]
    return cells[column] if column < len(cells) else ""
