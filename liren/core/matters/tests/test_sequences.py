"""Whatever order people do things in: no dead end, clocks never run backwards, one open main todo, nothing lost."""

import datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liren.core.duty import Refused
from liren.core.matters import actions
from liren.core.matters.flow import Ask
from liren.core.matters.kinds import Kind, all_kinds
from liren.core.matters.models import Entry, Matter, Series, Todo

pytestmark = pytest.mark.django_db

DEEDS = (
    "move",
    "wrong",
    "pause",
    "resume",
    "comment",
    "contact",
    "assign",
    "urgency",
    "merge",
    "split",
    "twice",
)
STORY = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 9)), min_size=4, max_size=14)


class Undone(Exception):
    """Takes one example's rows back."""


def answer(ask: Ask, village: Any) -> Any:
    """Something that the ask accepts."""
    if ask.choices:
        return ask.choices[0][0]
    soon = timezone.now() + datetime.timedelta(days=3)
    return {
        "line": "说明", "text": "说明", "date": timezone.localdate(soon), "moment": soon, "user": village.deputy,
        "yes": True, "whole": 1, "choice": "",
    }[ask.input]  # fmt: skip


def opened(kind: Kind, village: Any, title: str) -> Matter:
    return actions.open_matter(
        kind.key, community=village.community, title=title, house=village.house, holder=village.deputy,
        by=village.secretary,
    )  # fmt: skip


def done(matter: Matter, deed: str, n: int, village: Any) -> None:
    """One deed; a refusal is as good as any answer."""
    by = (village.secretary, village.deputy)[n % 2]
    if deed in ("move", "twice"):
        moves = list(matter.flow.from_stage(matter.stage))
        step = moves[n % len(moves)] if moves else None
        if step is None:
            return
        facts = {ask.key: answer(ask, village) for ask in step.asks}
        outcome = step.outcomes[n % len(step.outcomes)] if step.outcomes else ""
        for _ in range(2 if deed == "twice" else 1):
            actions.move(
                matter, step.key, note="写一句", outcome=outcome, once=f"{matter.version}-{n}", by=by, **facts
            )
    elif deed == "wrong":
        others = [move for move in matter.flow.moves if matter.stage not in move.start]
        if others:
            with pytest.raises(Refused):
                actions.move(matter, others[n % len(others)].key, note="写一句", by=by)
    elif deed == "merge":
        actions.merge(matter, into=opened(matter.of_kind, village, "并到这里"), by=by)
    else:
        plain(matter, deed, n, village, by)


def plain(matter: Matter, deed: str, n: int, village: Any, by: Any) -> None:
    if deed == "pause":
        actions.pause_clock(matter, reason="等材料", by=by)
    elif deed == "resume":
        actions.resume_clock(matter, by=by)
    elif deed == "comment":
        actions.comment(matter, "去看过了", by=by)
    elif deed == "contact":
        actions.contact(matter, how="phone", reached=n % 2 == 0, by=by)
    elif deed == "assign":
        actions.assign(matter, (village.secretary, village.deputy)[n % 2], by=village.secretary)
    elif deed == "urgency":
        actions.overrule_triage(matter, urgency="urgent", reason="下雨", by=by)
    else:
        actions.split(matter, title="另一半", by=by)


def holds(matter: Matter, entries: int, due: datetime.datetime | None) -> None:
    """What is true after every deed."""
    todos = Todo.objects.filter(matter=matter, is_main=True, done_at=None)
    assert todos.count() == (0 if matter.closed_at else 1)
    assert (matter.closed_at is not None) == matter.at_stage.is_end
    assert Entry.objects.filter(matter=matter).count() >= entries
    if matter.is_open:
        assert list(matter.flow.from_stage(matter.stage)), "a dead end"
        todo = todos.get()
        assert todo.due_at is None or todo.due_at >= todo.start_at
        assert todo.rank == matter.urgency_rank
        if due and todo.due_at and todo.pk == holds.todo:  # type: ignore[attr-defined]
            assert todo.due_at >= due, "a clock ran backwards"
        holds.todo = todo.pk  # type: ignore[attr-defined]


holds.todo = 0  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.key)
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(story=STORY)
def test_any_story(kind: Kind, village: Any, story: list[tuple[str, int]]) -> None:
    def told() -> None:
        with transaction.atomic():
            matter = opened(kind, village, "一件事")
            entries, due = 1, None
            for deed, n in story:
                try:
                    with transaction.atomic():
                        done(matter, deed, n, village)
                except Refused as refusal:
                    assert str(refusal)
                matter = Matter.objects.get(pk=matter.pk)
                holds(matter, entries, due)
                entries = Entry.objects.filter(matter=matter).count()
                due = (
                    Todo.objects.filter(matter=matter, is_main=True, done_at=None)
                    .values_list("due_at", flat=True)
                    .first()
                )
            everything_counts(kind, village)
            raise Undone

    with pytest.raises(Undone):
        told()


def everything_counts(kind: Kind, village: Any) -> None:
    """Numbers run without gap or double, and nothing merged has lost a word."""
    rows = Matter.objects.filter(community=village.community)
    signs = [each.series for each in all_kinds()]  # rooms number papers of their own as well
    for series in Series.objects.filter(community=village.community, sign__in=signs):
        given_out = sorted(
            int(number.rsplit("-", 1)[1])
            for number in rows.filter(number__startswith=f"{series.sign}-{series.year}-").values_list(
                "number", flat=True
            )
        )
        assert given_out == list(range(1, series.last + 1))
    for gone in rows.exclude(merged_into=None).select_related("merged_into"):
        story = set(Entry.objects.story(gone.merged_into))
        assert set(Entry.objects.filter(matter=gone)) <= story
