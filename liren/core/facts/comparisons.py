"""Comparisons (比较): what each sign means, for a row of the database and for a column in memory.

Every sign has an inverse that says yes exactly where it says no, so only yes has to be written down.
"""

from collections.abc import Callable
from typing import Any

import numpy
from django.db.models import Q

from . import Fact, Kind, fact
from .columns import Column

INVERSE = {
    "=": "!=",
    "!=": "=",
    ">=": "<",
    "<": ">=",
    "<=": ">",
    ">": "<=",
    "in": "not_in",
    "not_in": "in",
    "contains": "lacks",
    "lacks": "contains",
    "known": "blank",
    "blank": "known",
}
WORDS = {
    "=": "是",
    "!=": "不是",
    ">=": "不低于",
    "<=": "不高于",
    ">": "高于",
    "<": "低于",
    "in": "是",
    "not_in": "不是",
    "contains": "含有",
    "lacks": "不含",
    "known": "已登记",
    "blank": "没有登记",
}
DATE_WORDS = {"=": "是", "!=": "不是", ">=": "不早于", "<=": "不晚于", ">": "晚于", "<": "早于"}
ORDERED = (">=", "<=", "=", "!=", ">", "<", "known", "blank")
OPS: dict[Kind, tuple[str, ...]] = {
    Kind.TEXT: ("contains", "lacks", "=", "!=", "in", "not_in", "known", "blank"),
    Kind.NUMBER: ORDERED,
    Kind.DATE: ORDERED,
    Kind.CODE: ("=", "!=", "in", "not_in", "known", "blank"),
    Kind.YES_NO: ("=", "!=", "known", "blank"),
    Kind.LABEL: ("=", "!="),
}


def word(asked: Fact, op: str) -> str:
    """不低于; for dates 不早于."""
    return DATE_WORDS.get(op, WORDS[op]) if asked.kind == Kind.DATE else WORDS[op]


def alias_of(key: str, high: bool = False) -> str:
    """The name under which a fact is annotated."""
    return f"fact_{key.replace('.', '_')}{'_high' if high else ''}"


def lookup(key: str, op: str, value: Any) -> Q:
    """A clear yes over the annotations of `with_facts`."""
    low = alias_of(key)
    high = alias_of(key, high=True) if fact(key).high else low
    known = Q(**{f"{low}__isnull": False})
    plain = {
        "=": lambda: Q(**{low: value, high: value}),
        ">=": lambda: Q(**{f"{low}__gte": value}),
        ">": lambda: Q(**{f"{low}__gt": value}),
        "<=": lambda: Q(**{f"{high}__lte": value}),
        "<": lambda: Q(**{f"{high}__lt": value}),
        "in": lambda: Q(**{f"{low}__in": value}),
        "not_in": lambda: known & ~Q(**{f"{low}__in": value}),
        "contains": lambda: Q(**{f"{low}__icontains": value}),
        "lacks": lambda: known & ~Q(**{f"{low}__icontains": value}),
        "known": lambda: known,
        "blank": lambda: ~known,
    }
    if op != "!=":
        return plain[op]()
    if low == high:
        return known & ~Q(**{low: value})
    return Q(**{f"{low}__gt": value}) | Q(**{f"{high}__lt": value})


def _contains(column: Column, value: str) -> numpy.ndarray:
    sought = value.lower()
    return numpy.array([sought in str(text).lower() for text in column.low], dtype=bool)


SAYS_YES: dict[str, Callable[[Column, Any], numpy.ndarray]] = {
    "=": lambda c, v: c.known & (c.low == v) & (c.high == v),
    "!=": lambda c, v: c.known & ((c.low > v) | (c.high < v)),
    ">=": lambda c, v: c.known & (c.low >= v),
    ">": lambda c, v: c.known & (c.low > v),
    "<=": lambda c, v: c.known & (c.high <= v),
    "<": lambda c, v: c.known & (c.high < v),
    "in": lambda c, v: c.known & numpy.isin(c.low, list(v)),
    "not_in": lambda c, v: c.known & ~numpy.isin(c.low, list(v)),
    "contains": lambda c, v: c.known & _contains(c, v),
    "lacks": lambda c, v: c.known & ~_contains(c, v),
    "known": lambda c, v: c.known,
    "blank": lambda c, v: ~c.known,
}
