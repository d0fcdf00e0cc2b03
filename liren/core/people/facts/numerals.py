"""Numerals (数字): texts of one width, and 80 or 八十 as a number."""

import re
import unicodedata
from functools import lru_cache

from liren.core.places.numerals import chinese_number


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """One width, no blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("（", "(").replace("）", ")")


def number(said: str) -> int:
    """80, 八十, 一百零三; nought for what is no number."""
    return int(said) if said.isdecimal() else int(chinese_number(said) or 0)
