"""One road for every change of stage: what it writes, and what it refuses."""

from typing import Any

import pytest

from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.core.matters import actions
from liren.core.matters.models import Entry, Matter, Todo

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


def test_opening_gives_a_number_an_entry_a_todo_and_a_trace(village: Any, errand: Matter) -> None:
    assert errand.number.startswith("办-") and errand.number.endswith("-0001")
    assert errand.area == village.grid_1
    todo = Todo.objects.open().get(matter=errand)
    assert (todo.is_main, todo.holder, todo.what) == (True, village.grid_worker, "接手办理")
    assert todo.due_at and todo.basis and not todo.confirmed
    assert [entry.what for entry in Entry.objects.filter(matter=errand)] == ["open"]
    assert Trace.objects.about(errand).get().action == "matters.open"


def test_a_move_closes_one_todo_and_opens_the_next(village: Any, errand: Matter) -> None:
    actions.move(errand, "begin", by=village.grid_worker)
    matter = actions.move(errand, "wait", note="等医院回话", by=village.grid_worker)
    assert matter.stage == "waiting"
    assert [todo.stage for todo in Todo.objects.filter(matter=errand).order_by("id")] == [
        "new",
        "doing",
        "waiting",
    ]
    assert Todo.objects.open().main().get(matter=errand).waits
    assert Entry.objects.filter(matter=errand).count() == 3


def test_an_impossible_move_is_refused_with_what_is_possible(village: Any, errand: Matter) -> None:
    with pytest.raises(Refused, match="现在是「待办理」，不能「接着办」。可以：「开始办」"):
        actions.move(errand, "go_on", by=village.grid_worker)


def test_a_double_click_is_done_once(village: Any, errand: Matter) -> None:
    for _ in range(2):
        actions.move(errand, "begin", once="abc", by=village.grid_worker)
    assert Entry.objects.filter(matter=errand, what="begin").count() == 1


def test_who_looked_at_an_older_page_is_told_who_was_faster(village: Any, errand: Matter) -> None:
    actions.move(errand, "begin", seen=0, by=village.grid_worker)
    with pytest.raises(Refused, match="方亮刚刚办了「开始办」"):
        actions.move(errand, "finish", note="办好了", outcome="done", seen=0, by=village.secretary)


def test_closing_asks_for_the_outcome_and_a_word(village: Any, errand: Matter) -> None:
    with pytest.raises(Refused, match="要写一句说明"):
        actions.move(errand, "finish", outcome="done", by=village.grid_worker)
    with pytest.raises(Refused, match="请选办理结果"):
        actions.move(errand, "finish", note="好", by=village.grid_worker)
    matter = actions.move(errand, "finish", note="药送到了", outcome="done", by=village.grid_worker)
    assert matter.closed_at and matter.outcome_name == "已完成" and matter.closed_in_time
    assert not Todo.objects.open().filter(matter=matter).exists()


def test_reopening_counts_and_forgets_the_answer(village: Any, errand: Matter) -> None:
    actions.move(errand, "finish", note="药送到了", outcome="done", by=village.grid_worker)
    actions.appraise(errand, solved="no", satisfied="no", by=village.grid_worker)
    matter = actions.move(errand, "reopen", note="药拿错了", who="诉求人", by=None)
    assert (matter.closed_at, matter.reopened, matter.solved) == (None, 1, "")
    assert Todo.objects.open().main().filter(matter=matter).count() == 1


def test_a_resident_does_only_what_the_flow_lets_them(village: Any, errand: Matter) -> None:
    with pytest.raises(Refused, match="要由社区来办"):
        actions.move(errand, "begin", who="诉求人", by=None)


def test_outsiders_and_the_system_posts_move_nothing(village: Any, errand: Matter) -> None:
    for key in ("outsider", "grid_worker_2", "system_admin", "street_section"):
        with pytest.raises(Refused):
            actions.move(errand, "begin", by=village[key])
    assert Matter.objects.get(pk=errand.pk).stage == "new"


def test_entries_are_never_altered_or_removed(village: Any, errand: Matter) -> None:
    from django.db import DatabaseError, transaction

    entry = Entry.objects.get(matter=errand)
    with pytest.raises(TypeError):
        Entry.objects.all().update(note="别的")
    with pytest.raises(TypeError):
        Entry.objects.all().delete()
    for deed in (entry.save, entry.delete):
        entry.note = "别的"
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()
