"""What work groups hear of matters: number, kind, building, time — no name, no room, nothing that is restricted."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.matters import actions
from liren.core.matters.actions.minding import mind_clocks, mind_nightly
from liren.core.matters.announcing import place_of
from liren.core.matters.models import Matter, Todo
from liren.core.notices.actions import open_channel
from liren.core.notices.models import Message
from liren.core.places.models import Building
from liren.core.rules.models import Rule

pytestmark = pytest.mark.django_db
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + "k" * 30


@pytest.fixture
def group(village: Any) -> Any:
    return open_channel(
        village.community,
        name="社工群",
        kind="wecom",
        address=WECOM,
        occasions=["urgent", "overdue", "daily"],
        by=village.secretary,
    )


def opened(village: Any, kind: str = "governance.errand", **facts: Any) -> Matter:
    told = {"title": "方秀英家水管爆了", "house": village.house, "holder": village.grid_worker} | facts
    return actions.open_matter(kind, community=village.community, by=village.secretary, **told)


def heard() -> list[str]:
    return list(Message.objects.order_by("id").values_list("text", flat=True))


@pytest.fixture
def all_urgent() -> None:
    """Every score is enough for 急 here."""
    Rule.objects.create(key="matters.triage_urgent", value=0, from_on="2026-01-01", basis="试验")


def test_an_urgent_matter_is_told_by_building_and_without_a_name(
    village: Any, group: Any, all_urgent: None
) -> None:
    matter = opened(village)
    [text] = heard()
    assert matter.number in text and "里仁苑3号楼" in text and "最迟响应" in text
    for told in ("方秀英", "501", village.grid_worker.name, matter.title):
        assert told not in text


def test_one_that_can_wait_is_not(village: Any, group: Any) -> None:
    assert opened(village, title="借一把梯子").urgency != "urgent" and heard() == []


def test_what_is_overdue_is_told_once(village: Any, group: Any) -> None:
    matter = opened(village)
    late = Todo.objects.main().get(matter=matter).due_at + timedelta(minutes=1)
    for moment in (late, late, late + timedelta(days=14)):
        mind_clocks(moment)
    [text] = [text for text in heard() if "已逾期" in text]
    assert matter.number in text and "方秀英" not in text


def test_of_a_restricted_matter_groups_hear_nothing(village: Any, group: Any, all_urgent: None) -> None:
    matter = opened(village, circle=[village.grid_worker])
    Matter.objects.filter(pk=matter.pk).update(restricted=True)
    Message.objects.all().delete()
    mind_clocks(timezone.now() + timedelta(days=60))
    mind_nightly()
    assert heard() == []


def test_the_figures_of_the_day_come_once(village: Any, group: Any) -> None:
    opened(village)
    mind_nightly()
    mind_nightly()
    [text] = heard()
    assert "在办 1 件" in text and village.community.name in text


def test_a_day_without_matters_says_nothing(village: Any, group: Any) -> None:
    mind_nightly()
    assert heard() == []


def test_a_building_whose_name_says_too_much_is_told_by_its_grid(village: Any, group: Any) -> None:
    matter = opened(village)
    assert place_of(matter) == "里仁苑3号楼"
    Building.objects.filter(pk=village.tower.pk).update(name="3号楼2单元")
    assert place_of(Matter.objects.get(pk=matter.pk)) == "第一网格"
    assert place_of(opened(village, house=None, area=village.grid_2, holder=None)) == "第二网格"


def test_a_name_that_fits_nowhere_keeps_no_matter_from_being_opened(
    village: Any, group: Any, all_urgent: None
) -> None:
    Building.objects.filter(pk=village.tower.pk).update(name="3号楼501室")
    Area.objects.filter(pk=village.grid_1.pk).update(name="小院501室")
    village.house.refresh_from_db()
    assert opened(village).pk and heard() == []
