"""Placing (落到门牌): from an address as a hotline writes it to the house, or at least the building."""

import re
from dataclasses import dataclass
from typing import Any

from liren.core.areas.models import Area
from liren.core.people.models import Person
from liren.core.places.addresses import AddressBook
from liren.core.places.addresses import Building as Spelt
from liren.core.places.models import Building, House
from liren.core.privacy.cipher import blind

# What follows the door in a complaint: 8号楼403室厨房顶上.
DOOR = re.compile(r"^.*?\d+\s*(室|号房|房间)")
TOWER = re.compile(r"^.*?\d+\s*(号楼|幢|栋|座|弄\d+号)")


@dataclass(frozen=True)
class Placed:
    """Where an order lies: house, or building alone, or neither."""

    house: House | None = None
    building: Building | None = None

    @property
    def words(self) -> str:
        """As the table shows it; empty when no building was found."""
        return self.house.spelt if self.house else self.building.name if self.building else ""


class Places:
    """The buildings of a community, asked again and again."""

    def __init__(self, community: Area) -> None:
        self.community = community
        rows = Building.objects.filter(community=community).select_related("estate")
        self.rooms: dict[Any, dict[str, list[House]]] = {}
        self.buildings = {str(row.pk): row for row in rows}
        self.book = AddressBook(
            (_spelt(row) for row in self.buildings.values()), within=community.address_prefix
        )

    def find(self, address: str) -> Placed:
        """The house that an address means; the building when the door is not told or does not exist."""
        for pattern in (None, DOOR, TOWER):
            found = pattern.match(address) if pattern else None
            if pattern and not found:
                continue
            read = self.book.parse(found[0] if found else address)
            if read.building is not None:
                return self._inside(self.buildings[read.building], read.unit, read.room)
        return Placed()

    def _inside(self, building: Building, unit: str | None, room: str | None) -> Placed:
        if not room:
            return Placed(building=building)
        found = [house for house in self._rooms_of(building).get(room, ()) if not unit or house.unit == unit]
        return Placed(house=found[0], building=building) if len(found) == 1 else Placed(building=building)

    def _rooms_of(self, building: Building) -> dict[str, list[House]]:
        """The houses of a building by their room, read once: a file names the same buildings again and again."""
        if building.pk not in self.rooms:
            rooms: dict[str, list[House]] = {}
            for house in House.objects.filter(community=self.community, building=building).select_related(
                "area", "building"
            ):
                rooms.setdefault(house.room, []).append(house)
            self.rooms[building.pk] = rooms
        return self.rooms[building.pk]


def _spelt(row: Building) -> Spelt:
    return Spelt(
        key=str(row.pk), name=row.name, lane=row.lane, number=row.number, units=row.units, floors=row.floors,
        compound=row.estate.name if row.estate else "",
    )  # fmt: skip


def caller_in(community: Area, name: str, phone: str) -> Any:
    """The one person of the register who has this name and this number; None for nobody and for several."""
    if not name or not phone:
        return None
    known = Person.objects.filter(
        community=community, name=name, phones__hash=blind(phone, "phone"), merged_into=None
    ).distinct()[:2]
    found = list(known)
    return found[0] if len(found) == 1 else None
