"""Pinyin of names (姓名拼音): surnames by our own table, because general dictionaries misread half of them."""

import os
import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

# Names are read character by character, so the dictionary of phrases need not be loaded at each start.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
from pypinyin import Style, lazy_pinyin
from pypinyin.contrib.tone_convert import to_normal

SURNAMES = tomllib.loads((Path(__file__).parent / "surnames.toml").read_text("utf-8"))
SINGLE: dict[str, tuple[str, ...]] = {c: tuple(r) for c, r in SURNAMES["single"].items()}
# Each reading as the first syllables of a name.
HEADS = {c: tuple((read,) for read in reads) for c, reads in SINGLE.items()}
COMPOUND: dict[str, tuple[str, ...]] = {c: tuple(r) for c, r in SURNAMES["compound"].items()}


@lru_cache(maxsize=30_000)
def sound(character: str) -> str:
    """One character without tone (女 → nv); letters and digits stay, other signs are silent."""
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    read = lazy_pinyin(character, style=Style.NORMAL, errors="ignore", v_to_u=False)
    return to_normal(read[0]).replace("ü", "v") if read else ""


@lru_cache(maxsize=10_000)
def syllables(name: str) -> tuple[tuple[str, ...], ...]:
    """Every reading of a name as syllables, the usual one first."""
    if not name:
        return ()
    if name[0].isascii():
        words = (re.sub(r"[^a-z0-9]", "", word.lower()) for word in name.split())
        return (tuple(word for word in words if word),)
    heads, rest = _surname(name)
    tail = tuple(filter(None, map(sound, rest)))
    return tuple((*head, *tail) for head in heads if head or tail)


def readings(name: str) -> list[str]:
    """Full pinyin in one run, one for every reading of the surname: 单田芳 → shantianfang, dantianfang …"""
    return list(dict.fromkeys(map("".join, syllables(name))))


def initials(name: str) -> list[str]:
    """First letters, one for every reading: 张三 → zs, 曾国华 → zgh, cgh."""
    return list(dict.fromkeys("".join([s[0] for s in read]) for read in syllables(name)))


def surname_of(name: str) -> str:
    """The surname: two characters when compound, else the first; foreign names have their first word."""
    if not name or name[0].isascii():
        return name.split()[0] if name.split() else ""
    return name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]


def _surname(name: str) -> tuple[Sequence[tuple[str, ...]], str]:
    surname = surname_of(name)
    if len(surname) == 2:
        return [tuple(read.split()) for read in COMPOUND[surname]], name[2:]
    reads = HEADS.get(surname)
    if reads:
        return reads, name[1:]
    usual = sound(surname)
    return [(usual,) if usual else ()], name[1:]
