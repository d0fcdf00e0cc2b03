"""People (人口版): the pyramid, groups and labels by grid, movement, and who lives in which building."""

from dataclasses import dataclass
from typing import Any

from liren.core.figures import Figure
from liren.core.figures.cells import Cell, Line
from liren.core.figures.table import Shown, lines, shown, summed
from liren.core.people.facts.bands import BANDS, code_of
from liren.core.people.figures import (
    BY_GROUP,
    BY_LABEL,
    FIGURES,
    MIGRANT,
    MOVEMENT,
    POPULATION,
    REGISTERED,
    UNKNOWN,
)

from .asking import Asked
from .charts import PyramidChart, pyramid_chart
from .heat import Heat, heat_of

MEN, WOMEN, UNSAID = "1", "2", "0"
# What stands above everything else.
STRIP = frozenset(
    f"people.{key}"
    for key in (
        "population",
        "registered",
        "migrant",
        "person.elder",
        "person.senior",
        "person.lives_alone",
        "person.empty_nest",
    )
)
STANDING = (POPULATION, REGISTERED, MIGRANT)


@dataclass(frozen=True)
class Band:
    """One row of the pyramid: an age band with its numbers; `others` are those whose sex is not known, by why."""

    name: str
    men: Cell | None
    women: Cell | None
    others: tuple[Cell | None, ...] = ()

    @property
    def cells(self) -> list[Cell | None]:
        """All of them, in the order of `Pyramid.sexes`."""
        return [self.men, self.women, *self.others]


@dataclass(frozen=True)
class Pyramid:
    """Age by sex: the drawing, its table from old to young, and the sums beneath."""

    chart: PyramidChart
    bands: tuple[Band, ...]
    # What stands over the numbers: 男, 女, and why a sex is not known, where that is so of somebody.
    sexes: tuple[str, ...]
    men: int
    women: int
    others: int


@dataclass(frozen=True)
class Across:
    """A table with places across: its headings, and for each figure the whole and a number for each place."""

    places: tuple[str, ...]
    rows: tuple[tuple[Figure, Cell, tuple[Cell, ...]], ...]


def pyramid(asked: Asked, *, paper: bool = False) -> Pyramid | None:
    """The pyramid; None where nobody is on the register."""
    found: dict[tuple[str, str], Cell] = {}
    unknown: dict[str, str] = {}
    for line in lines([POPULATION], asked.ask("band", "sex", paper=paper), asked.communities):
        band, sex = line.groups
        if line[POPULATION.key].count:
            found[band.key, sex.key] = line[POPULATION.key]
            if sex.key not in (MEN, WOMEN):
                unknown[sex.key] = "性别没登记" if sex.key == UNSAID else f"性别{sex.name}"
    if not found:
        return None
    names = {code_of(low): f"{low}+" if low == BANDS[-1] else f"{low}–{low + 4}" for low in BANDS}
    codes = [*reversed(names), *([UNKNOWN] if any(band == UNKNOWN for band, _ in found) else [])]
    bands = tuple(
        Band(
            names.get(code, "年龄不清楚"),
            found.get((code, MEN)),
            found.get((code, WOMEN)),
            tuple(found.get((code, sex)) for sex in unknown),
        )
        for code in codes
    )
    known = [(row.name, _count(row.men), _count(row.women)) for row in bands[: len(names)]]
    men, women = (sum(_count(getattr(row, who)) for row in bands) for who in ("men", "women"))
    others = sum(_count(cell) for row in bands for cell in row.others)
    return Pyramid(pyramid_chart(known), bands, ("男", "女", *unknown.values()), men, women, others)


def _count(cell: Cell | None) -> int:
    return cell.count if cell else 0


def movement(asked: Asked, *, paper: bool = False) -> list[Shown]:
    """Who came and went within the period, with the period before when it is over."""
    found = shown(list(MOVEMENT), asked.ask(paper=paper), asked.communities)
    return [found[each.key] for each in MOVEMENT]


def movement_by_place(asked: Asked, *, paper: bool = False) -> list[Line]:
    """The same by grid, or by community where there are several."""
    found = lines(list(MOVEMENT), asked.ask(asked.places, paper=paper), asked.communities)
    return [line for line in found if any(cell.count for cell in line.cells.values())]


def groups(asked: Asked, *, paper: bool = False) -> Across:
    """Everybody, and the groups asked for most often, by place."""
    return _across(asked, [*STANDING, *BY_GROUP], paper=paper)


def labels(asked: Asked, *, paper: bool = False) -> Across:
    """The labels that this user may have lists by, and that somebody wears, by place."""
    allowed = [each for each in BY_LABEL.values() if each.is_for(asked.user, paper=paper)]
    return _across(asked, allowed, paper=paper)


def _across(asked: Asked, figures: list[Figure], *, paper: bool) -> Across:
    ask = asked.ask(asked.places, paper=paper)
    found = lines(figures, ask, asked.communities)
    whole = summed(figures, found, asked.ask(paper=paper))
    worn = [each for each in figures if whole[each.key].count]
    places = [line for line in found if any(line[each.key].count for each in worn)]
    rows = tuple((each, whole[each.key], tuple(line[each.key] for line in places)) for each in worn)
    return Across(tuple(line.name for line in places), rows)


def homes(asked: Asked, *, paper: bool = False) -> list[Heat]:
    """How many live in each building."""
    found = lines([POPULATION], asked.ask("building", paper=paper), asked.communities)
    return heat_of([line for line in found if line.groups[0].key != UNKNOWN], POPULATION.key)


def context_of(asked: Asked) -> dict[str, Any]:
    """Everything that the page shows."""
    by_group = groups(asked)
    return {
        "pyramid": pyramid(asked),
        "main": [whole for figure, whole, _ in by_group.rows if figure.key in STRIP],
        "groups": by_group,
        "labels": labels(asked),
        "movement": movement(asked),
        "by_place": movement_by_place(asked),
        "homes": homes(asked),
        "is_kept": any(whole.is_frozen for _, whole, _ in by_group.rows),
        "meanings": [each for each in FIGURES if each.is_for(asked.user)],
    }
