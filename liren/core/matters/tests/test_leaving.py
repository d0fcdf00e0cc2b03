"""When somebody leaves, nothing stays behind with them."""

from typing import Any

import pytest

from liren.core.matters import actions
from liren.core.matters.models import Entry, Matter, Todo

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


def test_what_one_was_asked_for_beside_goes_along(village: Any) -> None:
    matter = opened(village, village.secretary)
    beside = actions.ask_colleague(matter, "顺路送一下", holder=village.grid_worker, by=village.secretary)
    assert actions.hand_over_all(village.grid_worker, to=village.deputy, by=village.secretary) == 0
    beside.refresh_from_db()
    assert beside.holder == village.deputy
    entry = Entry.objects.filter(matter=matter, what="assign").latest("id")
    assert entry.particulars["beside"] == beside.pk and "工作交接" in entry.note


def test_it_goes_back_to_the_holder_where_the_other_does_not_work(village: Any) -> None:
    matter = opened(village, village.deputy)
    beside = actions.ask_colleague(matter, "顺路送一下", holder=village.grid_worker, by=village.secretary)
    actions.hand_over_all(village.grid_worker, to=village.grid_worker_2, by=village.secretary)
    beside.refresh_from_db()
    assert beside.holder == village.deputy


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
