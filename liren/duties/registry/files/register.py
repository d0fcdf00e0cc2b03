"""The register (居民档案): who is on the list, and each row with what the chosen columns show."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest

from liren.core.facts import Kind, conditions, fact
from liren.core.facts.columns import Bounds
from liren.core.facts.reckoning import facts_of
from liren.core.pages.paging import Page, page_of
from liren.core.pages.words import day, partial_day
from liren.core.people.facts.dwelling import span
from liren.core.people.labelling import CATALOGUE
from liren.core.people.models import IdentityPaper, Label, Person, Phone, Residence
from liren.core.people.search import BROAD, Search, scope, search
from liren.core.privacy.tiers import Tier

from .asking import SORTS, Asked
from .columns import Shown
from .drawn import Cell, Row, address

COUNT_UP_TO = 10_000
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
    labels = Label.objects.visible_to(user).filter(span(asked.day), tier__lt=Tier.T3).order_by("tier", "pk")
    fetched = (
        Person.objects.filter(pk__in=pks)
        .select_related("house__building")
        .prefetch_related(
            Prefetch("papers", IdentityPaper.objects.filter(ended_on=None), "open_papers"),
            Prefetch("phones", Phone.objects.filter(ended_on=None), "open_phones"),
            Prefetch("labels", labels, "open_labels"),
        )
    )
    known = {person.pk: person for person in fetched}
    facts = facts_of(Person, keys, asked.day, pks)
    found = [known[pk] for pk in pks if pk in known]
    names = [person.name for person in found]
    may_edit = user.can("people.edit")
    return [
        _row(person, facts[person.pk], columns, names.count(person.name) > 1, may_edit) for person in found
    ]


def said(person: Any, key: str, value: Any) -> str:
    """A fact in words: 82, 79–80, 1962-05."""
    if key == "person.birth":
        return str(person.birth)
    if isinstance(value, Bounds):
        return f"{value.low}–{value.high}"
    if fact(key).kind == Kind.NUMBER:
        return "" if value is None else str(value)
    return fact(key).said(value)


def _row(person: Any, facts: Facts, columns: list[Shown], namesake: bool, may_edit: bool) -> Row:
    note = person.told_apart if namesake else ""
    return Row(person, tuple(_cell(person, facts, column) for column in columns), note, may_edit)


def _cell(person: Any, facts: Facts, column: Shown) -> Cell:
    if own := {"paper": _papers, "phones": _phones, "labels": _labels, "family": _family}.get(column.key):
        return own(person, facts)
    text = said(person, column.key, facts[column.key])
    if column.key == "house.code" and person.house_id and text:
        return Cell(text, "id", url=address("registry:house", person.house_id))
    if column.key == "person.verified":
        return Cell(day(person.verified_on) or "没核实过", "soon" if facts["person.stale"] else "soft")
    if column.key == "person.birth":
        return Cell(partial_day(text), "soft")
    return Cell(text, "num" if column.number else "")


def _papers(person: Any, facts: Facts) -> Cell:
    return Cell("、".join(paper.masked for paper in person.open_papers), "id")


def _phones(person: Any, facts: Facts) -> Cell:
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


def _label_name(label: Label) -> str:
    known = CATALOGUE.get(label.code)
    return known.name if known else label.code


def _label_kind(label: Label) -> str:
    if label.is_due():
        return "stale"
    return "care" if label.code in CARE else ""
