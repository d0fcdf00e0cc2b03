"""The one `move()`: the only code that changes the stage of a matter."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core import duty
from liren.core.duty import Refused

from ..flow import Move, Stage
from ..informing import told_holder
from ..models import Entry, Matter
from ..stepping import begin_step, finish_step
from ..writing import allowed, done_already, locked, saved, wrote


@transaction.atomic
def move(
    matter: Matter,
    key: str,
    *,
    note: str = "",
    outcome: str = "",
    due_at: datetime | None = None,
    seen: int | None = None,
    once: str = "",
    who: str = "",
    by: Any,
    **facts: Any,
) -> Matter:
    """Takes a matter on by one move of its flow: stage, entry, todo and trace in one transaction.

    `seen` is the version that the user looked at; `once` the token of the form. `by` is None for the system, and for
    the one who asked where the move allows that. Raises Refused for a move that the stage, the post or the room does
    not allow, and for one that somebody else was faster with.
    """
    matter = locked(matter)
    if done_already(matter, once):
        return matter
    if seen is not None and seen != matter.version:
        raise Refused(_faster(matter))
    if matter.archived_at is not None:
        raise Refused(f"{matter.number} 已归档，只能查看")
    step = matter.flow.find(key, matter.stage)
    if by is None and who and not step.by_resident:
        raise Refused("这一步要由社区来办")
    allowed(matter, step.ability, by)
    if step.guard and (why := step.guard(matter, by)):
        raise Refused(why)
    if step.note_required and not note.strip():
        raise Refused(f"「{step.name}」要写一句说明")
    known = step.read_facts(facts)
    return _taken(matter, step, note, _outcome(matter, step, outcome), due_at, once, who, by, known)


def _taken(
    matter: Matter, step: Move, note: str, outcome: str, due_at: datetime | None, once: str, who: str, by: Any,
    facts: dict[str, Any],
) -> Matter:  # fmt: skip
    now, before = timezone.now(), matter.stage
    end = matter.flow.stage(step.end)
    finished = finish_step(matter, by=by, at=now)
    matter.stage, matter.version, matter.moved_at, matter.stuck_since = end.key, matter.version + 1, now, None
    entry = wrote(
        matter, step.key, by=by, who=who, note=note, before=before, public=step.public, once=once, trace="move",
        **{name: _plain(value) for name, value in facts.items()}, **({"outcome": outcome} if outcome else {}),
    )  # fmt: skip
    if step.effect:
        step.effect(matter, entry, by=by, **facts)
    if end.is_end:
        _close(matter, outcome, finished, now)
    else:
        _go_on(matter, end, due_at, now)
    saved(
        matter, "stage", "version", "moved_at", "stuck_since", "closed_at", "closed_in_time", "outcome", "holder",
        "reopened", "solved", "satisfied", "stars",
    )  # fmt: skip
    duty.tell("matter.moved", matter=matter, entry=entry)
    return matter


def _close(matter: Matter, outcome: str, finished: Any, now: datetime) -> None:
    matter.closed_at, matter.outcome = now, outcome
    matter.closed_in_time = finished.in_time if finished else None


def _go_on(matter: Matter, end: Stage, due_at: datetime | None, now: datetime) -> None:
    was_closed = matter.closed_at is not None
    if was_closed:
        matter.closed_at, matter.closed_in_time, matter.outcome = None, None, ""
        matter.solved = matter.satisfied = ""
        matter.stars = None
        matter.reopened += 1
        if matter.holder and not matter.holder.is_active:
            # Who held it has left since: it lies open for whoever takes it, instead of with an account nobody opens.
            matter.holder = None
    begin_step(matter, end, at=now, due_at=due_at)
    if was_closed:
        told_holder(matter, by=None)


def _outcome(matter: Matter, step: Move, outcome: str) -> str:
    """The outcome of a closing move: one of those it names; the only one there is need not be said."""
    if not matter.flow.stage(step.end).is_end:
        return ""
    if not outcome and len(step.outcomes) == 1:
        return step.outcomes[0]
    if step.outcomes and outcome not in step.outcomes:
        raise Refused("请选办理结果")
    return outcome


def _faster(matter: Matter) -> str:
    last = Entry.objects.filter(matter=matter).select_related("by", "matter").first()
    if last is None:
        return "这件事刚有变化，请看过最新的经过再办"
    return f"{last.teller}刚刚办了「{last.name}」，请看过最新的经过再办"


def _plain(value: Any) -> Any:
    """A fact as it lies in the entry."""
    if value is None or isinstance(value, str | int | bool):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else getattr(value, "pk", str(value))
