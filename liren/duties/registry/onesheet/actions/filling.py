"""Forms from above: begun, told what they mean and whom, filled by hand where nobody knows."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.documents.actions import receive
from liren.core.duty import Refused
from liren.core.facts.reading import read
from liren.core.people import codes
from liren.core.people.actions import correct_person, open_source, replace_phones
from liren.core.people.facts.asked import lexicon
from liren.core.people.models import Person
from liren.core.people.phones import read_phones

from ..arranging import fingerprint_of, typed_in, typed_sealed
from ..filling import subject_of_filling
from ..models import Filling, FormTemplate

KINDS = ("person", "household", "house")
# Typed answers that are plain facts of the register: column of the person, code table.
WRITABLE = {
    "work_unit": "",
    "education": "education",
    "marital": "marital",
    "political": "political",
    "employment": "employment",
    "ethnicity": "ethnicity",
    "nationality": "",
    "former_name": "",
}


def begin_filling(community: Area, *, content: bytes, name: str, by: Any) -> Filling:
    """Takes a blank form. Refuses what cannot be read; one that is known already brings along what was said of it."""
    # Reading takes its time: not while others wait for the database.
    fingerprint = fingerprint_of(content)
    with transaction.atomic():
        document = receive(content, name=name, community=community, purpose="一表通空表", by=by)
        templates = FormTemplate.objects.in_use().filter(community=community, fingerprint=fingerprint)
        template = templates.first()
        filling = Filling.objects.create(
            community=community,
            template=template,
            document=document,
            name=name.rsplit(".", 1)[0][:120],
            fingerprint=fingerprint,
            told=template.told if template else {},
            people_told=template.people_told if template else {},
            made_by=by,
        )
        record("onesheet.begin", target=filling, community=community, known=template is not None, by=by)
    return filling


@transaction.atomic
def answer_place(filling: Filling, *, place: str, asked: str, by: Any) -> Filling:
    """Says what a heading means; empty leaves it blank. Refuses what nobody can answer."""
    if asked and lexicon().ask(asked) is None:
        raise Refused("没有这一项可选，请从列出的里选")
    filling.told = {**filling.told, place[:300]: asked}
    filling.save(update_fields=["told"])
    record("onesheet.answer", target=filling, community=filling.community, asked=asked or "留空", by=by)
    return filling


@transaction.atomic
def choose_target(filling: Filling, *, kind: str, pk: int, by: Any) -> Filling:
    """Says whom a card is about. Refuses somebody out of one's reach."""
    if kind not in KINDS:
        raise Refused("请选一位居民、一户或一套房")
    filling.target_kind, filling.target = kind, pk
    subject_of_filling(filling, by)
    filling.save(update_fields=["target_kind", "target"])
    record("onesheet.target", target=filling, community=filling.community, kind=kind, by=by)
    return filling


@transaction.atomic
def change_people(filling: Filling, *, sheet: str, tree: Any, by: Any) -> Filling:
    """Another condition for who stands in a sheet. Refuses what is no condition or not for this user."""
    read(tree, by)
    filling.people_told = {**filling.people_told, sheet[:60]: tree}
    filling.save(update_fields=["people_told"])
    record("onesheet.people", target=filling, community=filling.community, by=by)
    return filling


@transaction.atomic
def set_day(filling: Filling, *, on: datetime.date | None, by: Any) -> Filling:
    """The day for which it tells things. Refuses a day to come."""
    if on and on > timezone.localdate():
        raise Refused("还没到的日子填不了")
    filling.as_of = on
    filling.save(update_fields=["as_of"])
    record("onesheet.day", target=filling, community=filling.community, by=by)
    return filling


@transaction.atomic
def type_values(filling: Filling, *, values: Mapping[str, str], asked: Mapping[str, str], by: Any) -> int:
    """Keeps what was typed by hand, by place; what the register can hold of the person it is about becomes a fact of
    today, and stands there from then on. Returns how many facts were written.
    """
    said = {place[:300]: " ".join(value.split())[:200] for place, value in values.items()}
    written = _facts_of_today(filling, said, asked, by)
    kept = {
        place: text for place, text in {**typed_in(filling), **said}.items() if text and place not in written
    }
    filling.typed_sealed = typed_sealed(kept)
    filling.save(update_fields=["typed_sealed"])
    record("onesheet.type", target=filling, community=filling.community, places=len(values), by=by)
    return len(written)


def _facts_of_today(
    filling: Filling, values: Mapping[str, str], asked: Mapping[str, str], by: Any
) -> set[str]:
    """Writes what can be written of the person of the card, or of the one whose line it is; returns the places."""
    about: dict[int, dict[str, str]] = {}
    places: dict[int, set[str]] = {}
    subject = subject_of_filling(filling, by)
    for place, value in values.items():
        pk, key = _whose(place, subject), asked.get(place, "")
        code = _coded(key, value)
        if pk is not None and code:
            about.setdefault(pk, {})[key] = code
            places.setdefault(pk, set()).add(place)
    if not about or not by.can("people.edit", filling.community):
        return set()
    source = open_source(community=filling.community, kind="desk", title=f"填《{filling.name}》时补记", by=by)
    people = Person.objects.visible_to(by).filter(pk__in=about, community=filling.community)
    return {
        place
        for person in people
        if _correct(person, about[person.pk], source, by)
        for place in places[person.pk]
    }


def _whose(place: str, subject: int | None) -> int | None:
    _, line, key = place.rpartition("|#")
    if not line:
        return subject
    return int(key) if key.isdecimal() and len(key) < 19 else None


def _coded(key: str, value: str) -> str:
    """The value as the register holds it; "" for what it does not hold."""
    if key == "phone":
        numbers = read_phones(value).numbers
        if value and len(numbers) != 1:
            raise Refused("电话号码看着不对，请核对位数，一次填一个")
        return numbers[0] if numbers else ""
    if key not in WRITABLE or not value:
        return ""
    return (codes.read(WRITABLE[key], value) or "") if WRITABLE[key] else value


def _correct(person: Person, facts: dict[str, str], source: Any, by: Any) -> bool:
    number = facts.pop("phone", "")
    if facts:
        correct_person(person, facts=facts, source=source, by=by)
    known = [each.number for each in person.phones.filter(ended_on=None)]
    if number and number not in known:
        replace_phones(person, numbers=[number, *known], source=source, by=by)
    return True
