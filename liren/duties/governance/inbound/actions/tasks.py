"""Tasks: taking one in, sending one, holding it against the lists, noting how long it took."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from liren.core.accounts.models import Post, User
from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.matters import actions as matters
from liren.core.matters.informing import address_of
from liren.core.matters.models import Matter
from liren.core.matters.writing import done_already
from liren.core.notices.actions import tell_users
from liren.core.places.models import Building

from ..hours import said
from ..models import DutyItem, InboundTask
from ..opening import same_text
from ..words import fingerprint

KIND = "governance.inbound"
CORRECTED = (
    "sender_unit", "sender_person", "channel", "about_line", "basis", "period", "due_at", "reply_wanted", "item",
    "forms", "forms_often", "form_fields", "received_text",
)  # fmt: skip


@transaction.atomic
def receive_task(
    community: Area,
    *,
    title: str,
    details: Mapping[str, Any],
    area: Area | None = None,
    building: Building | None = None,
    again: bool = False,
    once: str = "",
    by: Any,
) -> Matter:
    """Takes a task in as it was read, without a holder: whoever begins it leads it.

    Refuses a message that has become a task already, unless it is meant to be taken in again.
    """
    mark = fingerprint(str(details.get("received_text", "")))
    # The community's row is held: of two colleagues who paste at once the second sees the first.
    Area.objects.select_for_update().get(pk=community.pk)
    if not again and (known := same_text(community, mark)) and known.matter.once != once:
        raise Refused(f"这条消息已经收过了，是 {known.matter.number}")
    return matters.open_matter(
        KIND, community=community, area=area, building=building, title=title, details=dict(details), source="above",
        once=once, by=by,
    )  # fmt: skip


@transaction.atomic
def send_task(
    communities: Sequence[Area], *, title: str, details: Mapping[str, Any], once: str = "", by: Any
) -> list[Matter]:
    """A section of the street sends one task to several communities, with its ground and its time."""
    if not str(details.get("basis", "")).strip() or not details.get("due_at"):
        raise Refused("派任务要写清依据和时限")
    sent = []
    for community in communities:
        if by is None or not by.can("inbound.send", community):
            raise Refused(f"您的岗位不能给{community.name}派任务")
        facts = {
            **details,
            "channel": "desk",
            "sent_by": by,
            "sender_person": details.get("sender_person") or by.name,
        }
        mark = f"{once}-{community.pk}"[-40:] if once else ""
        matter = matters.open_matter(
            KIND, community=community, title=title, body=str(details.get("received_text", "")), details=facts,
            source="above", once=mark, by=by,
        )  # fmt: skip
        _tell_secretary(matter, by)
        sent.append(matter)
    if not sent:
        raise Refused("请选派给哪些社区")
    return sent


def _tell_secretary(matter: Matter, by: Any) -> None:
    posts = Post.objects.current().filter(area=matter.community, role="secretary")
    tell_users(
        list(User.objects.filter(posts__in=posts, is_active=True).distinct()),
        text=f"街道派来一件：{matter.title}（{matter.number}）",
        url=address_of(matter),
        key=f"inbound:{matter.pk}",
        community=matter.community,
        by=by,
    )


@transaction.atomic
def correct_task(task: InboundTask, *, facts: Mapping[str, Any], by: Any) -> InboundTask:
    """Mends what was read, and says which item of the lists it is. A new time is the clock's from then on."""
    task = _locked(task, by)
    if task.matter.closed_at is not None:
        raise Refused("已经办结，不能再改来件信息")
    item: DutyItem | None = facts.get("item", task.item)
    if item is not None and item.community_id != task.community_id:
        raise Refused("这一条不在本社区的清单里")
    changed = [name for name in CORRECTED if name in facts and facts[name] != getattr(task, name)]
    if not changed:
        return task
    for name in changed:
        setattr(task, name, facts[name])
    if "received_text" in changed:
        task.fingerprint = fingerprint(task.received_text)
    task.save(update_fields=[*changed, "fingerprint"])
    names = "、".join(
        str(getattr(InboundTask._meta.get_field(name), "verbose_name", name)) for name in changed
    )
    words = (
        f"对照清单：{item.get_kind_display()} · {item.title}"
        if "item" in changed and item
        else f"改了：{names}"
    )
    matters.comment(task.matter, words, by=by)
    if "due_at" in changed and task.due_at and task.matter.stage == "doing":
        matters.set_due(task.matter, task.due_at, reason=f"{task.sender or '来件单位'}改了时限", by=by)
    return task


def _locked(task: InboundTask, by: Any) -> InboundTask:
    found: InboundTask = (
        InboundTask.objects.select_for_update(of=("self",))
        .select_related("matter__area", "item")
        .get(pk=task.pk)
    )
    if by is not None and not by.can("matters.work", found.matter.area):
        raise Refused("您的岗位不能改这件事")
    if found.matter.archived_at is not None:
        raise Refused(f"{found.matter.number} 已归档，只能查看")
    return found


@transaction.atomic
def note_work(task: InboundTask, *, minutes: int, what: str = "", once: str = "", by: Any) -> InboundTask:
    """Adds the minutes of one piece of work. Who did it stands in the story; no sum is ever made of it."""
    task = _locked(task, by)
    if not 1 <= minutes <= 1440:
        raise Refused("用时按分钟写，一次不超过 1440 分钟")
    if done_already(task.matter, once):
        return task
    words = f"：{what.strip()}" if what.strip() else ""
    matters.comment(task.matter, f"记用时 {said(minutes)}{words}", once=once, by=by)
    task.minutes += minutes
    task.save(update_fields=["minutes"])
    return task


@transaction.atomic
def took_report(community: Area | None, *, span: str, by: Any) -> None:
    """The trace of a report that was taken out of the house."""
    record("governance.burden_export", community=community, span=span, by=by)
