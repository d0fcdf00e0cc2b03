"""Dwelling (住处): house, household, hukou, and what follows from who lives behind one door — as of a day."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, TruncDate

from liren.core import rules
from liren.core.areas.models import Area
from liren.core.facts import Fact, Kind, declare
from liren.core.people import codes
from liren.core.places.models import House

from ..persons import Person
from ..records import Label
from ..residences import Hukou, Residence
from .ages import has_turned, is_younger, three_valued, years_since, yes_no_holds
from .plain import _known, is_past, text_holds, without_unknown

HEAD = "02"


def held(on: datetime.date) -> Q:
    """Rows that hold on a day; of today those that are open."""
    if not is_past(on):
        return Q(to_on=None)
    return span(on)


def span(on: datetime.date) -> Q:
    """Rows that hold on a day, whether or not an end is known already."""
    return (Q(from_on=None) | Q(from_on__lte=on)) & (Q(to_on=None) | Q(to_on__gt=on))


def wears(code: str, on: datetime.date) -> Exists:
    """Somebody put this label on, and it holds on the day."""
    return Exists(Label.objects.filter(span(on), person=OuterRef("pk"), code=code))


def wearers(code: str, on: datetime.date, where: Sequence[int]) -> Q:
    """The same, from the labels to the people: few wear one, and an index over codes finds them."""
    worn = Label.objects.filter(span(on), code=code)
    return Q(pk__in=(worn.filter(community_id__in=where) if where else worn).values("person_id"))


def lived_here(on: datetime.date) -> Q:
    """Of a residence: its person was really there, and not registered here and away."""
    if not is_past(on):
        return Q(person__status=Person.Status.LIVING)
    return ~Q(person__status=Person.Status.AWAY) | Q(person__status_on__gt=on)


def dwelling(on: datetime.date) -> Any:
    """The residence of a person on a day."""
    return Residence.objects.filter(held(on), person=OuterRef("pk")).order_by("-id")


def housemates(on: datetime.date) -> Any:
    """Others who really live in the household of a residence."""
    same = Residence.objects.filter(held(on), lived_here(on), household=OuterRef("household"))
    return same.exclude(person=OuterRef("person"))


def at_home(on: datetime.date) -> Any:
    """The residence of somebody who really lives in a household that is not a collective one."""
    return (
        dwelling(on).filter(lived_here(on), household__isnull=False, household__collective=False).order_by()
    )


def of_dwelling(field: str) -> Callable[[datetime.date], Any]:
    """A fact of the residence, or through it of the house."""
    return lambda on: _known(Subquery(dwelling(on).values(field)[:1], output_field=CharField()))


def of_house(field: str) -> Callable[[datetime.date], Any]:
    """A fact of the house: by the pointer today, by the residence on a past day."""
    past = of_dwelling(f"house__{field}")
    return lambda on: past(on) if is_past(on) else _known(F(f"house__{field}"))


def _house(key: str, name: str, field: str, **more: Any) -> Fact:
    kind = Kind.CODE if "choices" in more else Kind.TEXT
    made = Fact(
        f"house.{key}", name, kind, of_house(field), holds=text_holds(f"house__{field}"), group="房", **more
    )
    return declare(made)


def _answered(
    key: str, name: str, sides: Callable[[datetime.date], tuple[Q, Q]], quick: Any = None, **more: Any
) -> Fact:
    return declare(
        Fact(
            key,
            name,
            Kind.YES_NO,
            lambda on: three_valued(*sides(on)),
            holds=quick or (lambda op, value, on, where: yes_no_holds(op, value, *sides(on))),
            derived=True,
            **more,
        )
    )


BUILDING = _house(
    "building", "楼栋", "building__name", synonyms=("楼号", "幢号"), sort=("house__building__sort",)
)
UNIT = _house("unit", "单元", "unit")
ROOM = _house("room", "房号", "room", synonyms=("室号", "门牌"))
CODE = _house(
    "code", "楼室", "code", synonyms=("住址", "现住址", "地址"), sort=("house__building__sort", "house__code")
)
USE = _house("use", "房屋用途", "use", choices=lambda: without_unknown(House.Use.choices), synonyms=("用途",))
GRID = declare(
    Fact(
        "house.grid",
        "网格",
        Kind.TEXT,
        lambda on: (
            of_dwelling("house__area__name")(on)
            if is_past(on)
            else Case(When(area__level=Area.Level.GRID, then=F("area__name")), output_field=CharField())
        ),
        group="房",
        sort=("area__path",),
    )
)
TENURE = declare(
    Fact(
        "residence.tenure",
        "居住方式",
        Kind.CODE,
        of_dwelling("tenure"),
        choices=lambda: without_unknown(Residence.Tenure.choices),
        synonyms=("住房性质", "居住性质"),
        group="房",
    )
)


def _tenant(on: datetime.date) -> tuple[Q, Q]:
    mine = dwelling(on).order_by()
    yes = Q(Exists(mine.filter(tenure=Residence.Tenure.TENANT))) | Q(wears("tenant", on))
    otherwise = mine.exclude(tenure__in=(Residence.Tenure.TENANT, Residence.Tenure.UNKNOWN))
    return yes, Q(Exists(otherwise)) & ~Q(wears("tenant", on))


def _tenant_holds(op: str, value: Any, on: datetime.date, where: Sequence[int] = ()) -> Q | None:
    renting = Residence.objects.filter(held(on), tenure=Residence.Tenure.TENANT)
    renting = renting.filter(community_id__in=where) if where else renting
    yes, no = _tenant(on)
    from_rows = Q(pk__in=renting.values("person_id")) | wearers("tenant", on, where)
    return yes_no_holds(op, value, from_rows if where else yes, no)


TENANT = _answered(
    "residence.tenant", "租户", _tenant, _tenant_holds, group="房", synonyms=("租客", "租住", "承租人")
)
RELATION = declare(
    Fact(
        "household.relation",
        "与户主关系",
        Kind.CODE,
        of_dwelling("relation"),
        choices=lambda: codes.choices("relation"),
        synonyms=("关系",),
        group="户",
    )
)
HEADS = _answered(
    "household.head",
    "户主",
    lambda on: (
        Q(Exists(dwelling(on).order_by().filter(relation=HEAD))),
        Q(Exists(dwelling(on).order_by().exclude(relation__in=("", HEAD)))),
    ),
    group="户",
)


def _size(on: datetime.date) -> Any:
    same = Residence.objects.filter(held(on), household=OuterRef("household")).order_by().values("household")
    members = Subquery(same.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    mine = dwelling(on).filter(household__isnull=False).annotate(members=members)
    return Subquery(mine.values("members")[:1], output_field=IntegerField())


SIZE = declare(
    Fact(
        "household.size",
        "户内人数",
        Kind.NUMBER,
        _size,
        unit="人",
        group="户",
        derived=True,
        synonyms=("家庭人口",),
    )
)


def _lives_alone(on: datetime.date) -> tuple[Q, Q]:
    elder = rules.number("people.elder_age", on=on)
    alone = Exists(at_home(on).exclude(Exists(housemates(on))))
    with_others = Exists(at_home(on).filter(Exists(housemates(on))))
    away = ~Q(Exists(at_home(on))) & Q(Exists(dwelling(on).order_by().filter(household__isnull=False)))
    return has_turned(elder, on) & Q(alone), is_younger(elder, on) | Q(with_others) | away


LIVES_ALONE = _answered(
    "person.lives_alone",
    "独居老人",
    _lives_alone,
    group="户",
    synonyms=("独居", "孤老", "独居老年人"),
    sort=(),
)


def _empty_nest(on: datetime.date) -> tuple[Q, Q]:
    elder = rules.number("people.elder_age", on=on)
    others = housemates(on)
    not_surely_old = others.exclude(has_turned(elder, on, "person__"))
    nest = at_home(on).filter(Exists(others)).exclude(Exists(not_surely_old))
    with_younger = at_home(on).filter(Exists(others.filter(is_younger(elder, on, "person__"))))
    alone = at_home(on).exclude(Exists(others))
    away = ~Q(Exists(at_home(on))) & Q(Exists(dwelling(on).order_by().filter(household__isnull=False)))
    no = is_younger(elder, on) | Q(Exists(with_younger)) | Q(Exists(alone)) | away
    return has_turned(elder, on) & Q(Exists(nest)), no


EMPTY_NEST = _answered(
    "person.empty_nest", "空巢老人", _empty_nest, group="户", synonyms=("空巢", "纯老家庭", "纯老户")
)


def _hukou(field: str, output: Any) -> Callable[[datetime.date], Any]:
    def expression(on: datetime.date) -> Any:
        rows = Hukou.objects.filter(held(on), person=OuterRef("pk")).order_by("-id")
        return Subquery(rows.values(field)[:1], output_field=output())

    return expression


HUKOU_HERE = declare(
    Fact(
        "hukou.here",
        "户口在本社区",
        Kind.YES_NO,
        _hukou("here", BooleanField),
        group="户籍",
        synonyms=("户籍",),
    )
)
HUKOU_ADDRESS = declare(
    Fact(
        "hukou.address",
        "户籍地址",
        Kind.TEXT,
        lambda on: _known(_hukou("address", CharField)(on)),
        group="户籍",
        synonyms=("户籍所在地", "户口地址"),
    )
)


def _hukou_mismatch(on: datetime.date) -> tuple[Q, Q]:
    registered = Hukou.objects.filter(held(on), person=OuterRef("pk"))
    living = dwelling(on).order_by().filter(lived_here(on))
    away = Q(Exists(dwelling(on).order_by())) & ~Q(Exists(living))
    elsewhere = Q(Exists(registered.filter(here=False))) & Q(Exists(living))
    return elsewhere | (Q(Exists(registered.filter(here=True))) & away), Q(
        Exists(registered.filter(here=True))
    ) & Q(Exists(living))


HUKOU_MISMATCH = _answered(
    "hukou.mismatch",
    "人户分离",
    _hukou_mismatch,
    group="户籍",
    synonyms=("人户不一致", "人在户不在", "户在人不在"),
)


def _since(on: datetime.date) -> Any:
    start = Coalesce(Cast(F("from_on"), CharField()), F("from_said"), output_field=CharField())
    return Subquery(dwelling(on).annotate(start=start).values("start")[:1], output_field=CharField())


YEARS_HERE = declare(
    Fact(
        "residence.years",
        "住了几年",
        Kind.NUMBER,
        lambda on: years_since(_since(on), on, most=False),
        high=lambda on: years_since(_since(on), on, most=True),
        unit="年",
        group="房",
        derived=True,
        synonyms=("居住年限",),
    )
)
VERIFIED = declare(
    Fact(
        "person.verified",
        "最近核实",
        Kind.DATE,
        lambda on: Cast(F("verified_on"), CharField()),
        group="核实",
        sort=("verified_on",),
        synonyms=("核实日期", "最近见面"),
    )
)


def _stale(on: datetime.date) -> tuple[Q, Q]:
    long_ago = on - datetime.timedelta(days=rules.number("people.stale_days", on=on))
    entered = TruncDate("recorded_at")
    stale = Q(verified_on__lt=long_ago) | (Q(verified_on=None) & Q(_before(entered, long_ago)))
    fresh = Q(verified_on__gte=long_ago) | (Q(verified_on=None) & ~Q(_before(entered, long_ago)))
    return stale, fresh


def _before(day: Any, limit: datetime.date) -> Any:
    from django.db.models.lookups import LessThan

    return LessThan(day, Value(limit))


STALE = _answered("person.stale", "很久没核实", _stale, group="核实", synonyms=("超期未核实", "陈旧"))
