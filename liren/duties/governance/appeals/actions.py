"""Writes of the room beside the flow: leaving an appeal out of the rates, and making one matter of many (每月一题)."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.matters import actions as matters
from liren.core.matters.models import Matter
from liren.core.places.models import Building, House

from . import causes, hotspots
from .models import GROUNDS, Appeal


@transaction.atomic
def exempt(appeal: Appeal, *, ground: str, reason: str, by: Any) -> Appeal:
    """Leaves an appeal out of the rates (剔除), on a ground and with a sentence; it stays in every list."""
    appeal = _locked(appeal, by)
    if ground not in dict(GROUNDS):
        raise Refused("请选剔除的理由")
    if len(reason.strip()) < 4:
        raise Refused("请写清楚：派单平台哪天、凭什么同意剔除的")
    if appeal.is_exempt:
        raise Refused("这件已经剔除过了")
    appeal.exempt_ground, appeal.exempt_reason = ground, reason.strip()[:200]
    appeal.exempt_by, appeal.exempt_at = by, timezone.now()
    appeal.save(update_fields=["exempt_ground", "exempt_reason", "exempt_by", "exempt_at"])
    words = f"不计入三率：{appeal.get_exempt_ground_display()}。{appeal.exempt_reason}"
    matters.comment(appeal.matter, words, by=by)
    record("governance.appeal_exempt", target=appeal.matter, community=appeal.community, ground=ground, by=by)
    return appeal


@transaction.atomic
def count_again(appeal: Appeal, *, by: Any) -> Appeal:
    """Lets the rates count it again."""
    appeal = _locked(appeal, by)
    if not appeal.is_exempt:
        raise Refused("这件本来就计入三率")
    appeal.exempt_ground = appeal.exempt_reason = ""
    appeal.exempt_by = appeal.exempt_at = None
    appeal.save(update_fields=["exempt_ground", "exempt_reason", "exempt_by", "exempt_at"])
    matters.comment(appeal.matter, "恢复计入三率", by=by)
    record("governance.appeal_count", target=appeal.matter, community=appeal.community, by=by)
    return appeal


def _locked(appeal: Appeal, by: Any) -> Appeal:
    found: Appeal = (
        Appeal.objects.select_for_update(of=("self",))
        .select_related("matter__area", "community")
        .get(pk=appeal.pk)
    )
    if by is not None and not by.can("matters.assign", found.matter.area):
        raise Refused("剔除要由社区书记、副主任或条线社工来定")
    if found.matter.archived_at is not None:
        raise Refused(f"{found.matter.number} 已归档，只能查看")
    return found


@transaction.atomic
def open_topic(place: House | Building, *, cause: str, once: str = "", by: Any) -> Matter:
    """Opens one joint matter (每月一题) for the appeals of one cause at one place, and links them to it.

    Refuses a place and cause that are no hot spot, and a second one while the first is open.
    """
    community = place.community
    if by is not None and not by.can("matters.assign", community):
        raise Refused("每月一题要由社区书记、副主任或条线社工来定")
    if cause not in causes.catalogue():
        raise Refused("原因里没有这一项")
    lies: dict[str, Any] = (
        {"house": place} if isinstance(place, House) else {"house": None, "building": place}
    )
    if (
        Matter.objects.open()
        .filter(kind="governance.topic", community=community, cause=cause, **lies)
        .exists()
    ):
        raise Refused("这一处这个原因已经有一题在办了")
    appeals = list(hotspots.at(by, place, cause, community).order_by("key"))
    if len(appeals) < 2:
        raise Refused("同一处、同一原因满两件，才合成一题")
    where = place.spelt if isinstance(place, House) else place.name
    topic = matters.open_matter(
        "governance.topic", community=community, title=f"{where}：{causes.catalogue()[cause].name}反复反映",
        body=f"由 {len(appeals)} 件诉求合成：" + "、".join(appeal.number for appeal in appeals),
        cause=cause, source="meeting", holder=by, once=once, by=by, **lies,
    )  # fmt: skip
    for appeal in appeals:
        if appeal.archived_at is None:
            matters.link(topic, appeal, why="每月一题", by=by)
    return topic
