"""Families (家庭): who lives together, by the kinds of households that an old city district has."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random


@dataclass(slots=True)
class Member:
    """One member: age in years, sex, relation to the head (GB/T 4761), whose surname they carry."""

    age: int
    sex: str
    relation: str
    surname: str = "own"  # head's · own · their spouse's family keeps its own
    tenant: bool = False
    local: bool = True
    foreign: bool = False


Family = Callable[[Random], list[Member]]


def _elder(dice: Random) -> list[Member]:
    return [
        Member(min(97, 63 + int(dice.expovariate(0.09))), "2" if dice.random() < 0.66 else "1", "02", "head")
    ]


def _elders(dice: Random) -> list[Member]:
    age = min(92, 62 + int(dice.expovariate(0.11)))
    return [Member(age, "1", "02", "head"), Member(age - dice.randint(-1, 5), "2", "10")]


def _elder_and_child(dice: Random) -> list[Member]:
    age = dice.randint(68, 90)
    child = dice.choice("12")
    return [
        Member(age, "2" if dice.random() < 0.6 else "1", "02", "head"),
        Member(age - dice.randint(23, 33), child, "20" if child == "1" else "30", "head"),
    ]


def _couple(dice: Random) -> list[Member]:
    age = dice.randint(26, 59)
    return [Member(age, "1", "02", "head"), Member(max(22, age - dice.randint(-2, 5)), "2", "10")]


def _parents(dice: Random) -> list[Member]:
    family = _couple(dice)
    wife = family[1].age
    for _ in range(2 if dice.random() < 0.26 else 1):
        age = max(0, wife - dice.randint(23, 33))
        if age <= 27:
            sex = dice.choice("12")
            family.append(Member(age, sex, "20" if sex == "1" else "30", "head"))
    return family


def _three_generations(dice: Random) -> list[Member]:
    elders = _elders(dice)
    elders[0].age = min(elders[0].age, 76)
    elders[1].age = min(elders[1].age, 75)
    son = max(26, elders[1].age - dice.randint(23, 29))
    wife = max(24, son - dice.randint(-1, 4))
    family = [*elders, Member(son, "1", "20", "head"), Member(wife, "2", "38")]
    if wife - 26 >= 0:
        sex = dice.choice("12")
        child = min(wife - 23, dice.randint(0, 17))
        family.append(Member(max(0, child), sex, "41" if sex == "1" else "42", "head"))
    return family


def _single(dice: Random) -> list[Member]:
    return [Member(dice.randint(23, 59), dice.choice("12"), "02", "head")]


def _let(family: Family) -> Family:
    def tenants(dice: Random) -> list[Member]:
        members = family(dice)
        for member in members:
            member.tenant, member.local = True, False
            member.age = member.age if member.age < 20 else 20 + int((member.age - 20) * 0.72)
        return members

    return tenants


def _sharing(dice: Random) -> list[Member]:
    return [
        Member(
            dice.randint(20, 38), dice.choice("12"), "02" if place == 0 else "X1", tenant=True, local=False
        )
        for place in range(dice.randint(2, 4))
    ]


def _foreigner(dice: Random) -> list[Member]:
    return [Member(dice.randint(27, 48), "1", "02", tenant=True, local=False, foreign=True)]


# How often each kind occurs, in a thousand households.
KINDS: tuple[tuple[int, Family], ...] = (
    (100, _elder),
    (152, _elders),
    (42, _elder_and_child),
    (58, _couple),
    (240, _parents),
    (158, _three_generations),
    (56, _single),
    (44, _let(_single)),
    (58, _let(_couple)),
    (72, _let(_parents)),
    (55, _sharing),
    (3, _foreigner),
)


def family(dice: Random) -> list[Member]:
    """A household, head first."""
    [kind] = dice.choices([each for _, each in KINDS], [weight for weight, _ in KINDS])
    return kind(dice)
