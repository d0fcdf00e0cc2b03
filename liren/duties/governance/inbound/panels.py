"""What the room puts on the workbench: tasks that wait for a yes, and what the calendar proposes."""

from typing import Any
from urllib.parse import quote

from django.urls import reverse

from liren.core.duty import Panel
from liren.core.matters.models import Todo
from liren.core.pages.words import day, left

from .flow import ADMITS
from .yearly import waiting

MOST = 5


def to_admit(user: Any) -> Panel | None:
    """Tasks that somebody has to hold against the lists; the secretary's are those that wait for the yes."""
    if not user.can("matters.open"):
        return None
    stages = ["received", "vetting"] if user.can(ADMITS) else ["received"]
    rows = (
        Todo.objects.visible_to(user)
        .open()
        .main()
        .filter(matter__kind="governance.inbound", stage__in=stages)
    )
    said = rows.order_by("due_at").values_list("matter__title", "matter__number", "what", "matter_id")[:MOST]
    lines = tuple(
        (title, f"{number} · {what}", reverse("desk:matter", args=[pk])) for title, number, what, pk in said
    )
    return Panel(
        "上级交办", lines, url=reverse("governance:inbound_paste"), icon="message",
        empty="群里来了任务，粘进来就收下。", link="粘一条消息",
    )  # fmt: skip


def of_the_month(user: Any) -> Panel | None:
    """What this month and this week propose, each taken up with one click."""
    community = user.community
    if community is None or not user.can("matters.open", community):
        return None
    found = waiting(user, community)
    if not found:
        return None
    rows, deeds = [], []
    calendar = reverse("governance:inbound_calendar")
    for proposal in found[:MOST]:
        rows.append(
            (
                proposal.item.title,
                f"{day(proposal.due)}前 · {left(proposal.due)}",
                f"{calendar}#m{proposal.due.month}",
            )
        )
        address = reverse("governance:inbound_calendar_take")
        deeds.append(("列入", f"{address}?year={proposal.year}&key={quote(proposal.key)}"))
    return Panel(
        f"{found[0].due.month} 月该办的",
        tuple(rows),
        url=calendar,
        icon="calendar-event",
        count=len(found),
        deeds=tuple(deeds),
    )
