"""Sweeping (打扫): what the schedule asks of this door once a day."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from liren.core.rules import number

from .actions import abandon, erase, rescue
from .actions.keeping import ERASED
from .models import ImportBatch

State = ImportBatch.State


def put_back_interrupted() -> None:
    """Batches whose job was killed: it cannot say so itself."""
    for batch in ImportBatch.objects.filter(state__in=ImportBatch.BUSY):
        rescue(batch)


def let_go_of_old() -> None:
    """Originals and rows past the days the rule allows; a batch nobody wrote in that time is given up."""
    over = Q(state__in=(State.APPLIED, State.UNDONE)) & ~Q(counts__has_key=ERASED)
    left = Q(state__in=(State.READY, State.FAILED))
    for batch in ImportBatch.objects.filter(over | left).select_related("community"):
        days = number("imports.keep_days", area=batch.community)
        if _last(batch) < timezone.now() - timedelta(days=days):
            (abandon if batch.state in (State.READY, State.FAILED) else erase)(batch, by=None)


def _last(batch: ImportBatch) -> datetime:
    return batch.undone_at or batch.applied_at or batch.pulse_at
