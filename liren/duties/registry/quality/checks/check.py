"""Check (检查项) and Line (要看的一处): what a check is, and how its records stand on a page."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

Found = QuerySet[Any]
Find = Callable[[Any, datetime.date], Found]
Tell = Callable[[Iterable[Any]], Mapping[int, str]]


class Severity(StrEnum):
    """How much it matters: cannot be true, has to be filled in or looked at, worth knowing."""

    WRONG = "wrong"
    OPEN = "open"
    HINT = "hint"


@dataclass(frozen=True)
class Subject:
    """What a check is about: people, households, houses …

    fetch   what has to come along for a page of them, in a constant number of queries
    head    name, page and second line of one record
    """

    unit: str
    order: tuple[str, ...]
    fetch: Callable[[Found], Found]
    head: Callable[[Any], tuple[str, str, str]]


@dataclass(frozen=True)
class Bulk:
    """What may be done to all who are ticked: the button, and the page it is sent to."""

    verb: str
    form: str

    @property
    def url(self) -> str:
        """Where it is sent to."""
        return reverse(f"registry:{self.form}")


@dataclass(frozen=True)
class Line:
    """One place to look at: whose, what is said of it, and the form that mends it."""

    record: Any
    name: str
    url: str
    note: str
    said: str
    mend_url: str


def nothing_more(records: Iterable[Any]) -> Mapping[int, str]:
    """For checks whose name says it all."""
    return {}


@dataclass(frozen=True)
class Check:
    """Check (检查项): one thing that may be wrong.

    why       one sentence why it matters; how: what to do about it
    find      (user, day) → the records, already through visible_to
    tell      a page of records → what is said of each, one query for all of them
    verb      of the button, which opens the page `form` about `form_of(record)`; asked of those with `ability`
    """

    key: str
    name: str
    group: str
    subject: Subject
    severity: Severity
    why: str
    how: str
    find: Find
    verb: str
    form: str
    ability: str = "people.edit"
    form_of: Callable[[Any], int] = lambda record: record.pk
    tell: Tell = nothing_more
    order: tuple[str, ...] = ()
    bulk: Bulk | None = None

    def rows(self, user: Any, on: datetime.date | None = None) -> Found:
        """Everything this user may see that the check finds, in the order of the list; to be counted or paged."""
        return self.find(user, on or timezone.localdate()).order_by(*(self.order or self.subject.order))

    def lines(self, records: Iterable[Any]) -> list[Line]:
        """A page of records in words."""
        page = list(records)
        told = self.tell(page)
        lines = []
        for record in page:
            name, url, note = self.subject.head(record)
            mend = reverse(f"registry:{self.form}", args=[self.form_of(record)])
            lines.append(Line(record, name, url, note, told.get(record.pk, ""), mend))
        return lines

    @property
    def url(self) -> str:
        """The page of its list."""
        return reverse("registry:check", args=[self.key])
