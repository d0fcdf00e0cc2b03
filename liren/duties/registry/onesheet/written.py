"""Written (写法): an answer of the register in the form's own way — its options, codes, units and date formats."""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from liren.core.people.facts.answers import Answer
from liren.core.people.facts.choosing import choose, choose_all
from liren.core.sheets.forms.inline import date_into
from liren.core.sheets.forms.lexicon import Ask
from liren.core.sheets.forms.plan import Asked

FIRST_DAY = datetime.date(1899, 12, 30)
DATED = re.compile(r"[yY]|年|mm|m/d|d/m")
LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
FORMATS = (
    (
        re.compile(r"(?i)yyyymmdd|8位|八位|(?<!\d)(19|20)\d{6}(?!\d)"),
        "{y:04d}{m:02d}{d:02d}",
        "{y:04d}{m:02d}",
    ),
    (
        re.compile(r"(?i)yyyymm(?!d)|6位|六位|(?<!\d)(19|20)\d{4}(?!\d)"),
        "{y:04d}{m:02d}{d:02d}",
        "{y:04d}{m:02d}",
    ),
    (re.compile(r"(?i)yyyy\.m|(19|20)\d\d\.\d{1,2}"), "{y:04d}.{m:02d}.{d:02d}", "{y:04d}.{m:02d}"),
    (re.compile(r"(?i)yyyy/m|(19|20)\d\d/\d{1,2}"), "{y:04d}/{m:02d}/{d:02d}", "{y:04d}/{m:02d}"),
    (re.compile(r"(?i)(yyyy|x{2,4}|×{2,4}|\d{4})年"), "{y}年{m}月{d}日", "{y}年{m}月"),
)
TO_THE_MONTH = re.compile(r"年\s*月(?!\s*日)(?:份)?\s*(?:[(（]|$|\s)")
HAVING = re.compile(r"^(有无|有没有)")
ASKING = re.compile(r"是否|是不是|与否|可否")
TICK = "√"
# Of these a person may have several.
SEVERAL = {"labels", "household_support"}


@dataclass(frozen=True, slots=True)
class Written:
    """What goes into a cell, and a doubt when the form leaves no way to say it."""

    value: Any = None
    doubt: str = ""


NOTHING = Written()


def written(ask: Ask, answer: Answer, asked: Asked, *, pattern: str = "", template: str = "") -> Written:
    """One answer for one place of a form."""
    if not answer.is_known:
        return NOTHING
    if asked.options:
        return _by_option(ask, answer, asked)
    if isinstance(answer.value, bool):
        return Written(_yes_no(answer.value, asked))
    if ask.kind in ("date", "month"):
        return Written(
            dated(str(answer.value), ask.kind, f"{asked.heading} {asked.example}", pattern, template)
        )
    if ask.kind == "number":
        return Written(answer.value)
    return Written(str(answer.value))


def _by_option(ask: Ask, answer: Answer, asked: Asked) -> Written:
    if ask.key in SEVERAL and (all_said := choose_all(str(answer.value).split("、"), asked.options)):
        return Written("、".join(option.written for option in all_said))
    option = choose(ask, answer, asked.options)
    if option is not None:
        return Written(option.written)
    if isinstance(answer.value, bool) and not answer.value:
        return NOTHING
    said = "是" if answer.value is True else answer.value
    return Written(None, f"登记的是“{said}”，表里的选项对不上")


def _yes_no(value: bool, asked: Asked) -> str:
    heading = unicodedata.normalize("NFKC", asked.path[-1] if asked.path else "").strip()
    if HAVING.match(heading):
        return "有" if value else "无"
    if ASKING.search(heading):
        return "是" if value else "否"
    return TICK if value else ""


def dated(said: str, kind: str, heading: str, pattern: str = "", template: str = "") -> Any:
    """A date that is known to the day, the month or the year, as the form writes dates."""
    parts = [int(part) for part in said.split("-") if part.isdigit()]
    if not parts:
        return said
    month_only = kind == "month" or len(parts) == 2 or bool(TO_THE_MONTH.search(heading.split(" /")[-1]))
    year, month, day = (*parts, 1, 1)[:3]
    if len(parts) == 1:
        return f"{year}年" if "年" in template else f"{year}"
    if "年" in template and "月" in template:
        if len(parts) == 2:
            return re.sub(r"[\s_　]*年[\s_　]*月", f"{year}年{month}月", template, count=1)
        return date_into(template, year, month, day).strip()
    if DATED.search(LITERAL.sub("", pattern)) and pattern not in ("General", "@"):
        return (datetime.date(year, month, day) - FIRST_DAY).days
    plain = unicodedata.normalize("NFKC", heading)
    for found, whole, short in FORMATS:
        if found.search(plain):
            return (short if month_only else whole).format(y=year, m=month, d=day)
    return f"{year:04d}-{month:02d}" if month_only else f"{year:04d}-{month:02d}-{day:02d}"
