"""Person (居民), IdentityPaper (证件) and Phone (电话)."""

import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from liren.core.areas.models import Area, ByArea
from liren.core.places.models import House
from liren.core.privacy.cipher import unseal
from liren.core.privacy.masks import mask_id, mask_phone

from .codes import name as code_name

# Asked as `IN (1)`: a bare boolean column is no equality to SQLite, and no index would go beyond it.
HERE = [True]


class PersonQuerySet(ByArea):
    """Persons, by where they stand in the register."""

    def present(self) -> "PersonQuerySet":
        """Those on the register today: living here, or registered here and away."""
        return self.filter(present__in=HERE)

    def unmerged(self) -> "PersonQuerySet":
        """Everyone ever known, without the records that went into another."""
        return self.filter(merged_into=None)

    def namesakes(self, person: "Person") -> "PersonQuerySet":
        """Others of the same name in the same community."""
        return (
            self.unmerged().filter(community_id=person.community_id, name=person.name).exclude(pk=person.pk)
        )

    def with_place(self) -> "PersonQuerySet":
        """With house, building and grid, for lists."""
        return self.select_related("house__building", "area")

    def with_numbers(self) -> "PersonQuerySet":
        """With papers and phones, in two queries for any number of persons."""
        return self.prefetch_related("papers", "phones")


class Person(models.Model):
    """Person (居民): one human being, known in one community. Where they live today is kept here as a pointer to the
    open Residence; what changed is in Change, and rows are closed, never overwritten.
    """

    class Status(models.TextChoices):
        LIVING = "living", "在住"
        AWAY = "away", "户在人不在"
        MOVED_OUT = "moved_out", "已迁出"
        DECEASED = "deceased", "已死亡"

    class Kind(models.TextChoices):
        REGISTERED = "registered", "户籍人口"
        MIGRANT = "migrant", "流动人口"
        OVERSEAS = "overseas", "境外人员"
        UNKNOWN = "unknown", "未登记"

    PRESENT = (Status.LIVING, Status.AWAY)

    community = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    # The grid of the house, or the community itself while no house is known.
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    house = models.ForeignKey(
        House, models.PROTECT, null=True, blank=True, related_name="persons", db_index=False
    )
    name = models.CharField("姓名", max_length=60)
    former_name = models.CharField("曾用名", max_length=60, blank=True)
    # Full pinyin of the first reading, for sorting and finding; initials likewise.
    pinyin = models.CharField(max_length=120, blank=True)
    initials = models.CharField(max_length=30, blank=True)
    # Further readings, bigrams of the name: what the search index is made of.
    words = models.TextField(blank=True)
    sex = models.CharField("性别", max_length=1, default="0")
    # As exactly as it is known: 1962-05-07, 1962-05, 1962 or empty; birth_on only when the day is known.
    birth = models.CharField("出生日期", max_length=10, blank=True)
    birth_on = models.DateField(null=True, blank=True)
    ethnicity = models.CharField("民族", max_length=2, blank=True)
    nationality = models.CharField("国籍", max_length=20, blank=True)
    education = models.CharField("文化程度", max_length=2, blank=True)
    marital = models.CharField("婚姻状况", max_length=2, blank=True)
    political = models.CharField("政治面貌", max_length=2, blank=True)
    employment = models.CharField("就业状况", max_length=2, blank=True)
    work_unit = models.CharField("工作单位", max_length=120, blank=True)
    kind = models.CharField("人口类别", max_length=10, choices=Kind.choices, default=Kind.UNKNOWN)
    status = models.CharField("居住状态", max_length=10, choices=Status.choices, default=Status.LIVING)
    status_on = models.DateField(null=True, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)
    source = models.ForeignKey("people.Source", models.PROTECT, related_name="persons")
    source_at = models.CharField(max_length=80, blank=True, help_text="来源里的位置:1号楼 第7行")
    recorded_at = models.DateTimeField(default=timezone.now)
    verified_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    # On the register today. The database works it out, so that one index can hold who is here in the order of names.
    present = models.GeneratedField(
        expression=models.Case(
            models.When(models.Q(status__in=PRESENT, merged_into__isnull=True), then=models.Value(True)),
            default=models.Value(False),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["community", "present", "pinyin", "id"], name="person_order"),
            models.Index(fields=["community", "present", "birth"], name="person_birth"),
            models.Index(fields=["community", "name"], name="person_name"),
            models.Index(fields=["community", "initials"], name="person_initials"),
            models.Index(fields=["area", "present", "pinyin", "id"], name="person_area"),
            models.Index(fields=["house", "present"], name="person_house"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_present(self) -> bool:
        """Whether this person stands on the register today."""
        return self.status in self.PRESENT and self.merged_into_id is None

    def age(self, on: datetime.date | None = None) -> int | None:
        """Full years on a day; None when the birth date is not known well enough to say."""
        day = on or timezone.localdate()
        if self.birth_on is None:
            return None
        return (
            day.year - self.birth_on.year - ((day.month, day.day) < (self.birth_on.month, self.birth_on.day))
        )

    def coded(self, field: str) -> str:
        """A coded field in words: ``coded("education")`` → 大专."""
        return code_name(field, getattr(self, field))

    @property
    def told_apart(self) -> str:
        """What tells namesakes apart wherever a name stands: sex, age or birth, house."""
        age = self.age()
        parts = [
            self.coded("sex") if self.sex in "12" else "",
            f"{age} 岁" if age is not None else self.birth,
            self.house.spelt if self.house else "住处未登记",
        ]
        return " · ".join(part for part in parts if part)


class OfPerson(ByArea):
    """Rows that belong to a person, seen exactly by who may see the person."""

    area_field = "person__area"

    def visible_to(self, user: Any) -> Any:
        """Seen by who sees the person."""
        whole, grids = user.scope()
        seen = models.Q(community_id__in=whole)
        if grids:
            seen |= models.Q(person__area_id__in=grids)
        return self.filter(seen)


class IdentityPaper(models.Model):
    """IdentityPaper (证件): a number by which the state knows a person; sealed, found by keyed hash, shown masked."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=20, default="resident_id")
    sealed = models.BinaryField()
    hash = models.CharField(max_length=32)
    tail = models.CharField(max_length=12)
    expires_on = models.DateField(null=True, blank=True)
    source = models.ForeignKey("people.Source", models.PROTECT, related_name="papers")
    ended_on = models.DateField(null=True, blank=True)
    end_source = models.ForeignKey("people.Source", models.PROTECT, null=True, related_name="ended_papers")

    objects = OfPerson.as_manager()

    class Meta:
        constraints = [
            # One open number, one person in a community. Two people with one number is a problem to decide.
            models.UniqueConstraint(
                fields=["community", "hash"], condition=models.Q(ended_on=None), name="paper_once"
            )
        ]
        indexes = [models.Index(fields=["community", "tail"], name="paper_tail")]

    def __str__(self) -> str:
        return self.masked

    @property
    def number(self) -> str:
        """The whole number; every showing of it needs a reason and leaves a trace."""
        return unseal(self.sealed)

    @property
    def masked(self) -> str:
        """``3101**********1324``."""
        return mask_id(self.number)


class Phone(models.Model):
    """Phone (电话): sealed like papers; several people may share one."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="phones")
    sealed = models.BinaryField()
    hash = models.CharField(max_length=32)
    tail = models.CharField(max_length=12)
    source = models.ForeignKey("people.Source", models.PROTECT, related_name="phones")
    recorded_at = models.DateTimeField(default=timezone.now)
    ended_on = models.DateField(null=True, blank=True)
    end_source = models.ForeignKey("people.Source", models.PROTECT, null=True, related_name="ended_phones")

    objects = OfPerson.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["community", "tail"], name="phone_tail"),
            models.Index(fields=["community", "hash"], name="phone_hash"),
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def number(self) -> str:
        """The whole number; every showing of it needs a reason and leaves a trace."""
        return unseal(self.sealed)

    @property
    def masked(self) -> str:
        """``138****5678``."""
        return mask_phone(self.number)
