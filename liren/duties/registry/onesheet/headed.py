"""Headed (统计表的表头): what a row or a column of a counting form counts, with what stands above and before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from liren.core.people.facts.numerals import plain
from liren.core.people.facts.worded import AMONG, COUNTED, LIVING, OTHERS, PRESENT, Band, band

from .counting import keys_of

if TYPE_CHECKING:
    from .filling import Work

UNIT = re.compile(r"^(人|名|个|户|家|元|万元|%|平方米|㎡|平方公里|次|件|套|间|栋|幢|岁)$")
COUNTABLE = {"人", "名", "个", "户", "家"}
SUBSET = re.compile(r"^\s*(其中|#|—|－|-\s)")
NUMBERED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.]|\(?[一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、])"
)
# Who came or went in a period: the words, who they are now, and the fact that holds the day.
FLOWS = (
    (re.compile(r"^(?:新)?出生(?:婴儿|人口)?(?:人)?数?$"), PRESENT, "person.birth"),
    (
        re.compile(r"^(?:死亡|去世)(?:人口)?(?:人)?数?$"),
        ["person.status", "=", "deceased"],
        "person.status_on",
    ),
    (
        re.compile(r"^(?:迁出|搬离|搬出|流出|离开)(?:人口)?(?:人)?数?$"),
        ["person.status", "=", "moved_out"],
        "person.status_on",
    ),
    (re.compile(r"^(?:新增|新)?(?:迁入|搬入|流入|入住)(?:人口)?(?:人)?数?$"), LIVING, "residence.from"),
)


@dataclass(slots=True)
class Heading:
    """A row or a column of a counting form with what it counts."""

    trees: list[Any] = field(default_factory=list)
    total: bool = False
    households: bool = False
    month: int = 0
    year: int = 0
    months: int = 1
    understood: bool = True
    label: str = ""
    why: str = ""
    # Who they are now, and the fact that holds the day on which they came or went.
    flow: tuple[Any, str] | None = None

    @property
    def is_plain_total(self) -> bool:
        """A sum of its sisters: 合计 without any condition of its own."""
        return self.total and not self.trees and not self.month and not self.flow


def heading(path: Sequence[str], work: "Work", corner: str, base_words: str = "") -> Heading:
    """A heading with its groups: the conditions of all levels together."""
    found = Heading(label=" / ".join(part.replace("\n", "") for part in path))
    path = _without_unit(path, found)
    last = len(path) - 1
    for level, text in enumerate(path):
        if _is_everybody(text, work, base_words):
            found.total = True
        elif flow := _flow(text):
            found.flow = flow
        else:
            about = "".join(path[:level]) + corner
            one = band(text, work.setting.places_known, corner=about)
            if one is None and level == last:
                one = band(text, work.setting.places_known, corner=base_words)
            if one is not None and one.counts:
                _add(found, one)
            elif level == last:
                found.understood = False
    if not (found.trees or found.total or found.households or found.month or found.flow):
        found.understood = False
    return found


def _without_unit(path: Sequence[str], found: Heading) -> Sequence[str]:
    """指标 | 计量单位: the unit counts nothing, but says whether people or households are counted."""
    unit = UNIT.match(plain(path[-1])) if len(path) > 1 else None
    if unit is None:
        return path
    found.households = unit[1] in ("户", "家")
    if unit[1] not in COUNTABLE:
        found.understood, found.why = False, f"按“{unit[1]}”算的，登记册里没有"
    return path[:-1]


def _is_everybody(text: str, work: "Work", base_words: str) -> bool:
    """空巢老人总数 in a form about 空巢老人, or the name of the community: everybody."""
    bare = AMONG.sub("", plain(text))
    name = plain(work.setting.community.name)
    if name and name in bare and len(bare) <= len(name) + 6:
        return True
    shorter = COUNTED.sub("", bare)
    return bool(base_words) and shorter != bare and len(shorter) >= 2 and shorter in plain(base_words)


def _flow(text: str) -> tuple[Any, str] | None:
    bare = re.sub(r"\(.*?\)$", "", AMONG.sub("", plain(text)))
    return next(((who, key) for pattern, who, key in FLOWS if pattern.match(bare)), None)


def _add(found: Heading, one: Band) -> None:
    if one.tree is not None:
        found.trees.append(one.tree)
    found.total = found.total or one.total
    found.households = found.households or one.households
    if one.month:
        found.month, found.months = one.month, one.months
    found.year = one.year or found.year


def nest(heads: Sequence[Heading], paths: Sequence[Sequence[str]], work: "Work") -> None:
    """其中：女 below 党员 counts women of the party: a part takes over what it is a part of."""
    wholes: dict[tuple[str, ...], tuple[Heading, str]] = {}
    parts: dict[tuple[str, ...], Heading] = {}
    # 合计 | 男 | 女 | 其中：党员: behind both sexes a part is one of all.
    sexes: dict[tuple[str, ...], int] = {}
    for head, path in zip(heads, paths, strict=True):
        text, group = path[-1] if path else "", tuple(path[:-1])
        if group and not AMONG.sub("", f"{plain(group[-1])}:"):
            # 其中 in a cell of its own, before or above its parts.
            text, group = f"其中：{text}", group[:-1]
        whole, above = wholes.get(group, (None, ""))
        if _is_part(head, text, parts.get(group), above):
            if whole is not None and not (_is_of_sex(whole) and sexes.get(group, 0) > 1):
                _take_over(head, text, whole, above, work)
            parts[group] = head
            continue
        parts.pop(group, None)
        wholes.pop(group, None)
        if not head.is_plain_total:
            wholes[group] = head, text
            sexes[group] = sexes.get(group, 0) + _is_of_sex(head)


def _is_of_sex(head: Heading) -> bool:
    return head.understood and keys_of(head.trees[-1:]) == {"person.sex"}


def rest_of(heads: Sequence[Heading], paths: Sequence[Sequence[str]]) -> None:
    """其他 beside 肢体 and 视力: whoever is of none of these; not understood where the sisters ask for several things."""
    for head, path in zip(heads, paths, strict=True):
        if head.understood or not path or not OTHERS.match(AMONG.sub("", plain(path[-1]))):
            continue
        sisters = [
            parts_of(each.trees[-1])
            for each, other in zip(heads, paths, strict=True)
            if each.understood and each.trees and not each.total and other[:-1] == path[:-1]
        ]
        common = [part for part in sisters[0] if all(part in each for each in sisters)] if sisters else []
        own = [[part for part in each if part not in common] for each in sisters]
        if len({frozenset(keys_of(each)) for each in own}) == 1 and all(own):
            none_of = {"not": {"any": [{"all": each} for each in own]}}
            head.understood, head.trees = True, [*common, none_of]


def parts_of(tree: Any) -> list[Any]:
    """What all has to hold, one by one."""
    return list(tree["all"]) if isinstance(tree, dict) and "all" in tree else [tree]


def _is_part(head: Heading, text: str, part: Heading | None, whole_text: str) -> bool:
    if SUBSET.match(text):
        return True
    if part is None or NUMBERED.match(text) or head.total:
        return False
    if NUMBERED.match(whole_text) or re.match(r"^[\s　]{2,}", text):
        return True
    kinds = keys_of(part.trees[-1:])
    return bool(head.trees) and kinds == keys_of(head.trees[-1:])


def _take_over(head: Heading, text: str, whole: Heading, whole_text: str, work: "Work") -> None:
    if head.understood:
        head.trees = [*(tree for tree in whole.trees if tree not in head.trees), *head.trees]
        head.flow = head.flow or whole.flow
        return
    one = None if head.why else band(text, work.setting.places_known, corner=whole_text)
    if one is not None and one.tree is not None:
        head.understood, head.trees = True, [*whole.trees, one.tree]
