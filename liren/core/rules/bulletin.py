"""Reading the yearly notice (节假日安排的通知): from the text as pasted to days off and days at work, without the database.

What is read: clauses with 放假 (off) or 上班 (at work) under the name of a feast. What a clause says twice is compared:
the day of the week in brackets, and 共几天. What does not fit is a doubt for whoever pasted it, never a silent guess.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from .models import OfficialDay

WEEK = "一二三四五六日"
LONGEST = 15  # days: a longer run is a misread date
YEAR = re.compile(r"(20\d\d)\s*年(?=[^。\d]{0,8}节假日)")
PAPER = re.compile(r"国办发(?:明电)?\s*[〔\[(](\d{4})[〕\])]\s*(\d+)\s*号")
# 「一、元旦：」 at the start, after a line or a sentence.
HEAD = re.compile(
    r"(?:^|(?<=[\n。;]))\s*(?:\(?[一二三四五六七八九十\d]+\)?[、.)])?\s*([一-鿿、0-9]{2,40}?)\s*:"
)
BRACKET = re.compile(r"\(([^()]*)\)")
DATE = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:#(.))?")
RANGE = re.compile(rf"{DATE.pattern}(?:(?:至|到|-|—|–|~){DATE.pattern})?")
COUNT = re.compile(r"共(\d+)天")
ADVICE = ("鼓励", "带薪年休假", "结合")


@dataclass(frozen=True)
class Said:
    """What a notice says of one day."""

    day: datetime.date
    kind: str
    name: str


@dataclass
class Bulletin:
    """Notice (通知): the days it names, the paper, and what in it could not be believed."""

    year: int
    basis: str
    days: list[Said] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def read(text: str, *, year: int) -> Bulletin:
    """Reads a notice; `year` holds where the text itself names none."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    named, paper = YEAR.search(plain), PAPER.search(plain)
    of = int(named[1]) if named else year
    number = f"（国办发明电〔{paper[1]}〕{paper[2]}号）" if paper else ""
    bulletin = Bulletin(of, f"国务院办公厅关于{of}年部分节假日安排的通知{number}")
    for name, said in _sections(plain):
        _read_section(bulletin, name, said)
    _sort(bulletin)
    return bulletin


def _sections(plain: str) -> Iterator[tuple[str, str]]:
    heads = list(HEAD.finditer(plain))
    ends = [*(head.start() for head in heads[1:]), len(plain)]
    for head, end in zip(heads, ends, strict=False):  # without a head there is no section
        yield head[1], plain[head.end() : end]


def _read_section(bulletin: Bulletin, name: str, said: str) -> None:
    off: list[Said] = []
    for clause in re.split(r"[。;,\n]", BRACKET.sub(_weekday, said)):
        if any(word in clause for word in ADVICE):
            continue
        if "上班" in clause:
            bulletin.days += _read_clause(bulletin, clause, OfficialDay.Kind.WORKDAY, name)
        elif "放假" in clause or "补休" in clause:
            off += _read_clause(bulletin, clause, OfficialDay.Kind.HOLIDAY, name)
        elif (count := COUNT.search(clause)) and int(count[1]) != len(off):
            bulletin.doubts.append(f"「{name}」写着共 {count[1]} 天，读出来是 {len(off)} 天")
    bulletin.days += off


def _weekday(bracket: re.Match[str]) -> str:
    """``(农历除夕、周一)`` becomes ``#一``; a bracket without a day of the week is left out."""
    found = re.search(r"(?:周|星期)([一二三四五六日天])", bracket[1])
    return f"#{found[1].replace('天', '日')}" if found else ""


def _read_clause(bulletin: Bulletin, clause: str, kind: str, name: str) -> list[Said]:
    days: list[datetime.date] = []
    month = ""
    for found in RANGE.finditer(clause):
        y1, m1, d1, w1, y2, m2, d2, w2 = found.groups()
        month = m1 or month
        first = _date(bulletin, y1, month, d1, w1)
        month = m2 or month
        last = _date(bulletin, y2 or y1, month, d2, w2) if d2 else first
        days += _run(bulletin, first, last, clause)
    if not days:
        bulletin.doubts.append(f"「{name}」里这一句没看懂：{clause.replace('#', '周')}")
    return [Said(day, kind, name) for day in days]


def _date(
    bulletin: Bulletin, year: str | None, month: str, day: str, week: str | None
) -> datetime.date | None:
    try:
        found = datetime.date(int(year or bulletin.year), int(month or 0), int(day))
    except ValueError:
        bulletin.doubts.append(f"没有这一天：{month or '？'}月{day}日")
        return None
    if week and week != WEEK[found.weekday()]:
        bulletin.doubts.append(
            f"{found.month}月{found.day}日写着周{week}，{found.year} 年这一天是周{WEEK[found.weekday()]}，看看年份对不对"
        )
    return found


def _run(
    bulletin: Bulletin, first: datetime.date | None, last: datetime.date | None, clause: str
) -> list[datetime.date]:
    if first is None or last is None:
        return []
    if last < first and (last.month, first.month) == (1, 12):
        last = last.replace(year=last.year + 1)
    length = (last - first).days + 1
    if not 1 <= length <= LONGEST:
        bulletin.doubts.append(f"起止日子不对：{clause.replace('#', '周')}")
        return []
    return [first + datetime.timedelta(days=n) for n in range(length)]


def _sort(bulletin: Bulletin) -> None:
    """By day, each once; a day that is said to be both is a doubt, and so is work ordered on an ordinary weekday."""
    book: dict[datetime.date, Said] = {}
    for said in sorted(bulletin.days, key=lambda s: s.day):
        before = book.setdefault(said.day, said)
        words = f"{said.day.month}月{said.day.day}日"
        if before.kind != said.kind:
            bulletin.doubts.append(f"{words}又说放假又说上班")
        elif said.kind == OfficialDay.Kind.WORKDAY and said.day.weekday() < 5:
            bulletin.doubts.append(f"{words}是周{WEEK[said.day.weekday()]}，本来就上班")
    bulletin.days = list(book.values())
