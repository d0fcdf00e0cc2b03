"""Places (地点) as people type them: a home, a building, or just words."""

from dataclasses import dataclass
from typing import Any

from liren.core.areas.models import Area
from liren.core.places.addresses import AddressBook
from liren.core.places.addresses import Building as Spelt
from liren.core.places.models import Building, House


@dataclass(frozen=True)
class Where:
    """What was read: a home, or a building with words, or words alone."""

    house: House | None = None
    building: Building | None = None
    words: str = ""


def read_where(text: str, community: Area, user: Any) -> Where:
    """The place that a text means, among those the user works with; what is no home is kept as words."""
    said = " ".join(text.split())
    if not said:
        return Where()
    read = _book(community, user).parse(said)
    if not read.building:
        return Where(words=said)
    building = Building.objects.visible_to(user).filter(pk=read.building).select_related("area").first()
    if building is None:
        return Where(words=said)
    if read.room and (house := _house(building, read, user)):
        return Where(house=house, building=building)
    rest = said if said != building.name else ""
    return Where(building=building, words=rest)


def _house(building: Building, read: Any, user: Any) -> House | None:
    homes = House.objects.visible_to(user).filter(building=building, room=read.room)
    if read.unit:
        homes = homes.filter(unit=read.unit)
    found = list(homes.select_related("building", "area", "community")[:2])
    return found[0] if len(found) == 1 else None


def _book(community: Area, user: Any) -> AddressBook:
    buildings = Building.objects.visible_to(user).filter(community=community).select_related("estate")
    known = (
        Spelt(
            key=str(each.pk),
            name=each.name,
            lane=each.lane,
            number=each.number,
            units=each.units,
            floors=each.floors,
            compound=each.estate.name if each.estate else "",
        )
        for each in buildings
    )
    return AddressBook(known, within=community.address_prefix)
