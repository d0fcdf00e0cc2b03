"""Countdown (倒计时): how the clock of a todo stands, in words and in one of four tones."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from liren.core.pages import words
from liren.core.rules.limits import HOURS, WORKDAYS
from liren.core.rules.workdays import Calendar, calendar

LATE, SOON, PAUSED, CALM = "late", "soon", "paused", "calm"


@dataclass(frozen=True)
class Countdown:
    """What the clock says: ``逾期 1 个工作日``, ``今天 17:30``, ``停表：等鉴定``."""

    words: str
    tone: str
    due_at: datetime | None = None

    @property
    def colour(self) -> str:
        """The class that colours the words."""
        return {LATE: "urgent", SOON: "soon"}.get(self.tone, "")


def countdown(todo: Any, days: Calendar | None = None) -> Countdown | None:
    """The clock of a todo; None for one without a time. A list gives the `days` of the calendar, asked for once."""
    if todo is None or todo.due_at is None:
        return None
    if todo.is_paused:
        return Countdown(f"停表：{todo.pause_reason}", PAUSED, todo.due_at)
    if todo.is_overdue:
        return Countdown(_late(todo, days), LATE, todo.due_at)
    today = timezone.localdate()
    tone = SOON if timezone.localdate(todo.due_at) <= today else CALM
    return Countdown(_left(todo, days), tone, todo.due_at)


def _days(todo: Any, start: datetime, end: datetime, known: Calendar | None) -> int:
    """The days between, as the rule counts them."""
    first, last = timezone.localdate(start), timezone.localdate(end)
    return (known or calendar()).between(first, last) if todo.unit == WORKDAYS else (last - first).days


def _late(todo: Any, known: Calendar | None) -> str:
    passed = timezone.now() - todo.due_at
    days = _days(todo, todo.due_at, timezone.now(), known)
    if todo.unit == HOURS or not days:
        return f"逾期 {_length(passed)}"
    return f"逾期 {days} 个工作日" if todo.unit == WORKDAYS else f"逾期 {days} 天"


def _left(todo: Any, known: Calendar | None) -> str:
    if todo.unit == HOURS:
        return f"剩 {_length(todo.due_at - timezone.now())}"
    days = _days(todo, timezone.now(), todo.due_at, known)
    if todo.unit == WORKDAYS and days:
        return f"剩 {days} 个工作日"
    return words.left(todo.due_at)


def _length(span: timedelta) -> str:
    """By the clock, as hours are counted: two hours that lie around midnight are no day."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return f"{max(minutes, 1)} 分钟"
    return f"{minutes // 60} 小时" if minutes < 24 * 60 else f"{minutes // (24 * 60)} 天"


def short(clock: Countdown | None) -> str:
    """For a column of a list: ``逾期 1 个工作日``, ``今天 17:30``, ``7月15日``, ``停表``."""
    if clock is None or clock.due_at is None:
        return ""
    if clock.tone == PAUSED:
        return "停表"
    if clock.tone == LATE:
        return clock.words
    return words.moment(clock.due_at) if clock.tone == SOON else words.day(clock.due_at)
