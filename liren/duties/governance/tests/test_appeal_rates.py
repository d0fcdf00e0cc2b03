"""The three rates: parts make the whole, every number is its list, what is left out is named; hot spots and topics."""

import random
from typing import Any

import pytest
from django.utils import timezone

from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.core.matters import actions as matters
from liren.core.matters.models import Matter, MatterLink
from liren.core.matters.seeking import counted
from liren.core.rules.actions import set_number
from liren.duties.governance.appeals import actions, hotspots, rates
from liren.duties.governance.models import Appeal

from .test_appeals import answered, opened, taken_up

pytestmark = pytest.mark.django_db
ANSWERS = ("", "yes", "partly", "no")


def this_month() -> str:
    return f"{timezone.localdate():%Y-%m}"


def some_appeals(village: Any, seed: int, size: int = 24) -> None:
    """Appeals in every state, by the real actions where it matters and by columns where only counting does."""
    luck = random.Random(seed)
    for _ in range(size):
        cause, source = (
            luck.choice(["leak", "noise", "parking", ""]),
            luck.choice(["counter", "hotline", "portal"]),
        )
        house = luck.choice([village.house, None, None])
        matter = opened(village, caller=luck.random() < 0.8, cause=cause, source=source, house=house)
        contacted = luck.choice([None, True, False])
        Matter.objects.filter(pk=matter.pk).update(
            solved=luck.choice(ANSWERS), satisfied=luck.choice(ANSWERS), contacted_in_time=contacted,
            contacted_at=None if contacted is None else timezone.now(),
            outcome=luck.choice(["", "", "resolved", "withdrawn"]),
        )  # fmt: skip
        if luck.random() < 0.2:
            appeal = Appeal.objects.get(matter=matter)
            actions.exempt(appeal, ground="beyond", reason="热线 11 月 20 日同意剔除", by=village.secretary)


@pytest.mark.parametrize("seed", range(4))
def test_every_number_is_the_length_of_its_list(village: Any, seed: int) -> None:
    some_appeals(village, seed)
    params, user = {"opened": this_month()}, village.secretary
    whole = rates.whole(user, params, village.community)
    lines = [
        line
        for by in ("grid", "cause", "source", "month")
        for line in rates.sliced(user, by, params, village.community)
    ]
    for line in [whole, *lines]:
        figures = [
            line.all,
            *(figure for worked in line.rates for figure in (worked.whole, *(f for _, _, f in worked.parts))),
        ]
        for figure in figures:
            assert counted(user, figure.params) == figure.count, (line.name, figure.params)


@pytest.mark.parametrize("seed", range(4))
def test_parts_make_the_whole(village: Any, seed: int) -> None:
    some_appeals(village, seed)
    params, user = {"opened": this_month()}, village.secretary
    whole = rates.whole(user, params, village.community)
    for worked in whole.rates:
        assert sum(figure.count for _, _, figure in worked.parts) == worked.whole.count
    for by in ("grid", "cause", "source", "month"):
        lines = rates.sliced(user, by, params, village.community)
        assert sum(line.all.count for line in lines) == whole.all.count
        for place, worked in enumerate(whole.rates):
            assert sum(line.rates[place].whole.count for line in lines) == worked.whole.count
            for part in range(3):
                parts = sum(line.rates[place].parts[part][2].count for line in lines)
                assert parts == worked.parts[part][2].count


def test_the_rates_as_one_reckons_them(village: Any) -> None:
    for solved, satisfied in (("yes", "yes"), ("yes", "partly"), ("partly", "no"), ("no", "no")):
        matter = answered(village)
        matters.appraise(matter, solved=solved, satisfied=satisfied, by=village.grid_worker)
    opened(village)
    response, solution, satisfaction = rates.whole(
        village.secretary, {"opened": this_month()}, village.community
    ).rates
    assert response.words == "80.0%"
    assert solution.words == "62.5%"  # (2 + 0.5) / 4
    assert satisfaction.words == "45.0%"  # (1 + 0.8) / 4
    set_number(
        "governance.appeal_weight_solved_partly", value=0, from_on=timezone.localdate(), basis="本市考核办法第五条",  # type: ignore[arg-type]
        area=village.community, by=village.secretary,
    )  # fmt: skip
    worked = rates.whole(village.secretary, {"opened": this_month()}, village.community).rates[1]
    assert worked.words == "50.0%"


def test_what_is_exempted_is_left_out_and_named(village: Any) -> None:
    matter = answered(village)
    matters.appraise(matter, solved="no", satisfied="no", by=village.grid_worker)
    appeal = Appeal.objects.get(matter=matter)
    with pytest.raises(Refused, match="请选剔除的理由"):
        actions.exempt(appeal, ground="", reason="热线同意剔除", by=village.secretary)
    with pytest.raises(Refused, match="请写清楚"):
        actions.exempt(appeal, ground="beyond", reason="好", by=village.secretary)
    for key in ("grid_worker", "outsider"):
        with pytest.raises(Refused, match="剔除要由"):
            actions.exempt(appeal, ground="beyond", reason="热线同意剔除", by=village[key])
    actions.exempt(appeal, ground="beyond", reason="热线 11 月 20 日同意剔除", by=village.secretary)
    with pytest.raises(Refused, match="已经剔除过"):
        actions.exempt(appeal, ground="beyond", reason="热线同意剔除", by=village.secretary)
    whole = rates.whole(village.secretary, {"opened": this_month()}, village.community)
    assert (whole.all.count, whole.rates[1].whole.count, whole.rates[1].words) == (1, 0, "—")
    assert Trace.objects.filter(action="governance.appeal_exempt").exists()
    actions.count_again(appeal, by=village.secretary)
    assert (
        rates.whole(village.secretary, {"opened": this_month()}, village.community).rates[1].whole.count == 1
    )


def test_what_was_sent_back_merged_or_withdrawn_is_not_counted(village: Any) -> None:
    order = opened(village, details={"outer_system": "12345", "outer_number": "X1"})
    matters.move(order, "object", note="不在本社区", objection="not_here", by=village.secretary)
    matters.move(opened(village), "withdraw", note="自己修好了", who="诉求人", by=None)
    first = taken_up(village)
    matters.merge(opened(village), into=first, by=village.secretary)
    whole = rates.whole(village.secretary, {"opened": this_month()}, village.community)
    assert (whole.all.count, whole.rates[0].whole.count, whole.rates[0].words) == (4, 1, "100.0%")


def test_one_sees_the_rates_of_where_one_works(village: Any) -> None:
    some_appeals(village, 1, 6)
    matters.open_matter(
        "governance.appeal", community=village.neighbour, title="隔壁的事", by=village.outsider
    )
    params = {"opened": this_month()}
    assert rates.whole(village.outsider, params, village.neighbour).all.count == 1
    assert rates.whole(village.secretary, params, village.community).all.count == 6
    assert rates.whole(village.street_section, params, village.community).all.count == 7
    assert rates.whole(village.system_admin, params, village.community).all.count == 0
    assert [line.name for line in rates.sliced(village.street_section, "community", params, village.community)] == [
        "里仁社区", "柳荫社区",
    ]  # fmt: skip


def test_restricted_matters_are_in_no_rate_and_no_hot_spot(village: Any) -> None:
    for _ in range(3):
        matters.open_matter(
            "governance.lead",
            community=village.community,
            title="线索",
            house=village.house,
            by=village.secretary,
        )
    assert rates.whole(village.secretary, {"opened": this_month()}, village.community).all.count == 0
    assert hotspots.found(village.secretary, village.community, {}) == []


def test_the_same_trouble_at_the_same_door_is_a_hot_spot(village: Any) -> None:
    opened(village)
    assert hotspots.found(village.secretary, village.community, {}) == []
    opened(village)
    opened(village, house=None, building=village.tower)
    opened(village, cause="noise")
    building, house = hotspots.found(village.secretary, village.community, {})
    assert (building.place, building.figure.count) == (village.tower, 3)
    assert (house.place, house.figure.count, house.cause.key) == (village.house, 2, "leak")
    for spot in (building, house):
        assert counted(village.secretary, spot.figure.params) == spot.figure.count
    assert hotspots.found(village.outsider, village.neighbour, {}) == []


def test_a_hot_spot_becomes_one_joint_matter(village: Any) -> None:
    with pytest.raises(Refused, match="满两件"):
        actions.open_topic(village.house, cause="leak", by=village.secretary)
    appeals = [opened(village), opened(village)]
    for key in ("grid_worker", "outsider", "street_section"):
        with pytest.raises(Refused, match="每月一题要由"):
            actions.open_topic(village.house, cause="leak", by=village[key])
    topic = actions.open_topic(village.house, cause="leak", by=village.secretary)
    assert topic.number.startswith("题-") and topic.house == village.house
    assert {link.other for link in MatterLink.objects.filter(matter=topic)} == set(appeals)
    with pytest.raises(Refused, match="已经有一题在办"):
        actions.open_topic(village.house, cause="leak", by=village.secretary)
    (spot,) = hotspots.found(village.secretary, village.community, {})
    assert spot.topic == topic


def test_the_return_tells_the_reply_and_never_the_inner_note(village: Any) -> None:
    from liren.core.sheets.ledger import Look
    from liren.duties.governance.appeals.ledgers import APPEALS, RETURNS

    matter = taken_up(village, details={"outer_system": "12345", "outer_number": "SH88"})
    matters.move(matter, "reply", note="修好了", inner="楼上拖了两周", by=village.grid_worker)
    assert not RETURNS.rows(village.secretary).exists()
    matters.move(matter, "close", note="回访过", outcome="resolved", by=village.grid_worker)
    (line,) = Look(RETURNS, village.secretary).lines(RETURNS.rows(village.secretary))
    assert line[0] == "SH88" and "修好了" in line and "已解决" in line and "楼上拖了两周" not in line
    assert APPEALS.rows(village.secretary).count() == 1
    assert not APPEALS.rows(village.outsider).exists() and not RETURNS.rows(village.outsider).exists()
