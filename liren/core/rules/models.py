"""Rule (规定): a number with the days it holds, the area it holds in, and its legal basis."""

import datetime

from django.db import models

from liren.core.areas.models import Area


class RuleQuerySet(models.QuerySet["Rule"]):
    """Rules, by day and place."""

    def holding(self, key: str, on: datetime.date, area: Area | None) -> "RuleQuerySet":
        """Those of a key that hold on a day in an area, the most local and the latest first."""
        here = models.Q(area=None)
        if area is not None:
            steps = area.path.rstrip(".").split(".")
            here |= models.Q(area__path__in=[".".join(steps[: n + 1]) + "." for n in range(len(steps))])
        open_end = models.Q(to_on=None) | models.Q(to_on__gte=on)
        return (
            self.filter(here, open_end, key=key, from_on__lte=on)
            .annotate(depth=models.functions.Length("area__path"))
            .order_by(models.F("depth").desc(nulls_last=True), "-from_on")
        )


class Rule(models.Model):
    """Rule (规定): one dated value of one number. Numbers shipped with Liren stand in rules.toml; these override them."""

    key = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=12, decimal_places=2)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=200)
    confirmed = models.BooleanField(default=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["key", "from_on"], name="rule_key")]
