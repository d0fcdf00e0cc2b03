"""Series (编号): running numbers without gaps, one row for each community, sign and year."""

from django.db import models

from liren.core.areas.models import Area, ByCommunity


class Series(models.Model):
    """Series (编号): the last number given. Its lock puts those who open matters in a line; a rollback gives it back."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    sign = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects = ByCommunity.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "sign", "year"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.sign}-{self.year}"


def next_number(community: Area, sign: str, year: int) -> str:
    """The next number of a sign in a year: 治-2026-0137. Must run in the transaction that uses it."""
    series, _ = Series.objects.select_for_update().get_or_create(community=community, sign=sign, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{sign}-{year}-{series.last:04d}"
