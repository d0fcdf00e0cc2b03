"""Dates, times and figures as people say them (7月14日, 剩 2 天, 1,046)."""

import datetime
import re

from django.utils import timezone

Day = datetime.date | datetime.datetime
WEEKDAYS = "一二三四五六日"
CHINESE = "〇一二三四五六七八九"


def _local(value: Day) -> Day:
    return (
        timezone.localtime(value)
        if isinstance(value, datetime.datetime) and timezone.is_aware(value)
        else value
    )


def _date(value: Day) -> datetime.date:
    value = _local(value)
    return value.date() if isinstance(value, datetime.datetime) else value


def day(value: Day | None) -> str:
    """``7月14日``; with the year when it is not this one."""
    if not value:
        return ""
    on = _date(value)
    year = "" if on.year == timezone.localdate().year else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日"


def full_day(value: Day | None) -> str:
    """``2026年7月14日``, always with the year."""
    return f"{(on := _date(value)).year}年{on.month}月{on.day}日" if value else ""


def weekday(value: Day | None) -> str:
    """``星期二``."""
    return f"星期{WEEKDAYS[_date(value).weekday()]}" if value else ""


def clock(value: datetime.datetime | None) -> str:
    """``17:30``."""
    return f"{_local(value):%H:%M}" if value else ""


def moment(value: datetime.datetime | None) -> str:
    """``今天 17:30``, ``昨天 08:40``, ``7月2日 10:05``."""
    if not value:
        return ""
    days = (timezone.localdate() - _date(value)).days
    near = {0: "今天", 1: "昨天"}.get(days) or day(value)
    return f"{near} {clock(value)}"


def chinese_number(number: int) -> str:
    """Up to 99 in characters: 十四, 三十一."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else CHINESE[tens] + "十")
    return head + (CHINESE[ones] if ones or not tens else "")


def book_day(value: Day | None) -> str:
    """``七月十四日``, as at the head of a ledger's page."""
    return f"{chinese_number((on := _date(value)).month)}月{chinese_number(on.day)}日" if value else ""


def left(value: Day | None) -> str:
    """How long is left: ``剩 2 天``, ``剩 3 小时``, ``今天``, ``逾期 1 天``."""
    if not value:
        return ""
    days = (_date(value) - timezone.localdate()).days
    if days > 0:
        return f"剩 {days} 天"
    if days < 0:
        return f"逾期 {-days} 天"
    if not isinstance(value, datetime.datetime):
        return "今天"
    minutes = int((value - timezone.now()).total_seconds() // 60)
    if minutes < 0:
        return "已过点"
    return f"剩 {minutes // 60} 小时" if minutes >= 60 else f"剩 {minutes} 分钟"


def ago(value: Day | None) -> str:
    """``今天``, ``昨天``, ``96 天前``; beyond a year the day itself."""
    if not value:
        return ""
    days = (timezone.localdate() - _date(value)).days
    if days in (0, 1):
        return "昨天" if days else "今天"
    return f"{days} 天前" if 1 < days <= 365 else full_day(value)


def partial_day(text: str) -> str:
    """A date that may be known in part: ``1962-05`` → ``1962年5月``. What is unknown stays unsaid."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", text or "")
    if not found:
        return text or ""
    year, month, on = found.groups()
    return f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(on)}日" if on else "")


def thousands(number: int | float | None) -> str:
    """``1,046``."""
    return "" if number is None else f"{number:,}"


def file_size(size: int | None) -> str:
    """``312 KB``, ``4.2 MB``."""
    if size is None:
        return ""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def greeting(at: datetime.datetime | None = None) -> str:
    """早上好, 中午好 … by the clock on the wall."""
    hour = timezone.localtime(at).hour if at else timezone.localtime().hour
    steps = ((5, "夜深了"), (11, "早上好"), (13, "中午好"), (18, "下午好"), (23, "晚上好"))
    return next((words for until, words in steps if hour < until), "夜深了")
