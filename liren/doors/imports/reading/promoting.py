"""Promoting (列的取舍): which of the matched columns a table is really about – its people, or those beside them."""

from collections import Counter

from liren.core.sheets.headers import Match

from .freetext import members_in
from .unfold import split_names

MANY = frozenset(("id_number", "phones", "remark", "labels", "members", "ignored", "serial"))


def by_key(matches: list[Match]) -> dict[str, list[int]]:
    """Key -> columns; of several columns for one key the surest, for phones and remarks all."""
    columns: dict[str, list[int]] = {}
    for found in sorted(matches, key=lambda m: (-m.confidence, m.column)):
        if found.key and (found.key in MANY or found.key not in columns):
            columns.setdefault(found.key, []).append(found.column)
    for key in MANY & columns.keys() - {"id_number"}:
        columns[key].sort()
    return columns


def promoted(matches: list[Match], samples: dict[int, list[str]]) -> tuple[list[Match], str]:
    """Where nobody but heads of households or owners is listed, they are the people of the rows."""
    matches = _members_told(matches, samples)
    keys = Counter(found.key for found in matches)
    if not keys["name"]:
        for role in ("head", "spouse", "landlord", "guardian"):
            if keys[f"{role}.name"]:
                return [_promote(found, role, keys) for found in matches], role
    return matches, ""


def _promote(found: Match, role: str, keys: Counter[str]) -> Match:
    own, _, key = found.key.partition(".")
    if own != role or keys[key]:
        return found
    return Match(found.column, found.heading, key, found.confidence, found.why)


def _members_told(matches: list[Match], samples: dict[int, list[str]]) -> list[Match]:
    """户主姓名 | 身份证号 | 家庭成员: where the members are told in one cell, the heads are the people of the rows."""
    keys = Counter(found.key for found in matches)
    if not keys["head.name"] or keys["name"] != 1 or keys["relation"]:
        return matches
    return [
        Match(found.column, found.heading, "members", found.confidence, "一格里写了几个人")
        if found.key == "name" and _tells_members(samples.get(found.column, []))
        else found
        for found in matches
    ]


def _tells_members(values: list[str]) -> bool:
    told = sum(1 for text in values if members_in(text) or split_names(text))
    return told >= max(1, 0.2 * len(values))
