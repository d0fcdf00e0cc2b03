"""The kind of the room: a task from above."""

from typing import Any

from django.urls import reverse

from liren.core.matters.kinds import Kind
from liren.core.matters.models import Matter
from liren.core.pages.words import moment

from .filters import FILTERS
from .flow import INBOUND, SENDS, of
from .forms import TaskForm
from .hours import said as hours
from .opening import keep_details


def sheet(matter: Matter) -> list[tuple[str, str]]:
    """What page and paper show of it."""
    task = of(matter)
    listed = "还没对上清单"
    if task.item:
        listed = f"{task.item.get_kind_display()}：{task.item.title}。依据：{task.item.basis}"
    forms = f"{task.forms} 张，{task.get_forms_often_display() or '一次'}" if task.forms else ""
    rows: list[tuple[str, Any]] = [
        ("来件单位", task.sender or "没写"),
        ("怎么来的", task.get_channel_display()),
        ("要求的时限", moment(task.due_at) if task.due_at else "没写"),
        ("依据", task.basis or "没写依据"),
        ("条线", task.get_about_line_display()),
        ("对照清单", listed),
        ("准入", task.get_admission_display()),
        ("准入说明", task.admission_reason),
        ("退回依据", task.get_article_display()),
        ("要填的表", forms),
        ("表里要填", task.form_fields),
        ("报哪个时期", task.period),
        ("用时", hours(task.minutes) if task.minutes else ""),
        ("退回补正", f"{task.times_returned} 次" if task.times_returned else ""),
        ("原文", task.received_text),
    ]
    return [(name, str(words)) for name, words in rows if words]


def links(matter: Matter, user: Any) -> list[tuple[str, str]]:
    """Pages of the room about it."""
    found = []
    if matter.stage == "returned":
        found.append(("打印退回函", reverse("governance:inbound_letter", args=[matter.pk])))
    if matter.archived_at is None and user.can("matters.work", matter.area):
        if matter.closed_at is None:
            found.append(("对照清单、改来件信息", reverse("governance:inbound_task", args=[matter.pk])))
        found.append(("记用时", reverse("governance:inbound_work", args=[matter.pk])))
    return found


KIND = Kind(
    "governance.inbound", "上级交办", INBOUND, "任", "zhi", order=20,
    hint="街道、部门在群里、文件里、电话里布置的；粘一条消息就能收",
    form=TaskForm, details=keep_details, sheet=sheet, filters=FILTERS, links=links, sends=SENDS,
)  # fmt: skip
KINDS = (KIND,)
