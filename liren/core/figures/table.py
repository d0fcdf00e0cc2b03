"""Tables (数字表): figures for a page, frozen for the months that are closed and counted anew for the others."""

from dataclasses import dataclass, replace
from typing import Any

from . import Figure
from .cells import Cell, Line
from .counting import Ask, counted_live
from .freezing import closed_months, counted_frozen

__all__ = ["Ask", "Shown", "communities_of", "lines", "shown"]


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
        if self.before is None or self.cell.figure.measure or self.cell.figure.is_share:
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
    """The figures by their cuts. Closed months come from what was frozen, the others from the rows of today."""
    if ask.period is None:
        return counted_live(figures, ask)
    closed = closed_months(communities_of(ask) if communities is None else communities, ask.period)
    if "month" not in ask.by:
        whole = len(closed) == ask.period.months
        return counted_frozen(figures, ask, closed) if whole else counted_live(figures, ask)
    place = ask.by.index("month")
    live = [line for line in counted_live(figures, ask) if line.groups[place].key not in closed]
    frozen = counted_frozen(figures, ask, closed) if closed else []
    return sorted([*live, *frozen], key=lambda line: line.groups[place].key)


def shown(figures: list[Figure], ask: Ask, communities: list[int]) -> dict[str, Shown]:
    """The main figures of a period, with a count of today beside frozen ones and the period before."""
    now = _one(figures, ask, communities)
    anew: Any = {}
    if any(cell.is_frozen for cell in now.values()):
        anew = counted_live(figures, ask)[0].cells
    before: Any = {}
    if ask.period is not None:
        before = _one(figures, replace(ask, period=ask.period.before), communities)
    return {key: Shown(cell, anew.get(key), before.get(key)) for key, cell in now.items()}


def _one(figures: list[Figure], ask: Ask, communities: list[int]) -> dict[str, Cell]:
    return dict(lines(figures, ask, communities)[0].cells)
