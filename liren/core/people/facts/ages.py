"""Ages (年龄): what follows from a birth date that may be known to the day, the month or the year only.

Dates are compared as text: all that is known of one is the beginning of it. ``1946`` against the limit ``1946-11-23``
is undecided, ``1945`` is before it and ``1947`` after it.
"""

import datetime
from collections.abc import Sequence
from typing import Any

import numpy
from django.db.models import BooleanField, Case, CharField, F, IntegerField, Q, Value, When
from django.db.models.functions import Cast, Concat, Length, NullIf, Substr
from django.db.models.lookups import Exact, GreaterThan

from liren.core import rules
from liren.core.facts import Fact, Kind, declare
from liren.core.facts.columns import Column

OLDEST = 200


def limit(years: int, on: datetime.date) -> str:
    """Who was born on this day or before has these years behind them."""
    return f"{on.year - min(max(years, -OLDEST), OLDEST):04d}-{on:%m-%d}"


def has_turned(years: int, on: datetime.date, whose: str = "") -> Q:
    """A clear yes: born on the limit or before, and not somewhere in its year or month."""
    day, birth = limit(years, on), f"{whose}birth"
    return Q(**{f"{birth}__gt": "", f"{birth}__lte": day}) & ~Q(**{f"{birth}__in": [day[:4], day[:7]]})


def is_younger(years: int, on: datetime.date, whose: str = "") -> Q:
    """A clear no to the same question."""
    return Q(**{f"{whose}birth__gt": limit(years, on)})


def age_holds(op: str, value: Any, on: datetime.date, where: Sequence[int] = ()) -> Q | None:
    """Age against a number, by the index over births."""
    if op in ("known", "blank"):
        return ~Q(birth="") if op == "known" else Q(birth="")
    return {
        ">=": lambda: has_turned(value, on),
        ">": lambda: has_turned(value + 1, on),
        "<": lambda: is_younger(value, on),
        "<=": lambda: is_younger(value + 1, on),
        "=": lambda: has_turned(value, on) & is_younger(value + 1, on),
        "!=": lambda: is_younger(value, on) | has_turned(value + 1, on),
    }[op]()


def years_since(text: Any, on: datetime.date, *, most: bool) -> Any:
    """Full years between a date of which perhaps only the beginning is known and a day: the most or the least."""
    # What is missing of the date sorts before every day when the most is asked, after every day when the least is.
    tail = Substr(text if most else Concat(text, Value("-99"), output_field=CharField()), 6, 5)
    year = Cast(NullIf(Substr(text, 1, 4), Value("")), IntegerField())
    still_to_come = Case(
        When(GreaterThan(tail, Value(f"{on:%m-%d}")), then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return Value(on.year) - year - still_to_come


def ages(births: Sequence[str], on: datetime.date) -> Column:
    """The same for many births at once: the least and the most that each can be."""
    letters = numpy.array(births or [""], dtype="U10")[: len(births)].view(numpy.uint32).reshape(-1, 10)
    digits = letters.astype(numpy.int32) - ord("0")
    year, known = digits[:, :4] @ (1000, 100, 10, 1), letters[:, 0] > 0
    month, day = ((digits[:, place : place + 2] @ (10, 1), letters[:, place] > 0) for place in (5, 8))
    today = on.month * 100 + on.day
    # What is missing of a date comes after every day when the least is asked, before every day when the most is.
    late = numpy.where(month[1], month[0], 99) * 100 + numpy.where(day[1], day[0], 99) > today
    early = numpy.where(month[1], month[0], 0) * 100 + numpy.where(day[1], day[0], 0) > today
    years = numpy.where(known, on.year - year, 0)
    return Column(years - late, years - early, known)


def three_valued(yes: Q, no: Q) -> Case:
    """True, False, or NULL where neither is sure."""
    return Case(
        When(yes, then=Value(True)),
        When(no, then=Value(False)),
        default=Value(None),
        output_field=BooleanField(),
    )


def yes_no_holds(op: str, value: Any, yes: Q, no: Q) -> Q | None:
    """A yes-or-no fact against True or False, when both sides are plain questions."""
    if op in ("known", "blank"):
        return None
    return yes if (op == "=") == bool(value) else no


def _from_age(key: str, name: str, rule: str, *, older: bool, synonyms: tuple[str, ...]) -> Fact:
    """A fact such as 60 岁以上 or 三岁以下, whose age is a rule with a date and a basis."""

    def sides(on: datetime.date) -> tuple[Q, Q]:
        years = rules.number(rule, on=on)
        turned, younger = has_turned(years, on), is_younger(years, on)
        return (turned, younger) if older else (younger, turned)

    return declare(
        Fact(
            key,
            name,
            Kind.YES_NO,
            lambda on: three_valued(*sides(on)),
            holds=lambda op, value, on, where: yes_no_holds(op, value, *sides(on)),
            synonyms=synonyms,
            group="年龄",
            derived=True,
            sort=("birth",),
        )
    )


def _birth(on: datetime.date, *, latest: bool = False) -> Any:
    """The first or the last day on which somebody may have been born, as text."""
    months = Case(
        When(Exact(Length("birth"), 4), then=Value("-12-31")), default=Value("-31"), output_field=CharField()
    )
    tail = months if latest else Value("-01-01")
    return NullIf(Substr(Concat(F("birth"), tail, output_field=CharField()), 1, 10), Substr(tail, 1, 10))


BIRTH = declare(
    Fact(
        "person.birth",
        "出生日期",
        Kind.DATE,
        _birth,
        high=lambda on: _birth(on, latest=True),
        synonyms=("出生年月", "生日", "出生年月日"),
        group="年龄",
        sort=("birth",),
    )
)
AGE = declare(
    Fact(
        "person.age",
        "年龄",
        Kind.NUMBER,
        lambda on: years_since(F("birth"), on, most=False),
        high=lambda on: years_since(F("birth"), on, most=True),
        reckoned=("birth", ages),
        holds=age_holds,
        synonyms=("周岁", "岁数", "现年"),
        unit="岁",
        group="年龄",
        derived=True,
        sort=("birth",),
    )
)
BIRTH_MONTH = declare(
    Fact(
        "person.birth_month",
        "出生月份",
        Kind.NUMBER,
        lambda on: Cast(NullIf(Substr(F("birth"), 6, 2), Value("")), IntegerField()),
        unit="月",
        group="年龄",
        derived=True,
    )
)
ELDER = _from_age(
    "person.elder", "60 岁以上", "people.elder_age", older=True, synonyms=("老年人", "老人", "60岁以上")
)
SENIOR = _from_age(
    "person.senior", "80 岁以上", "people.senior_age", older=True, synonyms=("高龄老人", "高龄", "80岁以上")
)
INFANT = _from_age(
    "person.under_three",
    "三岁以下",
    "people.infant_age",
    older=False,
    synonyms=("婴幼儿", "3岁以下", "0-3岁", "0~3岁"),
)
MINOR = _from_age(
    "person.minor", "未成年人", "people.adult_age", older=False, synonyms=("未成年", "18岁以下", "儿童")
)
__all__ = ["AGE", "BIRTH", "BIRTH_MONTH", "ELDER", "INFANT", "MINOR", "SENIOR"]
