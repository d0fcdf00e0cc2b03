"""Households (家庭户): tenants that change, a household that splits, a head that is named."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from liren.core.audit.actions import record
from liren.core.duty import Refused, tell
from liren.core.places.models import House

from ..drafts import PersonDraft
from ..persons import Person
from ..residences import Household, Residence
from .closing import HEAD, leave, locked, past_day, reopen, take_over, tell_if_vacated
from .registering import refuse_double, register_many
from .sources import desk_source


@transaction.atomic
def change_tenants(
    house: House, *, arrivals: Sequence[PersonDraft], on: datetime.date | None = None, by: Any
) -> list[Person]:
    """The tenants of a house leave and others come, in one step. Owners and their relatives stay."""
    day = past_day(on)
    tenants = Residence.objects.open().filter(house=house, tenure=Residence.Tenure.TENANT)
    leaving = [row.person for row in tenants.select_related("person").order_by("pk")]
    if not leaving and not arrivals:
        raise Refused("这一户没有登记租客，也没有填新租客")
    source = desk_source(house.community, f"{house.spelt}租客更换", by)
    for person in leaving:
        gone = locked(person)
        leave(gone, Person.Status.MOVED_OUT, day, source, vacates=False)
        tell("person.moved_out", person=gone)
    for draft in arrivals:
        refuse_double(house.community, draft)
        draft.house, draft.tenure, draft.household_key = house, Residence.Tenure.TENANT, "arrivals"
        draft.status, draft.from_on = Person.Status.LIVING, draft.from_on or day
    came = register_many(arrivals, community=house.community, source=source, by=by) if arrivals else []
    for person in came:
        tell("person.moved_in", person=person, house=house)
    record("people.change_tenants", target=house, left=len(leaving), came=len(came), by=by)
    tell("house.tenants_changed", house=house)
    tell_if_vacated(house)
    return came


@transaction.atomic
def split_household(
    household: Household,
    *,
    members: Sequence[Person],
    head: Person,
    on: datetime.date | None = None,
    new_head: Person | None = None,
    by: Any,
) -> Household:
    """Some members found a household of their own behind the same door. Refuses strangers, everybody, and no head.

    `new_head` takes over the old household when its head is among those who go.
    """
    day = past_day(on)
    rows = {row.person_id: row for row in household.residences.open().order_by("pk")}
    wanted = {person.pk for person in members}
    _refuse_split(rows, wanted, head, new_head)
    source = desk_source(household.community, "分户", by)
    new = Household.objects.create(
        community=household.community,
        area=household.area,
        house=household.house,
        source=source,
        opened_on=day,
    )
    for pk in sorted(wanted):
        reopen(rows[pk], day, source, reason="split", household=new, relation=HEAD if pk == head.pk else "")
    if new_head is not None and any(rows[pk].is_head for pk in wanted):
        take_over(household, new_head, day, source)
    record("people.split_household", target=household, new=new.pk, members=sorted(wanted), by=by)
    tell("household.split", household=household, new=new)
    return new


def _refuse_split(
    rows: dict[int, Residence], wanted: set[int], head: Person, new_head: Person | None
) -> None:
    if not wanted or not wanted <= set(rows):
        raise Refused("要分出去的人都得在这一户里")
    if wanted == set(rows):
        raise Refused("总要有人留在原来的户里")
    if head.pk not in wanted:
        raise Refused("新户的户主要在分出去的人里选")
    if new_head is not None and new_head.pk in wanted:
        raise Refused("原户的新户主要在留下的人里选")


@transaction.atomic
def name_head(household: Household, *, head: Person, on: datetime.date | None = None, by: Any) -> Household:
    """Makes a member the head of the household, from a day on. Refuses strangers and the one who is it already."""
    day = past_day(on)
    heads = household.residences.open().filter(relation=HEAD).values_list("person_id", flat=True)
    if list(heads) == [head.pk]:  # of several heads one is named, so that the others step down
        raise Refused(f"{head.name}已经是户主")
    source = desk_source(household.community, "变更户主", by)
    take_over(household, head, day, source)
    record("people.name_head", target=household, head=head.pk, by=by)
    return household
