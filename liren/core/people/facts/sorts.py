"""Sorts (类别和等级): what a text says of a label beyond its name — 一、二级肢体残疾人, 失独家庭, 孤儿."""

import re
from collections.abc import Sequence
from typing import Any

from ..labelling import find

GRADES = re.compile(r"([一二三四1-4](?:[、,和及至到\-~～—/级]*[一二三四1-4])*)级")
SORTS = re.compile(r"(视力|听力|言语|肢体|智力|精神|多重)(?=[、,和及/]|类?残疾|$|\()")
SAID_FACTS = {
    "disability.category",
    "disability.level",
    "bereaved.kind",
    "child_in_need.kind",
    "disabled_elder.level",
    "veteran.kind",
    "destitute.support_mode",
    "corrections.kind",
}


def said_of(code: str, text: str) -> list[Any]:
    """孤儿、事实无人抚养儿童: the sorts that are named, unless the label is named without a sort as well."""
    if code == "disability":
        return _disability(text)
    pieces = [piece for piece in re.split(r"[、,和与及或/]", text) if piece]
    told = [each.attributes for piece in pieces for each in find(piece) if each.code == code]
    values: dict[str, list[str]] = {}
    for attributes in told:
        for name, value in attributes.items():
            if f"{code}.{name}" in SAID_FACTS and value not in values.setdefault(name, []):
                values[name].append(value)
    whole = {name: known for name, known in values.items() if all(name in each for each in told)}
    return [_one_of(f"{code}.{name}", known) for name, known in whole.items()]


def _one_of(key: str, values: Sequence[str]) -> Any:
    return [key, "=", values[0]] if len(values) == 1 else [key, "in", list(values)]


def _disability(text: str) -> list[Any]:
    """一、二级肢体残疾人: the levels and the sorts that are named."""
    said: list[Any] = []
    levels = [level for each in GRADES.findall(text) for level in _levels(each)]
    if not levels and re.search(r"重度残疾|重残", text):
        levels = ["一级", "二级"]
    if levels:
        said.append(_one_of("disability.level", list(dict.fromkeys(levels))))
    sorts = list(dict.fromkeys(SORTS.findall(text)))
    short = {"肢残": "肢体", "视残": "视力", "听残": "听力", "智残": "智力", "盲人": "视力", "智障": "智力"}
    sorts += [sort for word, sort in short.items() if word in text and sort not in sorts]
    if sorts:
        said.append(_one_of("disability.category", sorts))
    return said


def _levels(said: str) -> list[str]:
    """一至三 → 一级, 二级, 三级."""
    places = ["一二三四".find(sign) + 1 or int(sign) for sign in re.findall(r"[一二三四1-4]", said)]
    if re.search(r"[至到\-~～—]", said) and len(places) == 2:
        places = list(range(places[0], places[1] + 1))
    return [f"{'一二三四'[place - 1]}级" for place in places]
