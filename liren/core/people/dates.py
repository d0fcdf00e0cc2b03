"""Dates as rosters write them (出生年月): partial ones stay partial, doubtful ones are asked about."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from liren.core.places.numerals import to_digits

EARLIEST_YEAR = 1900
# day 0 of spreadsheet serial numbers as they count from March 1900 on
SERIAL_ZERO = date(1899, 12, 30)
EMPTY = frozenset("无 没有 不详 未知 不明 待查 待补 待核 / \\ - -- — —— . ? 0 none null nan".split())

_CLEAN = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_LUNAR = re.compile(r"[(（]?(农历|阴历|旧历|夏历|农|阴)[)）]?")
_SOLAR = re.compile(r"[(（]?(公历|阳历|新历|阳|公)[)）]?")
_YMD = re.compile(r"(\d{4}|\d{2})[年.\-/、,](\d{1,2})[月.\-/、,](\d{1,2})[日号]?")
_YM = re.compile(r"(\d{4}|\d{2})([年.\-/、,])(\d{1,2})月?(份)?")
_Y = re.compile(r"(\d{4})年?|(\d{2})年")
_DMY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
# 民国: years counted from 1912, on papers of very old people
_REPUBLIC = re.compile(r"民国(\d{1,2})年(.*)")
_TIME = re.compile(r"[T ]?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_HEAD = re.compile(r"^(出生日期|出生年月|出生于|生于|出生|公元|约|大约)[::]?")
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_NAMED_MONTH = re.compile(r"(?i)jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec")
# 20150301由江苏省迁来: the day and from where
_FROM = re.compile(r"(?<=[\d年月日号])\s*(由|从|自|因|随|起).*$", re.DOTALL)
_TAIL = re.compile(r"(出生|生于|生日|生|左右|前后|约|大约|以前|[年月日]?生)$")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known: "1962-05-07", "1962-05", "1962" or ""; `exact` only for a whole day."""

    text: str = ""
    exact: date | None = None
    problem: str | None = None
    choices: tuple[str, ...] = ()
    note: str = ""


def agrees(partial: PartialDate, exact: date) -> bool:
    """Whether a date read may be this day: it is the beginning of it, or one of the choices is."""
    day = exact.isoformat()
    return any(day.startswith(text) for text in partial.choices or (partial.text,) if text)


def read_date(value: object, *, as_of: date, future_ok: bool = False) -> PartialDate:
    """Read one cell. `as_of` settles two-digit years; a future day is invalid unless `future_ok`."""
    latest = date(as_of.year + 60, 12, 31) if future_ok else as_of
    if value is None or isinstance(value, bool):
        return PartialDate()
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _whole(value.year, value.month, value.day, latest)
    if isinstance(value, int | float):
        if value != value:
            return PartialDate()
        return _number(float(value), latest)
    return _text(str(value), as_of, latest)


def _number(value: float, latest: date) -> PartialDate:
    if not value.is_integer():
        text = repr(value)
        # a serial with a time of day
        if 10_000 <= value < 100_000:
            return _number(float(int(value)), latest)
        if re.fullmatch(r"\d{2}\.\d{1,2}", text):
            text = f"{_century(int(text[:2]), latest)}{text[2:]}"
        return _year_month(text, latest) if re.fullmatch(r"\d{4}\.\d{1,2}", text) else _invalid()
    return _digits(str(int(value)), latest)


def _year_month(text: str, latest: date) -> PartialDate:
    """1962.5 is May; 1962.1 may be January or an October that lost its nought."""
    year, _, month = text.partition(".")
    if month != "1":
        return _partial(int(year), int(month), latest)
    choices = tuple(f"{year}-{m}" for m in ("01", "10") if f"{year}-{m}" <= latest.isoformat()[:7])
    if len(choices) < 2:
        return _partial(int(year), 1, latest)
    checked = _partial(int(year), None, latest)
    return PartialDate(checked.text, None, checked.problem or "birth_ambiguous", choices)


def _digits(text: str, latest: date) -> PartialDate:
    if len(text) == 8:
        return _whole(int(text[:4]), int(text[4:6]), int(text[6:]), latest)
    if len(text) == 6:
        whole = _partial(int(text[:4]), int(text[4:]), latest)
        if not whole.problem:
            return whole
        return _whole(_century(int(text[:2]), latest), int(text[2:4]), int(text[4:]), latest)
    if len(text) == 5:
        day = SERIAL_ZERO + timedelta(days=int(text))
        return _whole(day.year, day.month, day.day, latest)
    if len(text) == 4:
        year = _partial(int(text), None, latest)
        return (
            year
            if not year.problem
            else _partial(_century(int(text[:2]), latest), int(text[2:]) or 13, latest)
        )
    return _invalid()


def _text(said: str, as_of: date, latest: date) -> PartialDate:
    clean = _CLEAN.fullmatch(said)
    if clean:
        return _whole(int(clean[1]), int(clean[2]), int(clean[3]), latest)
    text = _FROM.sub("", unicodedata.normalize("NFKC", said).strip().strip("'\"‘’“”=`"))
    if not text or text.lower() in EMPTY:
        return PartialDate()
    text = re.sub(
        r"(?<=[\d年月])[·•。、,](?=\d)|--+", lambda m: "-" if "-" in m[0] else ".", _TIME.sub("", text)
    )
    text = re.sub(r"\s+", "", text) if not re.fullmatch(r"\d{2,4} +\d{1,2}( +\d{1,2})?", text) else text
    text = re.sub(r"\s+", "-", text)
    text, note = _without_remarks(text)
    if _NAMED_MONTH.search(text):
        return _named_month(text, as_of, latest)
    lunar = _LUNAR.search(text)
    text = to_digits(_SOLAR.sub("", _LUNAR.sub("", text)).replace("正月", "一月").replace("腊月", "十二月"))
    text = _TAIL.sub("", _TAIL.sub("", _HEAD.sub("", text.replace("初", "")))).rstrip(".-/?")
    text = re.sub(r"(?<=年)月?日?$|(?<=月)日$|^年月日?$", "", text)
    if not text:
        return PartialDate()
    found = _shape(text, as_of, latest)
    if lunar and not found.problem and found.text:
        # a day of the moon calendar is another day of ours: only the year is safe
        return PartialDate(found.text[:4], None, None, (), said.strip())
    return replace(found, note=note) if note else found


def _without_remarks(text: str) -> tuple[str, str]:
    """1962.5.7(农历五月初四) says the day in both calendars: what stands in brackets is a remark."""
    found = re.search(r"\(([^()]*)\)?$", text)
    if not found or found.start() == 0 or re.fullmatch(r"农历|阴历|旧历|夏历|农|阴", found[1]):
        return text, ""
    return text[: found.start()], found[1]


def _named_month(text: str, as_of: date, latest: date) -> PartialDate:
    """7-May-62, May 7, 1962: what spreadsheets with English settings print."""
    found = _NAMED_MONTH.search(text)
    numbers = re.findall(r"\d+", text)
    if not found or not numbers or len(numbers) > 2:
        return _invalid()
    month = _MONTHS.index(found[0][:3].lower()) // 3 + 1
    year = _full_year(numbers[-1], as_of) if len(numbers[-1]) in (2, 4) else 0
    return (
        _whole(year, month, int(numbers[0]), latest) if len(numbers) == 2 else _partial(year, month, latest)
    )


def _shape(text: str, as_of: date, latest: date) -> PartialDate:
    if re.fullmatch(r"(\d{2}|\d{4})\.1", text):
        return _year_month(f"{_full_year(text[:-2], as_of)}.1", latest)
    if re.fullmatch(r"\d+(\.0)?", text):
        return _digits(text.removesuffix(".0"), latest)
    if found := _DMY.fullmatch(text):
        return _day_or_month_first(int(found[1]), int(found[2]), int(found[3]), latest)
    if found := _REPUBLIC.fullmatch(text):
        return _shape(f"{int(found[1]) + 1911}年{found[2]}", as_of, latest)
    if found := _YMD.fullmatch(text):
        return _whole(_full_year(found[1], as_of), int(found[2]), int(found[3]), latest)
    if found := _YM.fullmatch(text):
        return _partial(_full_year(found[1], as_of), int(found[3]), latest)
    found = _Y.fullmatch(text)
    return _partial(_full_year(found[1] or found[2], as_of), None, latest) if found else _invalid()


def _day_or_month_first(one: int, two: int, year: int, latest: date) -> PartialDate:
    """05/07/1962: the fifth of July or the seventh of May, unless one of them is no month."""
    ways = {_whole(year, month, day, latest) for month, day in ((one, two), (two, one))}
    good = sorted((way for way in ways if not way.problem), key=lambda way: way.text)
    if len(good) < 2:
        return good[0] if good else _invalid()
    return PartialDate(f"{year}", None, "birth_ambiguous", tuple(way.text for way in good))


def _full_year(text: str, as_of: date) -> int:
    return int(text) if len(text) == 4 else _century(int(text), as_of)


def _century(year: int, as_of: date) -> int:
    return year + (2000 if year + 2000 <= as_of.year else 1900)


def _whole(year: int, month: int, day: int, latest: date) -> PartialDate:
    if not month or not day:
        # 1962-05-00 is how some systems write "day not known"
        return _partial(year, month or None, latest)
    try:
        exact = date(year, month, day)
    except ValueError:
        return _invalid()
    if year < EARLIEST_YEAR or exact > latest:
        return _invalid()
    return PartialDate(exact.isoformat(), exact)


def _partial(year: int, month: int | None, latest: date) -> PartialDate:
    if not EARLIEST_YEAR <= year <= latest.year or (month is not None and not 1 <= month <= 12):
        return _invalid()
    if month is None:
        return PartialDate(f"{year:04}")
    text = f"{year:04}-{month:02}"
    return PartialDate(text) if text <= latest.isoformat()[:7] else _invalid()


def _invalid() -> PartialDate:
    return PartialDate(problem="birth_invalid")
