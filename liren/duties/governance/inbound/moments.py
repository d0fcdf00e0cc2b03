"""Moments (时限): by when a message wants something — a day with its hour, and which of several is the one that counts."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .days import WEEKDAYS, Day, Named, Present, named_days
from .words import NUMBER, number_of, plain

# Hours of the day as offices say them; only the close of the office is a rule of its own.
MORNING_ENDS, OFFICE_OPENS, LATE = 690, 510, 1320
PARTS = {"上午": 720, "中午": 720, "早上": 540, "早": 540, "晚上": LATE, "晚间": LATE, "晚": LATE}
AFTERNOON = ("下午", "傍晚", "晚上", "晚间", "晚")

WEEKDAY_AFTER = re.compile(r"^\s*[（(]?\s*(?:周|星期|礼拜)([一二三四五六日天])\s*[)）]?")
GAP = re.compile(r"^[\s，、（）]{0,2}的?")
CLOCK = re.compile(
    rf"^(凌晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚间|晚)?\s*({NUMBER})\s*(?::|点|时(?![间候段期]))\s*"
    r"(\d{1,2}|半|一刻|三刻)?(?:分|整|钟)?"
)
AT_CLOSE = re.compile(r"^(上午|中午|下午)?下班(?:之前|以前|前|时)?")
AT_OPEN = re.compile(r"^(?:早上|上午)?一?上班(?:之前|以前|前|时)?")
PART = re.compile(r"^(上午|中午|下午|早上|早|晚上|晚间|晚)")
BEFORE = re.compile(r"^\s*(?:之前|以前|前)")
ALONE = re.compile(
    rf"(?:(?:上午|下午|晚上|中午)\s*{NUMBER}\s*[点时:]|(?<![\d:])\d{{1,2}}:\d{{2}}|(?:上午|下午|中午)?下班)[^，。；\n]{{0,4}}前"
)


@dataclass(frozen=True)
class When:
    """A moment by which something is wanted: where it is said, what is odd about it, how likely it is the one."""

    start: int
    end: int
    at: datetime
    notes: tuple[str, ...]
    weight: int


def moments(text: str, present: Present) -> list[When]:
    """Every moment that a text names, the one that counts first."""
    said = plain(text)
    found: list[When] = []
    for named in named_days(said, present):
        if not found or named.start >= found[-1].end:
            found.append(_whole(said, named, present))
    found += [when for when in _hours_alone(said, present) if not any(_touch(when, each) for each in found)]
    return sorted(found, key=lambda when: (-when.weight, when.start))


def _touch(one: When, other: When) -> bool:
    return one.start < other.end and other.start < one.end


def _whole(said: str, named: Named, present: Present) -> When:
    """A day with what follows it: the weekday in brackets, the hour, 前."""
    day, end, notes = named.day, named.end, list(named.day.notes)
    if weekday := WEEKDAY_AFTER.match(said[end:]):
        end += weekday.end()
        notes += _wrong_weekday(day.on, weekday[1])
    minutes, length = _hour(said[end:])
    if minutes is not None:
        end += length
    if before := BEFORE.match(said[end:]):
        end += before.end()
    at = _moment(day, minutes, present)
    notes += _odd(at, day, present)
    sure = day.within or said[named.start : end].endswith("前")
    weight = _weight(said, named.start, end, sure, at, present)
    return When(named.start, end, at, tuple(dict.fromkeys(notes)), weight)


def _moment(day: Day, minutes: int | None, present: Present) -> datetime:
    if day.moment is not None:
        return day.moment.replace(second=0, microsecond=0)
    return _at(day.on, present.closes if minutes in (None, -1) else minutes or 0, present)


def _at(day: date, minutes: int, present: Present) -> datetime:
    return datetime.combine(day, time(), present.now.tzinfo) + timedelta(minutes=minutes)


def _hour(rest: str) -> tuple[int | None, int]:
    """Minutes after midnight and how long the words are; -1 for the close of the office, None for no hour."""
    gap = GAP.match(rest)
    skip = gap.end() if gap else 0
    rest = rest[skip:]
    if found := AT_CLOSE.match(rest):
        return (MORNING_ENDS if found[1] in ("上午", "中午") else -1), skip + found.end()
    if found := AT_OPEN.match(rest):
        return OFFICE_OPENS, skip + found.end()
    if (found := CLOCK.match(rest)) and (minutes := _clock(found)) is not None:
        return minutes, skip + found.end()
    if found := PART.match(rest):
        return PARTS.get(found[1], -1), skip + found.end()
    return None, 0


def _clock(found: re.Match[str]) -> int | None:
    hour = number_of(found[2])
    if found[1] in AFTERNOON and hour < 12:
        hour += 12
    past = {"半": 30, "一刻": 15, "三刻": 45}.get(found[3] or "", 0) or int(
        found[3] or 0 if (found[3] or "0").isdecimal() else 0
    )
    if hour > 24 or past > 59 or (hour == 24 and past):
        return None
    return min(hour * 60 + past, 1439)


def _hours_alone(said: str, present: Present) -> list[When]:
    """下班前, 17:00前 without a day: today."""
    found = []
    for match in ALONE.finditer(said):
        minutes, length = _hour(match[0])
        if minutes is None or not length:
            continue
        at = _moment(Day(present.today), minutes, present)
        notes = ("没写哪天，按今天算", *_odd(at, Day(present.today), present))
        weight = _weight(said, match.start(), match.end(), True, at, present) - 1
        found.append(When(match.start(), match.end(), at, notes, weight))
    return found


def _wrong_weekday(on: date, said: str) -> list[str]:
    real = WEEKDAYS[on.weekday()]
    if real == said.replace("天", "日"):
        return []
    return [f"写的是周{said}，{on.month}月{on.day}日是周{real}，请问清楚"]


def _odd(at: datetime, day: Day, present: Present) -> list[str]:
    """What should be asked about: a time that is past, a day on which nobody works."""
    if at < present.now:
        return ["这个时间已经过了，请核对"]
    if not day.within and not present.days.is_workday(at.date()):
        return [f"{at.month}月{at.day}日（周{WEEKDAYS[at.weekday()]}）不上班，请核对"]
    if day.within and not present.days.is_workday(at.date()):
        return [f"到期那天（{at.month}月{at.day}日）不上班"]
    return []


WANTED = re.compile(r"(?:于|在|截止|最迟|最晚|务必|限|时间[:：]?|请|报送时间[:：]?|务必于|至|到)\s*$")
TOLD = re.compile(r"(?:根据|依据|按照|自|从|截至|截止到|上次|已于|生于|出生)\s*$")
DEED = re.compile(r"报送|上报|报|提交|反馈|交|发|完成|参加|汇总|填|回复|落实|整改|到位|开展|召开|组织|准备")
NOT_DUE = re.compile(
    r"^(?:起(?!草)|以来|以后|之后|后|印发|下发|发布|出台|会议精神|召开的|的(?:数据|情况|会议|通知)|数据|出生)"
)


def _weight(said: str, start: int, end: int, before: bool, at: datetime, present: Present) -> int:
    """How much speaks for this being the time that is wanted."""
    lead, rest = said[max(0, start - 8) : start], said[end : end + 24]
    weight = 4 if before else 0
    weight += 3 if WANTED.search(lead) else 0
    weight -= 6 if TOLD.search(lead) and not before else 0
    weight -= 6 if NOT_DUE.match(rest) else 0
    weight += 2 if DEED.search(rest) else 0
    return weight - (3 if at < present.now else 0)
