"""House file (一房一档): who lives behind a door, who lived there, and what is known of the house."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from liren.core.people.codes import name as code_name
from liren.core.people.labelling import CATALOGUE
from liren.core.people.models import Label, Phone, Residence
from liren.core.places.models import House
from liren.core.privacy.cipher import unseal
from liren.core.privacy.masks import mask_phone
from liren.core.privacy.tiers import Tier

from .care import care_of, toned


@dataclass(frozen=True)
class Inhabitant:
    """Somebody behind the door: relation, what is said of them, a telephone."""

    residence: Residence
    relation: str
    care: list[tuple[str, str]]
    tags: list[str]
    phone: Phone | None


@dataclass(frozen=True)
class HouseFile:
    """The house as of a day."""

    house: House
    people: list[Inhabitant]
    owner_phone: str

    @property
    def seen_on(self) -> datetime.date | None:
        """When somebody here was seen last."""
        days = (
            d
            for one in self.people
            for d in (one.residence.verified_on, one.residence.person.verified_on)
            if d
        )
        return max(days, default=None)

    @property
    def households(self) -> list[list[Inhabitant]]:
        """The people, household by household."""
        groups: dict[int | None, list[Inhabitant]] = defaultdict(list)
        for one in self.people:
            groups[one.residence.household_id].append(one)
        return list(groups.values())


def house_file(house: House, user: Any, day: datetime.date) -> HouseFile:
    """The file of a house on a day, as far as the reader may see."""
    rows = Residence.objects.visible_to(user).on(day).filter(house=house)
    homes = list(rows.select_related("person", "household").order_by("household_id", "pk"))
    homes.sort(key=lambda row: (row.household_id or 0, not row.is_head))
    ids = [row.person_id for row in homes]
    phones: dict[int, Phone] = {}
    for phone in Phone.objects.filter(person_id__in=ids, ended_on=None).order_by("-pk"):
        phones[phone.person_id] = phone
    tags: dict[int, list[str]] = defaultdict(list)
    labels = Label.objects.visible_to(user).on(day).filter(person_id__in=ids, tier__lt=Tier.T3)
    for person_id, code in labels.order_by("tier", "pk").values_list("person_id", "code"):
        tags[person_id].append(CATALOGUE[code].name if code in CATALOGUE else code)
    care = care_of(ids, day)
    people = [
        Inhabitant(
            row,
            code_name("relation", row.relation),
            toned(care.get(row.person_id, [])),
            tags[row.person_id],
            phones.get(row.person_id),
        )
        for row in homes
    ]
    owner = mask_phone(unseal(house.owner_phone_sealed)) if house.owner_phone_sealed else ""
    return HouseFile(house, people, owner)


def lived_before(house: House, user: Any, day: datetime.date) -> list[Residence]:
    """Who lived here and left, the latest first."""
    rows = Residence.objects.visible_to(user).filter(house=house, to_on__lte=day)
    return list(rows.select_related("person").order_by("-to_on", "-pk")[:50])
