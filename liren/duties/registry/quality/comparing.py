"""Comparing (对照): both records of a doubtful pair, fact by fact."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from liren.core.pages.words import full_day, partial_day
from liren.core.people.models import IdentityPaper, Person, Phone

from .models import DoubtfulPair


@dataclass(frozen=True)
class Line:
    """One fact in which the two are not the same."""

    name: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        """Whether both say something."""
        return bool(self.one and self.other)


@dataclass(frozen=True)
class Beside:
    """A pair: what both say alike, what they do not, and what this user may do about it."""

    pair: DoubtfulPair
    alike: list[str]
    lines: list[Line]
    may_merge: bool
    may_decide: bool


def side_by_side(pairs: Iterable[DoubtfulPair], user: Any) -> list[Beside]:
    """A page of pairs with papers and phones, masked; two queries for all of them."""
    page = list(pairs)
    people = [person for pair in page for person in (pair.one, pair.other)]
    papers, phones = _masked(IdentityPaper, people), _masked(Phone, people)

    def may(ability: str, pair: DoubtfulPair) -> bool:
        return all(user.can(ability, person.area) for person in (pair.one, pair.other))

    def beside(pair: DoubtfulPair) -> Beside:
        one, other = _facts(pair.one, papers, phones), _facts(pair.other, papers, phones)
        alike = [one[name] for name in one if one[name] and one[name] == other[name]]
        lines = [Line(name, one[name], other[name]) for name in one if one[name] != other[name]]
        return Beside(pair, alike, lines, may("people.merge", pair), may("quality.decide", pair))

    return [beside(pair) for pair in page]


def _masked(model: Any, people: list[Person]) -> dict[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = model.objects.filter(person__in={person.pk for person in people}, ended_on=None).order_by("pk")
    for row in rows:
        found[row.person_id].append(row.masked)
    return {pk: "、".join(numbers) for pk, numbers in found.items()}


def _facts(person: Person, papers: dict[int, str], phones: dict[int, str]) -> dict[str, str]:
    return {
        "性别": person.coded("sex") if person.sex in ("1", "2") else "",
        "出生": partial_day(person.birth),
        "证件": papers.get(person.pk, ""),
        "电话": phones.get(person.pk, ""),
        "住处": person.house.spelt if person.house else "",
        "状态": person.get_status_display(),
        "来源": f"{person.source}，{full_day(person.recorded_at)}",
    }
