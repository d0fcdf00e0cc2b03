"""The printed sheet (纸面): how wide each column lies on A4, and how small the print has to be for all of them."""

from typing import Any

from liren.core.sheets.ledger import Value

from .actions import Paper

# The running number stands in a column of its own.
NUMBER = 4
# So many Chinese characters lie across the sheet in ordinary print, and in small print; smaller for more.
ACROSS, UPRIGHT = (72, 92), (48, 62)
GAP = "\u200b"


def laid_out(paper: Paper) -> dict[str, Any]:
    """Cells under their columns, widths in per cent, and the size of the print."""
    columns = paper.look.columns
    whole = sum(column.width for column in columns) + NUMBER
    ordinary, small = ACROSS if paper.look.ledger.landscape else UPRIGHT
    return {
        "lines": [list(zip(columns, map(breakable, cells), strict=True)) for cells in paper.lines],
        "widths": [round(100 * column.width / whole) for column in columns],
        "print": "" if whole <= ordinary else "small-print" if whole <= small else "tiny-print",
    }


def breakable(value: Value) -> Value:
    """Dates and numbers may go on in a next line behind a hyphen, as on ruled forms: 2026-|11-23, 治-2026-|0137."""
    return value.replace("-", f"-{GAP}") if isinstance(value, str) else value
