"""What runs by itself: closing the months that are over, some days after their end so that late entries find in."""

from datetime import timedelta

from django.utils import timezone

from liren.core.areas.models import Area

from .actions import close_month
from .models import ClosedMonth
from .periods import Period, this_month

# From the third of the month on.
GRACE = timedelta(days=2)
# A house that stood still for longer begins anew with the last month.
MOST_AT_ONCE = 12


def close_months() -> int:
    """Closes, for every community, the months since its last closed one that are over for two days; how many."""
    last = _last_to_close()
    done = 0
    for community in Area.objects.communities():
        for month in _months_of(community, last):
            close_month(community, month=month, by=None)
            done += 1
    return done


def _last_to_close() -> Period:
    """Last month from the third on, before that the one before."""
    before = this_month().before
    return before if timezone.localdate() - GRACE >= this_month().first else before.before


def _months_of(community: Area, last: Period) -> list[Period]:
    newest = ClosedMonth.objects.filter(community=community).order_by("-month").first()
    if newest is None:
        return [last]
    months: list[Period] = []
    month = Period(newest.month).after
    while month.first <= last.first and len(months) < MOST_AT_ONCE:
        months.append(month)
        month = month.after
    return months
