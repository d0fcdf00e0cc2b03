"""InboundTask (上级交办) beside its matter, DutyItem (职责清单), and what the year calendar proposes."""

from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.accounts.roles import LINES
from liren.core.areas.models import Area, ByCommunity
from liren.core.matters.matters import DetailQuerySet, Matter, MatterDetail

LISTS = (("own", "依法履职清单"), ("assist", "协助清单"), ("negative", "负面清单"))
CHANNELS = (
    ("chat", "微信、QQ 群"),
    ("paper", "文件"),
    ("phone", "电话"),
    ("system", "业务系统"),
    ("meeting", "会议布置"),
    ("desk", "街道从本平台派来"),
)
ADMISSIONS = (
    ("on_list", "清单内"),
    ("assist", "清单内，协助"),
    ("taken", "清单外，说明理由后承接"),
    ("refused", "不予准入，已退回"),
)
ADMITTED = ("on_list", "assist", "taken")
OFTEN = (
    ("once", "一次"),
    ("daily", "每天"),
    ("weekly", "每周"),
    ("monthly", "每月"),
    ("quarterly", "每季度"),
    ("yearly", "每年"),
)
# On what a task is sent back. The words stand in the letter (see letters.py).
ARTICLES = (
    ("off_list", "不在社区职责清单内"),
    ("negative", "在负面清单内"),
    ("certificate", "属于不得要求社区开具的证明"),
    ("no_money", "没有随事拨付经费和条件"),
    ("main_duty", "把协助变成了主责"),
    ("repeated", "与已报的表重复"),
)


class DutyItemQuerySet(ByCommunity):
    """Items of the duty lists: they say nothing about anybody, and everybody who works there goes by them."""

    def holding(self, on: date | None = None) -> "DutyItemQuerySet":
        """Those in force on a day."""
        day = on or timezone.localdate()
        return self.filter(models.Q(to_on=None) | models.Q(to_on__gte=day), from_on__lte=day)


class DutyItem(models.Model):
    """DutyItem (职责清单条目): one thing that is the community's duty, that it helps with, or that it does not do."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    kind = models.CharField("哪张清单", max_length=10, choices=LISTS)
    title = models.CharField("事项", max_length=80)
    # Words by which a task is recognised, with 、 between.
    words = models.CharField("认得它的词", max_length=200, blank=True)
    unit = models.CharField("牵头部门", max_length=60, blank=True)
    basis = models.CharField("依据", max_length=200)
    # For the negative list: where people find it instead.
    instead = models.CharField("去哪里办", max_length=120, blank=True)
    from_on = models.DateField("从哪天起", default=timezone.localdate)
    to_on = models.DateField("到哪天止", null=True, blank=True)

    objects = DutyItemQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "kind", "title"], condition=models.Q(to_on=None), name="duty_item_once"
            )
        ]
        indexes = [models.Index(fields=["community", "kind"], name="duty_item_list")]

    def __str__(self) -> str:
        return self.title

    @property
    def keywords(self) -> list[str]:
        """The words one by one."""
        return [
            word for word in self.words.replace("，", "、").replace(",", "、").split("、") if word.strip()
        ]


class InboundQuerySet(DetailQuerySet):
    """Tasks from above."""

    def sent_by(self, user: Any) -> "InboundQuerySet":
        """Those that this member of the street sent from here."""
        return self.filter(sent_by_id=user.pk)

    def for_sender(self) -> "InboundQuerySet":
        """With what the sender's own list shows, the newest first."""
        return self.select_related("matter__community").order_by("-matter_id")


class InboundTask(MatterDetail):
    """InboundTask (上级交办): who asked for what, on what ground, whether it is on the lists, and what it cost."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    sender_unit = models.CharField("来件单位", max_length=60, blank=True)
    sender_person = models.CharField("来件人", max_length=30, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField("怎么来的", max_length=8, choices=CHANNELS, default="chat")
    received_text = models.TextField("原文", blank=True)
    # So that the same message pasted by a colleague is known again.
    fingerprint = models.CharField(max_length=32, blank=True)
    about_line = models.CharField("条线", max_length=20, blank=True, choices=list(LINES.items()))
    basis = models.CharField("依据", max_length=300, blank=True)
    period = models.CharField("报哪个时期的", max_length=40, blank=True)
    due_at = models.DateTimeField("要求的时限", null=True, blank=True)
    reply_wanted = models.BooleanField("要回复收到", default=False)
    item = models.ForeignKey(DutyItem, models.PROTECT, null=True, blank=True, related_name="tasks")
    admission = models.CharField("准入", max_length=10, choices=ADMISSIONS, blank=True)
    admission_reason = models.CharField("准入说明", max_length=300, blank=True)
    article = models.CharField("退回依据", max_length=12, choices=ARTICLES, blank=True)
    admitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    admitted_at = models.DateTimeField(null=True, blank=True)
    forms = models.PositiveSmallIntegerField("要填几张表", default=0)
    forms_often = models.CharField("多久填一次", max_length=10, choices=OFTEN, blank=True)
    form_fields = models.CharField("表里要填什么", max_length=300, blank=True)
    # Of the work itself, never of who did it: hours are of tasks and senders alone.
    minutes = models.PositiveIntegerField("用时（分钟）", default=0)
    reported_at = models.DateTimeField("上报时间", null=True, blank=True)
    times_returned = models.PositiveSmallIntegerField("退回补正次数", default=0)

    objects = InboundQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(admission__in=["taken", "refused"]) | ~models.Q(admission_reason=""),
                name="inbound_off_list_says_why",
            )
        ]
        indexes = [models.Index(fields=["community", "fingerprint"], name="inbound_same_text")]

    def __str__(self) -> str:
        return self.sender or str(self.matter)

    @property
    def sender(self) -> str:
        """``街道民政科 王科长``."""
        return " ".join(part for part in (self.sender_unit, self.sender_person) if part)

    @property
    def is_admitted(self) -> bool:
        """Whether the community has taken it on."""
        return self.admission in ADMITTED

    @property
    def fields_asked(self) -> list[str]:
        """The headings of the forms one by one."""
        said = self.form_fields.replace("，", "、").replace(",", "、").replace(" ", "、")
        return list(dict.fromkeys(field.strip() for field in said.split("、") if field.strip()))


class CalendarItem(models.Model):
    """CalendarItem (日历自添条目): what this community does every year beside what Liren brings along."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    month = models.PositiveSmallIntegerField("哪个月")
    day = models.PositiveSmallIntegerField("哪天前", default=0)
    title = models.CharField("做什么", max_length=60)
    kind = models.CharField("办成哪一类事项", max_length=40, default="governance.other")
    basis = models.CharField("依据", max_length=200, blank=True)
    to_on = models.DateField(null=True, blank=True)

    objects = ByCommunity.as_manager()

    class Meta:
        ordering = ["month", "day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(month__gte=1, month__lte=12, day__lte=31), name="calendar_item_in_year"
            )
        ]

    def __str__(self) -> str:
        return self.title


class CalendarChoice(models.Model):
    """CalendarChoice (日历取舍): that a proposal of a year was taken up or left out; each is decided once."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    # The item and its turn within the year: ``gas:11``, ``own-7:03``, ``roster:w48``.
    key = models.CharField(max_length=60)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ByCommunity.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "year", "key"], name="calendar_choice_once")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.key}"
