"""Invented rosters (虚构名册) in layouts of other makers, each with the people that must be read from it."""

import datetime
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马胡朱郭何罗高林"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂晨曦宇轩"


@dataclass
class Person:
    """An invented person; ids have a right check digit but an unassigned county code."""

    name: str
    sex: str
    birth: str
    number: str
    phone: str
    building: str = "3号楼"
    unit: str = "1"
    room: str = "101"
    relation: str = "户主"
    head: str = ""
    hukou: str = "海东市临江区里仁路9弄2号301室"
    labels: list[str] = field(default_factory=list)
    status: str = ""


@dataclass
class Invented:
    """A file and what must come out of it."""

    path: Path
    people: list[Person]
    fields: tuple[str, ...]
    # reasons that must be reported, with how often
    problems: dict[str, int] = field(default_factory=dict)


class Town:
    """Makes people who live in 3号楼 (two units), 6号楼 (three) and lane houses, always the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.used: set[str] = set()

    def person(self, **given: Any) -> Person:
        pick = self.random
        name = (
            pick.choice(SURNAMES) + pick.choice(GIVEN) + (pick.choice(GIVEN) if pick.random() < 0.8 else "")
        )
        born = datetime.date(1935, 1, 1) + datetime.timedelta(days=pick.randrange(31000))
        first17 = f"310199{born:%Y%m%d}{pick.randrange(1000):03d}"
        number = first17 + "10X98765432"[sum(int(a) * w for a, w in zip(first17, WEIGHTS, strict=True)) % 11]
        sex = "男" if int(number[16]) % 2 else "女"
        phone = f"1{pick.choice('46')}{pick.randrange(10**9):09d}"
        return Person(name, sex, born.isoformat(), number, phone, **given)

    def households(self, count: int, building: str = "3号楼", units: int = 2) -> list[list[Person]]:
        """Households of one to four in consecutive rooms."""
        found = []
        for place in range(count):
            unit, room = str(place % units + 1), f"{place // units // 4 + 1}0{place // units % 4 + 1}"
            relations = ["户主", "配偶", "儿子", "女儿"][: self.random.randint(1, 4)]
            members = [self.person(building=building, unit=unit, room=room, relation=r) for r in relations]
            for member in members:
                member.head = members[0].name
            found.append(members)
        return found

    def people(self, count: int, building: str = "3号楼", units: int = 2) -> list[Person]:
        return [member for household in self.households(count, building, units) for member in household]
