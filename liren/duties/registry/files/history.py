"""History (变更记录): everything that became otherwise on a file, newest first, with who, when and from which source."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from liren.core.people.codes import TABLES
from liren.core.people.codes import name as code_name
from liren.core.people.labelling import CATALOGUE
from liren.core.people.models import Change, Label, Person, Residence, Source

FACTS = {
    "paper": "证件号",
    "phones": "电话",
    "hukou": "户籍",
    "birth_on": "出生日期",
}


@dataclass(frozen=True)
class Event:
    """One line of the history."""

    on: datetime.date | None
    what: str
    before: str
    after: str
    who: str
    source: str
    at: str = ""
    id: int = 0


def fact_name(fact: str) -> str:
    """What a fact is called."""
    if fact in FACTS:
        return FACTS[fact]
    field = next((f for f in Person._meta.concrete_fields if f.name == fact), None)
    return str(field.verbose_name) if field else fact


def fact_words(fact: str, value: str) -> str:
    """A value of a fact in words: codes by their tables, choices by their names."""
    if not value:
        return ""
    if fact == "status":
        status, _, day = value.partition(" ")
        label = dict(Person.Status.choices).get(status, status)
        return f"{label} {day}".strip()
    if fact == "kind":
        return str(dict(Person.Kind.choices).get(value, value))
    return code_name(fact, value) or value if fact in TABLES else value


def history_of(person: Person, user: Any, *, limit: int | None = None) -> list[Event]:
    """Changes of facts, homes and labels of one person, as far as the reader may know of them."""
    changes = Change.objects.filter(person=person).select_related("source__user")
    events = [_changed(change) for change in (changes[:limit] if limit else changes)]
    homes = person.residences.select_related("house__building", "source__user", "end_source__user")
    events += [event for row in homes for event in _lived(row)]
    labels = Label.objects.visible_to(user).filter(person=person, tier__lte=2)
    for label in labels.select_related("source__user", "end_source__user"):
        events += _labelled(label)
    events.append(_event(timezone.localdate(person.recorded_at), "建档", "", person.source_at, person.source))
    events.sort(key=lambda e: (e.on or datetime.date.min, e.id), reverse=True)
    return events[:limit] if limit else events


def _event(
    on: datetime.date | None,
    what: str,
    before: str,
    after: str,
    source: Source | None,
    at: str = "",
    pk: int = 0,
) -> Event:
    who = str(source.user) if source and source.user else "系统"
    return Event(on, what, before, after, who, f"{source}" if source else "", at, pk)


def _changed(change: Change) -> Event:
    before, after = fact_words(change.fact, change.before), fact_words(change.fact, change.after)
    return _event(
        change.on, fact_name(change.fact), before, after, change.source, change.source_at, change.pk
    )


def _lived(row: Residence) -> list[Event]:
    place = row.house.spelt if row.house else "住处不详"
    events = [_event(row.from_on, "住进", "", place, row.source)] if row.from_on else []
    if row.to_on:
        what = {"split": "分户", "new_head": "户主变更"}.get(row.end_reason, "离开")
        events.append(_event(row.to_on, what, place, "", row.end_source))
    return events


def _labelled(label: Label) -> list[Event]:
    name = CATALOGUE[label.code].name if label.code in CATALOGUE else label.code
    events = [_event(label.from_on, "标签", "", name, label.source, label.evidence)]
    if label.to_on:
        events.append(_event(label.to_on, "取下标签", name, "", label.end_source))
    return events
