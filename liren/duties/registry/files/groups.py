"""Groups (人群): the questions asked most often, one click each, with their counts in one query."""

import datetime
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count, QuerySet, Value

from liren.core.facts import conditions, fact, may_use
from liren.core.facts.reading import read

KEYS = (
    "person.senior",
    "person.lives_alone",
    "person.empty_nest",
    "label.disability",
    "label.minimum_living",
    "label.expectant",
    "person.under_three",
    "residence.tenant",
    "person.stale",
)
# How long a count may stand before it is counted again.
KEPT_SECONDS = 60


@dataclass(frozen=True)
class Group:
    """A chip: its condition, and how many there are once counted."""

    key: str
    name: str
    count: int | None = None

    @property
    def code(self) -> str:
        """The condition as it stands in an address."""
        return f"{self.key}|=|1"


def groups_for(user: Any) -> list[Group]:
    """The groups whose facts this user may ask by."""
    return [Group(key, fact(key).name) for key in KEYS if may_use(user, fact(key))]


def counts_of(
    user: Any, everybody: Callable[[], QuerySet[Any]], on: datetime.date, where: Sequence[int], *, ask: bool
) -> dict[str, int] | None:
    """How many are in each group, and under "" how many there are: one query, kept for a minute for all who see the
    same people. None when it was not asked lately and may not be asked now.
    """
    groups = groups_for(user)
    whole, grids = user.scope()
    key = hashlib.sha256(
        f"{on} {where} {whole} {grids} {[group.key for group in groups]}".encode()
    ).hexdigest()
    counts: dict[str, int] | None = cache.get(key)
    if counts is None and ask:
        counts = count(groups, everybody(), on, where)
        cache.set(key, counts, KEPT_SECONDS)
    return counts


def with_counts(groups: list[Group], counts: dict[str, int] | None) -> list[Group]:
    """The groups as far as they were counted."""
    return (
        groups if counts is None else [Group(each.key, each.name, counts.get(each.key, 0)) for each in groups]
    )


def count(
    groups: list[Group], everybody: QuerySet[Any], on: datetime.date, where: Sequence[int]
) -> dict[str, int]:
    """How many of everybody are in each group."""
    asked = [
        conditions.filter(everybody, read([group.key, "=", True]), on, where)
        .order_by()
        .annotate(which=Value(group.key))
        .values("which")
        .annotate(n=Count("pk"))
        .values_list("which", "n")
        for group in groups
    ]
    total = everybody.order_by().annotate(which=Value("")).values("which").annotate(n=Count("pk"))
    return dict(total.values_list("which", "n").union(*asked, all=True))
