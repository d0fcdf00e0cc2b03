"""What the house itself looks after, by the hour and by night: reminders, escalation, what stands still, the archive."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from liren.core.accounts.models import Post, User
from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.notices.actions import tell_users
from liren.core.rules import number
from liren.core.rules.workdays import add_workdays

from ..announcing import announced_day, announced_overdue
from ..informing import address_of
from ..models import Circle, Entry, Matter, Todo
from ..writing import wrote
from .keeping import archive
from .timing import resume_clock
from .triaging import weigh


def mind_clocks(now: datetime | None = None) -> dict[str, int]:
    """Once an hour: clocks whose pause has ended go on, holders are reminded, what is overdue goes one step up."""
    now = now or timezone.now()
    return {"resumed": _resume(now), "reminded": _remind(now), "escalated": _escalate(now)}


def mind_nightly(now: datetime | None = None) -> dict[str, int]:
    """Once a day: what stands still is listed, what waits is weighed again, what is long done goes to the archive."""
    now = now or timezone.now()
    for community in _communities():
        announced_day(community, now)
    return {"stuck": _list_stuck(now), "weighed": _weigh_waiting(now), "archived": _archive(now)}


def _resume(now: datetime) -> int:
    due = Todo.objects.open().filter(paused_at__isnull=False, resume_on__lte=timezone.localdate(now))
    count = 0
    for todo in due.select_related("matter"):
        # Somebody may have gone on with it since; the others have their turn all the same.
        with suppress(Refused):
            resume_clock(todo.matter, note="到了约定的日子，自动续表", by=None)
            count += 1
    return count


def _remind(now: datetime) -> int:
    """Each step once, so many hours before its time."""
    count = 0
    for community in _communities():
        ahead = now + timedelta(hours=number("matters.remind_hours", area=community))
        rows = Todo.objects.open().filter(
            community=community, reminded_at=None, paused_at=None, holder__isnull=False,
            due_at__gt=now, due_at__lte=ahead,
        )  # fmt: skip
        for todo in rows.select_related("matter", "holder"):
            with transaction.atomic():
                if not Todo.objects.filter(pk=todo.pk, reminded_at=None).update(reminded_at=now):
                    continue
                holders = [todo.holder] if todo.holder else []
                _say(todo, holders, f"{todo.matter.number}「{todo.what}」{_when(todo)}到期", "due")
                count += 1
    return count


def _escalate(now: datetime) -> int:
    """Overdue: first whoever holds it, after some working days the secretary as well. Written into the story once."""
    count = 0
    for todo in Todo.objects.overdue(now).filter(escalated=0).select_related("matter__community", "holder"):
        count += _raised(todo, 1, [todo.holder] if todo.holder else _leads(todo.matter), now)
    for todo in Todo.objects.overdue(now).filter(escalated=1).select_related("matter__community", "holder"):
        days = number("matters.escalate_days", area=todo.matter.community)
        if todo.due_at and add_workdays(todo.due_at, days) <= now:
            count += _raised(todo, 2, _leads(todo.matter), now)
    return count


@transaction.atomic
def _raised(todo: Todo, level: int, users: list[User], now: datetime) -> int:
    if not Todo.objects.filter(pk=todo.pk, escalated=level - 1, done_at=None).update(escalated=level):
        return 0
    names = "、".join(str(user) for user in users)
    wrote(
        todo.matter, "overdue", by=None, level=level, todo=todo.pk,
        note=f"「{todo.what}」超过时限，已提醒{names}" if names else f"「{todo.what}」超过时限",
    )  # fmt: skip
    _say(todo, users, f"{todo.matter.number}「{todo.what}」已超过时限", f"over{level}")
    announced_overdue(todo)
    return 1


def _leads(matter: Matter) -> list[User]:
    """The secretary of the community; of a restricted matter only those in its circle."""
    posts = Post.objects.current().filter(area=matter.community, role="secretary")
    users = User.objects.filter(posts__in=posts, is_active=True).distinct()
    if matter.restricted:
        users = users.filter(pk__in=Circle.objects.filter(matter=matter, to_at=None).values("user_id"))
    return list(users)


def _say(todo: Todo, users: list[User], text: str, occasion: str) -> None:
    tell_users(
        users,
        text=text,
        url=address_of(todo.matter),
        icon="clock",
        key=f"todo:{todo.pk}:{occasion}",
        community=todo.matter.community,
        by=None,
    )


def _when(todo: Todo) -> str:
    return f"{timezone.localtime(todo.due_at):%-m月%-d日 %H:%M}" if todo.due_at else ""


def _communities() -> list[Area]:
    return list(Area.objects.communities())


def _list_stuck(now: datetime) -> int:
    """Open, and nothing was written for many days; a waiting step counts as well, a paused clock does not."""
    today, count = timezone.localdate(now), 0
    for community in _communities():
        since = now - timedelta(days=number("matters.stuck_days", area=community))
        touched = Entry.objects.filter(matter=OuterRef("pk"), at__gte=since)
        rows = Matter.objects.open().filter(community=community)
        rows.filter(Exists(touched), stuck_since__isnull=False).update(stuck_since=None)
        still = rows.filter(~Exists(touched), stuck_since=None).exclude(
            todos__in=Todo.objects.open().filter(paused_at__isnull=False)
        )
        count += Matter.objects.filter(pk__in=list(still.values_list("pk", flat=True))).update(
            stuck_since=today
        )
    return count


def _weigh_waiting(now: datetime) -> int:
    """Waiting weighs more week by week; only those that reach a new week today are touched."""
    count = 0
    rows = Matter.objects.open().select_related("community", "area").iterator(chunk_size=500)
    for matter in rows:
        days = (now - matter.opened_at).days
        if days and days % 7 == 0 and days <= 28:
            weigh(matter)
            count += 1
    return count


def _archive(now: datetime) -> int:
    count = 0
    for community in _communities():
        days = number("matters.archive_days", area=community)
        if not days:
            continue
        old = Matter.objects.filter(
            community=community, archived_at=None, closed_at__lt=now - timedelta(days=days)
        )
        for matter in old:
            archive(matter, by=None)
            count += 1
    return count
