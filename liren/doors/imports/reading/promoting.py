"""Promoting (列的取舍): which of the matched columns a table is really about – its people, or those beside them."""

import re
from collections import Counter

from liren.core.sheets.headers import Match

from .freetext import members_in
from .unfold import split_names
from .vocabulary import RESIDENCE

BESIDE = frozenset(("guardian", "contact", "parent", "worker"))
TO_HEAD = re.compile("户主|房主|产权|承租|主租")
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
    matches = _residence_told(_members_told(_relations_of_others(matches), samples), samples)
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


def _relations_of_others(matches: list[Match]) -> list[Match]:
    """监护人姓名 | 与儿童关系: a relation right behind somebody beside the person is theirs, not one to the head."""
    settled: list[Match] = []
    for found in matches:
        role = settled[-1].key.partition(".")[0] if settled and "." in settled[-1].key else ""
        if found.key == "relation" and role in BESIDE and not TO_HEAD.search(found.heading):
            found = Match(
                found.column, found.heading, f"{role}.relation", found.confidence, "前一列的人与本人的关系"
            )
        settled.append(found)
    return settled


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


def _residence_told(matches: list[Match], samples: dict[int, list[str]]) -> list[Match]:
    """人员类型 may hold 户籍人口 and 流动人口 instead of labels."""
    if any(found.key == "residence_kind" for found in matches):
        return matches
    return [
        Match(found.column, found.heading, "residence_kind", found.confidence, "按内容判断")
        if found.key == "labels" and _tells_residence(samples.get(found.column, []))
        else found
        for found in matches
    ]


def _tells_residence(values: list[str]) -> bool:
    return bool(values) and sum(1 for text in values if text in RESIDENCE) >= 0.8 * len(values)


def _tells_members(values: list[str]) -> bool:
    told = sum(1 for text in values if members_in(text) or split_names(text))
    return told >= max(1, 0.2 * len(values))
