"""Closed months: what the figures of a month were made of when it was closed."""

from typing import Any

from django.db import models

from liren.core.areas.models import Area, ByCommunity


class ClosedMonth(models.Model):
    """Closed month (封存月份): the figures of one community for one month stand from here on."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    month = models.DateField(help_text="当月第一天")
    closed_at = models.DateTimeField(auto_now_add=True)
    rows = models.PositiveIntegerField(default=0)
    # Over every frozen row; the trace keeps it too, so that nobody changes a closed month unseen.
    digest = models.CharField(max_length=64)

    objects = ByCommunity.as_manager()

    class Meta:
        ordering = ["-month"]
        constraints = [models.UniqueConstraint(fields=["community", "month"], name="closed_month_once")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class FrozenRowQuerySet(models.QuerySet["FrozenRow"]):
    """Frozen rows, seen by who sees the row that was counted."""

    def visible_to(self, user: Any, source: Any = None) -> Any:
        """Those whose row the user may know of now; without a source those of communities seen whole."""
        if source is None:
            return self.filter(closed__community_id__in=user.scope()[0])
        # Row by row: a month has few rows, the ledger many.
        known = source.rows(user).order_by().filter(pk=models.OuterRef("key"))
        return self.filter(models.Exists(known), source=source.key)


class FrozenRow(models.Model):
    """Frozen row (封存明细): one counted thing, in which figures of a closed month it was counted, and how it stood."""

    closed = models.ForeignKey(ClosedMonth, models.PROTECT, related_name="frozen", db_index=False)
    source = models.CharField(max_length=20)
    key = models.BigIntegerField()
    # |received:n|response:d|: figures with the part (n) or the whole (d) of which it was one.
    marks = models.TextField()
    # The columns by which figures are taken apart, as they were.
    facts = models.JSONField(default=dict)
    # Durations in seconds.
    measured = models.JSONField(default=dict)

    objects = FrozenRowQuerySet.as_manager()

    class Meta:
        ordering = ["closed", "key"]
        constraints = [models.UniqueConstraint(fields=["closed", "source", "key"], name="frozen_row_once")]

    def __str__(self) -> str:
        return str(self.key)


def mark(figure: str, part: str) -> str:
    """How a row says that it was counted: part ``n``, whole ``d``."""
    return f"|{figure}:{part}|"
