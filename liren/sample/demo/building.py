"""Building (造房): areas, buildings and doors of the demo, and who lives behind each door."""

from random import Random
from typing import Any

from liren.core.areas.actions import open_area
from liren.core.areas.models import Area
from liren.core.people.drafts import PersonDraft
from liren.core.places.actions import new_house, open_building, open_estate, open_houses
from liren.core.places.models import House

from .layout import COMMUNITY, DISTRICT, GRIDS, NEIGHBOUR, PREFIX, STREET, Plan, neighbour_plans, plans
from .names import given_name, surname
from .residents import Census, household

EMPTY_SHARE = 0.072


def open_areas() -> dict[str | int, Area]:
    """District, street, both communities; the grids of the demo community by number."""
    district = open_area(level="district", code=DISTRICT[0], name=DISTRICT[1], by=None)
    street = open_area(level="street", code=STREET[0], name=STREET[1], parent=district, by=None)
    areas: dict[str | int, Area] = {"street": street}
    for key, (code, name) in (("community", COMMUNITY), ("neighbour", NEIGHBOUR)):
        areas[key] = open_area(
            level="community", code=code, name=name, parent=street, address_prefix=PREFIX + name, by=None
        )
    for number, name in enumerate(GRIDS):
        code = f"{COMMUNITY[0]}{number + 1:02d}"
        areas[number] = open_area(level="grid", code=code, name=name, parent=areas["community"], by=None)
    areas["neighbour_grid"] = open_area(
        level="grid", code=f"{NEIGHBOUR[0]}01", name=GRIDS[0], parent=areas["neighbour"], by=None
    )
    return areas


def build(census: Census, areas: dict[str | int, Area], *, by: Any) -> list[PersonDraft]:
    """Every building of the demo community with its doors, and who is to live behind them."""
    return _doors(census, areas["community"], [(plan, areas[plan.grid]) for plan in plans()], by)


def build_neighbour(census: Census, areas: dict[str | int, Area], *, by: Any) -> list[PersonDraft]:
    """The buildings next door, and who is to live there."""
    grid = areas["neighbour_grid"]
    return _doors(census, areas["neighbour"], [(plan, grid) for plan in neighbour_plans()], by)


def _doors(census: Census, community: Area, wanted: list[tuple[Plan, Area]], by: Any) -> list[PersonDraft]:
    houses: list[House] = []
    for plan, area in wanted:
        building = open_building(
            area=area,
            name=plan.name,
            kind=plan.kind,
            estate=open_estate(community=community, name=plan.estate, by=by),
            address=plan.address,
            units=plan.units,
            floors=plan.floors,
            per_floor=plan.per_floor,
            elevator=plan.kind == "tower",
            built_in=plan.built_in,
            head_name=_head(plan.name),
            by=by,
        )
        for unit, room in plan.doors():
            house = new_house(building, unit=unit, room=room)
            house.building = building  # known already: nobody has to ask for it again
            houses.append(house)
    drafts = _settle(census, houses)
    open_houses(community, houses=houses, by=by)
    return drafts


def _head(building: str) -> str:
    """A volunteer head for nearly every building, from dice of its own: the residents stay who they are."""
    dice = Random(building)
    return (
        surname(dice) + given_name(dice, male=dice.random() < 0.3, born=1958) if dice.random() < 0.9 else ""
    )


def _settle(census: Census, houses: list[House]) -> list[PersonDraft]:
    """A household behind nearly every door; each house says how it is used."""
    drafts: list[PersonDraft] = []
    for house in houses:
        dice = census.dice
        if dice.random() < EMPTY_SHARE:
            _describe(dice, house, "empty", "")
            continue
        members = household(census, house, built_in=house.building.built_in or 1990)
        rented = members[0].tenure == "tenant"
        _describe(dice, house, "rented" if rented else "own", "" if rented else members[0].name)
        drafts += members
    return drafts


def _describe(dice: Random, house: House, use: str, owner: str) -> None:
    kind = house.building.kind
    metres = {"tower": (68, 132), "walk_up": (42, 78), "lane": (9, 24)}.get(kind, (50, 90))
    house.use = use
    house.square_metres = dice.randint(*metres)
    house.ownership = "公租房" if kind == "lane" else dice.choice(("商品房", "售后公房", "商品房"))
    house.owner_name = owner
