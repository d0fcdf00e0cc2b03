"""Appeals: the flow with its guards, clocks by class, objections, and who may do what."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from liren.core.duty import Refused
from liren.core.matters import actions
from liren.core.matters.actions import PartyDraft
from liren.core.matters.models import Matter, Todo
from liren.duties.governance.models import Appeal

pytestmark = pytest.mark.django_db


def opened(village: Any, *, caller: bool = True, by: Any = None, **facts: Any) -> Matter:
    """An appeal about a leak, as the counter writes it down."""
    facts.setdefault("details", {})
    return actions.open_matter(
        "governance.appeal",
        community=village.community,
        title=facts.pop("title", "厨房顶上漏水"),
        house=facts.pop("house", village.house),
        cause=facts.pop("cause", "leak"),
        parties=[PartyDraft(name="方奶奶", phone="13900001111")] if caller else [],
        by=by or village.secretary,
        **facts,
    )


def taken_up(village: Any, **facts: Any) -> Matter:
    """One that is being worked on: accepted, the caller reached."""
    matter = opened(village, **facts)
    actions.move(matter, "accept", by=village.grid_worker)
    actions.contact(matter, how="phone", reached=True, note="说是楼上漏的", by=village.grid_worker)
    return actions.move(matter, "reached", by=village.grid_worker)


def answered(village: Any, **facts: Any) -> Matter:
    """One that was answered and waits for the call back."""
    matter = taken_up(village, **facts)
    return actions.move(matter, "reply", note="水管换好了，费用由楼上出", by=village.grid_worker)


def main_todo(matter: Matter) -> Todo:
    return Todo.objects.open().main().get(matter=matter)


def test_an_appeal_goes_from_the_counter_to_the_call_back(village: Any) -> None:
    matter = answered(village)
    assert matter.number.startswith("治-") and matter.holder == village.grid_worker
    actions.appraise(matter, solved="yes", satisfied="yes", by=village.grid_worker)
    matter = actions.move(matter, "close", note="回访满意", outcome="resolved", by=village.grid_worker)
    assert (matter.stage, matter.outcome_name) == ("done", "已解决")
    appeal = Appeal.objects.get(matter=matter)
    assert appeal.public_reply == "水管换好了，费用由楼上出" and appeal.replied_at


def test_who_takes_it_up_first_leads(village: Any) -> None:
    matter = opened(village)
    assert main_todo(matter).holder is None
    matter = actions.move(matter, "accept", by=village.grid_worker)
    assert Matter.objects.get(pk=matter.pk).holder == village.grid_worker
    assert main_todo(matter).holder == village.grid_worker
    given = opened(village, holder=village.line_worker)
    actions.move(given, "accept", by=village.deputy)
    assert Matter.objects.get(pk=given.pk).holder == village.line_worker


def test_reached_wants_the_attempts_written_down(village: Any) -> None:
    matter = opened(village)
    actions.move(matter, "accept", by=village.grid_worker)
    with pytest.raises(Refused, match="还没有联系记录"):
        actions.move(matter, "reached", by=village.grid_worker)
    for _ in range(2):
        actions.contact(matter, how="phone", reached=False, note="没人接", by=village.grid_worker)
    with pytest.raises(Refused, match="已试过 2 次。试满 3 次"):
        actions.move(matter, "reached", by=village.grid_worker)
    actions.contact(matter, how="phone", reached=False, by=village.grid_worker)
    assert actions.move(matter, "reached", by=village.grid_worker).stage == "doing"
    assert Matter.objects.get(pk=matter.pk).contacted_at is None


def test_nobody_has_to_call_who_left_no_name(village: Any) -> None:
    matter = opened(village, caller=False)
    actions.move(matter, "accept", by=village.grid_worker)
    assert actions.move(matter, "reached", by=village.grid_worker).stage == "doing"


@pytest.mark.parametrize(
    ("key", "words", "unit"),
    [
        ("h2", "2 小时", "小时"),
        ("h24", "24 小时", "小时"),
        ("d7", "7 日", "日"),
        ("d15", "15 日", "日"),
        ("w5", "5 个工作日", "工作日"),
    ],
)
def test_the_class_says_how_long_from_the_opening(village: Any, key: str, words: str, unit: str) -> None:
    matter = taken_up(village, details={"urgency_class": key})
    todo = main_todo(matter)
    assert (todo.limit, todo.unit, todo.confirmed) == (words, unit, False)
    assert todo.basis and todo.rule == f"governance.appeal_solve_{key}"
    if unit == "小时":
        assert todo.due_at == matter.opened_at + timedelta(hours=int(words.split()[0]))


def test_danger_makes_it_the_fastest_class(village: Any) -> None:
    assert Appeal.objects.get(matter=opened(village, danger=True)).urgency_class == "h2"
    assert Appeal.objects.get(matter=opened(village)).urgency_class == "w5"


def test_a_class_that_is_turned_off_is_offered_no_more(village: Any) -> None:
    from liren.core.rules.actions import set_number
    from liren.duties.governance.appeals import classes

    keys = [key for key, _ in classes.choices(village.community)]
    assert keys == ["h2", "h24", "w5", "d7", "d15"]
    facts = {"value": Decimal(0), "from_on": timezone.localdate(), "basis": "本市 12345 不设 2 小时档"}
    set_number("governance.appeal_uses_h2", area=village.community, by=village.secretary, **facts)
    assert "h2" not in [key for key, _ in classes.choices(village.community)]
    assert Appeal.objects.get(matter=opened(village, danger=True)).urgency_class == "h24"


def test_the_time_of_the_order_goes_before_the_class(village: Any) -> None:
    due = timezone.now() + timedelta(hours=30)
    details = {"outer_system": "12345", "outer_number": "SH1", "due_at": due}
    todo = main_todo(taken_up(village, details=details))
    assert todo.due_at == due and todo.basis == "派单平台载明的办理时限"


def test_explained_needs_what_it_rests_on(village: Any) -> None:
    matter = answered(village)
    with pytest.raises(Refused, match="要写清依据"):
        actions.move(matter, "close", note="办不了", outcome="explained", by=village.grid_worker)
    proof = "民法典第 278 条要业主共同决定，已当面说明"
    actions.move(matter, "close", note="办不了", outcome="explained", proof=proof, by=village.grid_worker)
    assert Appeal.objects.get(matter=matter).proof == proof


def test_only_what_a_platform_sent_can_be_sent_back(village: Any) -> None:
    with pytest.raises(Refused, match="没有地方可退"):
        actions.move(opened(village), "object", note="不归我们", objection="not_here", by=village.secretary)
    order = opened(village, details={"outer_system": "12345", "outer_number": "SH2"})
    with pytest.raises(Refused, match="请填上「为什么不该派给我们」"):
        actions.move(order, "object", note="不归我们", by=village.secretary)
    actions.move(order, "object", note="地址在柳荫社区", objection="not_here", by=village.secretary)
    assert Appeal.objects.get(matter=order).objection == "not_here"
    actions.move(order, "overruled", note="热线坚持", by=village.secretary)
    assert Appeal.objects.get(matter=order).objection == ""


def test_a_resident_has_it_begun_again_once(village: Any) -> None:
    matter = answered(village)
    close = {"note": "回访过", "outcome": "resolved", "by": village.grid_worker}
    actions.move(matter, "close", **close)
    matter = actions.move(matter, "reopen", note="又漏了", who="诉求人", by=None)
    assert (matter.stage, matter.reopened) == ("doing", 1)
    actions.move(matter, "reply", note="又修了一次", by=village.grid_worker)
    actions.move(matter, "close", **close)
    with pytest.raises(Refused, match="已经重新办理过 1 次"):
        actions.move(matter, "reopen", note="还漏", who="诉求人", by=None)
    assert actions.move(matter, "reopen", note="确实还漏", by=village.grid_worker).reopened == 2


def test_an_order_is_registered_once(village: Any) -> None:
    details = {"outer_system": "12345", "outer_number": "SH 20261123"}
    first = opened(village, details=details)
    with pytest.raises(Refused, match=f"已经登记过，是 {first.number}"):
        opened(village, details={**details, "outer_number": "SH20261123"})
    assert Matter.objects.filter(kind="governance.appeal").count() == 1
    opened(village, details={**details, "outer_system": "street"})


def test_outsiders_open_and_move_nothing(village: Any) -> None:
    matter = opened(village)
    for key in ("outsider", "grid_worker_2", "system_admin", "street_section"):
        with pytest.raises(Refused):
            actions.move(matter, "accept", by=village[key])
    with pytest.raises(Refused):
        opened(village, by=village.outsider)
    assert not Appeal.objects.visible_to(village.outsider).exists()
    assert Appeal.objects.visible_to(village.grid_worker).count() == 1
