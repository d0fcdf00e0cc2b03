"""Laying out the places of the file: areas, grids, estates, buildings, and the doors in them."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from liren.core.areas.actions import open_area
from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.places.actions import new_house, open_building, open_estate, open_houses
from liren.core.places.models import Building, Estate, House
from liren.core.privacy.cipher import seal

from .reading import CommunityFile, Row

KINDS = {"高层": "tower", "多层": "walk_up", "里弄": "lane"}
USES = {"自住": "own", "出租": "rented", "空关": "empty", "商用": "shop"}


@dataclass(slots=True)
class Places:
    """What was laid out, by the keys of the file; `houses` is empty when only buildings were wanted."""

    community: Area
    grids: dict[str, Area] = field(default_factory=dict)
    buildings: dict[str, Building] = field(default_factory=dict)
    houses: dict[str, House] = field(default_factory=dict)


@transaction.atomic
def load_places(file: CommunityFile, *, houses: bool = True, by: Any) -> Places:
    """Opens the areas and buildings of the file, and its doors unless told not to. Refuses a code that stands."""
    facts = file.community
    if Area.objects.communities().filter(code=facts["code"]).exists():
        raise Refused(f"{facts['name']}（{facts['code']}）已经有了，请换一个空的数据目录")
    community = open_area(
        level="community",
        name=facts["name"],
        code=facts["code"],
        parent=_street(facts, by),
        address_prefix=facts.get("address_prefix", ""),
        organisation=facts.get("org", ""),
        by=by,
    )
    places = Places(community)
    for number, grid in enumerate(file.grids, 1):
        places.grids[grid["name"]] = open_area(
            level="grid", name=grid["name"], code=f"{community.code}{number:02d}", parent=community, by=by
        )
    for row in file.buildings:
        places.buildings[row["key"]] = _building(row, places, by)
    if houses:
        rows = [_house(row, places.buildings[row["building"]]) for row in file.dwellings]
        made = open_houses(community, houses=rows, by=by)
        places.houses = dict(zip((row["key"] for row in file.dwellings), made, strict=True))
    return places


def _street(facts: Row, by: Any) -> Area:
    """The street of the community, and its district; those that stand are taken."""
    parent = None
    for level, digits in (("district", 6), ("street", 9)):
        code = facts["code"][:digits]
        name = facts.get(level) or f"{code}"
        standing = Area.objects.filter(level=level, code=code).first()
        parent = standing or open_area(level=level, name=name, code=code, parent=parent, by=by)
    assert parent is not None  # noqa: S101 - the loop ran twice
    return parent


def _building(row: Row, places: Places, by: Any) -> Building:
    estate: Estate | None = None
    if row.get("compound"):
        estate = open_estate(community=places.community, name=row["compound"], by=by)
    return open_building(
        area=places.grids.get(row["grid"], places.community),
        name=row["name"],
        kind=KINDS.get(row["kind"], Building.Kind.OTHER),
        estate=estate,
        address=row.get("address") or "",
        lane=row.get("lane") or "",
        units=row["units"] or 0,
        floors=row["floors"] or 0,
        per_floor=row.get("per") or 0,
        elevator=bool(row.get("elevator")),
        built_in=row.get("year_built"),
        head_name=row.get("leader") or "",
        by=by,
    )


def _house(row: Row, building: Building) -> House:
    phone = row.get("owner_phone")
    return new_house(
        building,
        unit=str(row.get("unit") or ""),
        room=str(row["room"]),
        floor=row.get("floor"),
        use=USES.get(row["use"], House.Use.UNKNOWN),
        square_metres=row.get("area_sqm"),
        ownership=row.get("ownership") or "",
        owner_name=row.get("owner_name") or "",
        owner_phone_sealed=seal(phone) if phone else None,
        lease_from=_date(row.get("lease_start")),
        lease_to=_date(row.get("lease_end")),
    )


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
