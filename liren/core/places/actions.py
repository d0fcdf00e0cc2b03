"""Laying out estates, buildings and houses."""

import re
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.privacy.cipher import seal

from .models import Building, Estate, House, sort_key

MOST_HOUSES = 2000


@transaction.atomic
def open_estate(*, community: Area, name: str, property_firm: str = "", by: Any) -> Estate:
    """Opens an estate; gives back the one that stands when the name is known."""
    estate, new = Estate.objects.get_or_create(
        community=community, name=name, defaults={"property_firm": property_firm}
    )
    if new:
        record("places.open_estate", target=estate, community=community, by=by)
    return estate


@transaction.atomic
def open_building(
    *,
    area: Area,
    name: str,
    kind: str = Building.Kind.OTHER,
    estate: Estate | None = None,
    by: Any,
    **facts: Any,
) -> Building:
    """Opens a building in a grid, or in a community without grids. Refuses a name that is taken.

    `facts` are columns of Building: lane, number, address, units, floors, per_floor, elevator, built_in, head_name.
    """
    community = area.community()
    if community is None:
        raise Refused("楼栋要建在社区或网格里")
    if Building.objects.filter(community=community, name=name).exists():
        raise Refused(f"{community.name}已经有{name}了")
    facts.setdefault("number", number_of(name))
    facts.setdefault("lane", lane_of(name))
    building = Building.objects.create(
        community=community, area=area, estate=estate, name=name, kind=kind, sort=sort_key(name), **facts
    )
    record("places.open_building", target=building, community=community, by=by)
    return building


def number_of(name: str) -> str:
    """The last figures of a name: 3号楼 → 3, 12弄7号 → 7."""
    figures = re.findall(r"\d+", name)
    return figures[-1] if figures else name


def lane_of(name: str) -> str:
    """The lane of a name: 12弄7号 → 12弄."""
    found = re.match(r"(\d+弄)", name)
    return found.group(1) if found else ""


def house_code(building: Building, unit: str, room: str) -> str:
    """The short form by which a house is found: 3-2-501; lane houses keep their name: 12弄7号-二楼前楼."""
    first = building.name if building.lane else building.number
    return "-".join(part for part in (first, unit, room) if part)


def floor_of(room: str) -> int | None:
    """The floor of a room number: 501 → 5, 1203 → 12; lane rooms by their words."""
    if found := re.match(r"^(\d{1,2})\d{2}$", room):
        return int(found.group(1))
    words = {
        "底": 1,
        "一": 1,
        "二": 2,
        "三": 3,
        "四": 4,
        "五": 5,
        "六": 6,
        "晒": 4,
        "亭": 2,
        "灶": 1,
        "客": 1,
    }
    return words.get(room[:1])


def new_house(building: Building, *, unit: str, room: str, **facts: Any) -> House:
    """A house of this building, not yet saved; for those who write many at once."""
    return House(**house_row(building, unit=unit, room=room) | facts)


def house_row(building: Building, *, unit: str, room: str) -> dict[str, Any]:
    """What follows for a house from its building, unit and room, as a row."""
    return {
        "community_id": building.community_id,
        "area_id": building.area_id,
        "building_id": building.pk,
        "unit": unit,
        "room": room,
        "code": house_code(building, unit, room),
        "floor": floor_of(room),
    }


@transaction.atomic
def open_house(building: Building, *, unit: str = "", room: str, by: Any, **facts: Any) -> House:
    """Opens one house. Refuses a door that stands already."""
    if not room.strip():
        raise Refused("请填写室号")
    if House.objects.filter(building=building, unit=unit, room=room).exists():
        raise Refused(f"{building.name}已经有这一户了")
    if phone := facts.pop("owner_phone", ""):
        facts["owner_phone_sealed"] = seal(phone)
    house = new_house(building, unit=unit, room=room, **facts)
    house.save()
    record("places.open_house", target=house, community=building.community, by=by)
    return house


@transaction.atomic
def open_houses(community: Area, *, houses: Iterable[House], by: Any) -> list[House]:
    """Opens many doors at once, made by new_house; one trace for all. A door that stands already is an error."""
    made = House.objects.bulk_create(houses, batch_size=1000)
    record("places.open_houses", target=community, community=community, houses=len(made), by=by)
    return made


@transaction.atomic
def lay_out_houses(building: Building, *, by: Any) -> int:
    """Makes the doors of a building from its units, floors and doors a floor; those that stand are kept.

    Returns how many were made. Refuses a building of unknown shape or impossible size.
    """
    wanted = building.units * building.floors * building.per_floor
    if not wanted:
        raise Refused("先填单元数、层数和每层户数")
    if wanted > MOST_HOUSES:
        raise Refused(f"一幢楼 {wanted} 户，请核对层数和户数")
    stand = set(House.objects.filter(building=building).values_list("unit", "room"))
    rooms = [
        (str(unit), f"{floor}{door:02d}")
        for unit in range(1, building.units + 1)
        for floor in range(1, building.floors + 1)
        for door in range(1, building.per_floor + 1)
    ]
    made = House.objects.bulk_create(
        new_house(building, unit=unit, room=room) for unit, room in rooms if (unit, room) not in stand
    )
    record("places.lay_out", target=building, community=building.community, houses=len(made), by=by)
    return len(made)


# What correct_house may change; the telephone of the owner comes as plain text and is sealed here.
CORRECTABLE = frozenset(
    {
        "use",
        "square_metres",
        "ownership",
        "owner_name",
        "owner_phone",
        "lease_from",
        "lease_to",
        "verified_on",
    }
)


@transaction.atomic
def correct_house(house: House, *, by: Any, **facts: Any) -> House:
    """Corrects what is known about a house. Refuses its address, and a lease that ends before it begins."""
    if unknown := set(facts) - CORRECTABLE:
        raise Refused(f"这些内容不能直接改：{'、'.join(sorted(unknown))}")
    names = sorted(facts)
    if "owner_phone" in facts:
        phone = facts.pop("owner_phone")
        facts["owner_phone_sealed"] = seal(phone) if phone else None
    house = House.objects.select_for_update().get(pk=house.pk)
    for field, value in facts.items():
        setattr(house, field, value)
    if house.lease_from and house.lease_to and house.lease_to < house.lease_from:
        raise Refused("租约到期日不能早于起租日")
    house.save(update_fields=list(facts))
    record("places.correct_house", target=house, community=house.community, fields=names, by=by)
    return house
