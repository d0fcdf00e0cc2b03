"""Likeness (疑似重复): who on the register may be the person that is just being entered, with the evidence."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from liren.core.areas.models import Area
from liren.core.people.lookalikes import Likeness, Lookalikes, Sketch, compare
from liren.core.people.models import Person
from liren.core.people.pinyin import readings
from liren.core.privacy.cipher import blind


@dataclass(frozen=True)
class Alike:
    """Somebody on the register, and why they may be the same."""

    person: Person
    likeness: Likeness


def sketch_of(person: Person) -> Sketch:
    """What is known of somebody on the register, for comparing; papers and phones should be prefetched."""
    paper = next((p for p in person.papers.all() if p.ended_on is None and p.kind == "resident_id"), None)
    return Sketch(
        key=person.pk,
        name=person.name,
        sex=person.sex,
        birth=person.birth,
        house=person.house_id,
        building=person.house.building_id if person.house else None,
        phones=tuple(phone.number for phone in person.phones.all() if phone.ended_on is None),
        paper=paper.hash if paper else "",
        tail=paper.tail if paper else "",
    )


def alike(sketch: Sketch, community: Area, user: Any) -> list[Alike]:
    """Those who may be the sketched person, best first: same sound of name, same phone, same house or same birthday."""
    sounds = readings(sketch.name)
    near = Q(pinyin__in=sounds) | Q(name=sketch.name)
    if sketch.phones:
        near |= Q(phones__hash__in=[blind(number, "phone") for number in sketch.phones])
    if sketch.house is not None:
        near |= Q(house_id=sketch.house)
    if len(sketch.birth) == 10:
        near |= Q(birth=sketch.birth)
    people = (
        Person.objects.visible_to(user).unmerged().filter(near, community=community).exclude(pk=sketch.key)
    )
    known = {p.pk: p for p in people.with_place().with_numbers().distinct()[:200]}
    matches = Lookalikes(sketch_of(person) for person in known.values()).find(sketch)
    return [Alike(known[int(str(match.key))], match.likeness) for match in matches]


def compared(one: Person, other: Person) -> Likeness:
    """How alike two records are."""
    return compare(sketch_of(one), sketch_of(other))
