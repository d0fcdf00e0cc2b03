"""Folding (双栏表): a list whose headings stand twice side by side is filled down the left first, then down the right."""

from liren.core.sheets.forms.plan import Asked, TablePlan
from liren.core.sheets.forms.shapes import Column
from liren.core.sheets.forms.writing import Body

from .report import LineNote

MOST = 4


def blocks_of(table: TablePlan) -> list[list[tuple[Column, Asked]]]:
    """The columns in as many blocks as the headings come again; one block for most tables."""
    columns = table.columns
    for times in range(MOST, 1, -1):
        width = len(columns) // times
        paths = [column.path for column, _ in columns]
        if width >= 2 and width * times == len(columns) and paths == paths[:width] * times:
            return [columns[place * width : (place + 1) * width] for place in range(times)]
    return [columns]


def fold(body: Body, lines: list[LineNote], blocks: list[list[tuple[Column, Asked]]]) -> None:
    """Puts the lines that were written for the first block into all of them."""
    height = max(-(-len(body.lines) // len(blocks)), body.last - body.first + 1)
    folded: list[dict[int, object]] = [{} for _ in range(min(height, len(body.lines)))]
    for place, line in enumerate(body.lines):
        block, row = divmod(place, height)
        shift = blocks[block][0][0].left - blocks[0][0][0].left
        folded[row].update({column + shift: value for column, value in line.items()})
        if place < len(lines):
            lines[place].row = body.first + row
    body.lines = folded
