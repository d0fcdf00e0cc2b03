"""The clock of the next step: pausing with a reason, going on, and agreeing on another time."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.duty import Refused
from liren.core.rules.limits import postpone

from ..models import Matter, Todo
from ..writing import allowed, locked, still_open, wrote


def _main(matter: Matter) -> Todo:
    return Todo.objects.select_for_update().get(matter=matter, is_main=True, done_at=None)


@transaction.atomic
def pause_clock(matter: Matter, *, reason: str, until: date | None = None, by: Any) -> Todo:
    """Stops the clock of the next step, with a reason (等鉴定、等补材料); it goes on by itself on `until`."""
    matter = locked(matter)
    allowed(matter, "matters.work", by)
    still_open(matter)
    todo = _main(matter)
    if not reason.strip():
        raise Refused("停表要写理由")
    if todo.due_at is None:
        raise Refused("这一步没有时限，不用停表")
    if todo.paused_at is not None:
        raise Refused("已经停表了")
    if todo.is_overdue:
        raise Refused("已经超过时限，不能再停表")
    if until is not None and until <= timezone.localdate():
        raise Refused("续表的日子要在今天以后")
    todo.paused_at, todo.pause_reason, todo.resume_on = timezone.now(), reason.strip()[:80], until
    todo.save(update_fields=["paused_at", "pause_reason", "resume_on"])
    wrote(matter, "pause", by=by, note=reason, until=until.isoformat() if until else None)
    return todo


@transaction.atomic
def resume_clock(matter: Matter, *, note: str = "", by: Any) -> Todo:
    """Lets the clock go on; the time it stood still is added in the unit of the rule."""
    matter = locked(matter)
    allowed(matter, "matters.work", by)
    still_open(matter)
    todo = _main(matter)
    if todo.paused_at is None or todo.due_at is None:
        raise Refused("这一步没有停表")
    now = timezone.now()
    todo.due_at = postpone(todo.unit or "小时", todo.due_at, since=todo.paused_at, until=now)
    todo.paused_at, todo.pause_reason, todo.resume_on = None, "", None
    todo.save(update_fields=["due_at", "paused_at", "pause_reason", "resume_on"])
    wrote(matter, "resume", by=by, note=note, due_at=todo.due_at.isoformat())
    return todo


@transaction.atomic
def set_due(matter: Matter, due_at: datetime, *, reason: str, by: Any) -> Todo:
    """Agrees on another time for the next step (申请延期), with a reason; the rule's own limit stays in the history."""
    matter = locked(matter)
    allowed(matter, "matters.assign", by)
    still_open(matter)
    todo = _main(matter)
    if not reason.strip():
        raise Refused("改时限要写理由")
    if due_at <= timezone.now():
        raise Refused("新的时限要在现在以后")
    before = todo.due_at
    todo.due_at, todo.basis = due_at, f"延期：{reason.strip()}"[:200]
    todo.escalated, todo.reminded_at = 0, None
    todo.save(update_fields=["due_at", "basis", "escalated", "reminded_at"])
    wrote(
        matter, "due", by=by, note=reason, due_at=due_at.isoformat(),
        before_due=before.isoformat() if before else None,
    )  # fmt: skip
    return todo


@transaction.atomic
def ask_colleague(matter: Matter, what: str, *, holder: Any, due_at: datetime | None = None, by: Any) -> Todo:
    """Asks a colleague for something beside the next step (协办): a todo of their own."""
    matter = locked(matter)
    allowed(matter, "matters.work", by)
    still_open(matter)
    if not what.strip():
        raise Refused("请写请他办什么")
    if not Matter.objects.visible_to(holder).filter(pk=matter.pk).exists():
        raise Refused(f"{holder}看不到这件事项，不能请他协办")
    todo = Todo.objects.create(
        matter=matter, community_id=matter.community_id, area_id=matter.area_id, line=matter.line,
        restricted=matter.restricted, seal=matter.of_kind.seal, rank=matter.urgency_rank, is_main=False,
        what=what.strip()[:80], holder=holder, due_at=due_at, basis="同事约定" if due_at else "",
    )  # fmt: skip
    wrote(matter, "assign", by=by, note=what, to=holder.pk, to_name=str(holder), beside=todo.pk)
    return todo


@transaction.atomic
def finish_todo(todo: Todo, *, note: str = "", by: Any) -> Todo:
    """Ends what was asked for beside; the main one ends by its move alone."""
    matter = locked(todo.matter)
    todo = Todo.objects.select_for_update().get(pk=todo.pk)
    if todo.is_main:
        raise Refused("这一步要到事项里去办")
    if todo.done_at is not None:
        return todo
    allowed(matter, "matters.work", by)
    todo.done_at, todo.done_by = timezone.now(), by
    todo.in_time = None if todo.due_at is None else todo.done_at <= todo.due_at
    todo.save(update_fields=["done_at", "done_by", "in_time"])
    wrote(matter, "comment", by=by, note=note or f"协办完成：{todo.what}", beside=todo.pk)
    return todo
