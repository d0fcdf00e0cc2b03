"""Buildings, their chart, houses and households: what they show, to whom, at what cost."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from liren.core.people.actions import register_many
from liren.core.people.drafts import PersonDraft
from liren.core.places.actions import lay_out_houses, open_building
from liren.core.places.models import Building, Estate, House
from liren.duties.registry.files.chart import chart_of, family_name

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def at(name: str, *args: Any) -> str:
    return reverse(f"registry:{name}", args=[getattr(a, "pk", a) for a in args])


def drawn(building: Any, user: Any, by: str = "living") -> dict[str, Any]:
    chart = chart_of(building, user, by=by, today=timezone.localdate())
    return {f"{cell.house.unit}-{cell.house.room}": cell for cell in chart.cells.values()}


def test_the_list_counts_who_lives_where(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    page = client.get(at("buildings")).content.decode()
    assert "里仁苑" in page and "12弄7号" in page and "第二网格" in page
    assert client.get(at("buildings") + f"?go={village.tower.pk}").url == at("building", village.tower)
    grid = client_as(village.grid_worker).get(at("buildings")).content.decode()
    assert "3号楼" in grid and "5号楼" not in grid and at("building_new") not in grid
    assert client_as(village.auditor).get(at("buildings")).status_code == 403


def test_cells_say_who_lives_there(village: Any) -> None:
    cells = drawn(village.tower, village.secretary)
    assert (cells["1-501"].kind, cells["1-501"].words) == ("care", "独居 82 岁")
    assert (cells["1-502"].kind, cells["1-502"].words) == ("own", "沈家 2 人")
    assert (cells["2-401"].kind, cells["2-401"].words) == ("own", "张家 1 人")
    assert (cells["2-502"].kind, cells["2-502"].words) == ("rent", "租住 1 人")
    assert (cells["1-101"].kind, cells["1-101"].words) == ("none", "空置")
    walk_up = drawn(village.walk_up, village.secretary)
    assert walk_up["2-101"].stale and not walk_up["2-102"].stale
    assert walk_up["2-102"].words == "残疾人" and walk_up["1-201"].kind == "rent"


def test_colours_follow_what_is_asked(village: Any) -> None:
    care = drawn(village.tower, village.secretary, "care")
    assert (care["1-502"].kind, care["1-502"].words) == ("care", "空巢老人")
    assert (care["2-401"].kind, care["2-301"].kind, care["2-301"].words) == ("plain", "care", "三岁以下")
    seen = drawn(village.walk_up, village.secretary, "seen")
    assert seen["2-101"].kind == "care" and seen["2-102"].kind == "own"


def test_neither_money_nor_restricted_labels_colour_a_cell(village: Any) -> None:
    cells = drawn(village.lane_house, village.secretary, "care")
    assert cells["-二楼前楼"].words == "独居 63 岁" and cells["-二楼亭子间"].words == "孙家 1 人"


def test_a_shop_is_a_shop(village: Any) -> None:
    House.objects.filter(pk=village.empty_house.pk).update(use="shop")
    assert drawn(village.tower, village.secretary)["1-101"].kind == "shop"


@pytest.mark.parametrize(("name", "family"), [("欧阳修", "欧阳"), ("方秀英", "方"), ("John Smith", "Smith")])
def test_family_names(name: str, family: str) -> None:
    assert family_name(name) == family


def test_the_chart_lays_out_units_and_floors(village: Any, client_as: Any) -> None:
    chart = chart_of(village.tower, village.secretary, by="living", today=timezone.localdate())
    [block] = chart.blocks
    assert [unit.name for unit in block.units] == ["1 单元", "2 单元"] and block.width == 4
    assert [floor for floor, _ in block.floors] == ["5 层", "4 层", "3 层", "2 层", "1 层"]
    assert [cell.house.room for cell in block.floors[0][1] if cell] == ["501", "502", "501", "502"]
    lane = chart_of(village.lane_house, village.secretary, by="living", today=timezone.localdate())
    assert [floor for floor, _ in lane.blocks[0].floors] == ["3 层", "2 层", "1 层"]
    assert lane.blocks[0].floors[0][1][1] is None, "a floor with fewer rooms leaves a gap"


def test_wide_buildings_are_cut_into_blocks(village: Any) -> None:
    wide = open_building(
        area=village.grid_1, name="8号楼", units=9, floors=1, per_floor=4, by=village.secretary
    )
    lay_out_houses(wide, by=village.secretary)
    chart = chart_of(wide, village.secretary, by="living", today=timezone.localdate())
    assert [block.width for block in chart.blocks] == [20, 16]


def test_the_page_with_a_home_beside_it(village: Any, client_as: Any) -> None:
    client = client_as(village.grid_worker)
    page = client.get(at("building", village.tower) + f"?house={village.head.house_id}").content.decode()
    assert "周丽华" in page and "301 室" in page and "三岁以下 1" not in page
    assert village.head.phones.get().number not in page and village.head.phones.get().masked in page
    part = client.get(at("building", village.tower) + "?by=seen", headers=HTMX).content.decode()
    assert part.strip().startswith('<div id="chart"') and "<html" not in part
    assert client.get(at("building", village.tower) + "?by=nonsense&house=x").status_code == 200
    assert client.get(at("building", village.walk_up)).status_code == 404, "another grid"
    assert client_as(village.outsider).get(at("building", village.tower)).status_code == 404


def test_a_full_building_costs_as_many_queries_as_one_home(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    empty = open_building(
        area=village.grid_1, name="9号楼", units=2, floors=9, per_floor=4, by=village.secretary
    )
    lay_out_houses(empty, by=village.secretary)
    drafts = [
        PersonDraft(
            name=f"住户{n}", birth="1940-01-01", house=house, household_key=n, phones=(f"139{n:08d}",)
        )
        for n, house in enumerate(House.objects.filter(building=empty).select_related("area"))
    ]
    register_many(drafts[:1], community=village.community, source=village.source, by=village.secretary)

    def cost(url: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    client.get(at("building", empty))
    before = cost(at("building", empty)), cost(at("buildings"))
    register_many(drafts[1:], community=village.community, source=village.source, by=village.secretary)
    assert (cost(at("building", empty)), cost(at("buildings"))) == before


def test_house_file_and_its_past(village: Any, client_as: Any) -> None:
    client = client_as(village.grid_worker_2)
    page = client.get(at("house", village.rented_house)).content.decode()
    assert "曾强" in page and "闵兰" in page and "021-******87" in page and "40123987" not in page
    old = village.moved_out.residences.get().house
    secretary = client_as(village.secretary)
    assert "单红" in secretary.get(at("house", old)).content.decode(), "lived here before"
    then = timezone.localdate() - datetime.timedelta(days=200)
    assert "单红一户" in secretary.get(at("house", old) + f"?on={then}").content.decode()
    assert client_as(village.outsider).get(at("house", old)).status_code == 404
    assert client_as(village.security_admin).get(at("house", old)).status_code == 403


def test_correcting_a_house(village: Any, client_as: Any) -> None:
    client, house = client_as(village.line_worker), village.rented_house
    assert client.get(at("house_edit", house), headers=HTMX).content.decode().startswith("<dialog")
    facts = {
        "use": "own",
        "ownership": "商品房",
        "square_metres": "72.50",
        "owner_name": "闵兰",
        "owner_phone": "",
    }
    assert client.post(at("house_edit", house), facts).status_code == 302
    house = House.objects.get(pk=house.pk)
    assert house.use == "own" and house.owner_phone_sealed and house.lease_from is None
    late = facts | {"lease_from": "2026-05-01", "lease_to": "2026-04-01"}
    assert client.post(at("house_edit", house), late).status_code == 409
    assert client.post(at("house_edit", house), facts | {"owner_phone": "139"}).status_code == 422
    assert client_as(village.grid_worker_2).get(at("house_edit", house)).status_code == 403
    assert client_as(village.outsider).get(at("house_edit", house)).status_code == 404


def test_household_file(village: Any, client_as: Any) -> None:
    household = village.head.residences.open().get().household
    page = client_as(village.grid_worker).get(at("household", household)).content.decode()
    assert "方建国一户" in page and page.index("方建国</a>") < page.index("周丽华</a>") and "孙女" in page
    past = client_as(village.grid_worker).get(at("household", household) + "?on=2010-01-01").content.decode()
    assert "这一天户里没有人" in past
    assert client_as(village.outsider).get(at("household", household)).status_code == 404


def test_opening_estates_buildings_and_doors(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    client.post(at("estate_new"), {"name": "新苑"})
    estate = Estate.objects.get(name="新苑", community=village.community)
    shape = {"units": 2, "floors": 6, "per_floor": 2, "kind": "walk_up"}
    facts = {"name": "11号楼", "estate": estate.pk, "area": village.grid_1.pk, **shape}
    response = client.post(at("building_new"), facts)
    building = Building.objects.get(name="11号楼")
    assert response.url == at("building", building) and building.houses.count() == 24
    assert client.post(at("building_new"), facts).status_code == 409
    client.post(at("house_new", building), {"unit": "1", "room": "701", "use": "unknown"})
    assert House.objects.get(building=building, room="701").floor == 7
    assert (
        client.post(at("house_new", building), {"unit": "1", "room": "701", "use": "unknown"}).status_code
        == 409
    )
    for name, args in (("estate_new", ()), ("building_new", ()), ("house_new", (building,))):
        assert client_as(village.grid_worker).get(at(name, *args)).status_code == 403
    assert client_as(village.outsider).get(at("house_new", building)).status_code == 404
