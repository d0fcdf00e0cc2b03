"""DoorMap (门牌册): which House a roster's building, unit and room mean; new doors of known buildings are remembered."""

from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.places.actions import new_house
from liren.core.places.addresses import AddressBook
from liren.core.places.addresses import Building as Spelt
from liren.core.places.models import Building, House

from .reading.guide import Guide

Door = tuple[str, str, str]


class DoorMap:
    """The houses of one community by building name, unit and room."""

    def __init__(self, community: Area) -> None:
        self.buildings = {b.name: b for b in Building.objects.filter(community=community)}
        stand = House.objects.filter(community=community).values_list("pk", "building__name", "unit", "room")
        self.houses: dict[Door, int] = {(name, unit, room): pk for pk, name, unit, room in stand.iterator()}
        self.by_room: dict[tuple[str, str], list[int]] = {}
        for (name, _unit, room), pk in self.houses.items():
            self.by_room.setdefault((name, room), []).append(pk)

    def find(self, building: str, unit: str, room: str) -> int | None:
        """The house that stands; without a unit, the only one of this room number in the building."""
        if pk := self.houses.get((building, unit, room)):
            return pk
        alone = self.by_room.get((building, room), []) if not unit else []
        return alone[0] if len(alone) == 1 else None

    def make(self, wanted: set[Door], *, origin: str) -> dict[Door, House]:
        """Houses for all of these doors, those that stand and new ones, which carry the origin."""
        new = [
            new_house(self.buildings[name], unit=unit, room=room, origin=origin)
            for name, unit, room in sorted(wanted)
            if name in self.buildings and room and self.find(name, unit, room) is None
        ]
        for house in House.objects.bulk_create(new, batch_size=1000):
            self.houses[(house.building.name, house.unit, house.room)] = house.pk
        found = {door: pk for door in wanted if (pk := self.find(*door))}
        houses = House.objects.select_related("building").in_bulk(set(found.values()))
        return {door: houses[pk] for door, pk in found.items()}


def guide_for(community: Area, *, remembered: dict[str, dict[int, str]] | None = None) -> Guide:
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
    return Guide(book, timezone.localdate(), community.address_prefix, addresses, remembered or {})
