"""The kinds of the room: an appeal, and the joint matter made of many of one cause (每月一题)."""

from typing import Any

from django.urls import reverse

from liren.core.matters.kinds import Kind, Portal
from liren.core.matters.models import Matter
from liren.core.pages.words import moment

from . import causes, classes
from .filters import FILTERS
from .flow import APPEAL, TOPIC, of
from .forms import AppealForm
from .opening import keep_details


def sheet(matter: Matter) -> list[tuple[str, str]]:
    """What page and paper show of it."""
    appeal = of(matter)
    rows: list[tuple[str, Any]] = [
        ("来源平台", appeal.get_outer_system_display()),
        ("工单编号", appeal.outer_number),
        ("办理时限分类", classes.name_of(appeal.urgency_class, matter.area)),
        ("派单时间", moment(appeal.dispatched_at) if appeal.dispatched_at else ""),
        ("工单载明的时限", moment(appeal.due_at) if appeal.due_at else ""),
        ("要求回电", "要" if appeal.asked_reply else "不用"),
        ("要求保密", "要保密，不对外说是谁反映的" if appeal.keeps_private else ""),
        ("答复", appeal.public_reply),
        ("内部说明", appeal.private_reply),
        ("无法解决的依据", appeal.proof),
        ("异议退单", appeal.get_objection_display()),
        (
            "不计入三率",
            f"{appeal.get_exempt_ground_display()}：{appeal.exempt_reason}" if appeal.is_exempt else "",
        ),
    ]
    return [(name, str(words)) for name, words in rows if words]


def links(matter: Matter, user: Any) -> list[tuple[str, str]]:
    """Pages of the room about it."""
    if matter.archived_at is not None or not user.can("matters.assign", matter.area):
        return []
    name = "看剔除说明、恢复计入三率" if of(matter).is_exempt else "申请剔除（不计入三率）"
    return [(name, reverse("governance:appeal_exempt", args=[matter.pk]))]


CAUSES = causes.choices()

KIND = Kind(
    "governance.appeal", "诉求", APPEAL, "治", "zhi", order=10, hint="居民反映的问题，12345 和街道平台派来的工单",
    causes=CAUSES, form=AppealForm, details=keep_details, sheet=sheet, filters=FILTERS,
    links=links,
    portal=Portal(
        "反映问题", "漏水、噪声、停车、垃圾、物业……说清什么事、在哪里，可以不留姓名", icon="message-report",
        anonymous=True, causes=tuple(key for key, _ in CAUSES if key != "staff"),
    ),
)  # fmt: skip
JOINT = Kind(
    "governance.topic", "每月一题", TOPIC, "题", "zhi", order=11, causes=CAUSES,
    hint="同一处、同一原因反复有人反映，合起来从根上办",
)  # fmt: skip

KINDS = (KIND, JOINT)
