"""The year calendar (年度日历): what a community does every month, proposed in time and decided once."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from liren.core.matters.kinds import kind
from liren.core.rules.workdays import Calendar, calendar

from .models import CalendarChoice, CalendarItem

ONE = timedelta(days=1)
# What an item may become: matters that need nothing but a line of words.
KINDS = (
    "governance.other",
    "governance.activity",
    "governance.finding",
    "governance.errand",
    "governance.supplies",
)
OWN = "own-"


@dataclass(frozen=True)
class Item:
    """One line of the calendar: in some months, every month or every week."""

    key: str
    title: str
    kind: str
    months: tuple[int, ...] = ()
    every: str = ""
    day: int = 0
    basis: str = ""
    own: int = 0

    @property
    def ground(self) -> str:
        """The law, or that it is custom."""
        return self.basis or "按惯例"

    @property
    def kind_name(self) -> str:
        """As which matter it is taken up."""
        return kind(self.kind).name

    @property
    def day_words(self) -> str:
        """``25 日前``, ``月底前``, ``每周``."""
        if self.every == "week":
            return "每周"
        return f"{self.day} 日前" if self.day else "月底前"


@dataclass(frozen=True)
class Proposal:
    """An item in its turn: of a year, under a key that is decided once, by a day."""

    item: Item
    year: int
    key: str
    due: date
    choice: CalendarChoice | None = None

    @property
    def state(self) -> tuple[str, str]:
        """Where it stands, and the colour of its badge."""
        if self.choice is None:
            return "待定", "wait"
        return ("已列入", "go") if self.choice.matter_id else (self.not_now, "plain")

    @property
    def not_now(self) -> str:
        """What it is called to leave it out."""
        return {"week": "本周不做", "month": "本月不做"}.get(self.item.every, "今年不做")


@lru_cache(maxsize=1)
def shipped() -> tuple[Item, ...]:
    """What Liren brings along."""
    book = tomllib.loads((Path(__file__).parent / "calendar.toml").read_text(encoding="utf-8"))
    return tuple(Item(**{**row, "months": tuple(row.get("months", ()))}) for row in book["item"])


def items_of(user: Any, community: Any) -> list[Item]:
    """Everything on the calendar of a community, its own items too."""
    rows = CalendarItem.objects.visible_to(user).filter(community=community, to_on=None)
    own = [
        Item(f"{OWN}{row.pk}", row.title, row.kind, (row.month,), "", row.day, row.basis, row.pk)
        for row in rows
    ]
    return [*shipped(), *own]


def of_month(user: Any, community: Any, year: int, month: int) -> list[Proposal]:
    """What a month proposes, by day; each with what was decided of it."""
    return _decided(_turns(items_of(user, community), year, month, calendar()), user, community)


def of_week(user: Any, community: Any, today: date) -> list[Proposal]:
    """What this week proposes."""
    found = [_weekly(item, today, calendar()) for item in items_of(user, community) if item.every == "week"]
    return _decided(found, user, community)


def of_year(user: Any, community: Any, year: int) -> list[tuple[int, list[Proposal]]]:
    """The twelve months, in three queries: items, working days, choices."""
    items, days = items_of(user, community), calendar()
    months = [(month, _turns([i for i in items if not i.every], year, month, days)) for month in range(1, 13)]
    known = _choices(user, community, {year})
    return [(month, [_with(proposal, known) for proposal in found]) for month, found in months]


def waiting(user: Any, community: Any, today: date | None = None) -> list[Proposal]:
    """What is still to be decided now: of this month and of this week."""
    day = today or timezone.localdate()
    items, days = items_of(user, community), calendar()
    found = _turns(items, day.year, day.month, days)
    found += [_weekly(item, day, days) for item in items if item.every == "week"]
    rows = CalendarChoice.objects.visible_to(user).filter(
        community=community, year__in={proposal.year for proposal in found}
    )
    decided = set(rows.order_by().values_list("year", "key"))
    undecided = (each for each in found if (each.year, each.key) not in decided)
    return sorted(undecided, key=lambda each: each.due)


def proposal_of(user: Any, community: Any, year: int, key: str) -> Proposal | None:
    """The one turn of this key, or nothing: a key that somebody made up proposes nothing."""
    name, _, turn = key.partition(":")
    item = next((item for item in items_of(user, community) if item.key == name), None)
    if item is None or not 0 < len(turn) < 4:
        return None
    if turn.startswith("w") and item.every == "week" and turn[1:].isdecimal():
        try:
            found = [_weekly(item, date.fromisocalendar(year, int(turn[1:]), 1), calendar())]
        except ValueError:
            return None
    elif turn.isdecimal() and 1 <= int(turn) <= 12 and 2000 <= year <= 2100:
        found = _turns([item], year, int(turn), calendar())
    else:
        return None
    return next(iter(_decided(found, user, community)), None)


def _turns(items: Iterable[Item], year: int, month: int, days: Calendar) -> list[Proposal]:
    found = [
        Proposal(item, year, f"{item.key}:{month:02d}", _due(year, month, item.day, days))
        for item in items
        if month in item.months or item.every == "month"
    ]
    return sorted(found, key=lambda proposal: (proposal.due, proposal.key))


def _due(year: int, month: int, day: int, days: Calendar) -> date:
    """The suggested day, or the last on which offices work before it within the month."""
    last = date(year + month // 12, month % 12 + 1, 1) - ONE
    on = last.replace(day=min(day, last.day)) if day else last
    worked = on
    while worked.day > 1 and not days.is_workday(worked):
        worked -= ONE
    return worked if days.is_workday(worked) else on


def _weekly(item: Item, today: date, days: Calendar) -> Proposal:
    year, week, _ = today.isocalendar()
    monday = date.fromisocalendar(year, week, 1)
    worked = [day for n in range(7) if days.is_workday(day := monday + n * ONE)]
    return Proposal(item, year, f"{item.key}:w{week:02d}", worked[-1] if worked else monday + 4 * ONE)


def _choices(user: Any, community: Any, years: set[int]) -> dict[tuple[int, str], CalendarChoice]:
    rows = CalendarChoice.objects.visible_to(user).filter(community=community, year__in=years)
    return {(row.year, row.key): row for row in rows.select_related("matter", "by")}


def _with(proposal: Proposal, known: dict[tuple[int, str], CalendarChoice]) -> Proposal:
    choice = known.get((proposal.year, proposal.key))
    return Proposal(proposal.item, proposal.year, proposal.key, proposal.due, choice) if choice else proposal


def _decided(found: list[Proposal], user: Any, community: Any) -> list[Proposal]:
    known = _choices(user, community, {proposal.year for proposal in found})
    return [_with(proposal, known) for proposal in found]
