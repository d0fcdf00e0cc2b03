"""Numerals (数字): texts of one width, and 80 or 八十 as a number."""

import re
import unicodedata
from functools import lru_cache

DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """One width, no blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("（", "(").replace("）", ")")


def number(said: str) -> int:
    """80, 八十, 一百零三."""
    if said.isdecimal():
        return int(said)
    total = current = 0
    for sign in said:
        if sign == "十":
            total += (current or 1) * 10
            current = 0
        elif sign == "百":
            total += (current or 1) * 100
            current = 0
        else:
            current = DIGITS.get(sign, 0)
    return total + current
