"""Source (来源), Change (变更), Label (标签), Relation (关系) and Merge (合并): how the register knows what it knows."""

import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area, ByArea, ByCommunity
from liren.core.privacy.tiers import Tier

from .persons import OfPerson, Person
from .residences import Span


class Source(models.Model):
    """Source (来源): where facts came from — a roster imported, a form on the desk, a visit — and who brought them."""

    class Kind(models.TextChoices):
        IMPORT = "import", "名册导入"
        DESK = "desk", "坐班登记"
        VISIT = "visit", "上门走访"
        SAMPLE = "sample", "演示数据"
        UNDO = "undo", "撤销导入"

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=200)
    # The key of the batch for imports; empty otherwise.
    batch = models.CharField(max_length=40, blank=True, db_index=True)
    at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ByCommunity.as_manager()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.title}"

    @property
    def day(self) -> datetime.date:
        """The day it is from, by the calendar of here."""
        return timezone.localdate(self.at)


class Change(models.Model):
    """Change (变更): one fact of a person became another; before and after sealed when the fact is a number."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="changes", db_index=False)
    fact = models.CharField(max_length=40)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    on = models.DateField(default=timezone.localdate)
    at = models.DateTimeField(default=timezone.now)
    source = models.ForeignKey(Source, models.PROTECT, related_name="changes")
    source_at = models.CharField(max_length=80, blank=True)

    objects = OfPerson.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["person", "fact", "id"], name="change_fact")]

    def __str__(self) -> str:
        return f"{self.fact} {self.on}"


class LabelQuerySet(Span):
    """Labels, by what the reader may know."""

    def visible_to(self, user: Any) -> "LabelQuerySet":
        """T0 and T1 with the person; T2 by the lines of one's posts; T3 by being named in the label's circle."""
        circle = models.Q(
            tier=Tier.T3, pk__in=Label.circle.through.objects.filter(user_id=user.pk).values("label_id")
        )
        return super().visible_to(user).filter(self.plain_to(user) | circle)

    @staticmethod
    def plain_to(user: Any) -> models.Q:
        """Of people whom the user sees: the labels that need no circle."""
        plain = models.Q(tier__lte=Tier.T1)
        for post in user.current_posts:
            inside = models.Q(
                person__area__path__gte=post.area.path, person__area__path__lt=post.area.path + "~"
            )
            if post.grants.all_lines:
                plain |= models.Q(tier=Tier.T2) & inside
            elif post.lines:
                plain |= models.Q(tier=Tier.T2, line__in=post.lines) & inside
        return plain


class Label(models.Model):
    """Label (标签): a tiered fact about a person with evidence, start, review date and end (handbook 2.9)."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="labels")
    code = models.CharField(max_length=30)
    tier = models.PositiveSmallIntegerField(choices=[(t.value, t.name) for t in Tier])
    line = models.CharField(max_length=20, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    evidence = models.CharField(max_length=120, blank=True)
    from_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="labels")
    end_source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="ended_labels")
    recorded_at = models.DateTimeField(default=timezone.now)
    # Who may know of a T3 label at all.
    circle = models.ManyToManyField(User, blank=True, related_name="+")

    objects = LabelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "code"], condition=models.Q(to_on=None), name="label_one_open"
            )
        ]
        indexes = [models.Index(fields=["community", "code", "to_on"], name="label_code")]

    def __str__(self) -> str:
        return self.code

    def is_due(self, on: datetime.date | None = None) -> bool:
        """Whether the evidence has to be looked at again."""
        return self.review_on is not None and self.review_on < (on or timezone.localdate())


class Relation(models.Model):
    """Relation (关系): guardian, spouse or contact of a person; the other side may be on the register or just a name."""

    class Kind(models.TextChoices):
        GUARDIAN = "guardian", "监护人"
        SPOUSE = "spouse", "配偶"
        FATHER = "father", "父亲"
        MOTHER = "mother", "母亲"
        CONTACT = "contact", "紧急联系人"
        LANDLORD = "landlord", "房东"

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    other = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="related_to")
    other_name = models.CharField(max_length=60, blank=True)
    other_phone_sealed = models.BinaryField(null=True, blank=True)
    said = models.CharField(max_length=30, blank=True, help_text="怎么称呼:祖母、朋友")
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="relations")
    end_source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="ended_relations")

    objects = Span.as_manager()

    def __str__(self) -> str:
        return self.get_kind_display()


class MergeQuerySet(ByArea):
    """Merges, seen by who sees the record that was kept."""

    area_field = "kept__area"


class Merge(models.Model):
    """Merge (合并): two records became one. `moved` says exactly what went over, so that it can all go back."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    kept = models.ForeignKey(Person, models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Person, models.CASCADE, related_name="merged_away")
    at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    evidence = models.CharField(max_length=200, blank=True)
    moved = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"
