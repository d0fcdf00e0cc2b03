"""Revising (变更) people the register knows by what a roster says: facts, numbers, labels, place, leaving."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from liren.core.duty import Refused
from liren.core.people.actions import (
    correct_hukou,
    correct_many,
    die,
    move_in,
    move_out,
    put_label,
    replace_paper,
    replace_phones,
)
from liren.core.people.models import Household, Person, Residence, Source
from liren.core.places.models import House

from ..doors_map import HouseAt
from ..drafting import HEADS, HUKOU_HERE, labels_of
from ..models import ImportRow
from ..reading import ReadPerson

PLAIN = frozenset(
    {
        "sex",
        "birth",
        "ethnicity",
        "nationality",
        "education",
        "marital",
        "political",
        "employment",
        "work_unit",
    }
)
HEAD = "02"
Revised = tuple[ImportRow, ReadPerson, HouseAt | None]


@transaction.atomic
def revise_many(rows: Sequence[Revised], *, source: Source, by: Any) -> int:
    """Writes the differences that the dry run showed, and only those. Returns how many facts changed."""
    people = Person.objects.unmerged().in_bulk([row.person_id for row, _, _ in rows])
    standing = [
        (row, read, house, people[row.person_id]) for row, read, house in rows if row.person_id in people
    ]
    changed = correct_many(
        [(person, _plain(row, read), row.place) for row, read, _, person in standing], source=source
    )
    for row, read, house, person in standing:
        try:
            changed += _rows(row, read, house, person, source, by)
        except Refused as refusal:
            raise Refused(f"{row.place}{row.name}：{refusal}") from refusal
    return changed


def _plain(row: ImportRow, read: ReadPerson) -> dict[str, str]:
    """The plain facts of the difference, with the values of the roster; the difference holds words for reading."""
    facts = {fact: getattr(read, fact) for fact, *_ in row.diff if fact in PLAIN}
    if any(fact == "kind" for fact, *_ in row.diff):
        facts["kind"] = read.residence_kind
    return facts


def _rows(
    row: ImportRow, read: ReadPerson, house: HouseAt | None, person: Person, source: Source, by: Any
) -> int:
    wanted = {fact for fact, *_ in row.diff}
    changed = 0
    if "paper" in wanted:
        replace_paper(person, kind=read.id_kind or "resident_id", number=read.id_number, source=source, by=by)
        changed += 1
    if "phones" in wanted:
        stand = [phone.number for phone in person.phones.filter(ended_on=None)]
        replace_phones(person, numbers=[*stand, *read.phones], source=source, by=by)
        changed += 1
    if "hukou" in wanted:
        here = HUKOU_HERE.get(read.residence_kind)
        correct_hukou(person, here=here, address=read.hukou_address[:160], source=source, by=by)
        changed += 1
    if "label" in wanted:
        changed += _labels(read, person, source, by)
    return changed + _place(wanted, read, house, person, source, by)


def _labels(read: ReadPerson, person: Person, source: Source, by: Any) -> int:
    stand = set(person.labels.filter(to_on=None).values_list("code", flat=True))
    new = [draft for draft in labels_of(read) if draft.code not in stand]
    for draft in new:
        put_label(
            person, code=draft.code, attributes=draft.attributes, evidence=source.title, source=source, by=by
        )
    return len(new)


def _place(
    wanted: set[str], read: ReadPerson, house: HouseAt | None, person: Person, source: Source, by: Any
) -> int:
    if "status" in wanted:
        leave = die if read.status == Person.Status.DECEASED else move_out
        leave(person, source=source, by=by)
        return 1
    if "house" in wanted and house is not None:
        relation = HEADS.get(read.relation, read.relation)
        move_in(
            person,
            house=House.objects.select_related("area", "building").get(pk=house.pk),
            household=_household(house.pk, relation, source),
            relation=relation,
            source=source,
            by=by,
        )
        return 1
    return 0


def _household(house: int, relation: str, source: Source) -> Household | None:
    """Which household of a house somebody joins. A head founds one, unless the same roster has just brought the
    family that lacks them.
    """
    here = Household.objects.filter(house=house, closed_on=None).order_by("id")
    headed = Residence.objects.open().filter(household=OuterRef("pk"), relation=HEAD)
    if relation == HEAD:
        return here.filter(~Exists(headed), source=source).first()
    return (
        here.filter(Exists(Residence.objects.open().filter(household=OuterRef("pk")))).first()
        if relation
        else None
    )
