"""DoorMap (门牌册): which House a roster's building, unit and room mean; new doors of known buildings are remembered."""

import datetime
from typing import NamedTuple

from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.people.inserting import insert_rows
from liren.core.places.actions import house_row
from liren.core.places.addresses import AddressBook
from liren.core.places.addresses import Building as Spelt
from liren.core.places.models import Building, House

from .reading.guide import Guide

Door = tuple[str, str, str]


class HouseAt(NamedTuple):
    """As much of a house as entering people needs."""

    pk: int
    area_id: int


class DoorMap:
    """The houses of one community by building name, unit and room."""

    def __init__(self, community: Area) -> None:
        self.buildings = {b.name: b for b in Building.objects.filter(community=community)}
        stand = House.objects.filter(community=community).values_list(
            "pk", "area", "building__name", "unit", "room"
        )
        self.houses: dict[Door, HouseAt] = {}
        self.by_room: dict[tuple[str, str], list[HouseAt]] = {}
        for pk, area, *door in stand.iterator():
            self._keep(tuple(door), HouseAt(pk, area))

    def _keep(self, door: Door, house: HouseAt) -> None:
        self.houses[door] = house
        self.by_room.setdefault((door[0], door[2]), []).append(house)

    def find(self, building: str, unit: str, room: str) -> int | None:
        """The id of the house that stands; without a unit, of the only one of this room number in the building."""
        house = self.at(building, unit, room)
        return house.pk if house else None

    def at(self, building: str, unit: str, room: str) -> HouseAt | None:
        """The house that stands."""
        if house := self.houses.get((building, unit, room)):
            return house
        alone = self.by_room.get((building, room), []) if not unit else []
        return alone[0] if len(alone) == 1 else None

    def make(self, wanted: set[Door], *, origin: str) -> dict[Door, HouseAt]:
        """Houses for all of these doors, those that stand and new ones, which carry the origin."""
        new = [
            door
            for door in sorted(wanted)
            if door[0] in self.buildings and door[2] and self.at(*door) is None
        ]
        rows = [
            house_row(self.buildings[name], unit=unit, room=room) | {"origin": origin}
            for name, unit, room in new
        ]
        for door, row, pk in zip(new, rows, insert_rows(House, rows), strict=True):
            self._keep(door, HouseAt(pk, row["area_id"]))
        return {door: house for door in wanted if (house := self.at(*door))}


def guide_for(
    community: Area,
    *,
    remembered: dict[str, dict[int, str]] | None = None,
    as_of: datetime.date | None = None,
) -> Guide:
    """What a reading has to know of a community: its buildings by name, today, and the columns as corrected before."""
    buildings = Building.objects.filter(community=community).select_related("estate")
    book = AddressBook(
        (
            Spelt(
                key=b.name,
                name=b.name,
                lane=b.lane,
                number=b.number,
                units=b.units,
                floors=b.floors,
                compound=b.estate.name if b.estate else "",
            )
            for b in buildings
        ),
        within=community.address_prefix,
    )
    addresses = {b.name: b.address for b in buildings if b.address}
    return Guide(book, as_of or timezone.localdate(), community.address_prefix, addresses, remembered or {})
