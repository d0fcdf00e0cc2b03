"""Narrowing (收窄): vague headings — 类别, 证号, 等级 — by the group above them, or by the one label a form is about."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .headings import FILLED, SURE, TAILS, VAGUE, Reading, plain

if TYPE_CHECKING:
    from .lexicon import Lexicon


def tied(lexicon: "Lexicon", group: str, leaf: str) -> Reading | None:
    """残疾证信息 / 等级: what is asked with the label that the group names."""
    code, bare = lexicon.label_in(TAILS.sub("", plain(group))), plain(leaf)
    if not code or len(bare) < 2 or _firm(lexicon, bare):
        return None
    for ask in lexicon.asks.values():
        if ask.label == code and any(plain(word).endswith(bare) for word in (ask.name, *ask.words)):
            return Reading(ask.key, "", SURE, f"“{group}”下的“{leaf}”")
    return None


def _firm(lexicon: "Lexicon", bare: str) -> bool:
    """A heading that means the same under every group: 姓名, 联系电话."""
    return bare in lexicon.words and bare not in VAGUE


def narrowed(lexicon: "Lexicon", reading: Reading, path: Sequence[str], labels: Sequence[str]) -> Reading:
    """A vague heading (类别, 证号) in a form about one label is about that label."""
    bare = plain(path[-1]) if path else ""
    if len(labels) != 1 or not bare or (reading.key and bare not in VAGUE and reading.sure >= FILLED):
        return reading
    if (reading.unknown and bare not in VAGUE) or _about(lexicon, reading.key) == labels[0]:
        return reading
    vague = re.sub(r"^(人员|对象|老人|儿童|证件)", "", bare)
    for ask in lexicon.asks.values():
        words = [plain(word) for word in (ask.name, *ask.words)]
        if ask.label == labels[0] and any(
            word.endswith(bare) or (len(vague) >= 2 and word.endswith(vague)) for word in words
        ):
            return Reading(
                ask.key, "", 0.85, f"这张表说的是{lexicon.names[labels[0]]}", rivals=lexicon.rivals(bare)
            )
    return reading


def _about(lexicon: "Lexicon", key: str) -> str:
    ask = lexicon.asks.get(key)
    return ask.label if ask else ""
