"""Due dates (交表日): when a form that comes again is due next."""

import calendar
import datetime

from django.utils import timezone

from .models import FormTemplate

# A monthly form due this late in a month is about that month.
LATE_IN_MONTH = 20
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


def last_day_of(template: FormTemplate, due: datetime.date) -> datetime.date:
    """The last day of what a form due on a day tells of: a month that is nearly over itself, else the one before."""
    if template.period == FormTemplate.Period.MONTH and due.day >= LATE_IN_MONTH:
        return due.replace(day=calendar.monthrange(due.year, due.month)[1])
    return due.replace(day=1) - datetime.timedelta(days=1)


def words_of(template: FormTemplate, due: datetime.date) -> str:
    """2026年11月, 2026年第三季度, 2026年上半年, 2026年."""
    day = last_day_of(template, due)
    said = {
        "month": f"{day.month}月",
        "quarter": f"第{'一二三四'[(day.month - 1) // 3]}季度",
        "half": "上半年" if day.month <= 6 else "下半年",
    }
    return f"{day.year}年{said.get(template.period, '')}"
