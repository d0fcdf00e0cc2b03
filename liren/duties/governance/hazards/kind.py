"""The kind of the room: a hazard."""

from typing import Any

from django.urls import reverse

from liren.core.matters.kinds import Kind, Portal
from liren.core.matters.models import Matter
from liren.core.pages.words import day

from .catalogue import BY_KEY, OBJECT_CHOICES, hook_of, reports_to
from .filters import FILTERS
from .flow import HAZARD
from .forms import HazardForm
from .guards import of
from .models import Dissuasion, HazardPaper
from .opening import keep_details


def sheet(matter: Matter) -> list[tuple[str, str]]:
    """What page and paper show of it."""
    hazard = of(matter)
    tried = Dissuasion.objects.filter(matter=matter).count()
    kind = hazard.get_responsible_kind_display()
    rows: list[tuple[str, Any]] = [
        ("等级", f"{hazard.get_grade_display()}隐患"),
        ("发现人", str(hazard.finder or "居民反映，还没去现场")),
        ("责任方", f"{hazard.responsible_name}（{kind}）" if hazard.responsible_name and kind
         else hazard.responsible_name or kind or "还没写"),
        ("依据", hook_of(matter.cause)),
        ("可报告", reports_to(matter.cause)),
        ("整改期限", day(hazard.deadline_on) if hazard.deadline_on else ""),
        ("劝阻", f"{tried} 次" if tried else ""),
        ("同一处", f"以前发生过 {hazard.repeat_count} 次" if hazard.repeat_count else ""),
        ("移送", hazard.get_referred_to_display()),
        ("处理结果", hazard.result),
        ("复查人", str(hazard.checker or "")),
        ("单人复查", hazard.alone_reason),
    ]  # fmt: skip
    return [(name, str(words)) for name, words in rows if words]


def links(matter: Matter, user: Any) -> list[tuple[str, str]]:
    """The pages of the room about one hazard, and its papers."""
    rows = [("整改前后照片", reverse("governance:hazard_photos", args=[matter.pk]))]
    if matter.is_open and user.can("matters.work", matter.area):
        rows.append(("改等级和责任方", reverse("governance:hazard_correct", args=[matter.pk])))
        rows.append(("记一次劝阻", reverse("governance:hazard_dissuade", args=[matter.pk])))
    for paper in HazardPaper.objects.filter(matter=matter):
        rows.append((f"打印{paper}", reverse("governance:hazard_paper", args=[paper.pk])))
    return rows


KIND = Kind(
    "governance.hazard", "隐患", HAZARD, "隐", "zhi", order=12, danger=20,
    hint="楼道堆物、飞线充电、占消防通道……拍张照，限期改，换人复查",
    causes=OBJECT_CHOICES, cause_label="哪一类隐患", form=HazardForm, details=keep_details, sheet=sheet,
    filters=FILTERS, links=links,
    portal=Portal(
        "报告安全隐患", "楼道堆物、电动车进楼、占消防通道、墙皮要掉……拍张照告诉我们，可以不留姓名",
        icon="alert-triangle", anonymous=True, causes=tuple(BY_KEY),
    ),
)  # fmt: skip

KINDS = (KIND,)
