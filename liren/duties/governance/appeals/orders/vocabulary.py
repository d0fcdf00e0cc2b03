"""Vocabulary (工单表头): what the columns of a hotline's export mean; see headings.toml."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from liren.core.sheets.headers import Offer, Vocabulary

PHONE = re.compile(r"(1\d{2}[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-?\d{7,8})\D*")
NUMBER = re.compile(r"(?=.*\d{5})[A-Za-z\u4e00-\u9fff]{0,8}[-〔\[（(]?[A-Za-z\d〕\]）)\-]{7,40}号?")
DATE = re.compile(r"20\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?([ T]\d{1,2}:\d{2}(:\d{2})?)?")


def _is_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(text)) and not PHONE.fullmatch(text) and not DATE.fullmatch(text)


EVIDENCE = {
    "number": _is_number,
    "phone": lambda text: PHONE.fullmatch(text) is not None,
    "date": lambda text: DATE.fullmatch(text) is not None,
}


@cache
def order_vocabulary() -> Vocabulary:
    """The one vocabulary for orders."""
    given = tomllib.loads((Path(__file__).parent / "headings.toml").read_text("utf-8"))
    return Vocabulary([_offer(key, entry) for key, entry in given.items()])


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
