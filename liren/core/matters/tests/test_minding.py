"""What the house looks after by itself: nobody is told twice, what is overdue climbs, what stands still is listed."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from liren.core.matters import actions
from liren.core.matters.actions import minding
from liren.core.matters.actions.minding import mind_clocks, mind_nightly
from liren.core.matters.models import Entry, Matter, Todo
from liren.core.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def errand(village: Any) -> Matter:
    return actions.open_matter(
        "governance.errand",
        community=village.community,
        title="帮方奶奶取药",
        house=village.house,
        holder=village.grid_worker,
        by=village.secretary,
    )


def told(user: Any) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("id").values_list("text", flat=True))


def due(matter: Matter) -> Any:
    return Todo.objects.open().main().get(matter=matter).due_at


def test_the_holder_is_reminded_once_before_the_time(village: Any, errand: Matter) -> None:
    before = due(errand) - timedelta(hours=2)
    assert mind_clocks(before)["reminded"] == 1
    assert mind_clocks(before)["reminded"] == 0
    assert next(text for text in told(village.grid_worker) if "到期" in text).startswith(errand.number)


def test_what_is_overdue_climbs_one_step_at_a_time(village: Any, errand: Matter) -> None:
    late = due(errand) + timedelta(minutes=1)
    assert mind_clocks(late)["escalated"] == 1
    assert mind_clocks(late)["escalated"] == 0
    assert not any("超过时限" in text for text in told(village.secretary))
    assert mind_clocks(late + timedelta(days=14))["escalated"] == 1
    assert any("超过时限" in text for text in told(village.secretary))
    assert Entry.objects.filter(matter=errand, what="overdue").count() == 2


def test_one_clock_that_went_on_meanwhile_does_not_stop_the_others(
    village: Any, errand: Matter, monkeypatch: Any
) -> None:
    other = actions.open_matter(
        "governance.errand", community=village.community, title="换灯泡", holder=village.grid_worker, by=village.secretary
    )  # fmt: skip
    moment = due(errand) - timedelta(hours=1)
    with time_machine.travel(moment, tick=False):
        for matter in (errand, other):
            actions.pause_clock(
                matter, reason="等", until=timezone.localdate() + timedelta(days=1), by=village.secretary
            )
    real = minding.resume_clock

    def resume_clock(matter: Matter, **facts: Any) -> Any:
        if matter == errand:
            real(matter, note="同事先续了", by=village.secretary)
        return real(matter, **facts)

    monkeypatch.setattr(minding, "resume_clock", resume_clock)
    with time_machine.travel(moment + timedelta(days=2), tick=False):
        assert mind_clocks()["resumed"] == 1
    assert not Todo.objects.open().filter(paused_at__isnull=False).exists()


def test_a_paused_clock_is_neither_overdue_nor_forgotten(village: Any, errand: Matter) -> None:
    moment = due(errand) - timedelta(hours=1)
    with time_machine.travel(moment, tick=False):
        actions.pause_clock(
            errand,
            reason="等医院开门",
            until=timezone.localdate() + timedelta(days=3),
            by=village.grid_worker,
        )
    assert mind_clocks(moment + timedelta(days=2)) == {"resumed": 0, "reminded": 0, "escalated": 0}
    with time_machine.travel(moment + timedelta(days=3, hours=1), tick=False):
        assert mind_clocks()["resumed"] == 1
    assert due(errand) > moment + timedelta(days=3)


def test_what_nobody_touches_is_listed_until_somebody_does(village: Any, errand: Matter) -> None:
    assert mind_nightly()["stuck"] == 0
    later = timezone.now() + timedelta(days=15)
    assert mind_nightly(later)["stuck"] == 1
    with time_machine.travel(later, tick=False):
        actions.comment(errand, "已打过电话", by=village.grid_worker)
        mind_nightly()
    assert Matter.objects.get(pk=errand.pk).stuck_since is None


def test_waiting_weighs_more(village: Any, errand: Matter) -> None:
    before = Matter.objects.get(pk=errand.pk).urgency_score
    with time_machine.travel(timezone.now() + timedelta(days=7, hours=1), tick=False):
        assert mind_nightly()["weighed"] == 1
    matter = Matter.objects.get(pk=errand.pk)
    assert matter.urgency_score > before
    assert ["已等 7 天"] == [why for _, why in matter.urgency_parts if why.startswith("已等")]


def test_what_is_long_done_goes_to_the_archive(village: Any, errand: Matter) -> None:
    actions.move(errand, "finish", note="好了", outcome="done", by=village.grid_worker)
    assert mind_nightly(timezone.now() + timedelta(days=181))["archived"] == 1
    assert Matter.objects.get(pk=errand.pk).archived_at
