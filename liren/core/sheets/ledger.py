"""Ledger (台账): a declared table out — which rows, which columns, how it is narrowed, how it lies on paper.

A ledger is a view over facts, never a file kept by hand: nothing is typed into it. A room writes its own in
`ledgers.py`, its duty offers it as ``Duty(ledgers=(HAZARDS,))``, and the door `ledgers` shows, prints and exports it.
All of one:

    def hazards(user):
        return Hazard.objects.visible_to(user).select_related("matter__house__building", "matter__holder")

    HAZARDS = Ledger(
        key="governance.hazards",
        name="隐患台账",
        title="安全隐患排查整改台账",
        ability="people.see",
        rows=hazards,
        area="matter.area",
        columns=(
            Column("number", "编号", "matter.number", width=10, link=True),
            Column("found", "发现日期", "matter.opened_at", width=9, day=True),
            Column("place", "部位", "matter.house.spelt", width=14),
            Column("what", "隐患情况", "matter.title", width=24),
            Column("grade", "等级", "get_grade_display", width=5),
            Column("people", "涉及人数", "headcount", width=6, align="end"),
            Column("phone", "联系电话", "reporter_phone", width=10, tier=Tier.T2, mask=mask_phone),
            Column("stage", "现状", lambda hazard: hazard.matter.stage_name, width=7),
        ),
        filters=(
            Period("matter__opened_at", timed=True),
            Within(),
            State((("open", "未销号"), ("closed", "已销号")), by=open_or_closed),
            Words(("matter__number", "matter__title")),
        ),
        order=("matter__opened_at", "pk"),
        link=lambda hazard: reverse("governance:hazard", args=[hazard.pk]),
        empty="这段时间没有登记过隐患。",
        footnote="等级：重大、较大、一般。",
    )

`rows(user)` starts from `visible_to(user)`: what somebody must not know of is not in the ledger, its count, its paper
or its file. It names with `select_related` and `prefetch_related` whatever the columns touch, so that three rows and
three thousand cost the same number of queries. A value is a path (``matter.house.spelt``, empty where a link of it is
empty) or a function of the row.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from liren.core.privacy.tiers import Tier, may_see

if TYPE_CHECKING:
    from .narrowing import Filter

Value = str | int | Decimal
HIDDEN = "（未显示）"


@dataclass(frozen=True)
class Column:
    """One column: heading, value, width in Chinese characters, and how deep into a person's life it looks.

    `mask` covers a value of tier T2 everywhere, on screen and paper too; only an export with a reason lifts it.
    A value of T2 without a mask is seen by the `line` that deals with it. T3 is in no ledger.
    """

    key: str
    heading: str
    value: str | Callable[[Any], Any]
    width: int = 8
    align: str = "start"
    day: bool = False  # only the date of a moment
    link: bool = False  # leads to the record, where the ledger has a `link`
    tier: Tier = Tier.T0
    line: str = ""
    mask: Callable[[str], str] | None = None

    def __post_init__(self) -> None:
        if self.tier >= Tier.T3:
            raise ValueError(f"{self.key}: what is restricted to named persons stands in no ledger")
        if self.tier == Tier.T2 and not (self.mask or self.line):
            raise ValueError(f"{self.key}: T2 needs a mask, or the line that may see it")


@dataclass(frozen=True)
class Ledger:
    """Ledger (台账): see above. `order` is that of the paper, the oldest first; the screen turns it round. `counted` is
    the measure word of its rows, `add` gives the address where this user writes one more, "" for who may not.
    """

    key: str
    name: str
    ability: str
    rows: Callable[[Any], Any]
    columns: tuple[Column, ...]
    title: str = ""
    area: str = "area"
    filters: "tuple[Filter, ...]" = ()
    order: tuple[str, ...] = ("-pk",)
    link: Callable[[Any], str] | None = None
    add: Callable[[Any], str] | None = None
    landscape: bool = True
    counted: str = "条"
    empty: str = "这里还没有记录。"
    footnote: str = ""

    def __post_init__(self) -> None:
        if "." not in self.key:
            raise ValueError(f"{self.key}: a key says whose ledger it is: governance.hazards")

    @property
    def heading(self) -> str:
        """What stands over it on paper."""
        return self.title or self.name

    def visible_columns(self, user: Any) -> list[Column]:
        """The columns that this user may see anything in."""
        return [each for each in self.columns if each.mask or _by_line(user, each)]


@dataclass(frozen=True)
class Look:
    """Who looks at a ledger; `whole` lifts the masks, for an export that gave its reason."""

    ledger: Ledger
    user: Any
    whole: bool = False
    columns: tuple[Column, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(self.ledger.visible_columns(self.user)))

    @property
    def masked(self) -> list[Column]:
        """The columns that stay covered here."""
        return [] if self.whole else [each for each in self.columns if each.mask]

    def lines(self, rows: Iterable[Any]) -> Iterator[list[Value]]:
        """Rows as cells: the one place that does it, for screen, paper and file."""
        for row in rows:
            yield [self._cell(row, column) for column in self.columns]

    def _cell(self, row: Any, column: Column) -> Value:
        if column.tier == Tier.T2 and column.line and not self._line_may(row, column):
            return HIDDEN
        value = plain(value_of(row, column.value), day=column.day)
        return column.mask(str(value)) if column.mask and value and not self.whole else value

    def _line_may(self, row: Any, column: Column) -> bool:
        area = value_of(row, self.ledger.area)
        return may_see(self.user, column.tier, line=column.line, area=area)


def _by_line(user: Any, column: Column) -> bool:
    if column.tier < Tier.T2:
        return True
    return any(column.line in user.lines_in(post.area) for post in user.current_posts)


def value_of(row: Any, way: str | Callable[[Any], Any]) -> Any:
    """What a path or a function finds in a row; None where a link of the path is empty."""
    if callable(way):
        return way(row)
    for name in way.split("."):
        try:
            row = getattr(row, name)
        except ObjectDoesNotExist:  # a room keeps nothing beside this one
            return None
        if callable(row):
            row = row()
        if row is None:
            return None
    return row


def plain(value: Any, *, day: bool = False) -> Value:
    """A value as a ledger writes it: figures stay figures, all else is text; moments are local."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | Decimal):
        return value
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value)
        return f"{local:%Y-%m-%d}" if day else f"{local:%Y-%m-%d %H:%M}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "、".join(str(plain(each)) for each in value if each)
    return str(value)
