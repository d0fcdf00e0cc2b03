"""Periods (期间): the days and spans that titles and notes of forms name — 2026年第二季度, 上半年, 截至6月30日."""

import calendar
import datetime
import re
from dataclasses import dataclass

from .numerals import number, plain

DAY = r"(\d{4})[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?"
AS_OF = re.compile(
    rf"(?:截止|截至|截止到|截至到|时点为?|标准时点为?|计算到|至)(?:日期)?(?:为|到|至|[:：])?{DAY}"
)
ON_DAY = re.compile(rf"{DAY}(?:零时|24时|止)")
MONTH_END = re.compile(r"([12]\d{3})年(\d{1,2})月(?:底|末)")
SINCE = re.compile(rf"{DAY}(?:\(含\))?(?:及?以后|以来|之后|起|至今|后)")
SINCE_YEAR = re.compile(r"(\d{4})年(?:(\d{1,2})月)?()(?:份)?(?:及?以后|以来|之后|起|至今)")
BETWEEN = re.compile(rf"{DAY}[-－—~～至到]+{DAY}")
QUARTER = re.compile(r"([12]\d{3})年(?:度)?第?([一二三四1-4])季度")
HALF = re.compile(r"([12]\d{3})年(?:度)?(上|下)半年")
MONTH = re.compile(r"([12]\d{3})年(\d{1,2})月(?:份)?(?!\d|底|末|\d{1,2}日)")
MONTHS = re.compile(
    r"([12]\d{3})年(\d{1,2})月?(?:份)?[-－—–~～至到]+(?:([12]\d{3})年)?(\d{1,2})月(?:份)?(?!\d{1,2}日)"
)
QUARTERS = re.compile(r"([12]\d{3})年(?:度)?前([二三])个?季度")
YEAR = re.compile(r"(\d{4})年(?:度)?")


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both within."""

    start: datetime.date
    end: datetime.date
    words: str


def day_of(year: str, month: str, day: str) -> datetime.date | None:
    """A day; None for one that no calendar has."""
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


def as_of(text: str) -> datetime.date | None:
    """The day for which a form wants things told."""
    text = plain(text)
    for pattern in (AS_OF, ON_DAY):
        if found := pattern.search(text):
            return day_of(found[1], found[2], found[3])
    if found := MONTH_END.search(text):
        return last_of(int(found[1]), int(found[2]))
    return None


def without_spans(text: str) -> str:
    """A text without 1966年1月1日至1966年12月31日, whose end is no day of counting."""
    return BETWEEN.sub("", plain(text))


def since(text: str) -> tuple[datetime.date, str] | None:
    """2026年1月1日以后, 2025年以来."""
    found = SINCE.search(plain(text)) or SINCE_YEAR.search(plain(text))
    day = day_of(found[1], found[2] or "1", found[3] or "1") if found else None
    return (day, found[0]) if found and day else None


def span_in(text: str) -> Span | None:
    """The period a text names, the narrowest first."""
    text = plain(text)
    if span := _between(text) or _several(text):
        return span
    if found := QUARTER.search(text):
        quarter = number(found[2])
        return Span(
            datetime.date(int(found[1]), quarter * 3 - 2, 1), last_of(int(found[1]), quarter * 3), found[0]
        )
    if found := HALF.search(text):
        first_half = found[2] == "上"
        return Span(
            datetime.date(int(found[1]), 1 if first_half else 7, 1),
            last_of(int(found[1]), 6 if first_half else 12),
            found[0],
        )
    if found := MONTH.search(text):
        if 1 <= int(found[2]) <= 12:
            return Span(
                datetime.date(int(found[1]), int(found[2]), 1),
                last_of(int(found[1]), int(found[2])),
                found[0],
            )
    if (found := YEAR.search(text)) and 1990 <= int(found[1]) <= 2100:
        return Span(datetime.date(int(found[1]), 1, 1), datetime.date(int(found[1]), 12, 31), found[0])
    return None


def _between(text: str) -> Span | None:
    """2019年9月1日至2020年8月31日."""
    if not (found := BETWEEN.search(text)):
        return None
    first, last = day_of(*found.groups()[:3]), day_of(*found.groups()[3:6])
    return Span(first, last, found[0]) if first and last and first <= last else None


def _several(text: str) -> Span | None:
    """2026年1—6月, 2025年11月至2026年3月, 2026年前三季度."""
    if found := QUARTERS.search(text):
        return Span(
            datetime.date(int(found[1]), 1, 1), last_of(int(found[1]), number(found[2]) * 3), found[0]
        )
    if not (found := MONTHS.search(text)):
        return None
    first = day_of(found[1], found[2], "1")
    last = day_of(found[3] or found[1], found[4], "1")
    return Span(first, last_of(last.year, last.month), found[0]) if first and last and first <= last else None


def last_of(year: int, month: int) -> datetime.date:
    """The last day of a month."""
    month = min(max(month, 1), 12)
    return datetime.date(year, month, calendar.monthrange(year, month)[1])
