"""Asking (提问): what an address asks of the register — words, conditions, columns, order, a day — and back again."""

import datetime
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from liren.core.duty import Refused
from liren.core.facts.comparisons import OPS
from liren.core.facts.conditions import Condition, Group
from liren.core.facts.reading import leaf, refuse_unless_allowed, tests_in

from .columns import DEFAULT
from .within import Part, parts_in

MOST_CONDITIONS = 20
SORTS = {
    "name": ("pinyin", "pk"),
    "age": ("-birth", "pk"),
    "house": ("house__building__sort", "house__unit", "house__floor", "house__room", "pinyin", "pk"),
    "verified": ("verified_on", "pk"),
}


@dataclass(frozen=True)
class Chip:
    """One condition in force: in words, and the address without it."""

    sentence: str
    without: str


@dataclass(frozen=True)
class Asked:
    """What is asked for. `problems` are sentences about what could not be understood; the rest still holds."""

    text: str = ""
    codes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    sort: str = ""
    on: datetime.date | None = None
    gone: bool = False
    area: str = ""
    within: tuple[Part, ...] = ()
    condition: Condition | None = None
    problems: tuple[str, ...] = field(default=(), compare=False)

    @property
    def narrowed(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.text or self.codes or self.within)

    @property
    def of_gone(self) -> bool:
        """Whether those who moved out or died are asked for too."""
        return self.gone or any(part.of_gone for part in self.within)

    @property
    def day(self) -> datetime.date:
        """The day the register is asked about."""
        return self.on or timezone.localdate()

    def pairs(self) -> list[tuple[str, str]]:
        """The address as pairs, for hidden fields and links."""
        found = [("q", self.text)] if self.text else []
        found += [("c", code) for code in self.codes] + [("col", key) for key in self.columns]
        found += [(part.name, part.value) for part in self.within]
        found += [("sort", self.sort)] if self.sort else []
        found += [("on", self.on.isoformat())] if self.on else []
        found += [("gone", "1")] if self.gone else []
        return found + ([("area", self.area)] if self.area else [])

    def address(self, **changes: Any) -> str:
        """The query with something changed: ``?q=…``."""
        return "?" + urlencode(replace(self, **changes).pairs())

    def chips(self) -> list[Chip]:
        """Every condition in force."""
        tests = tests_in(self.condition) if self.condition else []
        parts = [
            Chip(part.sentence, self.address(within=tuple(each for each in self.within if each != part)))
            for part in self.within
        ]
        return parts + [
            Chip(
                test.sentence(), self.address(codes=tuple(c for n, c in enumerate(self.codes) if n != place))
            )
            for place, test in enumerate(tests)
        ]


def asked_by(request: HttpRequest, given: QueryDict | None = None) -> Asked:
    """What an address asks for — that of the request, or one it carries — checked against what this user may ask."""
    given = request.GET if given is None else given
    tests, codes, problems = [], [], []
    for code in dict.fromkeys([*given.getlist("c"), *_new(given)][:MOST_CONDITIONS]):
        try:
            test = _test(code)
            refuse_unless_allowed(request.user, test.fact)
        except Refused as refusal:
            problems.append(str(refusal))
        else:
            tests.append(test)
            codes.append(code)
    within, unread = parts_in(given, request.user)
    on, problem = _day(given.get("on", ""))
    sort = given.get("sort", "")
    return Asked(
        text=" ".join(given.get("q", "").replace("\0", " ").split())[:60],
        codes=tuple(codes),
        columns=_columns(given.getlist("col")[:60]),
        sort=sort if sort.removeprefix("-") in SORTS else "",
        on=on,
        gone=given.get("gone") == "1",
        area=area if (area := given.get("area", "")).isdecimal() or area == "all" else "",
        within=within,
        condition=Group(True, tuple(tests)) if tests else None,
        problems=tuple([*problems, *unread, *([problem] if problem else [])]),
    )


def _columns(keys: list[str]) -> tuple[str, ...]:
    """The columns asked for; the usual ones need not be named."""
    return () if set(keys) == set(DEFAULT) else tuple(dict.fromkeys(keys))


def _new(given: QueryDict) -> list[str]:
    """The condition that the builder adds: its three fields become one code."""
    key, op = given.get("fact", ""), given.get("op", "")
    values = [value for value in given.getlist("value") if value.strip()]
    if not key or not op:
        return []
    if len(values) > 1 and op in ("=", "!="):
        op = "in" if op == "=" else "not_in"
    return ["|".join([key, op, *(value.strip().replace("|", " ") for value in values)])]


def _test(code: str) -> Any:
    key, op, *values = (code[:400] if "|" in code[:400] else f"{code[:400]}|").split("|")
    if op not in {sign for signs in OPS.values() for sign in signs}:
        raise Refused("有一个条件没有写完整，已经略过")
    value: Any = values if op in ("in", "not_in") else (values[0] if values else "")
    return leaf(key, op, value)


def code_of(test: Any) -> str:
    """A test as it stands in an address."""
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    said = ["1" if v is True else "0" if v is False else str(v) for v in values if v is not None]
    return "|".join([test.key, test.op, *said])


def _day(text: str) -> tuple[datetime.date | None, str]:
    if not text:
        return None, ""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None, "没看懂要回看的日期，先按今天显示"
    today = timezone.localdate()
    if day.year < 1900:
        return None, "没看懂要回看的日期，先按今天显示"
    if day > today:
        return None, "还没到的日子看不了，先按今天显示"
    return (None if day == today else day), ""
