"""Of houses (房屋的答案): addresses, owners, and what forms ask about a door."""

import re
from collections.abc import Callable
from typing import Any

from liren.core.areas.models import Area
from liren.core.places.models import House
from liren.core.privacy.cipher import unseal

from ..persons import Person
from .answer import NOTHING, Answer


def owner_of(house: House | None, key: str) -> Answer:
    """What is known of the owner of a house."""
    if house is None or key not in ("name", "phone"):
        return NOTHING
    value = (
        house.owner_name
        if key == "name"
        else (unseal(house.owner_phone_sealed) if house.owner_phone_sealed else "")
    )
    return Answer(value, "", "房屋登记", house.verified_on) if value else NOTHING


def address_of(house: House | None) -> str:
    """里仁路88弄1号楼1单元101室: the street, the building, the unit, the room."""
    if house is None:
        return ""
    building = house.building
    street = building.address or building.name
    unit = f"{house.unit}单元" if house.unit else ""
    room = f"{house.room}室" if house.room[-1:].isdigit() else house.room
    return f"{street}{unit}{room}"


def area_named(person: Person | None, level: str, area: Area | None = None) -> str:
    """The area of a level above somebody."""
    node: Area | None = area or (person.area if person else None)
    while node is not None and node.level != level:
        node = node.parent
    return node.name if node else ""


def city_of(community: Area) -> str:
    """海东市, as far as the address of the community begins with it."""
    found = re.match(r"^(?:.{2,8}?(?:省|自治区))?(.{2,6}?市)", community.address_prefix)
    return found[1] if found else ""


def full_address(house: House | None, community: Area) -> str:
    known = address_of(house)
    return f"{community.address_prefix}{known}" if known else ""


def house_value(house: House | None, key: str) -> Any:
    """One thing a form asks about a door."""
    if house is None:
        return None
    return HOUSE_WAYS[key](house)


def _whole(number: Any) -> Any:
    if number is None:
        return None
    return int(number) if number == int(number) else float(number)


HOUSE_WAYS: dict[str, Callable[[House], Any]] = {
    "address": address_of,
    "full_address": lambda house: full_address(house, house.community),
    "estate": lambda house: house.building.estate.name if house.building.estate else "",
    "building": lambda house: house.building.name,
    "unit": lambda house: house.unit,
    "floor": lambda house: house.floor,
    "room": lambda house: house.room,
    "grid": lambda house: area_named(None, "grid", house.area),
    "area": lambda house: _whole(house.square_metres),
    "ownership": lambda house: house.ownership,
    "house_use": lambda house: (
        (house.get_use_display(), house.use) if house.use != House.Use.UNKNOWN else None
    ),
    "lease_start": lambda house: house.lease_from.isoformat() if house.lease_from else "",
    "lease_end": lambda house: house.lease_to.isoformat() if house.lease_to else "",
    "building_head": lambda house: house.building.head_name,
}
