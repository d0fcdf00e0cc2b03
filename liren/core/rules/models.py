"""Rule (规定): a number with the days it holds, the area it holds in, and its legal basis. Official days (放假与调休)."""

import datetime
from typing import Any

from django.db import models
from django.db.models.functions import Length

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.duty.prepared import Given


class RuleQuerySet(models.QuerySet["Rule"]):
    """Rules, by day and place."""

    def visible_to(self, user: Any) -> "RuleQuerySet":
        """Those set where this user may set them, above that, and everywhere."""
        return self.filter(_around(user.areas_for("rules.edit")))

    def holding(self, on: datetime.date | Given, area: Area | None) -> "RuleQuerySet":
        """Those that hold on a day in an area, the most local and the latest first."""
        open_end = models.Q(to_on=None) | models.Q(to_on__gte=on)
        return (
            self.filter(_above(area), open_end, from_on__lte=on)
            .annotate(depth=Length("area__path"))
            .order_by(models.F("depth").desc(nulls_last=True), "-from_on")
        )

    def coming(self, on: datetime.date, area: Area | None) -> "RuleQuerySet":
        """Those that reach an area and begin after a day, the next first."""
        return self.filter(_above(area), from_on__gt=on).order_by("from_on")

    def reaching(self, key: str, areas: "models.QuerySet[Area]") -> "RuleQuerySet":
        """The whole history of a key in any of these areas, above them and everywhere; the latest first."""
        return (
            self.filter(_around(areas), key=key).select_related("area", "set_by").order_by("-from_on", "-id")
        )


def _above(area: Area | None) -> models.Q:
    here = models.Q(area=None)
    return here if area is None else here | models.Q(area__path__in=_upwards(area.path))


def _around(areas: "models.QuerySet[Area]") -> models.Q:
    steps = {step for path in areas.values_list("path", flat=True) for step in _upwards(path)}
    return models.Q(area__in=areas) | models.Q(area__path__in=steps) | models.Q(area=None)


def _upwards(path: str) -> list[str]:
    """A path and those above it."""
    steps = path.rstrip(".").split(".")
    return [".".join(steps[: n + 1]) + "." for n in range(len(steps))]


class Rule(models.Model):
    """Rule (规定): one dated value of one number. Numbers shipped with Liren stand in rules.toml; these override them."""

    key = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=12, decimal_places=2)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=200)
    confirmed = models.BooleanField(default=True)
    set_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    set_at = models.DateTimeField(null=True, auto_now_add=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["key", "from_on"], name="rule_key")]

    def __str__(self) -> str:
        return f"{self.key} {self.value}"


class OfficialDay(models.Model):
    """Official day (放假与调休): what the State Council or the office says of one day, over the calendar that is shipped."""

    class Kind(models.TextChoices):
        """Off, or at work although it is a weekend."""

        HOLIDAY = "holiday", "放假"
        WORKDAY = "workday", "上班"

    day = models.DateField(unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=40)
    basis = models.CharField(max_length=200)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    entered_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"
