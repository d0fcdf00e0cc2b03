"""Due dates (交表日): when a form that comes again is due next."""

import calendar
import datetime

from django.utils import timezone

from .models import FormTemplate

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def next_due(template: FormTemplate, today: datetime.date | None = None) -> datetime.date | None:
    """The next day on which a template is due; None for one without a day. Quarters end in March, June and so on; a form
    for a period is due in the month after it.
    """
    today = today or timezone.localdate()
    every = MONTHS.get(template.period)
    if every is None or template.due_day is None:
        return None
    year, month = today.year, today.month
    for _ in range(25):
        last = calendar.monthrange(year, month)[1]
        day = datetime.date(year, month, min(template.due_day, last))
        # January, April, July … are the months after a period.
        if day >= today and (every == 1 or (month - 1) % every == 0):
            return day
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return None
