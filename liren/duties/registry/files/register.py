"""The register (居民档案): who is on the list, and each row with what the chosen columns show."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeAlias

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from liren.core.duty.prepared import Prepared, key
from liren.core.facts import Kind, conditions, fact
from liren.core.facts.columns import Bounds
from liren.core.facts.reckoning import facts_of
from liren.core.pages.paging import Page, page_of
from liren.core.pages.words import day, partial_day
from liren.core.people.facts.dwelling import span
from liren.core.people.labelling import CATALOGUE
from liren.core.people.models import IdentityPaper, Label, Person, Phone, Residence
from liren.core.people.search import BROAD, Search, scope, search

from .asking import SORTS, Asked
from .columns import Shown
from .drawn import Cell, Row, address

COUNT_UP_TO = 10_000
# How many persons a page may hold, and a bite of an export.
LENGTHS = (20, 50, 100, 500)
DERIVED_TAGS = (("person.lives_alone", "care"), ("person.empty_nest", ""))
# Labels that ask for somebody's care, and are to be seen at a glance.
CARE = frozenset(
    {"disability", "disabled_elder", "expectant", "child_in_need", "child_left_behind", "bereaved"}
)
# What is always fetched of a row: for the family column, for tags and to tell namesakes apart.
NEEDED = frozenset(
    {"person.age", "household.size", "person.lives_alone", "person.empty_nest", "person.stale", "house.code"}
)

Facts: TypeAlias = Mapping[str, Any]


def people_asked_for(user: Any, asked: Asked, communities: list[int] | None = None) -> Search:
    """Everybody the question means, unsorted, with what each word was taken for."""
    cap = None if asked.codes or asked.within or asked.on or asked.sort else BROAD + 1
    gone = asked.of_gone or bool(asked.on)
    found = (
        search(user, asked.text, gone=gone, on=asked.day, limit=cap)
        if asked.text
        else Search(scope(user, gone=gone))
    )
    people = found.people
    for part in asked.within:
        people = people.filter(part.condition)
    if communities is not None:
        people = people.filter(community_id__in=communities)
    if asked.on:
        people = people.filter(was_here(asked))
    if asked.condition:
        people = conditions.filter(people, asked.condition, asked.day, communities or user.community_ids())
    return Search(people, found.words, found.capped)


def was_here(asked: Asked) -> Exists:
    """Somebody who lived here on the day."""
    return Exists(Residence.objects.filter(span(asked.day), person=OuterRef("pk")))


def ordered(people: QuerySet[Person], sort: str, many_communities: bool = False) -> QuerySet[Person]:
    """In the order asked for; by name unless told, community by community where there are several."""
    key = sort.removeprefix("-") or "name"
    names = list(SORTS[key])
    if sort.startswith("-"):
        names = [name[1:] if name.startswith("-") else f"-{name}" for name in names]
    return people.order_by(*(["community_id"] if many_communities and not sort else []), *names)


def page_asked_for(
    request: HttpRequest, people: QuerySet[Person], sort: str, *, total: int | None, searched: bool
) -> Page:
    """One page of persons: first which, then everything about those alone."""
    many = len(request.user.community_ids()) > 1  # type: ignore[union-attr]
    pks: Any = ordered(people, sort, many).values_list("pk", flat=True)
    if total is None and searched:
        # Words mean few: fetching who they are is hardly dearer than counting them.
        pks = list(pks[: BROAD + 1])
        return page_of(pks, request, count_up_to=BROAD)
    if total is None:
        total = people.order_by()[: COUNT_UP_TO + 1].values("pk").count()
    return page_of(pks, request, total=total)


def rows_of(user: Any, pks: list[int], columns: list[Shown], asked: Asked) -> list[Row]:
    """The rows of these persons, in this order; a constant number of queries for any number of them."""
    keys = frozenset(each.key for each in columns if each.fact) | NEEDED
    labels = Label.objects.filter(span(asked.day), Label.objects.all().plain_to(user), person__in=pks)
    known: dict[int, Any] = {person.pk: person for person in of_these(_persons, pks)}
    _hang_on(known, "open_papers", of_these(_papers, pks))
    _hang_on(known, "open_phones", of_these(_phones, pks))
    _hang_on(known, "open_labels", labels.order_by("tier", "pk"))
    facts = facts_of(Person, keys, asked.day, pks)
    found = [known[pk] for pk in pks if pk in known]
    names = [person.name for person in found]
    may_edit = user.can("people.edit")
    # On a past day nobody stands back for what became of them later.
    return [
        _row(
            person,
            facts[person.pk],
            columns,
            note=person.told_apart if names.count(person.name) > 1 else "",
            may_edit=may_edit,
            off=not (person.present or asked.on),
        )
        for person in found
    ]


def of_these(question: Callable[[list[Any]], QuerySet[Any, Any]], pks: list[int]) -> list[Any]:
    """The rows of these persons, by a statement that is kept for pages of each length."""
    if not pks:
        return []
    length = next((length for length in LENGTHS if length >= len(pks)), 0)
    if not length:
        return list(question(pks))
    # A page that is not full asks for its last person several times.
    full = [*pks, *pks[-1:] * (length - len(pks))]
    return _prepared(question, length)(**{f"_{place}": pk for place, pk in enumerate(full)})


@cache
def _prepared(question: Callable[[list[Any]], QuerySet[Any, Any]], length: int) -> Prepared:
    return Prepared(lambda: question([key(f"_{place}") for place in range(length)]))


def _persons(pks: list[Any]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=pks).select_related("house__building")


def _papers(pks: list[Any]) -> QuerySet[IdentityPaper]:
    return IdentityPaper.objects.filter(ended_on=None, person__pk__in=pks).order_by("pk")


def _phones(pks: list[Any]) -> QuerySet[Phone]:
    return Phone.objects.filter(ended_on=None, person__pk__in=pks).order_by("pk")


def _hang_on(known: dict[int, Any], name: str, rows: Iterable[Any]) -> None:
    """Each person's rows as a list under this name, by fewer steps than prefetching takes."""
    for person in known.values():
        setattr(person, name, [])
    for row in rows:
        if person := known.get(row.person_id):
            getattr(person, name).append(row)


def said(person: Any, key: str, value: Any) -> str:
    """A fact in words: 82, 79–80, 1962-05."""
    if key == "person.birth":
        return str(person.birth)
    if isinstance(value, Bounds):
        return f"{value.low}–{value.high}"
    if fact(key).kind == Kind.NUMBER:
        return "" if value is None else str(value)
    return fact(key).said(value)


def _row(person: Any, facts: Facts, columns: list[Shown], **more: Any) -> Row:
    return Row(person, tuple([_cell(person, facts, column) for column in columns]), **more)


def _cell(person: Any, facts: Facts, column: Shown) -> Cell:
    if own := OWN.get(column.key):
        return own(person, facts)
    text = said(person, column.key, facts[column.key])
    if column.key == "house.code" and person.house_id and text:
        return Cell(text, "id", url=address("registry:house", person.house_id))
    if column.key == "person.verified":
        return Cell(day(person.verified_on) or "没核实过", "soon" if facts["person.stale"] else "soft")
    if column.key == "person.birth":
        return Cell(partial_day(text), "soft")
    return Cell(text, "num" if column.number else "")


def _paper(person: Any, facts: Facts) -> Cell:
    return Cell("、".join(paper.masked for paper in person.open_papers), "id")


def _phone(person: Any, facts: Facts) -> Cell:
    numbers = [phone.masked for phone in person.open_phones]
    return Cell(numbers[0] + (f" 等 {len(numbers)} 个" if len(numbers) > 1 else "") if numbers else "", "id")


def _family(person: Any, facts: Facts) -> Cell:
    if facts["person.lives_alone"]:
        return Cell("独居")
    size = facts["household.size"]
    return Cell("" if size is None else f"{size} 口")


def _labels(person: Any, facts: Facts) -> Cell:
    derived = [(fact(key).name, kind) for key, kind in DERIVED_TAGS if facts[key]]
    put_on = [(_label_name(label), _label_kind(label)) for label in person.open_labels]
    return Cell("", "tags", tuple(derived + put_on))


# Columns that are more than one fact.
OWN = {"paper": _paper, "phones": _phone, "labels": _labels, "family": _family}


def _label_name(label: Label) -> str:
    known = CATALOGUE.get(label.code)
    return known.name if known else label.code


def _label_kind(label: Label) -> str:
    if label.is_due():
        return "stale"
    return "care" if label.code in CARE else ""
