"""Values (工单里的值): moments, limits, urgency and answers as hotlines write them."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from liren.core.people.phones import read_phones
from liren.core.places.numerals import chinese_number
from liren.core.rules.limits import words as length_words
from liren.core.rules.workdays import add_workdays

MOMENT = re.compile(
    r"(?:(?P<year>20\d{2})\s*[-./年]\s*)?(?P<month>\d{1,2})\s*[-./月]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:[\sT]*(?P<hour>\d{1,2})\s*[:：时点]\s*(?P<minute>\d{1,2})?\s*分?(?:[:：]\d{1,2}(?:\.\d+)?)?)?"
)
PACKED = re.compile(r"(20\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(?:\d{2})?)?")
LENGTH = re.compile(
    r"(?<![月年\d\-/.])(\d{1,3}|[一二两三四五六七八九十]+)\s*个?\s*(工作日|小时|天|日|h)", re.IGNORECASE
)
# The first day that a spreadsheet's figure may mean in an export of orders, and the last.
SERIAL = (43_000, 60_000)
NOBODY = frozenset("匿名 不详 保密 未提供 无 某先生 某女士 先生 女士 / - 未知 不愿透露".split())
YES, NO = (
    ("是", "要", "需要", "保密", "匿名", "公开但匿名", "1", "y", "yes", "true"),
    ("否", "不", "无", "公开", "0"),
)


def stamp(at: datetime | None) -> str:
    """A moment as text that is the same for the same moment, read from a file or from the database."""
    return timezone.localtime(at).isoformat() if at else ""


def moment_in(value: Any, *, late: bool = False, near: datetime | None = None) -> datetime | None:
    """The moment in a cell, None for none. A day alone is its beginning, for a limit (`late`) its end.

    Without a year it is the one nearest to `near`.
    """
    if isinstance(value, datetime):
        return value if timezone.is_aware(value) else timezone.make_aware(value.replace(microsecond=0))
    if isinstance(value, date):
        return _made(value.year, value.month, value.day, None, None, late)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_serial(float(value), late)
    text = str(value or "").strip()
    if found := PACKED.fullmatch(text):
        year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
        return _made(year or 0, month or 0, day or 0, hour, minute, late)
    if not (found := MOMENT.match(text)):
        return None
    part = {name: int(figure) for name, figure in found.groupdict().items() if figure}
    year = part.get("year") or _year(part["month"], part["day"], near or timezone.localtime())
    return _made(year, part["month"], part["day"], part.get("hour"), part.get("minute"), late)


def _of_serial(figure: float, late: bool) -> datetime | None:
    """A date that lost its format: the days since the end of 1899."""
    if not SERIAL[0] <= figure <= SERIAL[1]:
        return None
    found = datetime(1899, 12, 30) + timedelta(days=figure)
    if figure == int(figure):
        return _made(found.year, found.month, found.day, None, None, late)
    return timezone.make_aware((found + timedelta(seconds=0.5)).replace(microsecond=0))


def _made(
    year: int, month: int, day: int, hour: int | None, minute: int | None, late: bool
) -> datetime | None:
    try:
        if hour is None:
            at = time(23, 59, 59) if late else time.min
        else:
            at = time(hour, minute or 0)
        return timezone.make_aware(datetime.combine(date(year, month, day), at))
    except ValueError:
        return None


def _year(month: int, day: int, near: datetime) -> int:
    def far(year: int) -> int:
        try:
            return abs((date(year, month, day) - near.date()).days)
        except ValueError:
            return 10_000

    return min((near.year - 1, near.year, near.year + 1), key=far)


def length_in(text: str) -> tuple[int, str] | None:
    """``5个工作日``, ``24小时内``, ``7天``: figure and unit (小时, 日, 工作日)."""
    found = LENGTH.search(text)
    if not found:
        return None
    figure = int(found[1] if found[1].isdecimal() else chinese_number(found[1]) or 0)
    unit = {"天": "日", "h": "小时"}.get(found[2].lower(), found[2])
    return (figure, unit) if figure else None


def due_after(start: datetime, figure: int, unit: str) -> datetime:
    """The end of such a length of time."""
    if unit == "工作日":
        return add_workdays(start, figure)
    if unit == "小时":
        return start + timedelta(hours=figure)
    day = timezone.localtime(start).date() + timedelta(days=figure)
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


CLASS_OF_LENGTH = {
    "2 小时": "h2",
    "24 小时": "h24",
    "1 日": "h24",
    "5 个工作日": "w5",
    "7 日": "d7",
    "15 日": "d15",
}


def class_in(text: str) -> str:
    """The class that a cell names: by its length, else by the word for how urgent it is; empty for neither."""
    if length := length_in(text):
        return CLASS_OF_LENGTH.get(length_words(*length), "")
    plain = text.strip()
    if any(word in plain for word in ("特急", "特别紧急", "突发", "应急", "危险", "一级")):
        return "h2"
    if (
        any(word in plain for word in ("加急", "紧急", "较急", "急件", "二级"))
        and "不" not in plain
        and "非" not in plain
    ):
        return "h24"
    return (
        "w5"
        if any(word in plain for word in ("一般", "普通", "常规", "非紧急", "不紧急", "三级", "平件"))
        else ""
    )


def solved_in(text: str) -> str:
    """yes, partly, no; empty when the cell does not say."""
    return _answer(
        text,
        "解决",
        no=("未解决", "没解决", "没有解决", "未能解决", "不能解决"),
        partly=("部分解决", "基本解决"),
    )


def satisfied_in(text: str) -> str:
    """yes, partly, no; empty when the cell does not say."""
    return _answer(text, "满意", no=("不满意", "未满意"), partly=("基本满意", "较满意", "部分满意"))


def _answer(text: str, word: str, *, no: tuple[str, ...], partly: tuple[str, ...]) -> str:
    if any(each in text for each in no):
        return "no"
    if any(each in text for each in partly):
        return "partly"
    return "yes" if word in text else ""


def plain_answer(text: str) -> str:
    """A cell of a column that asks yes or no: 是, 否, 部分, 一般."""
    said = text.strip()
    return {
        "是": "yes",
        "否": "no",
        "部分": "partly",
        "一般": "partly",
        "好评": "yes",
        "差评": "no",
        "中评": "partly",
    }.get(said, "")


def is_yes(text: str) -> bool | None:
    """Whether a cell says yes; None when it says nothing we know."""
    said = text.strip().lower()
    if said in NO or said.startswith(("不", "否")):
        return False
    return True if said in YES else None


def name_in(text: str) -> str:
    """The caller's name; empty for what stands there instead of one."""
    said = re.sub(r"\s+", "", text)
    return "" if said in NOBODY else said[:60]


def phone_in(value: Any) -> str:
    """The first number in a cell, in the common form; empty for none."""
    numbers = read_phones(value).numbers
    return numbers[0] if numbers else ""
