"""Heat (哪幢楼): a number for each building, the deeper in colour the more there is."""

from dataclasses import dataclass

from liren.core.figures.cells import Cell, Line

# Share of the colour in a cell of the heat, in per cent: words stay readable on the deepest.
PALEST, DEEPEST = 6, 58


@dataclass(frozen=True)
class Heat:
    """One building: its number, and how deep its colour is, against the building with the most."""

    name: str
    cell: Cell
    depth: int


def heat_of(found: list[Line], key: str) -> list[Heat]:
    """One figure of each line, in their order; nothing is drawn where nothing is."""
    most = max((line[key].count for line in found), default=0)
    return [
        Heat(line.name, line[key], PALEST + round((DEEPEST - PALEST) * line[key].count / most))
        for line in found
        if line[key].count
    ]
