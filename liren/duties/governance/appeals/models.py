"""Appeal (诉求) beside its matter, and OrderFile (工单文件), a hotline's export that was dropped."""

from typing import Any

from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area, ByArea
from liren.core.documents.models import Document
from liren.core.matters.matters import MatterDetail

SYSTEMS = (
    ("12345", "12345 热线"),
    ("street", "街道平台"),
    ("district", "区级平台"),
    ("leader", "领导信箱"),
    ("media", "媒体、网络问政"),
    ("other", "其他平台"),
)
# Why an appeal is left out of the rates (剔除). The platform that sent it decides; here stands what was decided.
GROUNDS = (
    ("unreasonable", "诉求不合理、于法无据"),
    ("beyond", "超出社区和街道职权"),
    ("court", "已进入诉讼、仲裁、信访程序"),
    ("malicious", "恶意、反复缠诉"),
    ("unreachable", "多次联系不上"),
    ("force", "不可抗力"),
    ("other", "其他"),
)
# Why an order should not have come to us (异议退单).
OBJECTIONS = (
    ("not_here", "地址不在本社区"),
    ("not_ours", "不属于社区、街道职责"),
    ("repeated", "重复派单"),
    ("unclear", "诉求不清，无法核实"),
    ("other", "其他"),
)


class Appeal(MatterDetail):
    """Appeal (诉求): what a hotline or a resident wants, how fast, what was answered, and whether the rates count it."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    outer_system = models.CharField("来源平台", max_length=10, choices=SYSTEMS, blank=True)
    outer_number = models.CharField("工单编号", max_length=60, blank=True)
    urgency_class = models.CharField("办理时限分类", max_length=4)
    dispatched_at = models.DateTimeField("派单时间", null=True, blank=True)
    due_at = models.DateTimeField("工单载明的时限", null=True, blank=True)
    asked_reply = models.BooleanField("要求回电", default=True)
    keeps_private = models.BooleanField("要求保密", default=False)
    public_reply = models.TextField("答复", blank=True)
    private_reply = models.TextField("内部说明", blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    proof = models.TextField("无法解决的依据", blank=True)
    objection = models.CharField("异议退单", max_length=12, choices=OBJECTIONS, blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)
    exempt_ground = models.CharField("剔除理由", max_length=14, choices=GROUNDS, blank=True)
    exempt_reason = models.CharField("剔除说明", max_length=200, blank=True)
    exempt_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    exempt_at = models.DateTimeField(null=True, blank=True)
    # What the file said when it was last read: the next export shows only what is new.
    outer_said = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "outer_system", "outer_number"],
                condition=~models.Q(outer_number=""),
                name="appeal_order_once",
            ),
            models.CheckConstraint(
                condition=models.Q(exempt_ground="") | ~models.Q(exempt_reason=""),
                name="appeal_exempt_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.outer_number or str(self.matter)

    @property
    def is_exempt(self) -> bool:
        """Whether the rates leave it out."""
        return bool(self.exempt_ground)

    @property
    def sender(self) -> str:
        """``12345 热线 SH20261123001``."""
        return " ".join(part for part in (self.get_outer_system_display(), self.outer_number) if part)


class OrderFileQuerySet(ByArea):
    """Files of orders, seen by those who work in the whole community."""

    area_field = "community"

    def newest(self) -> "OrderFileQuerySet":
        """The last ones, with who dropped them."""
        return self.select_related("by", "document").order_by("-pk")

    def running(self) -> "OrderFileQuerySet":
        """Those the worker takes over now."""
        return self.filter(pulse_at__isnull=False)


class OrderFile(models.Model):
    """OrderFile (工单文件): an export of a hotline, kept sealed until it is taken over or dropped."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    name = models.CharField("文件", max_length=200)
    system = models.CharField("来源平台", max_length=10, choices=SYSTEMS)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # How many orders it holds; 0 for files of before this was counted.
    total = models.PositiveIntegerField(default=0)
    # Who had the worker take it over, and how often the worker began.
    run_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    # Renewed by the worker with each bite; None when it is not at work on this file.
    pulse_at = models.DateTimeField(null=True, blank=True)
    # Why it stopped.
    message = models.CharField(max_length=300, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    objects = OrderFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        """Whether it was neither taken over nor dropped."""
        return self.taken_at is None and self.dropped_at is None

    @property
    def key(self) -> str:
        """Under which the worker says how far it is."""
        return f"orders-{self.pk}"

    @property
    def is_running(self) -> bool:
        """Whether the worker takes it over now."""
        return self.pulse_at is not None

    @property
    def silence(self) -> float:
        """Seconds since the worker was last heard of; infinity when it is not at work."""
        return (timezone.now() - self.pulse_at).total_seconds() if self.pulse_at else float("inf")

    @property
    def state(self) -> tuple[str, str]:
        """Where it stands, and the colour of its badge."""
        if self.is_running:
            return "正在导入", "go"
        if self.taken_at:
            return "已导入", "done"
        if self.dropped_at:
            return "已丢弃", "plain"
        return ("导到一半", "late") if self.begun else ("等您确认", "wait")

    @property
    def begun(self) -> bool:
        """Whether some of it is registered already, though perhaps not all: an earlier try stopped halfway."""
        return bool(self.opened or self.updated)

    @property
    def so_far(self) -> str:
        """What is registered already, in words."""
        return f"已新登记 {self.opened} 件，更新 {self.updated} 件"

    @property
    def counts(self) -> list[tuple[str, Any]]:
        """What came of it."""
        return [
            ("新登记", self.opened),
            ("有更新", self.updated),
            ("没变化", self.same),
            ("没收", self.refused),
        ]
