"""Seeking (筛选): the one filter language of the ledger. A figure is a set of these parameters, so that every number
opens the list behind it and equals it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.figures.freezing import frozen_keys
from liren.core.rules import number

from .kinds import Condition, all_kinds
from .models import Matter, Party, Todo
from .outcomes import SOLVED

Rows = Any
Filter = Callable[[str, Any], Q]

STATES: dict[str, str] = {
    "open": "在办",
    "today": "今天到期",
    "overdue": "已逾期",
    "waiting": "等别人",
    "paused": "停表中",
    "stuck": "停滞",
    "free": "没人接手",
    "closed": "已办结",
    "archived": "已归档",
}


def sought(rows: Rows, params: Mapping[str, str], *, user: Any = None) -> Rows:
    """The matters that every parameter allows; other parameters of the page (page, sort) are passed over.

    `user` is who `holder=me` means. Refuses a value that cannot be read.
    """
    asked = condition(params, user=user)
    return rows.filter(asked) if asked else rows


def condition(params: Mapping[str, str], *, user: Any = None) -> Q:
    """The same as one condition, for counts of many figures in one query."""
    asked = Q()
    known = filters()
    for name, value in params.items():
        if name in known and value:
            try:
                asked &= known[name](value, user)
            except (ValueError, KeyError):
                raise Refused(f"筛选条件「{name}」看不懂，请重新选") from None
    return asked


def period(text: str) -> tuple[datetime, datetime]:
    """Beginning and end (exclusive) of ``2026``, ``2026-11``, ``2026-11-03`` or ``2026-11-01..2026-11-30``."""
    first, _, last = text.partition("..")
    return _edge(first)[0], _edge(last or first)[1]


def _edge(text: str) -> tuple[datetime, datetime]:
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text.strip())
    if not found:
        raise ValueError(text)
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if not 1900 <= year < 2200:
        raise ValueError(text)
    if not month:
        return _midnight(date(year, 1, 1)), _midnight(date(year + 1, 1, 1))
    if not day:
        after = date(year + month // 12, month % 12 + 1, 1)
        return _midnight(date(year, month, 1)), _midnight(after)
    start = date(year, month, day)
    return _midnight(start), _midnight(start + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _within(field: str) -> Filter:
    def asked(value: str, user: Any) -> Q:
        start, end = period(value)
        return Q(**{f"{field}__gte": start, f"{field}__lt": end})

    return asked


def _one_of(field: str) -> Filter:
    return lambda value, user: Q(**{f"{field}__in": value.split(",")})


def key_of(value: str) -> int:
    """The key of a row, as it stands in an address. ValueError for what is none, or longer than any database keeps."""
    key = int(value)
    if not 0 <= key < 2**63:
        raise ValueError(value)
    return key


def _id(field: str) -> Filter:
    return lambda value, user: Q(**{field: key_of(value)})


def _state(value: str, user: Any) -> Q:
    if value not in STATES:
        raise KeyError(value)
    if value in ("open", "closed"):
        return Q(closed_at__isnull=value == "open")
    if value == "archived":
        return Q(archived_at__isnull=False)
    if value == "stuck":
        return Q(closed_at=None, stuck_since__isnull=False)
    if value == "free":
        return Q(closed_at=None, holder=None)
    return Q(closed_at=None, pk__in=_todos(value).values("matter_id"))


def _todos(state: str) -> Any:
    """The main todos that say so."""
    main = Todo.objects.open().main()
    if state == "overdue":
        return main.overdue()
    if state == "waiting":
        return main.filter(waits=True)
    if state == "paused":
        return main.filter(paused_at__isnull=False)
    end = _midnight(timezone.localdate() + timedelta(days=1))
    return main.due_by(end).filter(due_at__gte=timezone.now())


def _holder(value: str, user: Any) -> Q:
    if value == "none":
        return Q(holder=None)
    return Q(holder_id=user.pk) if value == "me" else Q(holder_id=key_of(value))


def _seal(value: str, user: Any) -> Q:
    return Q(kind__in=[kind.key for kind in all_kinds() if kind.seal in value.split(",")])


def _area(value: str, user: Any) -> Q:
    """A grid by itself, a community with all its grids."""
    area = Area.objects.filter(pk=key_of(value)).first()
    if area is None:
        raise KeyError(value)
    if area.level == Area.Level.GRID:
        return Q(area_id=area.pk)
    if area.level == Area.Level.COMMUNITY:
        return Q(community_id=area.pk)
    return Q(community__in=Area.objects.inside([area.path]).communities())


def _contacted(value: str, user: Any) -> Q:
    return {
        "in_time": Q(contacted_in_time=True),
        "late": Q(contacted_in_time=False),
        "no": Q(contacted_at=None),
        "yes": Q(contacted_at__isnull=False),
    }[value]


def _on_time(value: str, user: Any) -> Q:
    return {
        "yes": Q(closed_in_time=True),
        "no": Q(closed_in_time=False),
        "none": Q(closed_in_time=None),
        "known": Q(closed_in_time__isnull=False),
    }[value]


def _answered(field: str) -> Filter:
    """yes, partly, no; `any` for those who were asked at all, `none` for those who were not."""

    def asked(value: str, user: Any) -> Q:
        if value == "any":
            return ~Q(**{field: ""})
        return Q(**{field: ""}) if value == "none" else Q(**{f"{field}__in": value.split(",")})

    return asked


def _settled(value: str, user: Any) -> Q:
    settled = Q(outcome__in=SOLVED)
    return {"yes": settled, "no": Q(closed_at__isnull=False) & ~settled}[value]


def _reachable(value: str, user: Any) -> Q:
    known = Party.objects.filter(~Q(person=None) | ~Q(phone_hash=""), role="asker").values("matter_id")
    return {"yes": Q(pk__in=known), "no": ~Q(pk__in=known)}[value]


def _gridless(value: str, user: Any) -> Q:
    loose = Q(area_id=F("community_id"))
    return {"yes": loose, "no": ~loose}[value]


def _causeless(value: str, user: Any) -> Q:
    return {"yes": Q(cause=""), "no": ~Q(cause="")}[value]


def _buildingless(value: str, user: Any) -> Q:
    return {"yes": Q(building=None), "no": Q(building__isnull=False)}[value]


def _again(value: str, user: Any) -> Q:
    """The same kind and known cause at the same place within the days before. Restricted matters say nothing of others."""
    days = timedelta(days=number("matters.repeat_days"))
    before = Matter.objects.filter(
        kind=OuterRef("kind"), cause=OuterRef("cause"), restricted=False,
        opened_at__lt=OuterRef("opened_at"), opened_at__gte=OuterRef("opened_at") - days,
    )  # fmt: skip
    same_house = Exists(before.filter(house_id=OuterRef("house_id")))
    same_building = Exists(before.filter(house_id=None, building_id=OuterRef("building_id")))
    again = (
        Q(restricted=False)
        & ~Q(cause="")
        & (
            (Q(house_id__isnull=False) & Q(same_house))
            | (Q(house_id=None, building_id__isnull=False) & Q(same_building))
        )
    )
    return {"yes": again, "no": ~again}[value]


def _words(value: str, user: Any) -> Q:
    """Words in the number, the title, the place, or the name of who asked."""
    found = Q()
    for word in value.split()[:4]:
        found &= (
            Q(number__icontains=word)
            | Q(title__icontains=word)
            | Q(place__icontains=word)
            | Q(pk__in=_named(word))
        )
    return found


def _named(word: str) -> Any:
    return Party.objects.filter(Q(name__icontains=word) | Q(person__name=word)).values("matter_id")


FILTERS: dict[str, Filter] = {
    "state": _state,
    "seal": _seal,
    "kind": _one_of("kind"),
    "stage": _one_of("stage"),
    "urgency": _one_of("urgency"),
    "source": _one_of("source"),
    "cause": _one_of("cause"),
    "outcome": _one_of("outcome"),
    "holder": _holder,
    "area": _area,
    "house": _id("house_id"),
    "building": _id("building_id"),
    "person": lambda value, user: Q(pk__in=_about(key_of(value))),
    "parent": _id("parent_id"),
    "opened": _within("opened_at"),
    "closed": _within("closed_at"),
    "contacted": _contacted,
    "on_time": _on_time,
    "settled": _settled,
    "solved": _answered("solved"),
    "satisfied": _answered("satisfied"),
    "reachable": Condition(_reachable, {"yes": "留了联系方式", "no": "没留联系方式"}),
    "gridless": Condition(_gridless, {"yes": "没有落到网格", "no": "落到网格"}),
    "causeless": Condition(_causeless, {"yes": "没有定原因", "no": "定了原因"}),
    "buildingless": Condition(_buildingless, {"yes": "没有落到楼栋", "no": "落到楼栋"}),
    "again": Condition(_again, {"yes": "同一处重复发生", "no": "不是重复发生"}),
    "frozen": lambda value, user: Q(pk__in=frozen_keys("matters", value, user)),
    "reopened": lambda value, user: Q(reopened__gte=1) if value == "yes" else Q(reopened=0),
    "merged": lambda value, user: Q(merged_into__isnull=value != "yes"),
    "q": _words,
}


@lru_cache(maxsize=1)
def filters() -> dict[str, Filter]:
    """Every parameter: those of all matters, and those that a kind brings along. ValueError for two of one name."""
    book = dict(FILTERS)
    for each in all_kinds():
        if taken := set(each.filters) & set(book):
            raise ValueError(f"{each.key} brings filters that exist: {sorted(taken)}")
        book.update(each.filters)
    return book


def _about(person: int) -> Any:
    return Party.objects.filter(person_id=person).values("matter_id")


def counted(user: Any, params: Mapping[str, str]) -> int:
    """How many matters that this user may know of: the number that stands before the list of the same parameters."""
    return int(sought(Matter.objects.visible_to(user), params, user=user).count())


def counted_each(
    user: Any, params: Mapping[str, str], narrower: Mapping[str, Mapping[str, str]]
) -> dict[str, int]:
    """`counted` of several parameters, each of which says at least as much as `params`, in one query."""
    rows = sought(Matter.objects.visible_to(user), params, user=user)
    wanted = {name: Count("pk", filter=condition(each, user=user)) for name, each in narrower.items()}
    return dict(rows.order_by().aggregate(**wanted))
