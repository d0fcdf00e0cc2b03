"""The village (小村): the one small world that tests and demonstrations of single screens stand on.

Built by calling the real actions. Two communities of one street: 里仁社区, where the stories happen, and 柳荫社区 next
door, whose staff are the outsiders. Every record has a name in the story; dates lie relative to today.
"""

import datetime
from typing import Any

from django.db import transaction

from liren.core.accounts.actions import give_post, open_account
from liren.core.areas.actions import open_area
from liren.core.areas.models import Area
from liren.core.places.actions import correct_house, lay_out_houses, open_building, open_estate, open_house
from liren.core.places.models import Building, House

from .invented import years_ago
from .villagers import settle_villagers

PASSWORD = "huai-yin-2026-里仁"

# key: (name, role, area, lines)
STAFF: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "street_admin": ("郭长河", "street_admin", "street", ()),
    "street_section": ("温立民", "street_section", "street", ("civil",)),
    "secretary": ("苏敏", "secretary", "community", ()),
    "deputy": ("高原", "deputy", "community", ("security", "emergency")),
    "line_worker": ("江文", "line_worker", "community", ("civil", "employment")),
    "health_worker": ("白露", "line_worker", "community", ("health", "disability")),
    "grid_worker": ("方亮", "grid_worker", "grid_1", ()),
    "grid_worker_2": ("盛夏", "grid_worker", "grid_2", ("civil",)),
    "outsider": ("柳成荫", "secretary", "neighbour", ()),
    "outsider_deputy": ("柳如眉", "deputy", "neighbour", ()),
    "outsider_worker": ("梅雨", "line_worker", "neighbour", ("civil",)),
    "outsider_grid": ("杜鹃", "grid_worker", "neighbour_grid", ()),
    "system_admin": ("季节", "system_admin", "street", ()),
    "security_admin": ("严实", "security_admin", "street", ()),
    "auditor": ("纪明", "auditor", "street", ()),
}


class Village(dict[str, Any]):
    """The records by their names in the story: ``village["secretary"]`` or ``village.secretary``."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name not in self:
            raise AttributeError(f"nobody and nothing in the village is called {name}")
        return self[name]


@transaction.atomic
def build() -> Village:
    """Builds the village in an empty database and gives back its records, fresh from the database."""
    village = Village()
    _lay_out_areas(village)
    _hire(village)
    _build_houses(village)
    settle_villagers(village)
    for name, record in village.items():
        village[name] = type(record)._default_manager.get(pk=record.pk)
    return village


def _lay_out_areas(village: Village) -> None:
    def area(key: str, level: str, name: str, code: str, parent: Area | None, **facts: str) -> None:
        village[key] = open_area(level=level, name=name, code=code, parent=parent, by=None, **facts)

    area("district", "district", "临江区", "310199", None)
    area("street", "street", "槐荫街道", "310199001", village.district)
    prefix = "海东市临江区槐荫街道"
    area(
        "community",
        "community",
        "里仁社区",
        "310199001001",
        village.street,
        address_prefix=prefix + "里仁社区",
    )
    area("grid_1", "grid", "第一网格", "31019900100101", village.community)
    area("grid_2", "grid", "第二网格", "31019900100102", village.community)
    area(
        "neighbour",
        "community",
        "柳荫社区",
        "310199001002",
        village.street,
        address_prefix=prefix + "柳荫社区",
    )
    area("neighbour_grid", "grid", "第一网格", "31019900100201", village.neighbour)


def _hire(village: Village) -> None:
    for key, (name, role, area, lines) in STAFF.items():
        user = open_account(username=key, name=name, password=PASSWORD, must_change=False, by=None)
        since = years_ago(2)
        give_post(user, role=role, area=village[area], lines=lines, from_on=since, by=None)
        village[key] = user


def _build_houses(village: Village) -> None:
    by = village.secretary
    village["estate"] = open_estate(
        community=village.community, name="里仁苑", property_firm="海东安居物业", by=by
    )
    village["lane"] = open_estate(community=village.community, name="槐树街12弄", by=by)
    village["tower"] = _laid_out(
        village.grid_1,
        "3号楼",
        kind="tower",
        estate=village.estate,
        units=2,
        floors=5,
        per_floor=2,
        elevator=True,
        built_in=2005,
        address="里仁路88弄3号楼",
        head_name="方建国",
        by=by,
    )
    village["walk_up"] = _laid_out(
        village.grid_2,
        "5号楼",
        kind="walk_up",
        estate=village.estate,
        units=2,
        floors=3,
        per_floor=2,
        built_in=1988,
        address="里仁路88弄5号楼",
        by=by,
    )
    village["lane_house"] = open_building(
        area=village.grid_2, name="12弄7号", kind="lane", estate=village.lane, floors=3, built_in=1932, by=by
    )
    for room in ("底层客堂", "二楼前楼", "二楼亭子间", "三层阁"):
        open_house(village.lane_house, room=room, ownership="公租房", by=by)
    outsider = village.outsider
    village["neighbour_estate"] = open_estate(community=village.neighbour, name="柳荫新村", by=outsider)
    village["neighbour_building"] = _laid_out(
        village.neighbour_grid,
        "3号楼",
        kind="walk_up",
        estate=village.neighbour_estate,
        units=1,
        floors=3,
        per_floor=2,
        by=outsider,
    )
    _name_houses(village)


def _laid_out(area: Area, name: str, *, by: Any, **facts: Any) -> Building:
    building = open_building(area=area, name=name, by=by, **facts)
    lay_out_houses(building, by=by)
    return building


def house_at(building: Building, unit: str, room: str) -> House:
    """A house of the village by its door."""
    return House.objects.select_related("area", "building", "community").get(
        building=building, unit=unit, room=room
    )


def _name_houses(village: Village) -> None:
    village["house"] = house_at(village.tower, "2", "501")
    village["empty_house"] = house_at(village.tower, "1", "101")
    village["rented_house"] = house_at(village.walk_up, "1", "201")
    village["lane_room"] = house_at(village.lane_house, "", "二楼前楼")
    village["neighbour_house"] = house_at(village.neighbour_building, "1", "301")
    correct_house(village.empty_house, use="empty", square_metres="56.20", by=village.secretary)
    correct_house(
        village.rented_house,
        use="rented",
        square_metres="72.50",
        ownership="商品房",
        owner_name="闵兰",
        owner_phone="021-40123987",
        lease_from=years_ago(0, 200),
        lease_to=years_ago(0, 0) + datetime.timedelta(days=160),
        by=village.secretary,
    )
