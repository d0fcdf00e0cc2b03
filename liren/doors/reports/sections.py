"""Sections (版块) of the page: the strip, the seven duties over the months, grids, causes, and what came again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from liren.core.figures import Figure
from liren.core.figures.book import all_figures, named
from liren.core.figures.cells import Cell, Line
from liren.core.figures.counting import Together
from liren.core.figures.periods import Period, stepped
from liren.core.figures.table import Shown, lines, shown
from liren.core.matters.figures import MATTERS, UNKNOWN
from liren.core.matters.hotspots import Spot, hot_spots
from liren.core.matters.kinds import kind
from liren.core.pages.templatetags.pages import SEALS

from .asking import Asked
from .charts import Chart, line_chart
from .heat import Heat, heat_of

STRIP = (
    "received", "closed", "in_time", "response", "first_contact", "solved", "satisfied", "overdue", "repeated",
)  # fmt: skip
DUTIES = ("received", "closed", "in_time", "solved", "satisfied", "open", "overdue")
GRIDS = (
    "received",
    "closed",
    "in_time",
    "response",
    "first_contact",
    "solved",
    "satisfied",
    "open",
    "overdue",
)
CAUSES = ("received", "closed", "solved", "repeated")
BUILDINGS = ("received", "open")
# All cuts at once, those by a number first: a database that sorts its rows into groups compares numbers sooner.
TOGETHER = ("grid", "building", "kind", "cause", "seal")
RUN = 6
MOST_CAUSES = 12


@dataclass(frozen=True)
class Row:
    """One row of the table over months: a kind with its seal, a cell for each month, or nothing there."""

    name: str
    seal: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Months:
    """What came in, by kind and month: the drawing by duty, the table by kind."""

    names: tuple[str, ...]
    chart: Chart | None
    rows: tuple[Row, ...]


def strip(asked: Asked, *, paper: bool = False) -> list[Shown]:
    """The main figures of the period."""
    found = shown(named(*STRIP), asked.ask(paper=paper), asked.communities)
    return [found[key] for key in STRIP]


def over_months(asked: Asked, *, paper: bool = False) -> Months:
    """What came in over the half year that ends with the period, or over its twelve months."""
    size = max(asked.period.months, RUN)
    run = Period(stepped(asked.period.last, 1 - size), size)
    months = [f"{month:%Y-%m}" for month in run.each()]
    rows: dict[str, dict[str, Cell]] = {}
    for kind_key, month, cell in _received(asked, run, paper=paper):
        rows.setdefault(kind_key, {})[month] = cell
    table = [
        Row(kind(key).name, kind(key).seal, tuple(cells.get(month) for month in months))
        for key, cells in sorted(rows.items(), key=lambda each: (kind(each[0]).order, each[0]))
        if any(cell.count for cell in cells.values())
    ]
    names = tuple(f"{month.month}月" for month in run.each())
    return Months(names, _chart(names, table), tuple(table))


def _received(asked: Asked, run: Period, *, paper: bool) -> Iterator[tuple[str, str, Cell]]:
    """What came in by kind and month. Where the period is one month, its own numbers are those that the other parts of
    the page count anyhow, so that only the months before it are counted here.
    """
    received, last = named("received"), asked.period
    if last.months == 1:
        for line in lines(received, asked.ask("kind", paper=paper), asked.communities):
            yield line.groups[0].key, f"{last.first:%Y-%m}", line["received"]
        run = Period(run.first, run.months - 1)
    for line in lines(received, asked.ask("kind", "month", period=run, paper=paper), asked.communities):
        yield line.groups[0].key, line.groups[1].key, line["received"]


def _chart(names: tuple[str, ...], rows: list[Row]) -> Chart | None:
    """The kinds of one duty are one line."""
    sums: dict[str, list[int]] = {}
    for row in rows:
        before = sums.get(row.seal, [0] * len(names))
        sums[row.seal] = [n + (cell.count if cell else 0) for n, cell in zip(before, row.cells, strict=True)]
    drawn = [(seal, name, sums[seal]) for seal, name in SEALS.items() if seal in sums]
    return line_chart(names, drawn) if drawn else None


def cut(asked: Asked, by: str, keys: tuple[str, ...], *, paper: bool = False) -> list[Line]:
    """Figures by one cut, without groups in which nothing is."""
    found = lines(named(*keys), asked.ask(by, paper=paper), asked.communities)
    return [line for line in found if any(cell.count for cell in line.cells.values())]


def causes(asked: Asked, *, paper: bool = False) -> list[Line]:
    """The causes, the most frequent first."""
    found = cut(asked, "cause", CAUSES, paper=paper)
    return sorted(found, key=lambda line: -line["received"].count)[:MOST_CAUSES]


def buildings(asked: Asked, *, paper: bool = False) -> dict[str, list[Heat]]:
    """How much came from each building, and how much is open there now, in the order of the buildings."""
    found = cut(asked, "building", BUILDINGS, paper=paper)
    placed = [line for line in found if line.groups[0].key != UNKNOWN]
    return {key: heat_of(placed, key) for key in BUILDINGS}


def spots(asked: Asked, *, paper: bool = False) -> list[Spot]:
    """What came again at the same place."""
    return hot_spots(asked.user, {"opened": asked.period.text, **asked.params}, paper=paper)


def meanings() -> list[Figure]:
    """Every figure of matters with how it is counted."""
    return [each for each in all_figures() if each.source == MATTERS]


def gathered(asked: Asked) -> Asked:
    """The same question, whose parts are counted together: a page shows the same figures by many cuts."""
    keys = dict.fromkeys((*STRIP, *DUTIES, *GRIDS, *CAUSES, *BUILDINGS))
    return replace(asked, together=Together(named(*keys), TOGETHER))


def context_of(asked: Asked) -> dict[str, Any]:
    """Everything that the page shows."""
    asked = gathered(asked)
    main = strip(asked)
    return {
        "strip": main,
        "is_frozen": any(each.cell.is_frozen for each in main),
        "differs": [each for each in main if each.differs],
        "months": over_months(asked),
        "duties": cut(asked, "seal", DUTIES),
        "grids": cut(asked, "grid", GRIDS),
        "causes": causes(asked),
        "buildings": buildings(asked),
        "spots": spots(asked),
        "meanings": meanings(),
    }
