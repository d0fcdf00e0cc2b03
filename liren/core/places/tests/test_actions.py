"""Laying out estates, buildings and houses: what is made, what is refused, what is traced."""

import datetime
from typing import Any

import pytest

from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.core.places.actions import (
    correct_house,
    floor_of,
    house_code,
    lane_of,
    lay_out_houses,
    new_house,
    number_of,
    open_building,
    open_estate,
    open_house,
    open_houses,
)
from liren.core.places.models import Building, Estate, House
from liren.core.privacy.cipher import unseal

pytestmark = pytest.mark.django_db


def test_an_estate_is_opened_once(village: Any) -> None:
    new = open_estate(community=village.community, name="新苑", property_firm="物业", by=village.secretary)
    assert open_estate(community=village.community, name="新苑", by=village.secretary) == new
    assert Trace.objects.about(new).count() == 1


def test_a_building_knows_its_number_lane_and_order(village: Any) -> None:
    lane = open_building(area=village.grid_1, name="15弄2号", by=village.secretary)
    assert (lane.lane, lane.number, lane.community, lane.area) == (
        "15弄",
        "2",
        village.community,
        village.grid_1,
    )
    tenth = open_building(area=village.community, name="10号楼", by=village.secretary)
    assert village.tower.sort < tenth.sort, "3号楼 comes before 10号楼"
    assert Trace.objects.about(tenth).get().action == "places.open_building"
    with pytest.raises(Refused, match="已经有3号楼"):
        open_building(area=village.grid_2, name="3号楼", by=village.secretary)
    with pytest.raises(Refused, match="社区或网格里"):
        open_building(area=village.street, name="1号楼", by=village.secretary)


@pytest.mark.parametrize(
    ("name", "number", "lane"), [("3号楼", "3", ""), ("12弄7号", "7", "12弄"), ("槐荫楼", "槐荫楼", "")]
)
def test_numbers_and_lanes_of_names(name: str, number: str, lane: str) -> None:
    assert (number_of(name), lane_of(name)) == (number, lane)


@pytest.mark.parametrize(
    ("room", "floor"),
    [("501", 5), ("1203", 12), ("二楼前楼", 2), ("底层客堂", 1), ("三层阁", 3), ("商铺", None)],
)
def test_floors_of_rooms(room: str, floor: int | None) -> None:
    assert floor_of(room) == floor


def test_short_codes(village: Any) -> None:
    assert house_code(village.tower, "2", "501") == "3-2-501"
    assert house_code(village.lane_house, "", "二楼前楼") == "12弄7号-二楼前楼"


def test_a_door_is_opened_once(village: Any) -> None:
    house = open_house(village.tower, unit="1", room="601", owner_phone="13900000001", by=village.secretary)
    assert (house.code, house.floor, house.area) == ("3-1-601", 6, village.grid_1)
    assert unseal(house.owner_phone_sealed or b"") == "13900000001"
    assert "139" not in str(Trace.objects.about(house).get().particulars)
    with pytest.raises(Refused, match="已经有这一户"):
        open_house(village.tower, unit="1", room="601", by=village.secretary)
    with pytest.raises(Refused, match="室号"):
        open_house(village.tower, room=" ", by=village.secretary)


def test_many_doors_at_once(village: Any) -> None:
    rows = [new_house(village.tower, unit="1", room=f"70{door}") for door in range(1, 4)]
    assert len(open_houses(village.community, houses=rows, by=village.secretary)) == 3
    assert Trace.objects.filter(action="places.open_houses").last().particulars == {"houses": 3}


def test_laying_out_keeps_what_stands(village: Any) -> None:
    House.objects.get(building=village.tower, unit="1", room="402").delete()
    assert lay_out_houses(village.tower, by=village.secretary) == 1
    assert lay_out_houses(village.tower, by=village.secretary) == 0


def test_impossible_shapes(village: Any) -> None:
    with pytest.raises(Refused, match="先填"):
        lay_out_houses(village.lane_house, by=village.secretary)
    giant = open_building(
        area=village.grid_1, name="巨楼", units=30, floors=90, per_floor=2, by=village.secretary
    )
    with pytest.raises(Refused, match="5400 户"):
        lay_out_houses(giant, by=village.secretary)


def test_correcting_a_house(village: Any) -> None:
    day = datetime.date(2026, 1, 1)
    house = correct_house(
        village.house, use="rented", owner_phone="021-55556666", lease_from=day, by=village.secretary
    )
    assert House.objects.get(pk=house.pk).use == "rented" and house.owner_phone_sealed
    trace = Trace.objects.about(house).get(action="places.correct_house")
    assert trace.particulars == {"fields": ["lease_from", "owner_phone", "use"]}
    assert correct_house(house, owner_phone="", by=village.secretary).owner_phone_sealed is None
    with pytest.raises(Refused, match="不能早于起租日"):
        correct_house(house, lease_to=day - datetime.timedelta(days=1), by=village.secretary)
    with pytest.raises(Refused, match="不能直接改"):
        correct_house(house, room="999", by=village.secretary)


def test_where_they_stand_they_are_seen(village: Any) -> None:
    assert Building.objects.visible_to(village.grid_worker).filter(pk=village.tower.pk).exists()
    assert not Building.objects.visible_to(village.grid_worker).filter(pk=village.walk_up.pk).exists()
    assert Estate.objects.visible_to(village.grid_worker).filter(pk=village.estate.pk).exists()
    assert not House.objects.visible_to(village.outsider).filter(pk=village.house.pk).exists()
    assert not House.objects.visible_to(village.system_admin).exists()
