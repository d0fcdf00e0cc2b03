"""Closing a month: from here on its figures stand."""

from typing import Any

from django.db import transaction

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused

from .book import all_figures
from .freezing import digest_of, rows_to_freeze
from .models import ClosedMonth, FrozenRow
from .periods import Period

CHUNK = 500


@transaction.atomic
def close_month(community: Area, *, month: Period, by: Any) -> ClosedMonth:
    """Freezes every dated figure of one community for one month that is over. Refuses a second time."""
    if month.months != 1 or not month.is_over():
        raise Refused(f"{month.name}还没有过完，不能封存")
    if ClosedMonth.objects.filter(community=community, month=month.first).exists():
        raise Refused(f"{month.name}已经封存过了，数字不再变")
    sources = sorted({figure.source for figure in all_figures()}, key=lambda source: source.key)
    rows = [row for source in sources for row in rows_to_freeze(source, community, month)]
    closed = ClosedMonth.objects.create(
        community=community, month=month.first, rows=len(rows), digest=digest_of(rows)
    )
    for row in rows:
        row.closed = closed
    FrozenRow.objects.bulk_create(rows, batch_size=CHUNK)
    record(
        "figures.close", target=closed, community=community, month=month.text, rows=len(rows), digest=closed.digest,
        by=by,
    )  # fmt: skip
    return closed
