"""Hazard (隐患) beside its matter, its papers and dissuasions; check points, rounds and what they found."""

from typing import Any

from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area, ByArea
from liren.core.matters.matters import Matter, MatterDetail
from liren.core.matters.seeing import OfMatter
from liren.core.places.models import Building

from .catalogue import BY_KEY, DEPARTMENTS, OBJECT_CHOICES

GRADES = (("minor", "一般"), ("larger", "较大"), ("major", "重大"))
RESPONSIBLE = (
    ("person", "住户、个人"),
    ("property", "物业服务企业"),
    ("shop", "商户、经营者"),
    ("owner", "产权人、房东"),
    ("builder", "施工单位"),
    ("public", "公用单位、主管部门"),
)


class Hazard(MatterDetail):
    """Hazard (隐患): how grave, who found it, who is to set it right and by when, who looked again.

    What kind of thing it is stands in the cause of the matter, so that hot spots and repeats count it like any cause.
    """

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    grade = models.CharField("等级", max_length=8, choices=GRADES, default="minor")
    # Who saw it; empty while only a resident has told of it. Then it is who went there first.
    finder = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="发现人")
    responsible_kind = models.CharField("责任方", max_length=10, choices=RESPONSIBLE, blank=True)
    responsible_name = models.CharField("责任方名称", max_length=60, blank=True)
    on_spot = models.BooleanField("当场整改", default=False)
    deadline_on = models.DateField("整改期限", null=True, blank=True)
    checker = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="复查人")
    checked_at = models.DateTimeField("复查时间", null=True, blank=True)
    # Why the finder looked again alone, where the community has allowed that.
    alone_reason = models.CharField("单人复查的原因", max_length=200, blank=True)
    # How many of the same kind there were at the same place before.
    repeat_count = models.PositiveSmallIntegerField("同一处以前发生过", default=0)
    referred_to = models.CharField("移送部门", max_length=12, choices=DEPARTMENTS, blank=True)
    referred_at = models.DateTimeField("移送时间", null=True, blank=True)
    result = models.TextField("部门处理结果", blank=True)

    def __str__(self) -> str:
        return str(self.matter)


class HazardPaper(models.Model):
    """HazardPaper (隐患文书): a notice, an opinion of the recheck or a letter, numbered without gaps, kept as given out."""

    KINDS = (("notice", "整改通知书"), ("recheck", "复查意见书"), ("letter", "移送函"))
    SIGNS = {"notice": "隐整", "recheck": "隐复", "letter": "隐移"}
    SERVED = (
        ("hand", "当面送达，已签收"),
        ("refused", "当面送达，拒绝签字"),
        ("posted", "张贴在现场，拍照留存"),
        ("sent", "寄出、线上送出"),
    )

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="hazard_papers")
    community = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField("文书", max_length=8, choices=KINDS)
    number = models.CharField("文号", max_length=30)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # What it says, as it was given out: it prints the same when the matter has gone on.
    words = models.JSONField(default=dict)
    served = models.CharField("送达", max_length=8, choices=SERVED, blank=True)
    served_at = models.DateTimeField("送达时间", null=True, blank=True)
    served_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    receiver = models.CharField("收件人", max_length=60, blank=True)
    witness = models.CharField("见证人", max_length=60, blank=True)

    objects = OfMatter.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["community", "number"], name="hazard_paper_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.shown_number}"

    @property
    def shown_number(self) -> str:
        """``隐整〔2026〕3号``, as papers are numbered."""
        sign, year, count = self.number.split("-")
        return f"{sign}〔{year}〕{int(count)}号"


class Dissuasion(models.Model):
    """Dissuasion (劝阻记录): who was talked to, what was said, what came of it. The committee cannot fine; this it can."""

    RESULTS = (
        ("promised", "答应整改"),
        ("done", "当场改了"),
        ("refused", "不听劝阻"),
        ("absent", "没找到人"),
    )

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="dissuasions")
    at = models.DateTimeField("时间", default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    whom = models.CharField("劝阻谁", max_length=60)
    present = models.CharField("在场的人", max_length=100, blank=True)
    said = models.TextField("怎么说的")
    result = models.CharField("结果", max_length=10, choices=RESULTS)

    objects = OfMatter.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_result_display()} {self.whom}"


class CheckPointQuerySet(ByArea):
    """Check points, seen from where one works."""

    def current(self) -> "CheckPointQuerySet":
        """Those that are still gone to."""
        return self.filter(closed_on=None)

    def in_order(self) -> "CheckPointQuerySet":
        """By grid, building and the order of the way."""
        return self.select_related("area", "building").order_by("area__path", "building__sort", "order", "id")


class CheckPoint(models.Model):
    """CheckPoint (检查点): one place that is looked at on a round, and for what."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    building = models.ForeignKey(Building, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField("位置", max_length=60)
    look_for = models.CharField("看什么", max_length=16, choices=OBJECT_CHOICES)
    order = models.PositiveSmallIntegerField("顺序", default=0)
    closed_on = models.DateField("停用日期", null=True, blank=True)

    objects = CheckPointQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "area"], name="check_point_area")]
        constraints = [
            models.UniqueConstraint(
                fields=["building", "place", "look_for"],
                condition=models.Q(closed_on=None),
                name="check_point_once",
            ),
            models.UniqueConstraint(
                fields=["area", "place", "look_for"],
                condition=models.Q(closed_on=None, building=None),
                name="check_point_outside_once",
            ),
        ]

    def __str__(self) -> str:
        return self.spelt

    @property
    def spelt(self) -> str:
        """``3号楼 楼道``."""
        return " ".join(part for part in (self.building.name if self.building else "", self.place) if part)

    @property
    def look_at(self) -> str:
        """What to look at there, in a line."""
        found = BY_KEY.get(self.look_for)
        return found.look_at if found else ""


class RoundQuerySet(ByArea):
    """Rounds, seen from where one works."""

    def open(self) -> "RoundQuerySet":
        """Those that somebody is still on."""
        return self.filter(finished_at=None)

    def newest(self) -> "RoundQuerySet":
        """The last first, with what was found."""
        marks = RoundMark.objects.filter(round=models.OuterRef("pk"))
        return (
            self.select_related("by", "building", "area")
            .annotate(well=_count(marks.filter(matter=None)), found=_count(marks.exclude(matter=None)))
            .order_by("-begun_at")
        )


def _count(rows: Any) -> Any:
    counted = rows.order_by().values("round").annotate(n=models.Count("pk")).values("n")
    return models.functions.Coalesce(models.Subquery(counted), 0, output_field=models.IntegerField())


class Round(models.Model):
    """Round (巡查): somebody went and looked; that nothing was wrong is written down as well. No steps, no tracks."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    building = models.ForeignKey(Building, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField("补充", max_length=200, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "-begun_at"], name="round_newest")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What was gone round."""
        return self.building.name if self.building else self.area.name


class OfRound(models.QuerySet[Any]):
    """What belongs to a round: seen by who sees the round."""

    def visible_to(self, user: Any) -> Any:
        """Those of rounds that the user may know of."""
        return self.filter(round__in=Round.objects.visible_to(user))


class RoundMark(models.Model):
    """RoundMark (巡查结果): at one point nothing was wrong, or a hazard was opened."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="marks")
    point = models.ForeignKey(CheckPoint, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = OfRound.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "point"], name="round_mark_once")]

    def __str__(self) -> str:
        return f"{self.point}"
