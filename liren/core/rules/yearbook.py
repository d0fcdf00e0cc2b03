"""The year as it is arranged (全年安排): runs of days off and days at work, each with where it is known from."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

import chinese_calendar
from chinese_calendar.constants import Holiday

from .models import OfficialDay
from .workdays import ONE, SHIPPED_FROM, SHIPPED_UNTIL, statutory_name

HOLIDAY, WORKDAY = OfficialDay.Kind.HOLIDAY, OfficialDay.Kind.WORKDAY
FULL = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}
SHIPPED, LAW = "国务院办公厅当年的通知，里仁自带", "全国年节及纪念日放假办法第二条"


@dataclass(frozen=True)
class OneDay:
    """What is arranged for one day that is no ordinary one."""

    day: datetime.date
    kind: str
    name: str
    basis: str
    own: bool = False
    by: str = ""

    @property
    def off(self) -> bool:
        """Whether it is a day off."""
        return self.kind == HOLIDAY


@dataclass(frozen=True)
class Run:
    """Days in a row of which the same is said."""

    days: tuple[OneDay, ...]

    @property
    def first(self) -> OneDay:
        """The day it begins with."""
        return self.days[0]

    @property
    def last(self) -> OneDay:
        """The day it ends with."""
        return self.days[-1]


def arranged(year: int) -> list[OneDay]:
    """Every day of a year on which something is arranged: entered here, shipped, or given by law."""
    book = {one.day: one for one in _known(year)}
    for row in OfficialDay.objects.filter(day__year=year).select_related("entered_by"):
        by = row.entered_by.name if row.entered_by else ""
        book[row.day] = OneDay(row.day, row.kind, row.name, row.basis, own=True, by=by)
    return [book[day] for day in sorted(book)]


def _known(year: int) -> Iterable[OneDay]:
    first = datetime.date(year, 1, 1)
    days = [first + n * ONE for n in range(366) if (first + n * ONE).year == year]
    if SHIPPED_FROM <= first <= SHIPPED_UNTIL:
        for kind, book in ((HOLIDAY, chinese_calendar.holidays), (WORKDAY, chinese_calendar.workdays)):
            yield from (OneDay(d, kind, _chinese(book[d]), SHIPPED) for d in days if d in book)
    else:
        yield from (OneDay(d, HOLIDAY, name, LAW) for d in days if (name := statutory_name(d)))


def _chinese(english: str) -> str:
    name = str(Holiday(english).chinese)
    return FULL.get(name, name)


def runs(days: Iterable[OneDay]) -> list[Run]:
    """Days in a row of one kind, name and source, put together; a make-up day stays alone."""
    found: list[list[OneDay]] = []
    for one in days:
        last = found[-1][-1] if found else None
        if last and last.day + ONE == one.day and _alike(last, one):
            found[-1].append(one)
        else:
            found.append([one])
    return [Run(tuple(run)) for run in found]


def _alike(a: OneDay, b: OneDay) -> bool:
    return (a.kind, a.name, a.basis, a.own) == (b.kind, b.name, b.basis, b.own)
