"""Schooling (文化程度的档): what 大专及以上, 高中（中专） and 初中及以下 take in of the national codes."""

import re
from functools import lru_cache

from ..codes import TABLES
from ..codes import read as read_code

PARTS = re.compile(r"[或、/,，()（）]|及其?(?=[^以])|和")
BEYOND = re.compile(r"(及以上|以上|及以下|以下)")
TEENS = {"1": 6, "2": 5, "3": 4, "4": 3, "6": 3, "7": 2, "8": 1}
HIGHEST = 7


def level_of(code: str) -> int:
    """0 for none or illiterate up to 7 for masters and doctors."""
    if code in ("11", "12", "13"):
        return HIGHEST
    return TEENS.get(code[:1], 0) if code not in ("91", "92") else 0


@lru_cache(maxsize=500)
def levels_in(word: str) -> frozenset[int]:
    """The levels that a word takes in; nothing when it names no schooling."""
    found = {
        level_of(code)
        for part in [*PARTS.split(word), BEYOND.sub("", re.sub(r"(毕业|学历|文化程度)$", "", word))]
        if (code := read_code("education", BEYOND.sub("", part.removeprefix("含"))))
        and code not in ("90", "92")
    }
    if "研究生" in word and not re.search("硕士|博士", word):
        found |= {6, 7}
    if found and "以上" in word:
        found = set(range(min(found), HIGHEST + 1))
    elif found and "以下" in word:
        found = set(range(0, max(found) + 1))
    return frozenset(found)


def codes_in(word: str) -> list[str]:
    """The codes of all levels of 大专及以上 or 高中（中专）; nothing for a single level or another word."""
    if not (BEYOND.search(word) or len([part for part in PARTS.split(word) if part]) > 1):
        return []
    rest = BEYOND.sub("", re.sub(r"(毕业|学历|文化程度|文化)", "", word))
    if not all(
        read_code("education", part.removeprefix("含")) or part == "研究生"
        for part in PARTS.split(rest)
        if part
    ):
        return []
    levels = levels_in(word)
    below = 0 in levels
    return [
        code
        for code in TABLES["education"].names
        if code != "90" and level_of(code) in levels and (below or code not in ("91", "92"))
    ]
