"""The three rates (三率): response, solution, satisfaction. Each is parts of a whole, each part a list that can be opened.

Nobody is ranked: rates are of months, grids, causes and sources, never of colleagues.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import and_
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.urls import reverse

from liren.core.areas.models import Area
from liren.core.matters.models import Matter
from liren.core.matters.outcomes import SOURCES
from liren.core.matters.seeking import filters, sought
from liren.core.rules import Number, rule

from . import causes

Params = Mapping[str, str]
BASE: Params = {"kind": "governance.appeal", "rated": "yes"}
ALL: Params = {"kind": "governance.appeal"}


@dataclass(frozen=True)
class Part:
    """One part of a rate: its name, what narrows the list to it, and the rule or figure of its weight in per cent."""

    name: str
    params: Params
    weight: int | str


@dataclass(frozen=True)
class Rate:
    """One rate: the list that is its whole, and the parts that make it up."""

    key: str
    name: str
    says: str
    whole: Params
    parts: tuple[Part, ...]


RATES = (
    Rate(
        "response", "响应率", "受理后在规定时限内联系上诉求人的，占留了联系方式的诉求的比例。",
        {**BASE, "reachable": "yes"},
        (
            Part("按时联系上", {"contacted": "in_time"}, 100),
            Part("超时才联系上", {"contacted": "late"}, "governance.appeal_weight_late"),
            Part("还没联系上", {"contacted": "no"}, 0),
        ),
    ),
    Rate(
        "solution", "解决率", "回访或评价时说「解决了」的，占回答过的诉求的比例。没问到的不算进分母。",
        {**BASE, "solved": "any"},
        (
            Part("已解决", {"solved": "yes"}, 100),
            Part("部分解决", {"solved": "partly"}, "governance.appeal_weight_solved_partly"),
            Part("没解决", {"solved": "no"}, 0),
        ),
    ),
    Rate(
        "satisfaction", "满意率", "回访或评价时说「满意」的，占回答过的诉求的比例。没问到的不算进分母。",
        {**BASE, "satisfied": "any"},
        (
            Part("满意", {"satisfied": "yes"}, 100),
            Part("基本满意", {"satisfied": "partly"}, "governance.appeal_weight_satisfied_partly"),
            Part("不满意", {"satisfied": "no"}, 0),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A number with the list behind it."""

    count: int
    params: Params

    @property
    def url(self) -> str:
        """The list; its length is the number."""
        return reverse("desk:matters") + "?" + urlencode(self.params)


@dataclass(frozen=True)
class Worked:
    """A rate as it comes out."""

    rate: Rate
    whole: Figure
    parts: tuple[tuple[Part, int, Figure], ...]

    @property
    def share(self) -> Fraction | None:
        """The weighted share; None where there is nothing to count."""
        if not self.whole.count:
            return None
        points = sum(weight * figure.count for _, weight, figure in self.parts)
        return Fraction(points, 100 * self.whole.count)

    @property
    def words(self) -> str:
        """``96.7%``, or a dash."""
        return "—" if self.share is None else f"{float(self.share * 100):.1f}%"

    @property
    def percent(self) -> int:
        """For the bar."""
        return 0 if self.share is None else round(self.share * 100)


@dataclass(frozen=True)
class Slice:
    """One line of a table: what it is of, how many appeals, and the three rates."""

    name: str
    all: Figure
    rates: tuple[Worked, ...]


def condition(params: Params, user: Any) -> Q:
    """What the list of these parameters is narrowed by, by the one filter language."""
    known = filters()
    return reduce(and_, (known[key](value, user) for key, value in params.items()), Q())


def weights(area: Any) -> dict[str, Number]:
    """The weights that hold in an area today, with their grounds."""
    keys = {part.weight for rate in RATES for part in rate.parts if isinstance(part.weight, str)}
    return {key: rule(key, area=area) for key in sorted(keys)}


def whole(user: Any, params: Params, area: Any) -> Slice:
    """The rates of everything that the user may know of, within these parameters."""
    return _slice("合计", _rows(user, params).aggregate(**_counts(user)), params, weights(area))


def sliced(user: Any, by: str, params: Params, area: Any) -> list[Slice]:
    """The same for each grid, cause, source or month; together they are the whole."""
    fields, named = GROUPS[by]
    rows = _rows(user, params)
    if by == "month":
        rows = rows.annotate(month=TruncMonth("opened_at"))
    order = ["community__code", "area__code"] if by in ("grid", "community") else []
    groups = list(rows.order_by(*order[: len(fields)]).values(*fields).annotate(**_counts(user)))
    known = weights(area)
    lines = [
        _slice(name, group, {**params, **more}, known)
        for group, (name, more) in zip(groups, named(groups), strict=True)
    ]
    if by == "month":
        return sorted(lines, key=lambda line: line.all.params["opened"], reverse=True)
    # Areas come in the order of their codes: a grid stands for whoever works there, and nobody is ranked.
    if by in ("grid", "community"):
        return lines
    return sorted(lines, key=lambda line: (-line.all.count, line.name))


def counted(user: Any, params: Params) -> Figure:
    """One number with its list."""
    return Figure(sought(Matter.objects.visible_to(user), params, user=user).count(), params)


def _rows(user: Any, params: Params) -> Any:
    return sought(Matter.objects.visible_to(user), {**ALL, **params}, user=user)


def _counts(user: Any) -> dict[str, Count]:
    """Every number of every rate as one column each: one query for a whole table."""
    counts = {"n": Count("pk")}
    for rate in RATES:
        counts[rate.key] = Count("pk", filter=condition(rate.whole, user))
        for place, part in enumerate(rate.parts):
            counts[f"{rate.key}_{place}"] = Count("pk", filter=condition({**rate.whole, **part.params}, user))
    return counts


def _slice(name: str, counts: Mapping[str, Any], params: Params, known: Mapping[str, Number]) -> Slice:
    rates = []
    for rate in RATES:
        parts = tuple(
            (
                part,
                int(known[part.weight].value) if isinstance(part.weight, str) else part.weight,
                Figure(counts[f"{rate.key}_{place}"], {**rate.whole, **part.params, **params}),
            )
            for place, part in enumerate(rate.parts)
        )
        rates.append(Worked(rate, Figure(counts[rate.key], {**rate.whole, **params}), parts))
    return Slice(name, Figure(counts["n"], {**ALL, **params}), tuple(rates))


Groups = list[dict[str, Any]]
Named = list[tuple[str, dict[str, str]]]


def _areas(groups: Groups) -> Named:
    known = Area.objects.in_bulk({group["area_id"] for group in groups})
    return [
        _grid(known[group["area_id"]], loose=group["area_id"] == group["community_id"]) for group in groups
    ]


def _grid(area: Area, *, loose: bool) -> tuple[str, dict[str, str]]:
    if loose:
        return f"{area.name}（没有落到网格）", {"area": str(area.pk), "gridless": "yes"}
    return str(area.name), {"area": str(area.pk)}


def _communities(groups: Groups) -> Named:
    known = Area.objects.in_bulk({group["community_id"] for group in groups})
    return [
        (str(known[group["community_id"]].name), {"area": str(group["community_id"])}) for group in groups
    ]


def _causes(groups: Groups) -> Named:
    known = causes.catalogue()
    return [
        (known[group["cause"]].name, {"cause": group["cause"]})
        if group["cause"] in known
        else ("没有定原因", {"causeless": "yes"})
        for group in groups
    ]


def _sources(groups: Groups) -> Named:
    return [
        (str(dict(SOURCES).get(group["source"], group["source"])), {"source": group["source"]})
        for group in groups
    ]


def _months(groups: Groups) -> Named:
    return [
        (f"{group['month'].year}年{group['month'].month}月", {"opened": f"{group['month']:%Y-%m}"})
        for group in groups
    ]


GROUPS: Mapping[str, tuple[tuple[str, ...], Callable[[Groups], Named]]] = {
    "grid": (("area_id", "community_id"), _areas),
    "community": (("community_id",), _communities),
    "cause": (("cause",), _causes),
    "source": (("source",), _sources),
    "month": (("month",), _months),
}
NAMES = {"grid": "网格", "community": "社区", "cause": "原因", "source": "来源", "month": "月份"}
