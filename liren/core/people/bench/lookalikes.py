"""How well lookalikes (疑似同一人) are found: corrupted copies of invented people against their register.

python -m liren.core.people.bench.lookalikes 30000
"""

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from liren.core.people.bench.invented import OLD, YOUNG, Inventor, Population
from liren.core.people.lookalikes import ASK, SAME, Lookalikes, Sketch, compare
from liren.core.people.pinyin import sound

Corrupt = Callable[[Sketch, random.Random], Sketch]
CHARACTERS = sorted(set(OLD + YOUNG))


def _homophone(person: Sketch, chance: random.Random) -> Sketch:
    alike = {c: [o for o in CHARACTERS if o != c and sound(o) == sound(c)] for c in person.name[1:]}
    places = [c for c, others in alike.items() if others]
    if not places:
        return _other_character(person, chance)
    old = chance.choice(places)
    return replace(person, name=person.name[0] + person.name[1:].replace(old, chance.choice(alike[old]), 1))


def _other_character(person: Sketch, chance: random.Random) -> Sketch:
    at = chance.randrange(1, len(person.name))
    new = chance.choice([c for c in CHARACTERS if c != person.name[at]])
    return replace(person, name=person.name[:at] + new + person.name[at + 1 :])


def _wrong_digit(person: Sketch, chance: random.Random) -> Sketch:
    at = chance.choice((3, 6, 8, 9))
    digit = str((int(person.birth[at]) + chance.randrange(1, 9)) % 10)
    return replace(person, birth=person.birth[:at] + digit + person.birth[at + 1 :])


def _no_paper(person: Sketch, _: random.Random) -> Sketch:
    return replace(person, paper="", tail="")


def _tail_only(person: Sketch, _: random.Random) -> Sketch:
    return replace(person, paper="")


def _no_phone(person: Sketch, _: random.Random) -> Sketch:
    return replace(person, phones=())


def _moved(person: Sketch, _: random.Random) -> Sketch:
    return replace(person, house="elsewhere", building="elsewhere")


def _month_only(person: Sketch, _: random.Random) -> Sketch:
    return replace(person, birth=person.birth[:7])


def _no_birth(person: Sketch, _: random.Random) -> Sketch:
    return replace(person, birth="")


SCENARIOS: dict[str, tuple[Corrupt, ...]] = {
    "same number, homophone in the name": (_homophone,),
    "same number, another address": (_moved, _no_phone),
    "no number": (_no_paper,),
    "no number, no phone": (_no_paper, _no_phone),
    "no number, homophone": (_no_paper, _homophone),
    "no number, one character off": (_no_paper, _other_character, _no_phone),
    "no number, wrong digit in birth": (_no_paper, _wrong_digit),
    "no number, month only": (_no_paper, _month_only, _no_phone),
    "no number, no birth": (_no_paper, _no_birth),
    "no number, moved": (_no_paper, _moved),
    "no number, moved, new phone": (_no_paper, _moved, _no_phone),
    "no number, homophone, moved": (_no_paper, _homophone, _moved),
    "no number, homophone, moved, new phone": (_no_paper, _homophone, _moved, _no_phone),
    "no number, homophone, month only": (_no_paper, _homophone, _month_only, _no_phone),
    "no number, one character off, wrong digit": (_no_paper, _other_character, _wrong_digit, _no_phone),
    "no number, no birth, moved": (_no_paper, _no_birth, _moved),
    "no number, wrong digit, moved": (_no_paper, _wrong_digit, _moved),
    "tail of the number, homophone, moved": (_tail_only, _homophone, _moved),
    "tail of the number, wrong digit in birth": (_tail_only, _wrong_digit),
}


def measure(size: int, *, sample: int = 1000, seed: int = 1) -> dict[str, object]:
    """Recall, automatic merges, false merges and false candidates for every scenario, and the time."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable sample, no secret
    population = Inventor(seed).population(size)
    started = time.perf_counter()
    index = Lookalikes(population.people)
    built = time.perf_counter() - started
    results = {}
    for title, steps in SCENARIOS.items():
        chosen = chance.sample(population.people, min(sample, len(population.people)))
        results[title] = _scenario(index, chosen, steps, chance)
    started = time.perf_counter()
    for person in population.people:
        index.find(replace(person, key=("again", person.key), paper=""))
    return {
        "people": len(population.people),
        "scenarios": results,
        "absent": _absent(population, chance, sample),
        "twins": _pairs(population.twins),
        "namesakes": _pairs(population.namesakes),
        "seconds": {"index": round(built, 2), "look up everybody": round(time.perf_counter() - started, 2)},
    }


def _scenario(
    index: Lookalikes, people: list[Sketch], steps: tuple[Corrupt, ...], chance: random.Random
) -> dict:
    seen: Counter[str] = Counter()
    for person in people:
        read = replace(person, key="read")
        for step in steps:
            read = step(read, chance)
        for match in index.find(read):
            right = match.key == person.key
            seen[f"{'right' if right else 'false'} {match.likeness.verdict}"] += 1
    found = seen["right same"] + seen["right ask"]
    merged = seen["right same"] + seen["false same"]
    return {
        "recall": round(found / len(people), 4),
        "merged": round(seen["right same"] / len(people), 4),
        "false merges": seen["false same"],
        "precision of merges": round(seen["right same"] / merged, 4) if merged else None,
        "precision of candidates": round(found / max(1, sum(seen.values())), 4),
    }


def _absent(population: Population, chance: random.Random, sample: int) -> dict[str, int]:
    """People who are not in the register, without number and phone: whom are they taken for?"""
    people = population.people[:]
    chance.shuffle(people)
    away, here = people[:sample], people[sample:]
    index = Lookalikes(here)
    found = [m for p in away for m in index.find(replace(p, key="read", paper="", tail="", phones=()))[:1]]
    verdicts = Counter(m.likeness.verdict for m in found)
    return {"people": len(away), "false merges": verdicts[SAME], "asked in vain": verdicts[ASK]}


def _pairs(pairs: list[tuple[Sketch, Sketch]]) -> dict[str, int]:
    """Pairs that must stay two, compared with and without their numbers."""
    whole = Counter(compare(one, other).verdict for one, other in pairs)
    bare = Counter(compare(one, replace(other, paper="", tail="")).verdict for one, other in pairs)
    return {
        "pairs": len(pairs),
        "merged with numbers": whole[SAME],
        "merged without numbers": bare[SAME],
        "asked with numbers": whole[ASK],
        "asked without numbers": bare[ASK],
    }


if __name__ == "__main__":
    print(
        json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 30_000), ensure_ascii=False, indent=1)
    )
