"""Trace (留痕): who did or looked at what. Append-only, chained, without foreign keys so that nothing ever blocks it."""

from typing import Any

from django.db import models


class TraceQuerySet(models.QuerySet["Trace"]):
    """Traces, newest last."""

    def visible_to(self, user: Any) -> "TraceQuerySet":
        """Those of the communities that this user oversees; what belongs to none only to who oversees them all.

        Hidden ones show that there is something to know: only who did the deed finds it here.
        """
        ids, everything = user.overseen()
        open_ones = self.filter(models.Q(hidden=False) | models.Q(user_id=user.pk))
        return open_ones if everything else open_ones.filter(community_id__in=ids)

    def about(self, record: models.Model) -> "TraceQuerySet":
        """What was done to, or looked at of, one record."""
        return self.filter(target=target_of(record))


class Trace(models.Model):
    """Trace (留痕): one deed or look. `mark` seals this row and, through `previous`, all rows before it."""

    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=60)
    action = models.CharField(max_length=60)
    target = models.CharField(max_length=80, blank=True)
    community_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=120, blank=True)
    particulars = models.JSONField(default=dict)
    # About something that only a named circle may know of.
    hidden = models.BooleanField(default=False)
    previous = models.CharField(max_length=64)
    mark = models.CharField(max_length=64, unique=True)

    objects = TraceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["target", "id"], name="trace_target"),
            models.Index(fields=["community_id", "id"], name="trace_community"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.user_name} {self.action}"


class TraceHead(models.Model):
    """The end of the chain (链头): one row; its lock puts writers in a line, its count shows when the tail is cut."""

    count = models.BigIntegerField(default=0)
    mark = models.CharField(max_length=64, default="")
    seal = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.count}"


def target_of(record: models.Model | None) -> str:
    """How a trace names a record: ``people.person:17``."""
    return "" if record is None else f"{record._meta.label_lower}:{record.pk}"
