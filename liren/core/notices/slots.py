"""Slots (填空): the closed list of what may stand in a text that leaves the house, each with its own check.

A group reads along with everybody in it, and its maker keeps a copy: numbers of matters, kinds, buildings, times and
counts go out; names, phones, rooms and what somebody wrote do not.
"""

import datetime
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings

from liren.core.pages.words import clock, day

_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,2}-\d{4}-\d{3,7}")
_WORD = re.compile(r"[\u4e00-\u9fffⅠ-Ⅻ·、（）]{1,16}")
_AREA = re.compile(r"(?!.*\d{5})[\w·（）]{1,40}")
_BUILDING = re.compile(
    r"[\u4e00-\u9fffA-Za-z·（）]*(\d{1,5}(弄|号院|村|街坊|区))?(\d{1,4}(号楼?|栋|幢|座|网格))?"
)
_WITHIN = re.compile(r"单元|室|房间|亭子间|客堂|前楼|后楼|阁|\d\s*[-－—#]\s*\d")
_PATH = re.compile(r"/[\w\-./]*")
_CODE = re.compile(r"\d{4,8}")


class Unfit(ValueError):
    """What was given for a slot may not stand in it: a mistake of the caller, never shown to anybody."""


def _matching(pattern: re.Pattern[str], what: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        text = str(value).strip()
        if not pattern.fullmatch(text):
            raise Unfit(f"not {what}")
        return text

    return check


def place(value: Any) -> str:
    """A place down to the building: ``里仁苑3号楼``. A unit or a room says who lives there."""
    text = str(value).replace(" ", "")
    if not text or _WITHIN.search(text) or not _BUILDING.fullmatch(text) or len(text) > 40:
        raise Unfit("not a place down to the building")
    return text


def count(value: Any) -> str:
    """A count."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1_000_000:
        raise Unfit("not a count")
    return str(value)


def time(value: Any) -> str:
    """A day or a moment, as it is still right tomorrow: ``7月14日``, ``7月14日 17:30``."""
    if isinstance(value, datetime.datetime):
        return f"{day(value)} {clock(value)}"
    if isinstance(value, datetime.date):
        return day(value)
    raise Unfit("not a day or a moment")


def link(value: Any) -> str:
    """A page of the house as a whole address; nothing where the house has no name that others can reach."""
    path = str(value)
    if not _PATH.fullmatch(path) or "//" in path or ".." in path:
        raise Unfit("not a page of this house")
    return settings.LIREN_ADDRESS + path if settings.LIREN_ADDRESS else ""


number = _matching(_NUMBER, "the number of a matter")
word = _matching(_WORD, "a word from our own lists")
area = _matching(_AREA, "the name of an area")
code = _matching(_CODE, "a code")

# What may be said in a group.
TO_GROUPS: dict[str, Callable[[Any], str]] = {
    "number": number,  # 治-2026-0137
    "kind": word,  # what sort of matter, from our own lists
    "stage": word,
    "urgency": word,
    "line": word,
    "community": area,
    "level": word,  # of a warning: 蓝色、Ⅳ级
    "place": place,
    "due": time,
    "day": time,
    "count": count,
    "late": count,
    "soon": count,
    "done": count,
    "hours": count,
    "link": link,
}
# What may be said to one phone: never the name of its owner, because numbers change hands.
TO_PHONES: dict[str, Callable[[Any], str]] = {
    **{
        key: TO_GROUPS[key] for key in ("number", "kind", "stage", "community", "due", "day", "count", "link")
    },
    "code": code,
    "minutes": count,
}
# Stars in what is kept.
SECRET = frozenset({"code", "link"})
