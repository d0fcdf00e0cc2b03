"""What is sought (找什么): a line as people type it, cut into words, and what each word may mean.

``方 8-302`` is a name and a place, ``80岁以上 独居`` an age and a label, ``5678`` the end of a number.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from liren.core.facts import Fact, all_facts, may_use
from liren.core.facts.conditions import Condition, Group, Test
from liren.core.places.numerals import to_digits
from liren.core.places.search import Place, read_place

MOST_WORDS = 6
LONGEST = 60


class Means(StrEnum):
    """What sort of thing a word means."""

    LETTERS = "letters"
    FIGURES = "figures"
    PLACE = "place"
    NAME = "name"
    CONDITION = "condition"


@dataclass(frozen=True)
class Word:
    """One word and its meaning."""

    text: str
    means: Means
    place: Place | None = None
    condition: Condition | None = None


AGES = re.compile(
    r"(?P<from>\d{1,3})(?:周?岁)?(?:-|~|到|至)(?P<to>\d{1,3})周?岁|(?P<n>\d{1,3})周?岁(?P<op>以上|及以上|以下|以内|左右)?"
)
# 以下 leaves the number itself out, as 三岁以下 does; 以上 takes it in.
SIGNS = {"以上": ">=", "及以上": ">=", "以下": "<", "以内": "<="}


def words_of(user: Any, line: str) -> list[Word]:
    """The words of a line, at most six; what no word can mean is left out."""
    plain = unicodedata.normalize("NFKC", line)[:LONGEST].replace("\0", " ")
    pieces = [piece for piece in re.split(r"[\s,，、;；+]+", plain) if piece]
    return [word for piece in pieces[:MOST_WORDS] if (word := _read(user, piece))]


def _read(user: Any, piece: str) -> Word | None:
    if condition := _age(piece) or _named(user, piece):
        return Word(piece, Means.CONDITION, condition=condition)
    compact = piece.replace(" ", "")
    if re.fullmatch(r"\d+[Xx]?|[A-Za-z]{1,3}\d{6,}|\+?\d[\d-]{8,}", compact) and not _is_house(compact):
        return Word(compact.upper(), Means.FIGURES)
    if place := read_place(compact):
        return Word(compact, Means.PLACE, place=place)
    if re.fullmatch(r"[A-Za-z'·.]+", compact):
        letters = re.sub(r"[^a-z]", "", compact.lower())
        return Word(letters, Means.LETTERS) if letters else None
    text = "".join(sign for sign in compact if sign.isalnum())
    return Word(text, Means.NAME) if text else None


def _is_house(text: str) -> bool:
    return bool(re.fullmatch(r"\d{1,3}(-\d{1,2})?-\d{1,4}", text))


def _age(piece: str) -> Condition | None:
    found = AGES.fullmatch(to_digits(piece))
    if not found:
        return None
    if found["from"]:
        low, high = sorted((int(found["from"]), int(found["to"])))
        return Group(True, (Test("person.age", ">=", low), Test("person.age", "<=", high)))
    years, about = int(found["n"]), found["op"]
    if about == "左右":
        return Group(True, (Test("person.age", ">=", years - 2), Test("person.age", "<=", years + 2)))
    return Test("person.age", SIGNS.get(about, "="), years)


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, Fact]:
    """Words that stand for a yes: names and synonyms of facts answered by yes or no."""
    book: dict[str, Fact] = {}
    for each in all_facts():
        if each.is_yes_no and each.filters:
            for word in (each.name, *each.synonyms):
                book.setdefault(word.replace(" ", ""), each)
    return book


@lru_cache(maxsize=1)
def _codes() -> dict[str, Test]:
    """Words of code tables that nobody is called by: 男, 女, 户籍人口, 流动人口 …"""
    book: dict[str, Test] = {}
    for key in ("person.sex", "person.kind", "person.status", "residence.tenure"):
        for each in all_facts():
            if each.key == key:
                book |= {name: Test(key, "=", code) for code, name in each.choices() if name[:1] != "未"}
    return book


def _named(user: Any, piece: str) -> Condition | None:
    """A label, or a fact answered by yes or no; one that this user may not ask by is a word like any other."""
    asked = _vocabulary().get(piece)
    if asked and may_use(user, asked):
        return Test(asked.key, "=", True)
    return _codes().get(piece)
