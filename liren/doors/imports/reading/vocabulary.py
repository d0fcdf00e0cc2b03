"""Vocabulary (表头词汇): what the columns of rosters are called, and whose facts they hold; see headings.toml."""

import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from liren.core.people import codes, labelling
from liren.core.sheets.headers import Offer, Role, Vocabulary

from .surnames import SURNAMES

ID_SHAPE = re.compile(r"[1-9]\d{5}\s?(19|20)\d{6}\s?\d{2,3}[\dXx]?|\d\.\d+[eE]\+?17|[1-9]\d{14}")
PHONE_SHAPE = re.compile(r"1\d{2}[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-?\d{7,8}")
DATE_SHAPE = re.compile(
    r"(19|20)\d{2}[-./年]\d{1,2}([-./月]\d{1,2}日?|月)?( 00:00:00)?|(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])"
)
ADDRESS_SHAPE = re.compile(r"\d{1,3}-\d{1,2}-\d{3,4}|.*\d+(弄|号楼|栋|幢|单元|号).*(\d{3,4}|室|楼|间|阁)")


def _is_name(text: str) -> bool:
    return 2 <= len(text) <= 4 and text[0] in SURNAMES and text.isalpha() and not text.isascii()


def _is_id(text: str) -> bool:
    return ID_SHAPE.fullmatch(text.strip("'‘ \t")) is not None


def _is_phone(text: str) -> bool:
    return PHONE_SHAPE.match(text) is not None


def _is_address(text: str) -> bool:
    return len(text) < 60 and ADDRESS_SHAPE.match(text) is not None


def _one_of(table: str) -> Callable[[str], bool]:
    return lambda text: not text.isdigit() and codes.read(table, text) is not None


def _is_relation(text: str) -> bool:
    return not text.isdigit() and text not in ("男", "女") and codes.read("relation", text) is not None


RESIDENCE = frozenset(
    "户籍 流动 本地 外地 外来 户籍人口 流动人口 境外 境外人员 租住 "
    "外来人员 外来人口 常住户籍 户籍居民 来沪人员 本市 外省市 非户籍".split()
)
EVIDENCE: dict[str, Callable[[str], bool]] = {
    "name": _is_name,
    "id": _is_id,
    "phone": _is_phone,
    "date": lambda text: DATE_SHAPE.fullmatch(text) is not None,
    "address": _is_address,
    "relation": _is_relation,
    "residence": lambda text: text in RESIDENCE,
    "label": lambda text: len(text) < 12 and bool(labelling.find(text)),
    **{
        f"code:{table}": _one_of(table) for table in ("sex", "ethnicity", "education", "marital", "political")
    },
}


def _offer(key: str, given: dict[str, Any]) -> Offer:
    return Offer(
        key,
        given["name"],
        tuple(given["words"]),
        given.get("core", False),
        tuple(given.get("hints", ())),
        EVIDENCE.get(given.get("evidence", "")),
        given.get("evidence") == "date",
    )


def _ticks() -> list[Offer]:
    return [
        Offer(f"label:{kind.code}", kind.name, kind.words)
        for kind in labelling.CATALOGUE.values()
        # a column 楼组长 holds the name of one, not a tick
        if kind.code != "building_head"
    ]


@cache
def roster_vocabulary() -> Vocabulary:
    """The one vocabulary for rosters of people; tick columns come from the catalogue of labels."""
    given = tomllib.loads((Path(__file__).parent / "headings.toml").read_text("utf-8"))
    offers = [_offer(key, entry) for key, entry in given["offers"].items()]
    roles = [
        Role("" if key == "self" else key, tuple(entry["words"]), entry.get("member", False))
        for key, entry in given["roles"].items()
    ]
    return Vocabulary([*offers, *_ticks()], roles)
