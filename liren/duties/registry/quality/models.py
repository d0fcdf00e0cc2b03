"""What the sweep finds: DoubtfulPair (疑似重复), PaperDoubt (证件对不上) and Sweep (通查)."""

from typing import Any

from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area, ByArea, ByCommunity
from liren.core.people.models import IdentityPaper, Person


class DoubtfulPairQuerySet(models.QuerySet["DoubtfulPair"]):
    """Pairs, by who may see both persons."""

    def visible_to(self, user: Any) -> "DoubtfulPairQuerySet":
        """Whoever sees only one of the two learns nothing of the other."""
        whole, grids = user.scope()
        seen = models.Q(community_id__in=whole)
        if grids:
            seen |= models.Q(one__area_id__in=grids, other__area_id__in=grids)
        return self.filter(seen)

    def open(self) -> "DoubtfulPairQuerySet":
        """Those that somebody still has to decide on."""
        return self.filter(state=DoubtfulPair.State.OPEN, one__merged_into=None, other__merged_into=None)

    def between(self, one: Person, other: Person) -> "DoubtfulPairQuerySet":
        """The pair of these two, whichever was named first."""
        return self.filter(one_id=min(one.pk, other.pk), other_id=max(one.pk, other.pk))


class DoubtfulPair(models.Model):
    """DoubtfulPair (疑似重复): two records that may be one person, with what speaks for and against it. Once somebody
    has said that they are two people, it is not asked again.
    """

    class State(models.TextChoices):
        OPEN = "open", "待定"
        MERGED = "merged", "已合并"
        DIFFERENT = "different", "不是同一个人"

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    # The older record first, so that a pair stands once.
    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    evidence = models.JSONField(default=list)
    against = models.JSONField(default=list)
    score = models.FloatField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = DoubtfulPairQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="pair_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="pair_in_order"),
        ]
        indexes = [models.Index(fields=["community", "state", "-score"], name="pair_state")]

    def __str__(self) -> str:
        return f"{self.one_id} ? {self.other_id}"


class PaperDoubt(models.Model):
    """PaperDoubt (证件对不上): what a number says of birth and sex where the register says otherwise. The number itself
    lies sealed, so the database could not compare it; once the register is corrected the doubt falls silent.
    """

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    paper = models.OneToOneField(IdentityPaper, models.CASCADE, related_name="+")
    birth = models.CharField(max_length=10)
    sex = models.CharField(max_length=1)

    class Seen(ByArea):
        """Seen by who sees the holder."""

        area_field = "paper__person__area"

    objects = Seen.as_manager()

    def __str__(self) -> str:
        return f"{self.paper_id}"


class Sweep(models.Model):
    """Sweep (通查): when a community was last gone through for doubles and papers that do not fit."""

    community = models.OneToOneField(Area, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    people = models.PositiveIntegerField(default=0)

    objects = ByCommunity.as_manager()

    def __str__(self) -> str:
        return f"{self.community}"

    @property
    def is_running(self) -> bool:
        """Whether the worker has been asked and has not come back."""
        return self.asked_at is not None and (self.done_at is None or self.done_at < self.asked_at)
