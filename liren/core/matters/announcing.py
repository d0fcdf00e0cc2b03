"""Announcing (群里提醒): what the work groups of a community hear — number, kind, building, time, counts.

Of restricted matters they hear nothing, not even that there is one.
"""

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.notices.actions import send_to_groups
from liren.core.notices.slots import Unfit
from liren.core.notices.slots import place as fit_place

from .informing import address_of
from .models import Matter, Todo

log = structlog.get_logger("liren.matters")


def announced_urgent(matter: Matter, *, by: Any) -> None:
    """Tells the groups of a matter that cannot wait."""
    todo = matter.main_todo
    if matter.restricted or matter.urgency != "urgent" or todo is None or todo.due_at is None:
        return
    facts = {"place": place_of(matter), "due": todo.due_at, **_of(matter)}
    _told(matter.community, "urgent", "matters.urgent", facts, f"matter:{matter.pk}:urgent", by)


def announced_overdue(todo: Todo) -> None:
    """Tells the groups of a step that is past its time."""
    matter = todo.matter
    if matter.restricted or todo.due_at is None:
        return
    facts = {"due": todo.due_at, **_of(matter)}
    _told(matter.community, "overdue", "matters.overdue", facts, f"todo:{todo.pk}:overdue", None)


def announced_day(community: Area, now: datetime) -> None:
    """The figures of the day: open, due today, overdue, closed the day before."""
    today = timezone.localdate(now)
    known = Matter.objects.filter(community=community, restricted=False)
    steps = Todo.objects.open().main().filter(matter__in=known.open(), paused_at=None)
    facts = {
        "community": community.name,
        "day": today,
        "count": known.open().count(),
        "soon": steps.filter(due_at__gte=now, due_at__date=today).count(),
        "late": known.overdue(now).count(),
        "done": known.filter(closed_at__date=today - timedelta(days=1)).count(),
        "link": "/matters/",
    }
    if facts["count"] or facts["done"]:
        _told(community, "daily", "matters.daily", facts, f"day:{community.pk}:{today}", None)


def place_of(matter: Matter) -> str:
    """The building; where that says too much or is unknown, the grid."""
    building = matter.building
    named = f"{building.estate or ''}{building.name}" if building else matter.area.name
    try:
        return fit_place(named)
    except Unfit:
        return matter.area.name


def _of(matter: Matter) -> dict[str, str]:
    return {"number": matter.number, "kind": matter.of_kind.name, "link": address_of(matter)}


def _told(community: Area, occasion: str, template: str, facts: dict[str, Any], key: str, by: Any) -> None:
    try:
        send_to_groups(community, occasion=occasion, template=template, facts=facts, key=key, by=by)
    except Unfit as why:
        # A name of somebody's own that fits no slot keeps no matter from being opened.
        log.warning("not told to groups", template=template, why=str(why))
