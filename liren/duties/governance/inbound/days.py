"""Days (日子): every way in which a message names a day — 11月25日, 11.25, 25号, 明天, 下周一, 月底, 国庆前, 三天内."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import chinese_calendar
from chinese_calendar.constants import Holiday

from liren.core.rules.workdays import Calendar, statutory_name

from .words import NUMBER, number_of

ONE = timedelta(days=1)
# A day so far back is next year's: in December 1月5日前 means January.
ROLLS_OVER = 180
WEEKDAYS = "一二三四五六日"
FEASTS = {"五一": "劳动节", "清明": "清明节", "端午": "端午节", "中秋": "中秋节", "国庆": "国庆节"}


@dataclass(frozen=True)
class Present:
    """Present (当下): the moment at which a message is read, the working calendar, and when the office closes."""

    now: datetime
    days: Calendar
    closes: int = 1050

    @property
    def today(self) -> date:
        """The day on the wall."""
        return self.now.date()


@dataclass(frozen=True)
class Day:
    """A day that was named, what is odd about it, and the very moment where a number of hours was given."""

    on: date
    notes: tuple[str, ...] = ()
    moment: datetime | None = None
    within: bool = False


@dataclass(frozen=True)
class Named:
    """Where in the text a day is named."""

    start: int
    end: int
    day: Day


Match = re.Match[str]
Reader = Callable[[Match, Present], Day | None]


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _of_year(said: str, present: Present) -> int | None:
    if said.isdecimal():
        return int(said)
    return {"今": present.today.year, "本": present.today.year, "明": present.today.year + 1}.get(said)


def month_and_day(year: int | None, month: int, day: int, present: Present) -> Day | None:
    """A day of a year; without a year the one that is meant: the next January, said in December."""
    on = _real(year or present.today.year, month, day)
    if on is None and year is None:
        on = _real(present.today.year + 1, month, day)
    if on is None:
        return None
    if year is None and (present.today - on).days > ROLLS_OVER:
        later = _real(on.year + 1, month, day)
        return Day(later, ("没写哪一年，按明年算",)) if later else None
    return Day(on)


def _whole(found: Match, present: Present) -> Day | None:
    year = _of_year(found[1], present) if found[1] else None
    return month_and_day(year, number_of(found[2]), number_of(found[3]), present)


def _iso(found: Match, present: Present) -> Day | None:
    return month_and_day(int(found[1]), int(found[2]), int(found[3]), present)


def _dotted(found: Match, present: Present) -> Day | None:
    return month_and_day(None, int(found[1]), int(found[2]), present)


def _shifted(day: date, months: int) -> date:
    """The first of a month so many months on."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _end_of(first: date) -> date:
    return _shifted(first, 1) - ONE


def _bare(found: Match, present: Present) -> Day | None:
    """25日: of this month, or of the next when it is past."""
    number, which = number_of(found[2]), found[1] or ""
    first = _shifted(present.today, 1 if which in ("下月", "下个月", "次月") else 0)
    on = _real(first.year, first.month, number)
    if on is None:
        return None
    if not which and on < present.today:
        after = _shifted(present.today, 1)
        later = _real(after.year, after.month, number)
        return Day(later, (f"本月 {number} 日已过，按下月算",)) if later else None
    return Day(on)


RELATIVE = {"今": 0, "当": 0, "明": 1, "后": 2, "大后": 3}


def _relative(found: Match, present: Present) -> Day:
    return Day(present.today + RELATIVE[found[1]] * ONE)


def _monday(day: date) -> date:
    return day - day.weekday() * ONE


def _weekday(found: Match, present: Present) -> Day:
    """本周五, 下周一; without a word the next one that comes."""
    place = WEEKDAYS.index(found[2].replace("天", "日"))
    which = found[1] or ""
    ahead = {"下": 7, "下个": 7, "下下": 14, "上": -7, "上个": -7}.get(which, 0)
    on = _monday(present.today) + (place + ahead) * ONE
    if not which or which == "每":
        on += 7 * ONE if on < present.today else 0 * ONE
    return Day(on)


def _week(found: Match, present: Present) -> Day:
    """本周内: the last working day of the week, a make-up Saturday too."""
    monday = _monday(present.today) + (7 * ONE if found[1].startswith("下") else 0 * ONE)
    return _last_worked(monday, monday + 6 * ONE, present)


def _last_worked(first: date, last: date, present: Present) -> Day:
    """The last working day from a day to a day; the last day itself when offices never work in between."""
    count = (last - first).days + 1
    worked = [day for n in range(count) if present.days.is_workday(day := last - n * ONE)]
    if not worked:
        return Day(last)
    note = () if worked[0] == last else (f"{last.month}月{last.day}日不上班，按之前最后一个工作日算",)
    return Day(worked[0], note)


def _month_end(found: Match, present: Present) -> Day | None:
    said = found[1] or ""
    if said.endswith("月") or not said or said in ("本", "这个", "当", "下", "下个", "次"):
        first = _shifted(present.today, 1 if said in ("下", "下个", "次") else 0)
    else:
        month = number_of(said)
        day = month_and_day(None, month, 28, present) if 1 <= month <= 12 else None
        if day is None:
            return None
        first = day.on.replace(day=1)
    return _last_worked(first, _end_of(first), present)


def _part_of_month(found: Match, present: Present) -> Day | None:
    """11月中旬: by the end of that third."""
    which, month, part = found[1] or "", found[2], found[3]
    if month:
        day = month_and_day(None, number_of(month), 1, present)
        if day is None:
            return None
        first = day.on
    else:
        first = _shifted(present.today, 1 if which.startswith(("下", "次")) else 0)
    last = {"上": first + 9 * ONE, "中": first + 19 * ONE, "下": _end_of(first)}[part]
    return _last_worked(last - 9 * ONE, last, present)


def _quarter_end(found: Match, present: Present) -> Day:
    quarter = number_of(found[1]) if found[1] else (present.today.month - 1) // 3 + 1
    first = date(present.today.year, min(quarter, 4) * 3, 1)
    return _last_worked(first, _end_of(first), present)


def _year_end(found: Match, present: Present) -> Day:
    first = date(present.today.year, 12, 1)
    return _last_worked(first, _end_of(first), present)


def _feast_on(day: date) -> str:
    """Which feast a day off belongs to: as the yearly notice has it, or by law for the years ahead."""
    if day not in chinese_calendar.holidays:
        return statutory_name(day)
    name = str(Holiday(chinese_calendar.holidays[day]).chinese)
    return FEASTS.get(name, name)


def _before_feast(found: Match, present: Present) -> Day | None:
    """国庆前: the last working day before the days off begin, where the notice says so."""
    name = FEASTS.get(found[1], found[1])
    feast = next((day for n in range(1, 400) if _feast_on(day := present.today + n * ONE) == name), None)
    if feast is None:
        return None
    last = _last_worked(max(present.today, feast - 14 * ONE), feast - ONE, present)
    caveat = present.days.caveat(feast)
    return Day(last.on, (caveat,) if caveat else ())


def _within(found: Match, present: Present) -> Day | None:
    """三个工作日内, 24小时内, 一周内: counted from when the message is read."""
    half = found[1] == "半"
    count, unit = (0 if half else number_of(found[1])), found[2]
    note = ("从收到的时候起算",)
    if unit == "小时":
        moment = present.now + timedelta(minutes=30 if half else 60 * count)
        return Day(moment.date(), note, moment, within=True)
    if half:
        return Day(present.today, note, within=True)
    if unit == "工作日":
        return Day(present.days.nth_workday(present.today, count), note, within=True)
    if unit in ("周", "星期"):
        return Day(present.today + 7 * count * ONE, note, within=True)
    if unit == "月":
        first = _shifted(present.today, count)
        return Day(min(first + (present.today.day - 1) * ONE, _end_of(first)), note, within=True)
    return Day(present.today + count * ONE, note, within=True)


AFTER = r"(?![\d个人份张条户项次名家万元%年])"
FORMS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"(?:(\d{{4}}|今|本|明)年)?({NUMBER})月({NUMBER})(?:[日号]|{AFTER})", _whole),
        (r"(?<!\d)(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", _iso),
        (r"(?<![\d.:/-])(\d{1,2})[./](\d{1,2})(?![\d./%万元版米吨]|[-:]\d)", _dotted),
        (
            rf"(?:(本月|这个月|当月|下月|下个月|次月|每月)|(?<![\d月第〕\]）.#-]))({NUMBER})"
            r"(?:日(?![内以之报益])|号(?![楼院门室线弄机文令函通公栋幢桌片地岗位码单]))",
            _bare,
        ),
        (r"(大后|今|明|后)[天日]", _relative),
        (r"(今|明)(?=早|晚|上午|下午|中午)", _relative),
        (r"(当)[天日](?=[下晚前])", _relative),
        (r"(下下|下个|下|本|这个|这|上个|上|每)?(?:周|星期|礼拜)([一二三四五六日天])", _weekday),
        (r"(本|这个|这|下个|下)(?:周|星期)(?:之?内|末|底|前)", _week),
        (rf"(本|这个|当|下个|下|次|(?<!\d){NUMBER}(?=月))?月份?[底末]", _month_end),
        (rf"(?:(本|下个|下|次)月|({NUMBER})月)?份?([上中下])旬", _part_of_month),
        (rf"(?:本|第?({NUMBER})?)季度?[末底]", _quarter_end),
        (r"(?:今|本)?年(?:底|末|终|内)(?=[前，。完报交]|之前|$)", _year_end),
        (r"(元旦|春节|清明|五一|劳动节|端午|中秋|国庆)节?(?:放假|假期|长假)?(?:之前|以前|前)", _before_feast),
        (rf"({NUMBER}|半)个?(工作日|小时|天|日|周|星期|月)(?:之内|以内|内)", _within),
    )
)


def named_days(text: str, present: Present) -> list[Named]:
    """Every day that a plain text names, from left to right; of two readings of one place the longer."""
    found = sorted(_all(text, present), key=lambda each: (each.start, -each.end))
    kept: list[Named] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _all(text: str, present: Present) -> Iterator[Named]:
    for pattern, reader in FORMS:
        for match in pattern.finditer(text):
            try:
                day = reader(match, present)
            except (ValueError, OverflowError):
                continue
            if day is not None:
                yield Named(match.start(), match.end(), day)
