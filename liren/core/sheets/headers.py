"""Headings (表头): what a column of a stranger's table means, with how sure that is and why.

The floors above offer what they can take (`Offer`) and whose facts a heading may speak of (`Role`): 房东姓名 is
a name, but the landlord's. A heading is a path from its group down to its own label.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from .choices import offers_options

SURE, LIKELY, GUESS = 0.95, 0.75, 0.5
BRACKETS = re.compile(r"[(\[【<《][^)\]】>》]*[)\]】>》]")
NOISE = re.compile(r"[\s*＊★:：、,，.。/\\|\-_—~()\[\]【】<>《》“”\"'?？!！√☑□]+")
NUMBERED = re.compile(r"^[1-9一二三四五六七八九]|[1-9一二三四五六七八九]$")
DRESSED = re.compile(r"^(是否为?|有无|是不是|是否属于)|(情况|与否|标识|标志|一栏|登记|信息)$")
LONGEST_LABEL = 30
# the vocabulary lives as long as the process: its memory of strangers' cells must not grow for ever
REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a column can mean: its key, Chinese name, other names, and how its values look."""

    key: str
    name: str
    synonyms: tuple[str, ...] = ()
    # a table of people has at least one column of this kind
    core: bool = False
    # words that, anywhere in a heading, point here when nothing better is found
    hints: tuple[str, ...] = ()
    evidence: Callable[[str], bool] | None = None
    # its values look like those of many other columns (any date): never guessed under a heading of another name
    many_sided: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """Whose fact a column holds when it is not the person of the row: 监护人, 房东, 户主 …"""

    key: str
    words: tuple[str, ...]
    # lives in the same home: given with a paper of their own, they are people of the row too
    member: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """The meaning of one column: key ("" = unknown, role.key for other people), confidence 0..1 and reason."""

    column: int
    heading: str
    key: str
    confidence: float
    why: str


def plain(text: str) -> str:
    """A heading without blanks, marks, brackets and width differences."""
    text = unicodedata.normalize("NFKC", text).lower()
    return NOISE.sub("", BRACKETS.sub("", text)) or NOISE.sub("", text)


def fingerprint(paths: Sequence[Sequence[str]]) -> str:
    """The same for every file with these headings: under it a user's corrections are remembered."""
    return hashlib.sha256("\n".join("/".join(map(plain, path)) for path in paths).encode()).hexdigest()[:32]


class Vocabulary:
    """All offers and roles, ready to be asked about headings."""

    def __init__(self, offers: Sequence[Offer], roles: Sequence[Role] = ()) -> None:
        self.offers = {offer.key: offer for offer in offers}
        self.labels: dict[str, str] = {}
        for offer in offers:
            for word in (offer.name, *offer.synonyms):
                self.labels.setdefault(plain(word), offer.key)
        self.roles = sorted(
            ((plain(word), role.key) for role in roles for word in role.words), key=lambda pair: -len(pair[0])
        )
        self.members = {role.key for role in roles if role.member}
        self.hints = sorted(
            ((plain(word), offer.key) for offer in offers for word in offer.hints),
            key=lambda pair: -len(pair[0]),
        )
        self._known: dict[str, tuple[str, float, str]] = {}

    def is_label(self, text: object) -> bool:
        """Is this cell surely or likely a heading?"""
        return type(text) is str and self._firm(text)[1] >= LIKELY

    def is_core(self, text: object) -> bool:
        """Is this cell a heading of the kind that only tables of people have?"""
        if type(text) is not str:
            return False
        key, confidence, _ = self._firm(text)
        offer = self.offers.get(key.rpartition(".")[2])
        return confidence >= LIKELY and offer is not None and offer.core

    def is_value(self, label: str, text: str) -> bool:
        """Does this text look like a value of the thing that the label names?"""
        offer = self.offers.get(self._firm(label)[0])
        return offer is not None and not offer.core and offer.evidence is not None and offer.evidence(text)

    def read(self, text: str) -> tuple[str, float, str]:
        """Key, confidence and reason of one label by itself."""
        found = self._firm(text)
        return found if found[0] else self._alike(plain(text))

    def _firm(self, text: str) -> tuple[str, float, str]:
        """What a label means without guessing by likeness, which costs too much for every cell of a sheet."""
        found = self._known.get(text)
        if found is None:
            found = self._read(text)
            if len(self._known) < REMEMBERED:
                self._known[text] = found
        return found

    def _read(self, text: str) -> tuple[str, float, str]:
        if not text or len(text) > LONGEST_LABEL * 2:
            return "", 0.0, ""
        label = plain(text)
        if not label or len(label) > LONGEST_LABEL or offers_options(text):
            return "", 0.0, ""
        if label in self.labels:
            return self.labels[label], 1.0, "表头一致"
        for bare in (NUMBERED.sub("", label), DRESSED.sub("", label)):
            if bare != label and bare in self.labels:
                return self.labels[bare], SURE, f"即“{bare}”"
        whose = self._role(NOISE.sub("", unicodedata.normalize("NFKC", text).lower()), label)
        if whose is not None:
            return whose
        return self._near(label)

    def _role(self, full: str, label: str) -> tuple[str, float, str] | None:
        for word, role in self.roles:
            if word in full:
                rest = NUMBERED.sub(
                    "", (label if word in label else full).replace(word, "", 1).strip("的及和与")
                )
                prefix = f"{role}." if role else ""
                if not rest or rest in ("信息", "情况", "资料"):
                    return f"{prefix}name", SURE if role else LIKELY, f"“{word}”的姓名"
                key = self.labels.get(rest)
                if key is not None:
                    return prefix + key, SURE, f"“{word}”的{self.offers[key].name}"
                key, confidence, _ = self._near(rest)
                if key and role:
                    return prefix + key, min(confidence, LIKELY), f"“{word}”的{self.offers[key].name}"
        return None

    def _near(self, label: str) -> tuple[str, float, str]:
        for word, key in self.hints:
            if word in label and len(label) <= len(word) + 6:
                return key, LIKELY, f"表头含“{word}”"
        return "", 0.0, ""

    def _alike(self, label: str) -> tuple[str, float, str]:
        best = process.extractOne(label, self.labels.keys(), scorer=fuzz.ratio, score_cutoff=78)
        if best is not None and 2 < len(label) <= LONGEST_LABEL:
            return self.labels[best[0]], GUESS + (best[1] - 74) / 100, f"表头近似“{best[0]}”"
        return "", 0.0, ""

    def read_path(self, path: Sequence[str]) -> tuple[str, float, str]:
        """Key, confidence and reason of a heading with its groups."""
        if not path:
            return "", 0.0, ""
        leaf = path[-1]
        group_role = self._group_role(path[:-1])
        for depth in range(len(path) - 1):
            joined = plain(path[depth]) + plain(leaf)
            if joined in self.labels and not group_role:
                return self.labels[joined], 1.0, f"“{path[depth]}”下的“{leaf}”"
        key, confidence, why = self.read(leaf)
        if group_role and key and "." not in key:
            return f"{group_role}.{key}", min(confidence, SURE), f"“{path[-2]}”下的“{leaf}”"
        if confidence < LIKELY:
            for group in reversed(path[:-1]):
                other = self.read(group)
                if other[1] >= LIKELY and other[1] > confidence:
                    return other[0], other[1] - 0.2, f"按上级表头“{group}”"
        return key, confidence, why

    def _group_role(self, groups: Sequence[str]) -> str:
        for group in reversed(groups):
            label = plain(group)
            for word, role in self.roles:
                if word in label and label not in self.labels:
                    return role
        return ""


def match(
    paths: Sequence[tuple[int, Sequence[str]]],
    samples: Mapping[int, Sequence[str]],
    vocabulary: Vocabulary,
    remembered: Mapping[int, str] | None = None,
) -> list[Match]:
    """What each column means: remembered by the user, else by its heading, else by its values."""
    matches = []
    for column, path in paths:
        heading = " / ".join(path)
        if remembered is not None and column in remembered:
            matches.append(Match(column, heading, remembered[column], 1.0, "按上次的修改"))
            continue
        key, confidence, why = vocabulary.read_path(path)
        matches.append(Match(column, heading, key, confidence, why))
    return _settle(matches, samples, vocabulary)


def _settle(
    matches: list[Match], samples: Mapping[int, Sequence[str]], vocabulary: Vocabulary
) -> list[Match]:
    """Let the values speak where headings are missing or doubtful; one column per key, the surest wins."""
    taken = {found.key for found in matches if found.confidence >= LIKELY}
    settled = []
    for found in matches:
        if found.confidence < LIKELY:
            key, share = _by_values(samples.get(found.column, ()), vocabulary, taken, found.heading)
            if key:
                taken.add(key)
                found = Match(found.column, found.heading, key, round(0.5 + share * 0.3, 2), "按内容判断")
            elif found.key in taken:
                found = Match(found.column, found.heading, "", 0.0, "")
        elif found.confidence < 1 and not _agrees(found, samples, vocabulary):
            key, share = _by_values(samples.get(found.column, ()), vocabulary, taken, found.heading)
            if key:
                found = Match(
                    found.column, found.heading, key, round(0.5 + share * 0.3, 2), "内容与表头不符，按内容"
                )
        settled.append(found)
    return settled


def _by_values(
    values: Sequence[str], vocabulary: Vocabulary, taken: set[str], heading: str
) -> tuple[str, float]:
    filled = [value for value in values if value]
    if len(filled) < 2:
        return "", 0.0
    best, best_share = "", 0.69
    for offer in vocabulary.offers.values():
        if offer.evidence is None or offer.key in taken or (heading and offer.many_sided):
            continue
        share = sum(map(offer.evidence, filled)) / len(filled)
        if share > best_share:
            best, best_share = offer.key, share
    return best, best_share


def _agrees(found: Match, samples: Mapping[int, Sequence[str]], vocabulary: Vocabulary) -> bool:
    offer = vocabulary.offers.get(found.key)
    filled = [value for value in samples.get(found.column, ()) if value]
    if offer is None or offer.evidence is None or len(filled) < 5:
        return True
    return sum(map(offer.evidence, filled)) > 0
