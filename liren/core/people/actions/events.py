"""Life events (人口变动): each closes and opens the right rows in one step, and tells whoever listens."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.audit.actions import record
from liren.core.duty import Refused, tell
from liren.core.places.models import House

from ..drafts import PersonDraft
from ..persons import Person
from ..records import Relation, Source
from ..residences import Household, Residence
from .closing import (
    HEAD,
    after_leaving,
    close,
    leave,
    locked,
    note_status,
    past_day,
    refuse_overlap,
    refuse_second_head,
    tell_if_vacated,
)
from .registering import exact_day, register_person
from .sources import desk_source


@transaction.atomic
def move_in(
    person: Person,
    *,
    house: House,
    relation: str = HEAD,
    tenure: str = Residence.Tenure.UNKNOWN,
    household: Household | None = None,
    on: datetime.date | None = None,
    new_head: Person | None = None,
    source: Source | None = None,
    by: Any,
) -> Residence:
    """A known person moves in, from outside or from another house; founds a household unless one is joined.

    `new_head` takes over the household that is left behind, when its head moves. Refuses the dead, a house of another
    community, a household behind another door, and the place where the person lives already.
    """
    person, day = locked(person), past_day(on)
    _refuse_place(person, house, household, relation)
    if household is not None and relation == HEAD:
        refuse_second_head(household, day)
    before = person.residences.open().select_related("household", "house").first()
    if before and before.house_id == house.pk and household in (None, before.household):
        raise Refused(f"{person.name}已经住在这里")
    source = source or desk_source(person.community, f"{person.name}迁入", by)
    if before:
        close(before, day, "moved", source)
        after_leaving(before, day, source, new_head=new_head)
    else:
        refuse_overlap(person, day)
    household = household or _founded(person, house, day, source)
    facts = {"relation": relation, "tenure": tenure, "from_on": day, "verified_on": day}
    new = Residence.objects.create(
        community_id=person.community_id,
        person=person,
        house=house,
        household=household,
        source=source,
        **facts,
    )
    person.house, person.area = house, house.area
    note_status(person, Person.Status.LIVING, day, source)
    person.save(update_fields=["house", "area", "status", "status_on"])
    record("people.move_in", target=person, house=house.pk, on=str(day), by=by)
    if before:
        tell_if_vacated(before.house)
    tell("person.moved_in", person=person, house=house)
    return new


def _founded(person: Person, house: House, day: datetime.date, source: Source) -> Household:
    return Household.objects.create(
        community=person.community, area=house.area, house=house, source=source, opened_on=day
    )


def _refuse_place(person: Person, house: House, household: Household | None, relation: str) -> None:
    if person.status == Person.Status.DECEASED:
        raise Refused(f"{person.name}已登记死亡，请先核对")
    if house.community_id != person.community_id:
        raise Refused("这所房子不在本社区")
    if household is None:
        return
    if household.house_id != house.pk or household.closed_on:
        raise Refused("这一户不在这所房子里，或已经销户，请重新选")
    if relation == HEAD and household.residences.open().filter(relation=HEAD).exclude(person=person).exists():
        raise Refused("这一户已经有户主，请选与户主的关系")


@transaction.atomic
def move_out(
    person: Person,
    *,
    on: datetime.date | None = None,
    new_head: Person | None = None,
    source: Source | None = None,
    by: Any,
) -> Person:
    """A person moves away: the residence closes, the record stays and can be shown as of any past day."""
    person, day = locked(person), past_day(on)
    if not person.is_present:
        raise Refused(f"{person.name}现在是「{person.get_status_display()}」，不用再办迁出")
    source = source or desk_source(person.community, f"{person.name}迁出", by)
    leave(person, Person.Status.MOVED_OUT, day, source, new_head=new_head)
    record("people.move_out", target=person, on=str(day), by=by)
    tell("person.moved_out", person=person)
    return person


@transaction.atomic
def go_away(
    person: Person, *, on: datetime.date | None = None, source: Source | None = None, by: Any
) -> Person:
    """Somebody is away for long while household and home stay theirs (户在人不在)."""
    return _turn(person, Person.Status.AWAY, "外出", on, source, by)


@transaction.atomic
def come_back(
    person: Person, *, on: datetime.date | None = None, source: Source | None = None, by: Any
) -> Person:
    """Somebody who was away lives here again."""
    return _turn(person, Person.Status.LIVING, "回来", on, source, by)


def _turn(
    person: Person, status: str, word: str, on: datetime.date | None, source: Source | None, by: Any
) -> Person:
    person, day = locked(person), past_day(on)
    if not person.is_present or person.status == status:
        raise Refused(f"{person.name}现在是「{person.get_status_display()}」，不用办{word}")
    if person.status_on and person.status_on > day:
        raise Refused(
            f"{person.name}从 {person.status_on} 起是「{person.get_status_display()}」，日期不能早于这一天"
        )
    note_status(person, status, day, source or desk_source(person.community, f"{person.name}{word}", by))
    person.save(update_fields=["status", "status_on"])
    record(
        "people.go_away" if status == Person.Status.AWAY else "people.come_back",
        target=person,
        on=str(day),
        by=by,
    )
    return person


@transaction.atomic
def die(
    person: Person,
    *,
    on: datetime.date | None = None,
    new_head: Person | None = None,
    source: Source | None = None,
    by: Any,
) -> Person:
    """A death: residence and labels end, and the lines that pay or visit hear of it."""
    person, day = locked(person), past_day(on)
    if person.status == Person.Status.DECEASED:
        raise Refused(f"{person.name}已经登记过死亡")
    if person.birth_on and day < person.birth_on:
        raise Refused("死亡日期不能早于出生日期")
    refuse_overlap(person, day)
    source = source or desk_source(person.community, f"{person.name}死亡登记", by)
    for row in person.labels.filter(to_on=None):
        row.to_on, row.end_source = max(day, row.from_on or day), source
        row.save(update_fields=["to_on", "end_source"])
    leave(person, Person.Status.DECEASED, day, source, new_head=new_head)
    record("people.die", target=person, on=str(day), by=by)
    tell("person.died", person=person)
    return person


@transaction.atomic
def give_birth(parent: Person, *, child: PersonDraft, by: Any) -> Person:
    """A birth: the child joins the house and household of the mother, or of the father when she is not on the register.

    Refuses a parent without a house and a birth to come.
    """
    parent = locked(parent)
    residence = parent.residences.open().select_related("house", "household").first()
    if residence is None or residence.house is None:
        raise Refused(f"{parent.name}现在没有登记住处，请先办迁入")
    if child.birth > timezone.localdate().isoformat():
        raise Refused("出生日期还没到")
    child.house, child.household = residence.house, residence.household
    child.tenure, child.status = residence.tenure, Person.Status.LIVING
    child.kind = child.kind if child.kind != Person.Kind.UNKNOWN else parent.kind
    # Nobody lives anywhere before being born, nor in this house before the parent did.
    days = [day for day in (exact_day(child.birth), residence.from_on) if day]
    child.from_on = child.from_on or (max(days) if days else None)
    source = desk_source(parent.community, f"{child.name}出生登记", by)
    born = register_person(child, community=parent.community, source=source, born=True, by=by)
    Relation.objects.create(
        community=parent.community,
        person=born,
        kind=Relation.Kind.FATHER if parent.sex == "1" else Relation.Kind.MOTHER,
        other=parent,
        other_name=parent.name,
        source=source,
    )
    record("people.give_birth", target=parent, child=born.pk, by=by)
    return born
