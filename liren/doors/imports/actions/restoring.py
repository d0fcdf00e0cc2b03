"""Restoring (复原) what a batch changed of people known before: facts, rows, where they live. Later work always stays."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from liren.core.people.actions import correct_many
from liren.core.people.actions.correcting import CORRECTABLE
from liren.core.people.models import (
    Change,
    Household,
    Hukou,
    IdentityPaper,
    Label,
    Person,
    Phone,
    Relation,
    Residence,
    Source,
)

# Rows that a batch may have opened or closed, with the column that says when a row ended.
ROWS: tuple[tuple[type[models.Model], str], ...] = (
    (IdentityPaper, "ended_on"),
    (Phone, "ended_on"),
    (Residence, "to_on"),
    (Hukou, "to_on"),
    (Label, "to_on"),
    (Relation, "to_on"),
)
# What makes two rows of a person the same thing: only one of them may be open.
ALIKE: dict[type[models.Model], tuple[str, ...]] = {
    IdentityPaper: ("kind",),
    Phone: ("hash",),
    Residence: (),
    Hukou: (),
    Label: ("code",),
    Relation: ("kind", "other", "other_name"),
}
BITE = 500


def restore_facts(source: Source, undo: Source, later: Any) -> None:
    """Plain facts go back to what they were, as a change of their own: the history shows both."""
    changes = _changes(source, later).filter(fact__in=CORRECTABLE).order_by("person_id", "-id")
    facts: dict[int, dict[str, str]] = {}
    for person, fact, before in changes.values_list("person_id", "fact", "before").iterator():
        facts.setdefault(person, {})[fact] = before
        if len(facts) > BITE:
            last = facts.pop(person)
            _correct(facts, undo)
            facts = {person: last}
    _correct(facts, undo)


def _changes(source: Source, later: Any) -> Any:
    """What the batch changed of people it did not enter, and nobody changed again."""
    return Change.objects.filter(source=source).exclude(person__source=source).exclude(pk__in=later)


def _correct(facts: dict[int, dict[str, str]], undo: Source) -> None:
    people = Person.objects.in_bulk(facts)
    correct_many([(people[pk], before, "") for pk, before in facts.items() if pk in people], source=undo)


def reopen_rows(source: Source, kept: list[int]) -> None:
    """Rows the batch opened for people known before are removed; rows it closed are open again, unless a later one
    has taken their place.
    """
    for model, ended in ROWS:
        rows = model._default_manager.filter(source=source).exclude(person__source=source)
        rows = rows.filter(Q(end_source=None) | Q(end_source=source))
        if model is Label:
            Label.circle.through.objects.filter(label__in=rows).delete()
        rows.delete()
        again: dict[str, Any] = {ended: None, "end_source": None}
        if model is Residence:
            again["end_reason"] = ""
        same = {name: OuterRef(name) for name in ("person", *ALIKE[model])}
        later = model._default_manager.filter(**same).filter(
            Q(**{ended: None}) | Q(source=source, end_source__isnull=False)
        )
        closed = model._default_manager.filter(end_source=source).exclude(source=source)
        if model is IdentityPaper:
            closed = closed.exclude(Exists(_carried_by_another()))
        standing = closed.exclude(person_id__in=kept).exclude(Exists(later)).values_list("pk", flat=True)
        model._default_manager.filter(pk__in=list(standing)).update(**again)
    lived_in = Residence.objects.filter(household=OuterRef("pk"), to_on=None)
    households = Household.objects.filter(Exists(lived_in), close_source=source)
    households.update(closed_on=None, close_source=None)


def _carried_by_another() -> Any:
    same = IdentityPaper.objects.filter(community=OuterRef("community"), hash=OuterRef("hash"), ended_on=None)
    return same.exclude(person=OuterRef("person"))


def restore_places(source: Source, undo: Source, later: Any) -> None:
    """Where people live and how they stand follows from their rows; those whom the batch moved go back."""
    moved = _changes(source, later).filter(fact="status").select_related("person")
    for change in moved.order_by("-id"):
        person = change.person
        stay = person.residences.filter(to_on=None).select_related("house").first()
        person.house = stay.house if stay else None
        person.area_id = stay.house.area_id if stay and stay.house else person.community_id
        status, _, day = change.before.partition(" ")
        person.status, person.status_on = status, day or None
        person.save(update_fields=["house", "area", "status", "status_on"])
        Change.objects.create(
            community_id=person.community_id,
            person=person,
            fact="status",
            before=change.after,
            after=change.before,
            source=undo,
        )
