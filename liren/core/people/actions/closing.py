"""What every life event does underneath: lock the record, check the day, close a residence, look after the household."""

import datetime

from django.utils import timezone

from liren.core.duty import Refused, tell
from liren.core.places.models import House

from ..persons import Person
from ..records import Change, Source
from ..residences import Household, Residence

HEAD = "02"
SPOUSE = ("10", "11", "12")


def locked(person: Person) -> Person:
    """The record as it stands now, held until the transaction ends; refuses one that went into another."""
    fresh = (
        Person.objects.select_for_update(of=("self",))
        .select_related("house", "area", "community")
        .get(pk=person.pk)
    )
    if fresh.merged_into_id:
        raise Refused("这份档案已经并入另一份，请到那一份上办")
    return fresh


def past_day(on: datetime.date | None) -> datetime.date:
    """The day of an event, today unless told; refuses days to come."""
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise Refused("日期还没到，请填今天或以前的日子")
    return day


def close(residence: Residence, day: datetime.date, reason: str, source: Source) -> None:
    """Ends a residence; refuses a day before it began."""
    if residence.from_on and residence.from_on > day:
        raise Refused(f"住进来的日子是 {residence.from_on}，不能在这之前离开")
    residence.to_on, residence.end_reason, residence.end_source = day, reason, source
    residence.save(update_fields=["to_on", "end_reason", "end_source"])


def refuse_overlap(person: Person, day: datetime.date) -> None:
    """Refuses a new residence that would begin before the last one ended."""
    last = person.residences.exclude(to_on=None).order_by("-to_on").first()
    if last and last.to_on > day:
        raise Refused(f"{person.name}上一处住到 {last.to_on}，新的住处不能早于这一天")


def close_if_empty(household: Household | None, day: datetime.date, source: Source | None) -> bool:
    """Ends a household in which nobody is left."""
    if household is None or household.closed_on or household.residences.open().exists():
        return False
    household.closed_on, household.close_source = day, source
    household.save(update_fields=["closed_on", "close_source"])
    return True


def leave(
    person: Person,
    status: str,
    day: datetime.date,
    source: Source,
    *,
    new_head: Person | None = None,
    vacates: bool = True,
) -> None:
    """The person leaves the house for good: residence, household and pointer. Tells when the house is left empty."""
    house = person.house
    residence = person.residences.open().select_related("household").first()
    if residence is not None:
        close(residence, day, status, source)
        after_leaving(residence, day, source, new_head=new_head)
    person.house = None
    note_status(person, status, day, source)
    person.save(update_fields=["house", "status", "status_on"])
    if vacates:
        tell_if_vacated(house)


def note_status(person: Person, status: str, day: datetime.date, source: Source) -> None:
    """Sets how the person stands on the register from a day on, and keeps how they stood; the caller saves."""
    before = f"{person.status} {person.status_on or ''}".strip()
    person.status, person.status_on = status, day
    Change.objects.create(
        community_id=person.community_id,
        person=person,
        fact="status",
        before=before,
        after=f"{status} {day}",
        on=day,
        source=source,
    )


def after_leaving(
    residence: Residence, day: datetime.date, source: Source, *, new_head: Person | None
) -> None:
    """Who stays behind: an empty household ends; when the head went, the one named takes over."""
    household = residence.household
    if household is None or close_if_empty(household, day, source):
        return
    if new_head is not None and residence.is_head:
        take_over(household, new_head, day, source)


def tell_if_vacated(house: House | None) -> None:
    """Says that nobody lives in a house any more."""
    if house and not Residence.objects.open().filter(house=house).exists():
        tell("house.vacated", house=house)


def take_over(household: Household, head: Person, day: datetime.date, source: Source) -> None:
    """Makes somebody the head. Relations are said towards the head, so every row of the household is closed and
    opened anew: children stay children when a spouse takes over, other relations are unknown until somebody asks.
    """
    rows = list(household.residences.open().order_by("pk"))
    mine = next((row for row in rows if row.person_id == head.pk), None)
    if mine is None:
        raise Refused("新户主要在这一户里选")
    refuse_second_head(household, day)
    was_spouse = mine.relation in SPOUSE
    for row in rows:
        relation = HEAD if row is mine else _towards(row, was_spouse)
        reopen(row, day, source, reason="new_head", household=household, relation=relation)


def refuse_second_head(household: Household, day: datetime.date) -> None:
    """Refuses a head from a day on which the household had another, who left later."""
    former = household.residences.filter(relation=HEAD, to_on__gt=day).select_related("person").first()
    if former:
        raise Refused(f"{former.person.name}到 {former.to_on} 还是户主，新户主不能早于这一天")


def _towards(row: Residence, was_spouse: bool) -> str:
    if not was_spouse:
        return ""
    if row.relation == HEAD:
        return "10"
    return row.relation if row.relation[:1] in ("2", "3", "4") else ""


def reopen(
    old: Residence, day: datetime.date, source: Source, *, reason: str, household: Household, relation: str
) -> Residence:
    """The same person behind the same door from a day on, with another household or relation."""
    close(old, day, reason, source)
    return Residence.objects.create(
        community_id=old.community_id,
        person_id=old.person_id,
        house_id=old.house_id,
        household=household,
        relation=relation,
        tenure=old.tenure,
        from_on=day,
        verified_on=old.verified_on,
        source=source,
    )
