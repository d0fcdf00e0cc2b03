"""Titled (题目里的人群): the labels that a title names, how they hang together, and whom it leaves out.

独居、空巢老党员 is (独居 or 空巢) and 党员; 残疾人、低保户 is either; 不含流动人口 takes somebody out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..labelling import CATALOGUE
from .sorts import said_of
from .worded import MODES, RECKONED, Tree

JOINER = re.compile(r"和|及|与|或|、|以及|/|,")
# Nouns behind a label: with one of them the label stands by itself.
NOUN = re.compile(r"^(?:的)?(?:老年人|老人|人员|对象|家庭|儿童|少年|户|人群|群众|居民|职工|人)+")
NOUNED = re.compile(r"(?:老年人|老人|人员|对象|家庭|儿童|户|人|军人|党员|志愿者|妇女|五保|低保)$")
# Of these nobody is two at once: named side by side they are a choice.
APART = (
    {"lives_alone", "empty_nest"},
    {"minimum_living", "minimum_living_margin", "destitute"},
    {"child_in_need", "child_left_behind"},
)
NOT_MEANT = re.compile(
    r"出租户|留守(?:老人|妇女)|党员(?:先锋岗|之家|活动室|示范|服务站)|志愿者?服务(?:站|点)"
)
WORDS = sorted(
    ((word, kind.code) for kind in CATALOGUE.values() for word in (kind.name, *kind.words)),
    key=lambda pair: -len(pair[0]),
)
LEFT_OUT = (
    re.compile(r"(?:不含|不包括|不包含|不统计|不填报?|剔除|排除|扣除)(?P<who>[^,，。；;()]{2,24})"),
    re.compile(r"(?:^|[^免解])除(?:去|了)?(?P<who>[^,，。；;()]{2,20}?)(?:以?外)"),
    re.compile(
        r"(?P<who>[^,，。；;()、:：]{2,24})(?:除外|不列入|不纳入|不计入|不在(?:统计|填报|此|本)|不用填|不需填报?|不予统计)"
    ),
)
NO_NUMBERS = re.compile(r"^本数|^\d+(?:周岁|岁)?$|^以?下$|^的?$")


@dataclass(frozen=True, slots=True)
class Spot:
    """A label in a text: from where to where, and its condition."""

    start: int
    end: int
    code: str
    tree: Tree


def labelled(text: str) -> tuple[list[Tree], list[str]]:
    """What the labels of a title demand — any of the conditions returned — and what is not certain about it."""
    spots = spots_in(text)
    clauses: list[list[list[Spot]]] = []
    doubts: list[str] = []
    for place, spot in enumerate(spots):
        if place == 0:
            clauses.append([[spot]])
            continue
        before = spots[place - 1]
        gap = text[before.end : spot.start]
        joined = JOINER.search(gap) is not None
        complete = _is_complete(text, before, gap)
        if joined and complete and not re.search(r"[中内里的]$", gap):
            clauses.append([[spot]])
        elif joined or _apart(before, spot):
            clauses[-1][-1].append(spot)
            if not joined and not _bare(before):
                doubts.append(f"“{text[before.start : spot.end]}”按两样有一样就算")
        else:
            clauses[-1].append([spot])
    return [_all([_any([spot.tree for spot in run]) for run in clause]) for clause in clauses], doubts


def spots_in(text: str) -> list[Spot]:
    """Every label of a text, in its order; a long word hides the short ones inside it."""
    hidden = NOT_MEANT.sub(lambda found: "·" * len(found[0]), text)
    found: list[Spot] = []

    def free(start: int, end: int) -> bool:
        return all(end <= each.start or start >= each.end for each in found)

    for word, code in WORDS:
        start = hidden.find(word)
        while start >= 0:
            end = start + len(word)
            if free(start, end) and not _part_of_other(word, hidden, start):
                found.append(Spot(start, end, code, _tree(code, text)))
            start = hidden.find(word, end)
    for pattern, tree in MODES:
        for hit in pattern.finditer(hidden):
            if free(hit.start(), hit.end()):
                code = str(tree[0]).removeprefix("person.")
                found.append(Spot(hit.start(), hit.end(), code, tree))
    return _once(sorted(found, key=lambda spot: spot.start))


def _once(spots: Sequence[Spot]) -> list[Spot]:
    known: list[Spot] = []
    for spot in spots:
        if all(spot.tree != each.tree for each in known):
            known.append(spot)
    return known


def _part_of_other(word: str, text: str, start: int) -> bool:
    """孕 in 孕育园 is no pregnancy."""
    return word == "孕" and not re.match(r"孕(?:\d|期|检|中|周|妇|早|晚|$)", text[start:])


def _tree(code: str, text: str) -> Tree:
    tree: Tree = RECKONED.get(code) or [f"label.{code}", "=", True]
    said = said_of(code, text)
    return {"all": [tree, *said]} if said else tree


def _is_complete(text: str, spot: Spot, gap: str) -> bool:
    """Whether a noun closes the label: 独居老人、… but not 独居、…"""
    return bool(NOUNED.search(text[spot.start : spot.end]) or NOUN.match(gap))


def _bare(spot: Spot) -> bool:
    return spot.code in ("lives_alone", "empty_nest", "minimum_living", "senior")


def _apart(first: Spot, second: Spot) -> bool:
    return first.code == second.code or any({first.code, second.code} <= group for group in APART)


def _any(trees: list[Tree]) -> Tree:
    return {"any": trees} if len(trees) > 1 else trees[0]


def _all(trees: list[Tree]) -> Tree:
    return {"all": trees} if len(trees) > 1 else trees[0]


def left_out(pieces: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words for those whom a form leaves out, and its pieces without these phrases."""
    who: list[str] = []
    rest: list[str] = []
    for piece in pieces:
        for pattern in LEFT_OUT:
            for found in pattern.finditer(piece):
                whom = found["who"].removesuffix(_head(found)).removesuffix("的")
                said = re.sub(r"^(?:对|凡|其中|注|说明)[:：]?|(?:均|暂|一律)$", "", whom).strip()
                if said and not NO_NUMBERS.match(said) and said not in who:
                    who.append(said)
            piece = pattern.sub(_head, piece)
        rest.append(piece)
    return who, rest


def _head(found: re.Match[str]) -> str:
    """What stays of a phrase that is taken out: nothing, or the people of 不含流动人口的残疾人."""
    return "" if found.start() or "的" not in found["who"] else found["who"].partition("的")[2]
