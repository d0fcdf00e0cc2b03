"""Narrowing (筛选): the closed list of ways in which a ledger is narrowed — period, area, state, words.

Each filter names the parameters of an address that it understands, reads them, narrows the rows, and says in Chinese what
it did, for the head of the paper.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db.models import Q
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.pages.words import full_day

from .ledger import Ledger

Query = Mapping[str, str]
LONGEST_WORDS = 40


@dataclass(frozen=True)
class Span:
    """From a day to a day; open where None."""

    start: datetime.date | None
    end: datetime.date | None

    def __str__(self) -> str:
        if not self.start and not self.end:
            return "全部"
        if not self.start or not self.end:
            return f"{full_day(self.start)}起" if self.start else f"到{full_day(self.end)}"
        if self.start == self.end:
            return full_day(self.start)
        return _whole_months(self.start, self.end) or f"{full_day(self.start)}至{full_day(self.end)}"


def _whole_months(start: datetime.date, end: datetime.date) -> str:
    """2026年11月, 2026年; empty for a span that begins or ends within a month."""
    if start.day != 1 or (end + datetime.timedelta(days=1)).day != 1 or start.year != end.year:
        return ""
    if (start.month, end.month) == (1, 12):
        return f"{start.year}年"
    months = f"{start.month}月" if start.month == end.month else f"{start.month}—{end.month}月"
    return f"{start.year}年{months}"


def month_of(day: datetime.date) -> Span:
    """The month in which a day lies."""
    start = day.replace(day=1)
    return Span(start, (start + datetime.timedelta(days=32)).replace(day=1) - datetime.timedelta(days=1))


def spans_offered(today: datetime.date) -> list[tuple[str, Span]]:
    """本月, 上月, 本季度, 今年, 去年, 全部."""
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    end_of_quarter = month_of(quarter.replace(month=quarter.month + 2)).end
    year = today.year
    return [
        ("本月", month_of(today)),
        ("上月", month_of(today.replace(day=1) - datetime.timedelta(days=1))),
        ("本季度", Span(quarter, end_of_quarter)),
        ("今年", Span(datetime.date(year, 1, 1), datetime.date(year, 12, 31))),
        ("去年", Span(datetime.date(year - 1, 1, 1), datetime.date(year - 1, 12, 31))),
        ("全部", Span(None, None)),
    ]


@dataclass(frozen=True)
class Filter:
    """One way to narrow. `parameters` are the names in the address; `control` says how the page draws it."""

    parameters: ClassVar[tuple[str, ...]] = ()
    control: ClassVar[str] = ""

    def read(self, query: Query, user: Any) -> Any:
        """What the address asks for; None when nothing, or nothing that this user may ask."""
        raise NotImplementedError

    def narrow(self, rows: Any, value: Any, ledger: Ledger) -> Any:
        """The rows that remain."""
        raise NotImplementedError

    def said(self, value: Any) -> str:
        """What was asked for, in words."""
        return str(value)

    def options(self, user: Any) -> list[tuple[str, str]]:
        """What to choose from."""
        return []


@dataclass(frozen=True)
class Period(Filter):
    """期间: days of a date, or of a moment with `timed`. This month unless told; ``from=&to=`` asks for all."""

    field: str
    timed: bool = False
    parameters: ClassVar[tuple[str, ...]] = ("from", "to")
    control: ClassVar[str] = "period"

    def read(self, query: Query, user: Any) -> Span:
        """The span asked for. A day that cannot be read counts as not given."""
        if "from" not in query and "to" not in query:
            return month_of(timezone.localdate())
        start, end = _day(query.get("from", "")), _day(query.get("to", ""))
        return Span(end, start) if start and end and start > end else Span(start, end)

    def narrow(self, rows: Any, value: Span, ledger: Ledger) -> Any:
        """Those within the span."""
        if value.start:
            rows = rows.filter(**{f"{self.field}__gte": self._edge(value.start)})
        if value.end:
            after = value.end + datetime.timedelta(days=1)
            rows = rows.filter(**{f"{self.field}__lt": self._edge(after)})
        return rows

    def _edge(self, day: datetime.date) -> datetime.date:
        if not self.timed:
            return day
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def _day(text: str) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 < day.year < 2200 else None


@dataclass(frozen=True)
class Within(Filter):
    """区域: one community or one grid; for who works in several communities, their first one unless told."""

    parameters: ClassVar[tuple[str, ...]] = ("area",)
    control: ClassVar[str] = "choice"
    name: ClassVar[str] = "区域"

    def read(self, query: Query, user: Any) -> Area | None:
        """The area asked for, if it lies within the user's reach; None for all of it."""
        asked = query.get("area", "")
        if asked.isdecimal() and len(asked) < 12:
            return self._areas(user).filter(pk=int(asked)).select_related("parent").first()
        several = len(set(user.community_ids())) > 1
        return user.community if several and asked != "all" else None

    def narrow(self, rows: Any, value: Area, ledger: Ledger) -> Any:
        """Those of the grid, or of the whole community by the community's own column."""
        way = ledger.area.replace(".", "__")
        if value.level == Area.Level.GRID:
            return rows.filter(**{way: value})
        return rows.filter(**{way.removesuffix("area") + "community": value})

    def options(self, user: Any) -> list[tuple[str, str]]:
        """Communities and grids in which this user works."""
        areas = list(self._areas(user).select_related("parent"))
        several = len({area.community_path for area in areas}) > 1
        known = [(str(a.pk), f"{a.parent.name} {a.name}" if several and a.parent and a.level == Area.Level.GRID
                  else a.name) for a in areas]  # fmt: skip
        return [("all", "全部"), *known] if len(known) > 1 else []

    def _areas(self, user: Any) -> Any:
        whole, grids = user.scope()
        inside = Q(pk__in=[*whole, *grids]) | Q(parent_id__in=whole)
        return Area.objects.filter(inside, level__in=[Area.Level.COMMUNITY, Area.Level.GRID])


@dataclass(frozen=True)
class State(Filter):
    """状态, or any other choice of a few: `choices` of (key, name), or a function that gives them where the list is
    only known when the house has started; by a `field`, or `by` a function (rows, key).
    """

    choices: Sequence[tuple[str, str]] | Callable[[], Sequence[tuple[str, str]]]
    field: str = ""
    by: Callable[[Any, str], Any] | None = None
    parameter: str = "state"
    name: str = "状态"
    control: ClassVar[str] = "choice"

    @property
    def parameters(self) -> tuple[str, ...]:  # type: ignore[override]
        """The one parameter; a second choice in one ledger has another name."""
        return (self.parameter,)

    @property
    def offered(self) -> dict[str, str]:
        """The choices by their keys."""
        return dict(self.choices() if callable(self.choices) else self.choices)

    def read(self, query: Query, user: Any) -> str | None:
        """The key asked for, if it is one of the choices."""
        asked = query.get(self.parameter, "")
        return asked if asked in self.offered else None

    def narrow(self, rows: Any, value: str, ledger: Ledger) -> Any:
        """Those of that key."""
        return self.by(rows, value) if self.by else rows.filter(**{self.field: value})

    def said(self, value: str) -> str:
        """The name of the choice."""
        return self.offered[value]

    def options(self, user: Any) -> list[tuple[str, str]]:
        """The choices, and all."""
        return [("", "全部"), *self.offered.items()]


@dataclass(frozen=True)
class Words(Filter):
    """文字: rows of which one of these fields contains what is typed. Words may be a name, so no trace keeps them."""

    fields: tuple[str, ...]
    parameters: ClassVar[tuple[str, ...]] = ("q",)
    control: ClassVar[str] = "words"

    def read(self, query: Query, user: Any) -> str | None:
        """The words, bounded."""
        return " ".join(query.get("q", "").replace("\0", " ").split())[:LONGEST_WORDS] or None

    def narrow(self, rows: Any, value: str, ledger: Ledger) -> Any:
        """Those that contain them."""
        anywhere = Q()
        for each in self.fields:
            anywhere |= Q(**{f"{each}__icontains": value})
        return rows.filter(anywhere)

    def said(self, value: str) -> str:
        """Between brackets."""
        return f"「{value}」"


@dataclass(frozen=True)
class Control:
    """A filter as the page draws it: what it is, what was asked, and what to choose from."""

    filter: Filter
    value: Any
    options: list[tuple[str, str]]

    @property
    def kind(self) -> str:
        """period, choice or words."""
        return self.filter.control

    @property
    def chosen(self) -> str:
        """The value of the option that was chosen."""
        if isinstance(self.value, Area):
            return str(self.value.pk)
        return self.value or (self.options[0][0] if self.options else "")


@dataclass(frozen=True)
class Narrowed:
    """The rows of a ledger as somebody asked for them, in its order, and what was asked in words."""

    ledger: Ledger
    rows: Any
    controls: list[Control]
    area: Area | None = None
    span: Span | None = None
    pairs: list[tuple[str, str]] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        """What narrows it besides period and area."""
        others = [c for c in self.controls if c.value is not None and not isinstance(c.value, Area | Span)]
        return [each.filter.said(each.value) for each in others]


def narrowed(ledger: Ledger, query: Query, user: Any) -> Narrowed:
    """The rows that an address asks for, out of those that this user may see."""
    rows, controls = ledger.rows(user), []
    area: Area | None = None
    span: Span | None = None
    for each in ledger.filters:
        value = each.read(query, user)
        controls.append(Control(each, value, each.options(user)))
        if value is None:
            continue
        rows = each.narrow(rows, value, ledger)
        area = value if isinstance(value, Area) else area
        span = value if isinstance(value, Span) else span
    known = {name for each in ledger.filters for name in each.parameters}
    pairs = [(name, query[name]) for name in query if name in known]
    return Narrowed(ledger, rows.order_by(*ledger.order), controls, area, span, pairs)
