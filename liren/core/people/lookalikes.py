"""Lookalikes (疑似同一人): is the person just read one whom the register knows already?

Plain data in, a verdict with its evidence out; no database. Only `same` may be merged without a person looking:
it needs the same paper, or name, whole birth date and a third thing, with nothing against it. Twins (same birth
and house, another name) and namesakes (same name and house, another birth) are never `same`.
"""

from array import array
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy
from rapidfuzz.distance import OSA

from liren.core.people import pinyin
from liren.core.people.naming import name_key

SAME, ASK, DIFFERENT = "same", "ask", "different"
# weights in halves of a "doubling of the odds", tuned on the corrupted copies of people/bench
ASK_FROM = 8.5
# a block with more members says too little to be worth comparing
BLOCK_LIMIT = 40
NAME_BLOCK_LIMIT = 8
# how a number of 64 bits is shared between the hash of a key and the place of a person
PLACES, HASHES = 1 << 24, 1 << 40


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is known about one person. `paper` is the trusted number or its hash, `tail` its last four signs."""

    key: Hashable
    name: str
    sex: str = ""
    birth: str = ""
    house: Hashable | None = None
    building: Hashable | None = None
    phones: tuple[str, ...] = ()
    paper: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Verdict with its score and the evidence for and against, as sentences for the user."""

    verdict: str
    score: float
    evidence: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate of the register for somebody read."""

    key: Hashable
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class _Seen:
    """A sketch with what is compared again and again worked out once."""

    sketch: Sketch
    name: str
    sounds: frozenset[str]
    phones: frozenset[str]


@dataclass(slots=True)
class _Tally:
    score: float = 0.0
    evidence: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)

    def add(self, weight: float, words: str = "") -> None:
        self.score += weight
        if words:
            (self.evidence if weight > 0 else self.against).append(words)


def compare(one: Sketch, other: Sketch) -> Likeness:
    """How alike two people are, and whether they may be one."""
    return _compare(_look(one), _look(other))


class Lookalikes:
    """An index over the people of a register, in which somebody read is looked for."""

    def __init__(self, people: Iterable[Sketch]):
        # A hundred thousand people have a million keys: they stand in one sorted row of numbers, each the hash of a
        # key with the place of its person behind it, eight bytes where a dictionary of lists takes two hundred.
        self._people = list(people)
        self._marks = array("Q")
        for place, person in enumerate(self._people):
            self._marks.extend([_mark(block) | place for block in _blocks(_look(person), asking=False)])
        if self._marks:
            numpy.frombuffer(self._marks, dtype=numpy.uint64).sort()

    def find(self, person: Sketch, *, limit: int = 5) -> list[Match]:
        """The people who may be this one, best first; those who are clearly different are left out."""
        seen = _look(person)
        met: dict[Hashable, _Seen] = {}
        for block in _blocks(seen, asking=True):
            fits = NAME_BLOCK_LIMIT if block[0] == "name" else BLOCK_LIMIT
            for member in self._members(_mark(block), fits):
                if member.key not in met:
                    met[member.key] = _look(member)
        met.pop(person.key, None)
        found = [Match(key, _compare(seen, other)) for key, other in met.items()]
        found = [match for match in found if match.likeness.verdict != DIFFERENT]
        return sorted(found, key=lambda m: (m.likeness.verdict != SAME, -m.likeness.score))[:limit]

    def _members(self, mark: int, limit: int) -> Iterator[Sketch]:
        """Everybody under one mark; nobody when there are more than so many."""
        marks = self._marks
        first = bisect_left(marks, mark)
        last = bisect_left(marks, mark + PLACES, first, min(first + limit + 1, len(marks)))
        if last - first <= limit:
            for member in marks[first:last]:
                yield self._people[member - mark]


def _mark(block: tuple[Hashable, ...]) -> int:
    """The hash of a key as the upper part of a number, with room for a place below it."""
    return hash(block) % HASHES * PLACES


def _look(sketch: Sketch) -> _Seen:
    sounds = frozenset("".join(read) for read in pinyin.syllables(sketch.name))
    return _Seen(sketch, name_key(sketch.name), sounds, frozenset(_local(p) for p in sketch.phones))


def _local(phone: str) -> str:
    """The part of a number that stays when the area code is left out."""
    digits = phone.replace("-", "")
    if not digits.startswith("0"):
        return digits
    return digits[3:] if digits[1:2] in ("1", "2") else digits[4:]


def _blocks(seen: _Seen, *, asking: bool) -> list[tuple[Hashable, ...]]:
    """The keys two records must share one of to be compared at all: those asked for, or those found under."""
    person = seen.sketch
    blocks: list[tuple[Hashable, ...]] = [("paper", person.paper)] if person.paper else []
    blocks += [("phone", phone) for phone in seen.phones]
    if person.house is not None:
        blocks.append(("house", person.house))
    for sound in seen.sounds:
        blocks.append(("name", sound))
        blocks += _name_and_birth(sound, person.birth, asking=asking)
    if len(person.birth) == 10:
        blocks += [("day", person.birth, character) for character in set(seen.name)]
    if person.tail and len(person.birth) >= 4:
        blocks.append(("tail", person.tail, person.birth[:4]))
    return blocks


def _name_and_birth(sound: str, birth: str, *, asking: bool) -> list[tuple[Hashable, ...]]:
    """Names with the month of birth; with the year, a far larger block, only where nothing else is known."""
    if len(birth) < 4:
        return []
    year, month = ("name-year", sound, birth[:4]), ("name-month", sound, birth[:7])
    year_only = ("name-year-only", sound, birth[:4])
    if len(birth) == 4:
        return [year] if asking else [year, year_only]
    return [month, year_only] if asking else [month, year]


def _compare(one: _Seen, other: _Seen) -> Likeness:
    tally = _Tally()
    name = _compare_names(one, other, tally)
    paper = _compare_papers(one.sketch, other.sketch, tally)
    if paper == "equal":
        # one number with two names: a slip of the pen, or a number copied into the line of a twin
        return _likeness(SAME if name in ("equal", "sound") else ASK, tally)
    birth = _compare_births(one.sketch.birth, other.sketch.birth, tally)
    place = _compare_places(one.sketch, other.sketch, tally)
    phone = _compare_phones(one, other, tally)
    sex = _compare_sexes(one.sketch.sex, other.sketch.sex, tally)
    if paper == "other":
        # two flawless numbers are two people, unless everything else says one of them got a new number
        asks = name == "equal" and birth == "day" and sex and (place == "house" or phone)
        return _likeness(ASK if asks else DIFFERENT, tally)
    if not sex or name == "far" or birth == "other":
        return _likeness(ASK if _stands_apart(name, birth, place, paper, sex) else DIFFERENT, tally)
    if _is_one(name, birth, place, phone, paper):
        return _likeness(SAME, tally)
    return _likeness(ASK if tally.score >= ASK_FROM else DIFFERENT, tally)


def _is_one(name: str, birth: str, place: str, phone: bool, paper: str) -> bool:
    """Whether nobody needs to be asked, when nothing speaks against it."""
    if paper == "other tail":
        return False
    if name == "sound":
        return birth == "day" and paper == "tail"
    if birth == "day":
        return name == "equal" and (place == "house" or phone or paper == "tail")
    # of one name and one house, born in the same month: twins have two names
    return name == "equal" and place == "house" and birth == "month"


def _stands_apart(name: str, birth: str, place: str, paper: str, sex: bool) -> bool:
    """Whether one contradiction is outweighed by everything else, so that it may be a slip of the pen."""
    if not sex:
        return name == "equal" and birth == "day" and (place == "house" or paper == "tail")
    if name == "far":
        return birth == "day" and paper == "tail"
    return name == "equal" and paper == "tail" and place == "house"


def _likeness(verdict: str, tally: _Tally) -> Likeness:
    return Likeness(verdict, tally.score, tuple(tally.evidence), tuple(tally.against))


def _compare_names(one: _Seen, other: _Seen, tally: _Tally) -> str:
    if not one.name or not other.name:
        return "far"
    if one.name == other.name:
        tally.add(6.0, "姓名相同")
        return "equal"
    if not one.sounds.isdisjoint(other.sounds) and len(one.name) == len(other.name):
        tally.add(4.5, "姓名同音")
        return "sound"
    off = OSA.distance(one.name, other.name, score_cutoff=2)
    longer = max(len(one.name), len(other.name))
    if off == 1 and (longer >= 3 or (len(one.name) == len(other.name) and one.name[0] == other.name[0])):
        swapped = sorted(one.name) == sorted(other.name)
        tally.add(3.0 if longer >= 3 else 1.5, "姓名两字颠倒" if swapped else "姓名差一个字")
        return "near"
    if off == 2 and longer >= 6:
        tally.add(2.5, "姓名相近")
        return "near"
    tally.add(-6.0, "姓名不同")
    return "far"


def _compare_papers(one: Sketch, other: Sketch, tally: _Tally) -> str:
    if one.paper and other.paper:
        if one.paper == other.paper:
            tally.add(12.0, "证件号码相同")
            return "equal"
        tally.add(-8.0, "证件号码不同")
        return "other"
    if one.tail and other.tail:
        if one.tail == other.tail:
            tally.add(5.0, "证件尾号相同")
            return "tail"
        tally.add(-2.0, "证件尾号不同")
        return "other tail"
    return ""


def _compare_births(one: str, other: str, tally: _Tally) -> str:
    if not one or not other:
        return ""
    shared = min(len(one), len(other))
    if one[:shared] == other[:shared]:
        weight, words = {10: (6.0, "生日相同"), 7: (3.0, "出生年月相同"), 4: (1.0, "出生年份相同")}[shared]
        tally.add(weight, words)
        return {10: "day", 7: "month", 4: "year"}[shared]
    if shared == 10 and _one_slip(one, other):
        tally.add(1.5, "生日差一位")
        return "slip"
    tally.add(-5.0, "生日不同")
    return "other"


def _one_slip(one: str, other: str) -> bool:
    """One digit mistyped, two neighbours swapped, or month and day exchanged; ten or more years are no slip."""
    if one[:3] != other[:3]:
        return False
    exchanged = one[:4] == other[:4] and one[5:7] == other[8:] and one[8:] == other[5:7]
    return exchanged or OSA.distance(one.replace("-", ""), other.replace("-", ""), score_cutoff=1) == 1


def _compare_places(one: Sketch, other: Sketch, tally: _Tally) -> str:
    if one.house is None or other.house is None:
        return ""
    if one.house == other.house:
        tally.add(4.0, "同住一处")
        return "house"
    if one.building is not None and one.building == other.building:
        tally.add(0.5, "同一楼栋")
        return "building"
    tally.add(-1.0, "住处不同")
    return "other"


def _compare_phones(one: _Seen, other: _Seen, tally: _Tally) -> bool:
    if not one.phones or not other.phones:
        return False
    shared = one.phones & other.phones
    if shared:
        # a mobile is nearly a person, a landline is a household
        tally.add(4.0 if any(len(p) == 11 for p in shared) else 3.0, "电话相同")
        return True
    tally.add(-0.5)
    return False


def _compare_sexes(one: str, other: str, tally: _Tally) -> bool:
    if one not in ("1", "2") or other not in ("1", "2"):
        return True
    if one != other:
        tally.add(-4.0, "性别不同")
        return False
    tally.add(0.5)
    return True
