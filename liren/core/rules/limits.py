"""Limits (期限): how long something may take, counted as the Civil Code (articles 200 to 204) counts.

A limit is an ordinary rule whose unit is 小时, 日 or 工作日. How each is counted:

- 小时 runs from the moment, by night and on days off (民法典第二百零一条第二款).
- 日 begins the day after and ends with the last day, at 24:00 (第二百零一条第一款、第二百零三条第二款); the end is held as
  23:59:59, so that its date is the last day. When the last day is one of rest, the next working day is the last
  (第二百零三条第一款). Weekends are days of rest here as well as the feasts: so courts read 法定休假日. Where a law counts
  otherwise (第二百零四条) the rule `rules.rest_day_extends` is set to 0.
- 工作日 begins the day after, counts working days only, and ends when the office closes (第二百零三条第二款：有业务时间的，
  停止业务活动的时间为截止时间).
"""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import number, rule
from .workdays import Calendar, at, calendar, close_after, closing, local

if TYPE_CHECKING:
    from liren.core.areas.models import Area

HOURS, DAYS, WORKDAYS = UNITS = ("小时", "日", "工作日")
END = datetime.timedelta(hours=23, minutes=59, seconds=59)


@dataclass(frozen=True)
class Limit:
    """Limit (期限): so many hours, days or working days, and on what ground."""

    key: str
    name: str
    value: int
    unit: str
    basis: str
    confirmed: bool
    closes: int = 1050  # minutes after midnight
    extends: bool = True

    @property
    def words(self) -> str:
        """``5 个工作日``, ``24 小时``, ``30 日``."""
        return words(self.value, self.unit)

    def due(self, start: datetime.datetime) -> datetime.datetime:
        """The last moment in time for what began at `start` (民法典第二百条至第二百零三条)."""
        return {HOURS: self._hours, DAYS: self._days, WORKDAYS: self._workdays}[self.unit](local(start))

    def _hours(self, start: datetime.datetime) -> datetime.datetime:
        return start + datetime.timedelta(hours=self.value)

    def _days(self, start: datetime.datetime) -> datetime.datetime:
        last = start.date() + datetime.timedelta(days=self.value)
        return at(calendar().next_workday(last) if self.extends else last, 0) + END

    def _workdays(self, start: datetime.datetime) -> datetime.datetime:
        return close_after(start, self.value, closes=self.closes, days=calendar())


def words(value: int, unit: str) -> str:
    """A length of time as people say it: ``5 个工作日``."""
    return f"{value} 个{unit}" if unit == WORKDAYS else f"{value} {unit}"


def limit(key: str, *, on: datetime.date | None = None, area: "Area | None" = None) -> Limit:
    """The limit of a key as it holds on a day in an area; ValueError for a number that is no length of time."""
    row = rule(key, on=on, area=area)
    if row.unit not in UNITS:
        raise ValueError(f"{key} is counted in {row.unit}, which is no unit of a clock")
    return Limit(
        key=key,
        name=row.name,
        value=int(row.value),
        unit=row.unit,
        basis=row.basis,
        confirmed=row.confirmed,
        closes=closing(on=on, area=area),
        extends=bool(number("rules.rest_day_extends", on=on, area=area)),
    )


def postpone(
    unit: str, due: datetime.datetime, *, since: datetime.datetime, until: datetime.datetime
) -> datetime.datetime:
    """The due time after a clock stood still from `since` until `until`; never earlier than it was.

    Hours move by the time that passed, days by the midnights that passed (ending on a working day if they did so before),
    working days by those that passed. What was overdue when the clock stopped stays so: nothing is given back; what was
    not is not overdue at the moment it goes on: on a day of rest, or after closing, it has the next working day.
    """
    if unit not in UNITS:
        raise ValueError(f"no clock counts in {unit}")
    if until < since:
        raise ValueError("a pause ends after it begins")
    if since >= due:
        return due
    if unit == HOURS:
        return due + (until - since)
    moved = _moved(unit, local(due), local(since).date(), local(until).date(), calendar())
    while moved < until:
        moved += next(calendar().workdays_after(moved.date())) - moved.date()
    return moved


def _moved(
    unit: str, due: datetime.datetime, since: datetime.date, until: datetime.date, days: Calendar
) -> datetime.datetime:
    """The due time on a later day, at the same hour."""
    last = due.date()
    if unit == WORKDAYS:
        passed = days.between(since, until)
        last = days.nth_workday(last, passed) if passed else last
    else:
        worked = days.is_workday(last)
        last += until - since
        last = days.next_workday(last) if worked else last
    return due + (last - due.date())
