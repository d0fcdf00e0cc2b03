"""Life events (人口变动): each closes and opens the right rows in one step, and tells whoever listens."""

import datetime
from collections.abc import Sequence
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
from .registering import register_many, register_person
from .sources import desk_source


def _locked(person: Person) -> Person:
    fresh = Person.objects.select_for_update().get(pk=person.pk)
    if fresh.merged_into_id:
        raise Refused("这份档案已经并入另一份,请到那一份上办")
    return fresh


def _day(on: datetime.date | None) -> datetime.date:
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise Refused("日期还没到,请填今天或以前的日子")
    return day


def _close(residence: Residence, day: datetime.date, reason: str, source: Source) -> None:
    if residence.from_on and residence.from_on > day:
        raise Refused(f"住进来的日子是 {residence.from_on},不能在这之前离开")
    residence.to_on, residence.end_reason, residence.end_source = day, reason, source
    residence.save(update_fields=["to_on", "end_reason", "end_source"])


def _close_household_if_left(household: Household | None, day: datetime.date, source: Source) -> None:
    if household and not household.residences.open().exists():
        household.closed_on, household.close_source = day, source
        household.save(update_fields=["closed_on", "close_source"])


@transaction.atomic
def move_in(
    person: Person,
    *,
    house: House,
    relation: str = "02",
    tenure: str = Residence.Tenure.UNKNOWN,
    household: Household | None = None,
    on: datetime.date | None = None,
    source: Source | None = None,
    by: Any,
) -> Residence:
    """A known person moves in, from outside or from another house; founds a household unless one is joined."""
    person, day = _locked(person), _day(on)
    if person.status == Person.Status.DECEASED:
        raise Refused(f"{person.name}已登记死亡,请先核对")
    if house.community_id != person.community_id:
        raise Refused("这所房子不在本社区")
    source = source or desk_source(person.community, f"{person.name}迁入", by)
    before = person.residences.open().first()
    if before and before.house_id == house.pk and before.household_id == getattr(household, "pk", None):
        raise Refused(f"{person.name}已经住在这里")
    if before:
        _close(before, day, "moved", source)
        _close_household_if_left(before.household, day, source)
    if household is None:
        household = Household.objects.create(
            community=person.community, area=house.area, house=house, source=source, opened_on=day
        )
    new = Residence.objects.create(
        community_id=person.community_id,
        person=person,
        house=house,
        household=household,
        relation=relation,
        tenure=tenure,
        from_on=day,
        verified_on=day,
        source=source,
    )
    person.house, person.area = house, house.area
    person.status, person.status_on = Person.Status.LIVING, day
    person.save(update_fields=["house", "area", "status", "status_on"])
    record("people.move_in", target=person, house=house.pk, on=str(day), by=by)
    tell("person.moved_in", person=person, house=house)
    return new


@transaction.atomic
def move_out(
    person: Person, *, on: datetime.date | None = None, source: Source | None = None, by: Any
) -> Person:
    """A person moves away: the residence closes, the record stays and can be shown as of any past day."""
    person, day = _locked(person), _day(on)
    if not person.is_present:
        raise Refused(f"{person.name}现在是「{person.get_status_display()}」,不用再办迁出")
    source = source or desk_source(person.community, f"{person.name}迁出", by)
    _leave(person, Person.Status.MOVED_OUT, day, source)
    record("people.move_out", target=person, on=str(day), by=by)
    tell("person.moved_out", person=person)
    return person


def _leave(person: Person, status: str, day: datetime.date, source: Source) -> None:
    house = person.house
    if residence := person.residences.open().select_related("household").first():
        _close(residence, day, status, source)
        _close_household_if_left(residence.household, day, source)
    person.house, person.status, person.status_on = None, status, day
    person.save(update_fields=["house", "status", "status_on"])
    if house and not Residence.objects.open().filter(house=house).exists():
        tell("house.vacated", house=house)


@transaction.atomic
def die(person: Person, *, on: datetime.date | None = None, source: Source | None = None, by: Any) -> Person:
    """A death: residence and labels end, and the lines that pay or visit hear of it."""
    person, day = _locked(person), _day(on)
    if person.status == Person.Status.DECEASED:
        raise Refused(f"{person.name}已经登记过死亡")
    source = source or desk_source(person.community, f"{person.name}死亡登记", by)
    for row in person.labels.filter(to_on=None):
        row.to_on, row.end_source = max(day, row.from_on or day), source
        row.save(update_fields=["to_on", "end_source"])
    _leave(person, Person.Status.DECEASED, day, source)
    record("people.die", target=person, on=str(day), by=by)
    tell("person.died", person=person)
    return person


@transaction.atomic
def give_birth(mother: Person, *, child: PersonDraft, by: Any) -> Person:
    """A birth: the child joins its mother's house and household. Refuses a mother without a house, a future birth."""
    mother = _locked(mother)
    residence = mother.residences.open().select_related("house", "household").first()
    if residence is None or residence.house is None:
        raise Refused(f"{mother.name}现在没有登记住处,请先办迁入")
    if child.birth > timezone.localdate().isoformat():
        raise Refused("出生日期还没到")
    child.house, child.household = residence.house, residence.household
    child.tenure, child.status = residence.tenure, Person.Status.LIVING
    child.kind = child.kind if child.kind != Person.Kind.UNKNOWN else mother.kind
    source = desk_source(mother.community, f"{child.name}出生登记", by)
    born = register_person(child, community=mother.community, source=source, born=True, by=by)
    Relation.objects.create(
        community=mother.community, person=born, kind=Relation.Kind.MOTHER, other=mother, other_name=mother.name, source=source
    )
    record("people.give_birth", target=mother, child=born.pk, by=by)
    return born


@transaction.atomic
def change_tenants(
    house: House, *, arrivals: Sequence[PersonDraft], on: datetime.date | None = None, by: Any
) -> list[Person]:
    """The tenants of a house leave and others come, in one step. Owners and their relatives stay."""
    day = _day(on)
    source = desk_source(house.community, f"{house.spelt}租客更换", by)
    tenants = Residence.objects.open().filter(house=house, tenure=Residence.Tenure.TENANT)
    leaving = [row.person for row in tenants.select_related("person__house")]
    if not leaving and not arrivals:
        raise Refused("这一户没有登记租客,也没有填新租客")
    for person in leaving:
        person = _locked(person)
        _leave(person, Person.Status.MOVED_OUT, day, source)
        tell("person.moved_out", person=person)
    for draft in arrivals:
        draft.house, draft.tenure, draft.household_key = house, Residence.Tenure.TENANT, "arrivals"
        draft.from_on = draft.from_on or day
    came = register_many(arrivals, community=house.community, source=source, by=by)
    for person in came:
        tell("person.moved_in", person=person, house=house)
    record("people.change_tenants", target=house, left=len(leaving), came=len(came), by=by)
    tell("house.tenants_changed", house=house)
    return came


@transaction.atomic
def split_household(
    household: Household, *, members: Sequence[Person], head: Person, on: datetime.date | None = None, by: Any
) -> Household:
    """Some members found a household of their own behind the same door. Refuses strangers, everybody, and no head."""
    day = _day(on)
    rows = {row.person_id: row for row in household.residences.open().select_related("person")}
    wanted = {person.pk for person in members}
    if not wanted or not wanted <= set(rows):
        raise Refused("要分出去的人都得在这一户里")
    if wanted == set(rows):
        raise Refused("总要有人留在原来的户里")
    if head.pk not in wanted:
        raise Refused("新户的户主要在分出去的人里选")
    source = desk_source(household.community, "分户", by)
    new = Household.objects.create(
        community=household.community, area=household.area, house=household.house, source=source, opened_on=day
    )
    for pk in wanted:
        old = rows[pk]
        _close(old, day, "split", source)
        Residence.objects.create(
            community_id=old.community_id,
            person_id=pk,
            house_id=old.house_id,
            household=new,
            relation="02" if pk == head.pk else "",
            tenure=old.tenure,
            from_on=day,
            verified_on=day,
            source=source,
        )
    record("people.split_household", target=household, new=new.pk, members=sorted(wanted), by=by)
    tell("household.split", household=household, new=new)
    return new
