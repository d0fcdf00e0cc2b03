"""Stepping (下一步): the next step of a matter, its one open main todo, with its clock."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from liren.core.rules.limits import limit

from .flow import Stage
from .models import Matter, Todo


def finish_step(matter: Matter, *, by: Any, at: datetime) -> Todo | None:
    """Ends the open main todo, and says whether it was in time."""
    todo = Todo.objects.select_for_update().filter(matter=matter, is_main=True, done_at=None).first()
    if todo is None:
        return None
    todo.done_at, todo.done_by = at, by
    todo.in_time = None if todo.due_at is None else todo.paused_at is not None or at <= todo.due_at
    todo.save(update_fields=["done_at", "done_by", "in_time"])
    return todo


def begin_step(
    matter: Matter, stage: Stage, *, at: datetime, due_at: datetime | None = None, basis: str = ""
) -> Todo:
    """Opens the main todo of a stage. A time that was agreed or ordered goes before the rule's."""
    todo = Todo(
        matter=matter,
        community_id=matter.community_id,
        area_id=matter.area_id,
        line=matter.line,
        restricted=matter.restricted,
        seal=matter.of_kind.seal,
        rank=matter.urgency_rank,
        stage=stage.key,
        what=stage.todo,
        waits=stage.waits,
        holder_id=None if stage.pool else matter.holder_id,
        start_at=at,
    )
    put_clock(todo, matter, stage, due_at=due_at, basis=basis)
    todo.save(force_insert=True)
    return todo


def put_clock(
    todo: Todo, matter: Matter, stage: Stage, *, due_at: datetime | None = None, basis: str = ""
) -> None:
    """Sets the time of a todo and the ground on which it rests."""
    key = stage.clock.rule_for(matter) if stage.clock else ""
    if due_at is None and stage.clock and stage.clock.ordered and (known_time := stage.clock.ordered(matter)):
        due_at, basis = known_time
    if due_at is not None:
        todo.due_at, todo.basis, todo.confirmed = max(due_at, todo.start_at), basis or "办理时约定", True
        todo.rule = todo.limit = todo.unit = ""
    elif stage.clock and key:
        since = matter.opened_at if stage.clock.from_opening else todo.start_at
        known = limit(key, on=timezone.localdate(since), area=matter.area)
        todo.due_at = max(known.due(since), todo.start_at)
        todo.rule, todo.limit, todo.unit = key, known.words, known.unit
        todo.basis, todo.confirmed = known.basis, known.confirmed
