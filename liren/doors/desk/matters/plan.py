"""Plan (小楼图): the homes around the one that a matter is about, three floors high."""

from dataclasses import dataclass
from typing import Any

from liren.core.matters.models import Matter
from liren.core.places.models import House

LOOK = {"own": "own", "rented": "rent", "shop": "shop", "empty": "none"}
WIDEST = 6


@dataclass(frozen=True)
class Home:
    """One door: its number, and how its cell looks."""

    pk: int
    room: str
    look: str


@dataclass(frozen=True)
class Plan:
    """Floors from the top, each with its homes; so many side by side."""

    floors: tuple[tuple[int, tuple["Home", ...]], ...]
    rooms: int


def plan_of(matter: Matter, user: Any) -> Plan | None:
    """The floor of the home and those above and below, in its unit; None where there is no such simple picture."""
    house = matter.house
    if house is None or house.floor is None:
        return None
    near = House.objects.visible_to(user).filter(
        building_id=house.building_id, unit=house.unit, floor__gte=house.floor - 1, floor__lte=house.floor + 1
    )
    floors: dict[int, list[Home]] = {}
    for each in near.order_by("-floor", "room"):
        floors.setdefault(each.floor, []).append(Home(each.pk, each.room, LOOK.get(each.use, "")))
    rooms = max(map(len, floors.values()), default=0)
    if not floors or rooms > WIDEST:
        return None
    return Plan(tuple((floor, tuple(homes)) for floor, homes in floors.items()), rooms)
