"""Areas: one tree with a path, laid out by official codes."""

import pytest

from liren.core.areas.actions import describe_area, next_grid_code, open_area
from liren.core.areas.models import Area
from liren.core.audit.models import Trace
from liren.core.duty import Refused

pytestmark = pytest.mark.django_db


def test_the_tree_has_paths_of_codes(village):
    assert village.district.path == "310199."
    assert village.street.path == "310199.001."
    assert village.community.path == "310199.001.001."
    assert village.grid_1.path == "310199.001.001.01."
    assert village.grid_1.community() == village.community == village.community.community()
    assert village.street.community() is None
    assert village.grid_1.community_path == village.community.community_path == village.community.path
    assert str(village.community) == "里仁社区"


def test_inside_is_a_range_on_the_path(village):
    assert set(Area.objects.inside([village.community.path])) == {
        village.community,
        village.grid_1,
        village.grid_2,
    }
    assert set(Area.objects.inside([village.grid_1.path, village.neighbour.path])) == {
        village.grid_1, village.neighbour, village.neighbour_grid,
    }  # fmt: skip
    assert not Area.objects.inside([]).exists()
    assert village.street.covers(village.grid_1) and not village.grid_1.covers(village.grid_2)


def test_a_code_that_begins_like_another_lies_not_inside_it(village):
    open_area(level="community", name="远处", code="310199001100", parent=village.street, by=None)
    assert not Area.objects.inside(["310199.001.10."]).exists()


def test_areas_are_seen_from_ones_post_downwards(village):
    assert village.street not in Area.objects.visible_to(village.secretary)
    assert list(Area.objects.visible_to(village.grid_worker)) == [village.grid_1]


def test_an_area_is_opened_by_who_manages_the_one_above(village):
    grid = open_area(
        level="grid",
        name=" 第三网格 ".strip(),
        code=next_grid_code(village.community),
        parent=village.community,
        by=village.secretary,
    )
    assert (grid.code, grid.path) == ("31019900100103", "310199.001.001.03.")
    assert Trace.objects.order_by("-id").first().community_id == village.community.pk


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"level": "community", "parent": "street", "code": "3101990010"}, "社区代码要 12 位数字"),
        ({"level": "community", "parent": "street", "code": "31019900100X"}, "社区代码要 12 位数字"),
        ({"level": "community", "parent": "street", "code": "310101001009"}, "要以槐荫街道的 310199001 开头"),
        ({"level": "community", "parent": "street", "code": "310199001001"}, "已经有了"),
        ({"level": "community", "parent": "street", "code": "310199001009", "name": " "}, "名称"),
        ({"level": "grid", "parent": "street", "code": "31019900101"}, "下面不能直接设网格"),
        ({"level": "grid", "parent": "community", "code": "99"}, "要以里仁社区的"),
    ],
)
def test_what_opening_refuses(village, facts, said):
    facts = {"name": "新的"} | facts | {"parent": village[facts["parent"]]}
    with pytest.raises(Refused, match=said):
        open_area(**facts, by=village.street_admin if facts["level"] != "grid" else None)


def test_nobody_lays_out_the_areas_of_others(village):
    for parent in (village.neighbour, None):
        with pytest.raises(Refused, match="上一级的管理员"):
            open_area(level="grid", name="插手", code="31019900100209", parent=parent, by=village.secretary)
    with pytest.raises(Refused, match="上一级的管理员"):
        describe_area(village.neighbour, name="插手", by=village.secretary)


def test_a_name_changes_the_code_stays(village):
    describe_area(village.grid_1, name=" 东网格 ", by=village.secretary)
    village.grid_1.refresh_from_db()
    assert (village.grid_1.name, village.grid_1.code) == ("东网格", "31019900100101")
    with pytest.raises(Refused, match="名称"):
        describe_area(village.grid_1, name="", by=village.secretary)
