"""FormTemplate (表样), Filling (填表), HandOut (交表) and FormTurn (该交的表): a form from above and its way."""

import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area, ByCommunity
from liren.core.documents.models import Document
from liren.core.matters.models import Matter


class FormTemplateQuerySet(ByCommunity):
    """Templates of a community."""

    def in_use(self) -> "FormTemplateQuerySet":
        """Those that nobody put away."""
        return self.filter(dropped_at=None)


class FormTemplate(models.Model):
    """FormTemplate (表样): a blank form that comes again, with what was said of it and to whom it goes when."""

    class Period(models.TextChoices):
        ONCE = "once", "不定期"
        MONTH = "month", "每月"
        QUARTER = "quarter", "每季度"
        HALF = "half", "每半年"
        YEAR = "year", "每年"

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    name = models.CharField("表名", max_length=120)
    # The same for every file with these headings: next month's copy finds its template by it.
    fingerprint = models.CharField(max_length=32, db_index=True)
    told = models.JSONField(default=dict, blank=True)
    people_told = models.JSONField(default=dict, blank=True)
    period = models.CharField("多久交一次", max_length=8, choices=Period.choices, default=Period.ONCE)
    due_day = models.PositiveSmallIntegerField("每期几号交", null=True, blank=True)
    receiver = models.CharField("交给谁", max_length=60, blank=True)
    # What it asks and of whom, so that forms that ask the same are seen: {"keys": {key: words}, "people": [tree, …]}.
    asks = models.JSONField(default=dict, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = FormTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name


class Filling(models.Model):
    """Filling (填表): one form being filled: its blank, its day, whom it is about, what the worker said of it."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    template = models.ForeignKey(FormTemplate, models.PROTECT, null=True, blank=True, related_name="fillings")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=32, db_index=True)
    # The day for which it tells things; empty is what the form says, or today.
    as_of = models.DateField(null=True, blank=True)
    target_kind = models.CharField(max_length=10, blank=True)
    target = models.BigIntegerField(null=True, blank=True)
    told = models.JSONField(default=dict, blank=True)
    people_told = models.JSONField(default=dict, blank=True)
    # What was typed by hand, by place; sealed, because anything may stand in it.
    typed_sealed = models.BinaryField(null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = ByCommunity.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name


class HandOut(models.Model):
    """HandOut (交表): a filled form that left: what for, on what ground, to whom; and a link that ends by itself."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    filling = models.ForeignKey(Filling, models.PROTECT, related_name="handouts")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    # The same as a PDF, to be printed, signed and sealed; where it was asked for.
    paper = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    purpose = models.CharField(max_length=100)
    basis = models.CharField(max_length=12)
    receiver = models.CharField(max_length=60)
    ending = models.CharField(max_length=5, default="xlsx")
    rows = models.PositiveIntegerField(default=0)
    locked = models.BooleanField(default=False)
    # The lists (by keys) and figures as they went out, to tell the next one's difference.
    snapshot = models.JSONField(default=dict)
    until = models.DateTimeField()
    fetched = models.PositiveSmallIntegerField(default=0)

    objects = ByCommunity.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.filling_id} {self.at:%Y-%m-%d}"

    def is_over(self, now: datetime.datetime | None = None) -> bool:
        """Whether its link has ended."""
        return self.until < (now or timezone.now())

    @property
    def people(self) -> dict[str, Any]:
        """The lists as they went out."""
        return dict(self.snapshot.get("lists", {}))


class FormTurnQuerySet(ByCommunity):
    """Turns of forms that come again."""

    def open(self) -> "FormTurnQuerySet":
        """Those not handed in yet, of templates in use."""
        return self.filter(handed_at=None, template__dropped_at=None)


class FormTurn(models.Model):
    """FormTurn (到期该交的表): one turn of a form that comes again — its period, its day, its matter, what was handed in."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    template = models.ForeignKey(FormTemplate, models.PROTECT, related_name="turns")
    due_on = models.DateField("哪天交")
    # The last day of what it tells of, and its name: 2026年11月.
    until_on = models.DateField()
    period = models.CharField("报哪个时期", max_length=40)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="+")
    filling = models.ForeignKey(Filling, models.PROTECT, null=True, blank=True, related_name="+")
    handed_at = models.DateTimeField(null=True, blank=True)

    objects = FormTurnQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["template", "due_on"], name="form_turn_once")]

    def __str__(self) -> str:
        return f"{self.template_id} {self.due_on}"
