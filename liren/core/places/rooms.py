"""Rooms (室) of an address: numbers such as 501室, and the words of lane houses such as 二楼前楼."""

import re

from liren.core.places.numerals import to_chinese

_FLOOR = re.compile(r"^\d{1,2}(?:层|楼)-?(?=\d{3,4})|^(\d{1,2})-(?=\1\d{2}(?:\D|$))")
_ROOM = re.compile(r"^(?P<room>\d{1,4}[A-Z]?|[A-Z]\d{1,4})(?:室|号房|房间|房|户|号)?$")
_SHARED = re.compile(
    r"^(?P<room>\d{3,4})(?:室|号房|房间|房|户)?[-(/]?(?P<part>\d{1,4}|[A-Z]|[甲乙丙丁东南西北中大小主次前后]+[间室房卧屋]*)\)?(?:室|间|房|床)?$"
)
_NOTE = re.compile(r"\([^)]*\)?$")
_FLOOR_WORD = re.compile(r"^(?P<floor>\d{1,2}|底|顶|假\d)(?P<word>楼|层)")
_WORDS = re.compile(
    r"前楼|后楼|中楼|统楼|客堂|灶间|灶披间|亭子间|层阁|阁楼|晒台|厢房|天井|前间|后间|中间|东间|西间|南间|北间|前厢|后厢|汽车间|"
    r"地下室|地下|负\d|车库|门卫|门房|传达室|商铺|店面|门面|平台|披屋|搭建|阳台|过道|^[甲乙丙丁戊东西南北中前后]$"
)
_CJK_ONLY = re.compile(r"[\u3400-\u9fff]{1,8}")


def read_room(text: str, *, free: bool) -> tuple[str | None, str]:
    """The room and the part of it that is let; `free` allows words that no list holds (lane houses)."""
    text = _FLOOR.sub("", _NOTE.sub("", text) or text).strip("-,")
    found = _ROOM.match(text)
    if found:
        return found["room"].lstrip("0") or found["room"], ""
    found = _SHARED.match(text)
    if found:
        return found["room"].lstrip("0"), found["part"]
    word = spell_floor_words(text)
    if _WORDS.search(word) or (free and _CJK_ONLY.fullmatch(word)):
        return word, ""
    return None, ""


def spell_floor_words(text: str) -> str:
    """Words of a room with the floor as people say it: 2楼前楼 → 二楼前楼, 1楼客堂 → 底层客堂."""
    if re.fullmatch(r"[甲乙丙丁戊己]室", text):
        return text[0]
    if re.fullmatch(r"\d层阁(楼)?", text):
        return f"{to_chinese(int(text[0]))}层阁"
    found = _FLOOR_WORD.match(text)
    if not found:
        return (
            text.removesuffix("室")
            if _WORDS.search(text) and not text.endswith(("地下室", "传达室"))
            else text
        )
    rest = text[found.end() :]
    floor = found["floor"]
    if floor in ("底", "1"):
        return "底层" + rest
    if floor.isdecimal():
        return f"{to_chinese(int(floor))}楼{rest}"
    return found[0] + rest
