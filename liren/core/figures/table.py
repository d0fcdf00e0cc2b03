"""Tables (数字表): figures for a page, frozen for the months that are closed and counted anew for the others."""

from dataclasses import dataclass, replace
from typing import Any

from . import Figure
from .cells import Cell, Group, Line
from .counting import Ask, counted_live, live_cell
from .freezing import closed_months, counted_frozen, frozen_cell
from .periods import Period

__all__ = ["Ask", "Shown", "communities_of", "lines", "shown", "summed"]


@dataclass(frozen=True)
class Shown:
    """A main figure: as it stands, what a count of today would say when the month is closed, and the period before."""

    cell: Cell
    anew: Cell | None
    before: Cell | None

    @property
    def differs(self) -> bool:
        """Whether today's ledger says something else."""
        return self.anew is not None and self.cell.differs(self.anew)

    @property
    def change(self) -> str:
        """Against the period before, in words; empty where it says nothing."""
        if (
            self.before is None
            or not self.before.count
            or self.cell.figure.measure
            or self.cell.figure.is_share
        ):
            return ""
        more = self.cell.count - self.before.count
        unit = self.cell.figure.unit
        return f"多 {more:,} {unit}" if more > 0 else f"少 {-more:,} {unit}" if more else "一样多"


def communities_of(ask: Ask) -> list[int]:
    """The communities that the question is about."""
    own = set(ask.user.community_ids())
    asked = {int(group) for cut, group in ask.scope if cut == "community"}
    return sorted(own & asked if asked else own)


def lines(figures: list[Figure], ask: Ask, communities: list[int] | None = None) -> list[Line]:
    """Figures of one source by their cuts. Closed months come from what was frozen, the others from the rows of today;
    how things stand at this moment is counted anew, unless it was kept when the last month of the period was closed.
    """
    within = communities_of(ask) if communities is None else communities
    dated = [figure for figure in figures if figure.dated]
    kept = [figure for figure in figures if figure.kept]
    now = [figure for figure in figures if not figure.dated and not figure.kept]
    found = [*(_dated(dated, ask, within) if dated else []), *(_kept(kept, ask, within) if kept else [])]
    if now:
        found += counted_live(now, replace(ask, period=None))
    alone = len([several for several in (dated, kept, now) if several]) == 1
    return found if alone else _joined(figures, ask, found)


def _kept(figures: list[Figure], ask: Ask, communities: list[int]) -> list[Line]:
    if ask.period is not None:
        last = Period(ask.period.last)
        if closed := closed_months(communities, last, figures[0].source):
            return counted_frozen(figures, replace(ask, period=last), closed)
    return counted_live(figures, replace(ask, period=None))


def summed(figures: list[Figure], found: list[Line], ask: Ask) -> Line:
    """The whole of a cut by which every row lies in one group: standing figures, added instead of counted again."""
    if any(figure.dated or figure.is_share for figure in figures):
        raise ValueError("what is dated may count in several groups or months; count it as a whole")
    cells = {}
    for figure in figures:
        parts = [line[figure.key] for line in found]
        tally = {f"{figure.key}:n": sum(cell.count for cell in parts)}
        if ask.period and any(cell.is_frozen for cell in parts):
            cells[figure.key] = frozen_cell(figure, tally, {}, replace(ask, period=Period(ask.period.last)))
        else:
            cells[figure.key] = live_cell(figure, tally, {}, replace(ask, period=None))
    return Line((), cells)


def _dated(figures: list[Figure], ask: Ask, communities: list[int]) -> list[Line]:
    if ask.period is None:
        return counted_live(figures, ask)
    closed = closed_months(communities, ask.period, figures[0].source)
    if "month" not in ask.by:
        whole = len(closed) == ask.period.months
        return counted_frozen(figures, ask, closed) if whole else counted_live(figures, ask)
    place = ask.by.index("month")
    live = [line for line in counted_live(figures, ask) if line.groups[place].key not in closed]
    frozen = counted_frozen(figures, ask, closed) if closed else []
    return sorted([*live, *frozen], key=lambda line: line.groups[place].key)


def _joined(figures: list[Figure], ask: Ask, found: list[Line]) -> list[Line]:
    """Lines of the same groups as one; a number that a group does not have is nothing."""
    cells: dict[tuple[Group, ...], dict[str, Cell]] = {}
    for line in found:
        cells.setdefault(line.groups, {}).update(line.cells)
    cuts = figures[0].source.cuts
    orders = [
        list(cuts[cut].named({groups[place].key for groups in cells})) for place, cut in enumerate(ask.by)
    ]
    ordered = sorted(
        cells,
        key=lambda groups: [order.index(group.key) for order, group in zip(orders, groups, strict=True)],
    )
    return [
        Line(groups, {each.key: cells[groups].get(each.key) or nothing(each) for each in figures})
        for groups in ordered
    ]


def nothing(figure: Figure) -> Cell:
    """No number, and no list."""
    return Cell(figure, 0, 0 if figure.is_share else None, {}, {})


def shown(figures: list[Figure], ask: Ask, communities: list[int]) -> dict[str, Shown]:
    """The main figures of a period, with a count of today beside frozen ones and, when it is over, the period before."""
    now = _one(figures, ask, communities)
    anew: Any = {}
    dated = [figure for figure in figures if figure.dated]
    if dated and any(cell.is_frozen for cell in now.values()):
        anew = counted_live(dated, ask)[0].cells
    before: Any = {}
    if ask.period is not None and ask.period.is_over() and dated:
        before = _one(dated, replace(ask, period=ask.period.before), communities)
    return {key: Shown(cell, anew.get(key), before.get(key)) for key, cell in now.items()}


def _one(figures: list[Figure], ask: Ask, communities: list[int]) -> dict[str, Cell]:
    return dict(lines(figures, ask, communities)[0].cells)
