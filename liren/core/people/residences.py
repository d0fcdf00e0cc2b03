"""Household (家庭户), Residence (居住) and Hukou (户籍): who lives where, as what, from when to when."""

import datetime

from django.db import models
from django.utils import timezone

from liren.core.areas.models import Area, ByArea
from liren.core.places.models import House

from .persons import OfPerson, Person


class Household(models.Model):
    """Household (家庭户): people living as a family behind one door, or a collective one; several may share a house."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    house = models.ForeignKey(House, models.PROTECT, null=True, related_name="households")
    number = models.CharField("户号", max_length=30, blank=True)
    collective = models.BooleanField(default=False)
    source = models.ForeignKey("people.Source", models.PROTECT, related_name="households")
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    close_source = models.ForeignKey(
        "people.Source", models.PROTECT, null=True, related_name="closed_households"
    )

    objects = ByArea.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "number"], name="household_number")]

    def __str__(self) -> str:
        return f"户 {self.number or self.pk}"


class Span(OfPerson):
    """Rows that hold from a day to a day."""

    def open(self) -> "Span":
        """Those that hold today and have no end."""
        return self.filter(to_on=None)

    def on(self, day: datetime.date) -> "Span":
        """Those that held on a day; a start that is not known counts as long ago."""
        started = models.Q(from_on=None) | models.Q(from_on__lte=day)
        not_ended = models.Q(to_on=None) | models.Q(to_on__gt=day)
        return self.filter(started, not_ended)


class Residence(models.Model):
    """Residence (居住): a person lives behind a door as somebody to the head of a household, from a day to a day."""

    class Tenure(models.TextChoices):
        OWNER = "owner", "自有"
        PUBLIC_TENANT = "public_tenant", "公房承租"
        TENANT = "tenant", "租住"
        RELATIVE = "relative", "投靠亲友"
        COLLECTIVE = "collective", "集体"
        TEMPORARY = "temporary", "借住"
        UNKNOWN = "unknown", "未登记"

    community = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="residences")
    house = models.ForeignKey(House, models.PROTECT, null=True, related_name="residences", db_index=False)
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, related_name="residences", db_index=False
    )
    # Relation to the head, GB/T 4761: 02 is the head.
    relation = models.CharField(max_length=2, blank=True)
    tenure = models.CharField(max_length=15, choices=Tenure.choices, default=Tenure.UNKNOWN)
    from_on = models.DateField(null=True, blank=True)
    # What is known of the start when the day is not: 2024-02, 2024.
    from_said = models.CharField(max_length=10, blank=True)
    to_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=20, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    source = models.ForeignKey("people.Source", models.PROTECT, related_name="residences")
    end_source = models.ForeignKey(
        "people.Source", models.PROTECT, null=True, related_name="ended_residences"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = Span.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(to_on=None), name="residence_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["house", "to_on"], name="residence_house"),
            models.Index(fields=["household", "to_on"], name="residence_household"),
            models.Index(fields=["community", "tenure", "to_on", "person"], name="residence_tenure"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.house_id}"

    @property
    def is_head(self) -> bool:
        """Whether this person is the head of the household."""
        return self.relation == "02"


class Hukou(models.Model):
    """Hukou (户籍): where a person is registered with the police, from a day to a day."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="hukou")
    here = models.BooleanField(null=True, help_text="户口在不在本社区;不知道为空")
    address = models.CharField(max_length=160, blank=True)
    household_number = models.CharField(max_length=30, blank=True)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    source = models.ForeignKey("people.Source", models.PROTECT, related_name="hukou")
    end_source = models.ForeignKey("people.Source", models.PROTECT, null=True, related_name="ended_hukou")

    objects = Span.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(to_on=None), name="hukou_one_open")
        ]

    def __str__(self) -> str:
        return self.address
