"""When somebody leaves, nothing stays behind with them."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liren.core.duty import Refused
from liren.core.matters import actions
from liren.core.matters.models import Entry, Matter, Todo
from liren.core.notices.models import Notice

pytestmark = pytest.mark.django_db


def opened(village: Any, holder: Any) -> Matter:
    return actions.open_matter(
        "governance.errand",
        community=village.community,
        title="帮方奶奶取药",
        house=village.house,
        holder=holder,
        by=village.secretary,
    )


def told(user: Any) -> list[str]:
    """What came into the inbox of the hand-over, not of what was given before."""
    rows = (
        Notice.objects.filter(user=user).exclude(text__contains="派给您办").exclude(text__contains="请您协办")
    )
    return list(rows.order_by("pk").values_list("text", flat=True))


def test_what_one_was_asked_for_beside_goes_along(village: Any) -> None:
    matter = opened(village, village.secretary)
    beside = actions.ask_colleague(matter, "顺路送一下", holder=village.grid_worker, by=village.secretary)
    assert actions.hand_over_all(village.grid_worker, to=village.deputy, by=village.secretary) == 1
    beside.refresh_from_db()
    assert beside.holder == village.deputy
    assert told(village.deputy) == [f"{village.grid_worker}协办的 1 件事交接给您了"]
    entry = Entry.objects.filter(matter=matter, what="assign").latest("id")
    assert entry.particulars["beside"] == beside.pk and "工作交接" in entry.note


def test_it_goes_back_to_the_holder_where_the_other_does_not_work(village: Any) -> None:
    matter = opened(village, village.deputy)
    beside = actions.ask_colleague(matter, "顺路送一下", holder=village.grid_worker, by=village.secretary)
    actions.hand_over_all(village.grid_worker, to=village.grid_worker_2, by=village.secretary)
    beside.refresh_from_db()
    assert beside.holder == village.deputy
    assert not told(village.grid_worker_2)
    assert told(village.deputy)[-1] == (
        f"{matter.number} 请{village.grid_worker}协办的「顺路送一下」回到您这里了"
    )


def test_what_was_held_and_what_was_asked_for_are_told_in_one_line(village: Any) -> None:
    opened(village, village.grid_worker)
    matter = opened(village, village.secretary)
    for what in ("顺路送一下", "带一下路"):
        actions.ask_colleague(matter, what, holder=village.grid_worker, by=village.secretary)
    assert actions.hand_over_all(village.grid_worker, to=village.deputy, by=village.secretary) == 3
    assert told(village.deputy) == [f"{village.grid_worker}手上的 1 件事项、协办的 2 件事交接给您了"]


def test_who_may_not_assign_hands_nothing_over(village: Any) -> None:
    matter = opened(village, village.secretary)
    beside = actions.ask_colleague(matter, "顺路送一下", holder=village.grid_worker, by=village.secretary)
    with pytest.raises(Refused, match="不能"):
        actions.hand_over_all(village.grid_worker, to=village.deputy, by=village.grid_worker)
    beside.refresh_from_db()
    assert beside.holder == village.grid_worker


def test_each_thing_asked_for_costs_two_rows_and_no_question(village: Any) -> None:
    """The entry and its trace; who may see what is asked once."""
    asked = []
    for count in (2, 6):
        matter = opened(village, village.secretary)
        for n in range(count):
            actions.ask_colleague(matter, f"第 {n} 件", holder=village.grid_worker, by=village.secretary)
        village.secretary.forget_posts()
        village.deputy.forget_posts()
        with CaptureQueriesContext(connection) as queries:
            actions.hand_over_all(village.grid_worker, to=village.deputy, by=village.secretary)
        asked.append(sum(q["sql"].startswith("SELECT") and "matters_" in q["sql"] for q in queries))
    assert asked[0] == asked[1]


def test_what_is_reopened_after_its_holder_left_lies_open_for_all(village: Any) -> None:
    matter = opened(village, village.grid_worker)
    actions.move(matter, "finish", note="药送到了", outcome="done", by=village.grid_worker)
    village.grid_worker.is_active = False
    village.grid_worker.save()
    matter = actions.move(matter, "reopen", note="药拿错了", who="诉求人", by=None)
    assert Matter.objects.get(pk=matter.pk).holder is None
    assert Todo.objects.open().for_user(village.deputy).filter(matter=matter, is_main=True).exists()


def test_the_one_who_asked_does_not_read_why_it_was_merged(village: Any) -> None:
    first, second = opened(village, village.deputy), opened(village, village.deputy)
    actions.merge(first, into=second, note="老问题，又来了", by=village.secretary)
    assert not any("又来了" in entry.note for entry in Entry.objects.for_asker().filter(matter=first))
    assert Entry.objects.filter(matter=first, note="老问题，又来了").exists()
