"""WorkRecord (工作记录), its kinds (归类), and what was corrected in it (更正)."""

from typing import Any

from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area, ByArea
from liren.core.documents.models import Document
from liren.core.duty.keys import new_key
from liren.core.matters.models import Matter
from liren.core.people.models import Person
from liren.core.places.models import Building, House

from .kinds import KINDS, names_of


class WorkRecordQuerySet(ByArea):
    """Work records, by who may read them and by what they are about."""

    def visible_to(self, user: Any) -> Any:
        """Those of one's own area, and what one wrote oneself where one still works; never one about a matter that
        one may not know of.
        """
        whole, grids = user.scope()
        seen = models.Q(community_id__in=whole)
        if grids:
            seen |= models.Q(area_id__in=grids)
            seen |= models.Q(written_by_id=user.pk, community_id__in=user.community_ids())
        known = Matter.objects.visible_to(user).filter(pk=models.OuterRef("matter_id"))
        return self.filter(seen).filter(models.Q(matter=None) | models.Exists(known))

    def standing(self) -> "WorkRecordQuerySet":
        """Those that nobody withdrew."""
        return self.filter(withdrawn_at=None)

    def of_kind(self, key: str) -> "WorkRecordQuerySet":
        """Those that stand in the ledger of one kind."""
        return self.filter(models.Exists(RecordKind.objects.filter(record=models.OuterRef("pk"), kind=key)))

    def about(self, person: Person) -> "WorkRecordQuerySet":
        """Those in which a person takes part."""
        return self.filter(people=person)

    def for_paper(self) -> "WorkRecordQuerySet":
        """Those that may leave the house: what is about a restricted matter stays with its circle."""
        return self.exclude(matter__restricted=True)

    def with_particulars(self, user: Any) -> "WorkRecordQuerySet":
        """With all that a ledger or a list shows, in a constant number of queries. People of other areas stay out of
        the sight of who may not see them, even where the record itself may be read.
        """
        people = Person.objects.visible_to(user).order_by("pinyin", "pk")
        own = self.select_related("area", "building", "house__building", "written_by", "matter")
        return own.prefetch_related("kinds", "photos", models.Prefetch("people", people, "people_seen"))


class WorkRecord(models.Model):
    """WorkRecord (工作记录): what was done, when, where, with whom. Written once and shown in every ledger whose kind it
    has; `minutes` is how long it took if the writer wants to say so, never a check-in.
    """

    id = models.BigIntegerField(primary_key=True, default=new_key, editable=False)
    community = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    on = models.DateField("哪一天", default=timezone.localdate)
    begun = models.TimeField("几点", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("用了多少分钟", null=True, blank=True)
    text = models.TextField("做了什么")
    place = models.CharField("地点", max_length=80, blank=True)
    house = models.ForeignKey(House, models.PROTECT, null=True, blank=True, related_name="+")
    building = models.ForeignKey(Building, models.PROTECT, null=True, blank=True, related_name="+")
    matter = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="work_records", verbose_name="关联事项"
    )
    people = models.ManyToManyField(Person, blank=True, related_name="work_records")
    companions = models.CharField("同去的人", max_length=120, blank=True)
    headcount = models.PositiveIntegerField("到场人数", null=True, blank=True)
    photos = models.ManyToManyField(Document, blank=True, related_name="+")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField(default=timezone.now)
    # What the page of the form was given, so that sending it twice writes it once.
    once = models.CharField(max_length=40, null=True, blank=True, unique=True)
    # Counts corrections: who corrects says which one was read.
    version = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_why = models.CharField(max_length=100, blank=True)

    objects = WorkRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [
            models.Index(fields=["community", "on", "id"], name="record_community"),
            models.Index(fields=["area", "on", "id"], name="record_area"),
            models.Index(fields=["written_by", "on", "id"], name="record_writer"),
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.text[:20]}"

    @property
    def kind_keys(self) -> list[str]:
        """The keys of its kinds, in the order of the catalogue."""
        own = {each.kind for each in self.kinds.all()}
        return [key for key in KINDS if key in own]

    @property
    def kind_names(self) -> list[str]:
        """Its kinds in words."""
        return names_of(self.kind_keys)

    @property
    def where(self) -> str:
        """The place in words: door, building or what was written."""
        known = self.house.spelt if self.house else self.building.name if self.building else ""
        return " ".join(part for part in (known, self.place) if part)

    @property
    def when(self) -> str:
        """``2026-11-23 14:30``, without a time where none was written."""
        return f"{self.on:%Y-%m-%d}" + (f" {self.begun:%H:%M}" if self.begun else "")

    def is_written_by(self, user: Any) -> bool:
        """Whether this user wrote it: nobody else puts words into a colleague's diary."""
        return self.written_by_id == user.pk


class RecordKind(models.Model):
    """RecordKind (归类): one kind of one record; by it the record stands in the ledger of that kind."""

    record = models.ForeignKey(WorkRecord, models.CASCADE, related_name="kinds", db_index=False)
    kind = models.CharField(max_length=12, choices=[(kind.key, kind.name) for kind in KINDS.values()])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "kind"], name="record_kind_once")]
        indexes = [models.Index(fields=["kind", "record"], name="record_by_kind")]

    def __str__(self) -> str:
        return self.get_kind_display()


class RecordCorrectionQuerySet(models.QuerySet["RecordCorrection"]):
    """Corrections, by who may read the record."""

    def visible_to(self, user: Any) -> "RecordCorrectionQuerySet":
        """Those of the records that one may read."""
        return self.filter(record__in=WorkRecord.objects.visible_to(user))


class RecordCorrection(models.Model):
    """RecordCorrection (更正): how a record read before it was corrected. Only added, never changed."""

    record = models.ForeignKey(WorkRecord, models.CASCADE, related_name="corrections")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Name of what was corrected → how it read before, both in words.
    before = models.JSONField(default=dict)

    objects = RecordCorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return "、".join(self.before)
