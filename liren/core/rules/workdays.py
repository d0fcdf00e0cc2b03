"""Working days (工作日): the State Council's calendar with its make-up Saturdays, in local time.

Three sources, the first that says something wins: the table of official days (放假与调休) that the office keeps; the
calendar of `chinesecalendar` for the years it knows; weekends and the statutory days of statutory.toml. What lies beyond
`published_until` is a guess by the third source, and pages say so with `caveat`.

Nothing is remembered between requests, so that a day entered in one process holds in all of them at once: each function
here reads the table with one query. Who asks many days in a row takes `calendar()` once.
"""

import datetime
import itertools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import chinese_calendar

from liren.core.duty.asked import asked
from liren.core.duty.prepared import Prepared

from . import number

if TYPE_CHECKING:
    from liren.core.areas.models import Area

ZONE = ZoneInfo("Asia/Shanghai")
ONE = datetime.timedelta(days=1)
SHIPPED_FROM = datetime.date(min(chinese_calendar.holidays).year, 1, 1)
SHIPPED_UNTIL = datetime.date(max(chinese_calendar.holidays).year, 12, 31)
FEWEST = 13  # statutory days of a year since 2025: fewer rows cannot be a whole yearly notice
OFF = "holiday"


@lru_cache(maxsize=1)
def statutory() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Days off that no notice moves, with their names: those of every year by ``05-01``, the others by date."""
    book = tomllib.loads((Path(__file__).parent / "statutory.toml").read_text(encoding="utf-8"))
    return book["every"], book["dated"]


def statutory_name(day: datetime.date) -> str:
    """The feast that falls on a day by law (``劳动节``), "" for any other day."""
    every, dated = statutory()
    return every.get(f"{day:%m-%d}", "") or dated.get(day.isoformat(), "")


def local(moment: datetime.datetime) -> datetime.datetime:
    """The moment by the clock on the wall; a time without a zone is refused."""
    if moment.tzinfo is None:
        raise ValueError("a clock needs a time with a zone")
    return moment.astimezone(ZONE)


def at(day: datetime.date, minutes: int) -> datetime.datetime:
    """So many minutes after local midnight of a day."""
    return datetime.datetime.combine(day, datetime.time(), ZONE) + datetime.timedelta(minutes=minutes)


def _day(value: datetime.date) -> datetime.date:
    return local(value).date() if isinstance(value, datetime.datetime) else value


@dataclass(frozen=True)
class Calendar:
    """Working calendar (工作日历): the official days as they stood when it was read."""

    official: Mapping[datetime.date, str]

    def is_workday(self, day: datetime.date) -> bool:
        """Whether offices work on a day."""
        said = self.official.get(day)
        if said is not None:
            return said != OFF
        if SHIPPED_FROM <= day <= SHIPPED_UNTIL:
            return chinese_calendar.is_workday(day)
        return day.weekday() < 5 and not statutory_name(day)

    def workdays_after(self, day: datetime.date) -> Iterator[datetime.date]:
        """The working days that follow a day, without end."""
        return (next_day for n in itertools.count(1) if self.is_workday(next_day := day + n * ONE))

    def next_workday(self, day: datetime.date) -> datetime.date:
        """The day itself when offices work on it, otherwise the next on which they do."""
        return day if self.is_workday(day) else next(self.workdays_after(day))

    def nth_workday(self, day: datetime.date, n: int) -> datetime.date:
        """The n-th working day after a day; the day itself, or the next working one, for none."""
        if n < 0:
            raise ValueError("working days are counted forwards")
        return next(itertools.islice(self.workdays_after(day), n - 1, None)) if n else self.next_workday(day)

    def between(self, a: datetime.date, b: datetime.date) -> int:
        """How many working days lie after one day up to and with another; negative backwards."""
        if b < a:
            return -self.between(b, a)
        return sum(self.is_workday(a + n * ONE) for n in range(1, (b - a).days + 1))

    def published_until(self) -> datetime.date:
        """The last day of the last year, without a gap, whose arrangement is shipped or entered whole."""
        year = SHIPPED_UNTIL.year
        while self._whole(year + 1):
            year += 1
        return datetime.date(year, 12, 31)

    def _whole(self, year: int) -> bool:
        """Entered as a yearly notice says it: New Year, 1 May, 1 October, and no fewer days than the law gives."""
        off = {day for day, kind in self.official.items() if day.year == year and kind == OFF}
        feasts = {datetime.date(year, month, 1) for month in (1, 5, 10)}
        return feasts <= off and len(off) >= FEWEST

    def is_sure(self, day: datetime.date) -> bool:
        """Whether the arrangement of that day's year, and of all before it, is published."""
        return SHIPPED_FROM <= day <= self.published_until()

    def caveat(self, day: datetime.date) -> str:
        """``2027 年放假安排尚未公布，按周末推算`` for a day beyond what is published, otherwise ""."""
        if self.is_sure(_day(day)):
            return ""
        return f"{max(self.published_until().year + 1, SHIPPED_FROM.year)} 年放假安排尚未公布，按周末推算"


def calendar() -> Calendar:
    """The calendar as it stands now: one query, and one alone within a request."""
    return asked("official days", _official)


def _official() -> Calendar:
    return Calendar(dict(_DAYS()))


def _days() -> Any:
    from .models import OfficialDay

    return OfficialDay.objects.values_list("day", "kind").order_by()


_DAYS = Prepared(_days)


def is_workday(day: datetime.date) -> bool:
    """Whether offices work on a day."""
    return calendar().is_workday(day)


def closing(*, on: datetime.date | None = None, area: "Area | None" = None) -> int:
    """When offices close, in minutes after midnight."""
    return number("rules.office_closes", on=on, area=area)


def add_workdays(moment: datetime.datetime, n: int, *, area: "Area | None" = None) -> datetime.datetime:
    """When an office closes on the n-th working day after a moment; the day of the moment is not counted.

    With n = 0 it is the same working day, or the next one when the office has closed already (民法典第二百零一条).
    """
    return close_after(moment, n, closes=closing(on=local(moment).date(), area=area), days=calendar())


def close_after(moment: datetime.datetime, n: int, *, closes: int, days: Calendar) -> datetime.datetime:
    """`add_workdays` on a calendar that is at hand already."""
    start = local(moment)
    due = at(days.nth_workday(start.date(), n), closes)
    return due if due >= start else at(days.nth_workday(start.date(), 1), closes)


def workdays_between(a: datetime.date, b: datetime.date) -> int:
    """How many working days lie after one day or moment up to and with another; negative backwards."""
    return calendar().between(_day(a), _day(b))


def published_until() -> datetime.date:
    """The last day for which the calendar is known: shipped, or entered whole into the table."""
    return calendar().published_until()


def is_sure(day: datetime.date) -> bool:
    """Whether a day lies within what is published."""
    return calendar().is_sure(_day(day))


def caveat(day: datetime.date) -> str:
    """The sentence for pages that show a day beyond what is published; "" otherwise."""
    return calendar().caveat(day)
