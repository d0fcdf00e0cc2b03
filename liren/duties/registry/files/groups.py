"""Groups (人群): the questions asked most often, one click each, with their counts in one query."""

import datetime
from collections.abc import Sequence
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


def counted(
    user: Any, everybody: QuerySet[Any], on: datetime.date, where: Sequence[int], kept_as: str
) -> list[Group]:
    """The groups with their counts: one query, kept for a minute for all who see the same people."""
    groups = groups_for(user)
    key = f"groups:{kept_as}:{on}:{','.join(group.key for group in groups)}"
    counts = cache.get(key)
    if counts is None:
        counts = count(groups, everybody, on, where)
        cache.set(key, counts, KEPT_SECONDS)
    return [Group(group.key, group.name, counts.get(group.key, 0)) for group in groups]


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
    if not asked:
        return {}
    return dict(asked[0].union(*asked[1:], all=True))
