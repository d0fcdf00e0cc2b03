"""An invented population (虚构人口) with the hard cases: twins, namesakes in one house, shared telephones."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from liren.core.people.identity import check_digit
from liren.core.people.lookalikes import Sketch

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔"
    "谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛阎段雷龙黎史陶贺顾毛郝龚邵万钱严覃武戴莫孔向汤单仇解区查翟缪"
)
OLD = "国建志德福宝兴根林水明永文玉秀桂菊金淑美惠珍英兰芳芬娣妹招凤翠云香莲华荣祥发财生春夏"
YOUNG = "子梓一雨欣宇浩然轩涵博文思佳怡诗晨泽昊天语嫣俊杰晓雅婷静嘉艺皓睿可馨若瑶梦琪依诺奕辰明哲"


@dataclass(frozen=True)
class Population:
    """Everybody, and the pairs that must never be taken for one."""

    people: list[Sketch]
    twins: list[tuple[Sketch, Sketch]]
    namesakes: list[tuple[Sketch, Sketch]]


class Inventor:
    """Makes households until there are enough people; the same seed makes the same people."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)  # noqa: S311 - invented people need no secrecy
        self._given: set[str] = set()
        self.people: list[Sketch] = []
        self.twins: list[tuple[Sketch, Sketch]] = []
        self.namesakes: list[tuple[Sketch, Sketch]] = []

    def population(self, size: int) -> Population:
        """At least `size` people."""
        house = 0
        while len(self.people) < size:
            house += 1
            self._household(f"h{house}", f"b{house // 60}")
        return Population(self.people, self.twins, self.namesakes)

    def name(self, surname: str, born: date) -> str:
        """A name as they were given in that year: older people's repeat more."""
        signs = OLD if born.year < 1975 else YOUNG
        return surname + "".join(self.random.choices(signs, k=1 if self.random.random() < 0.2 else 2))

    def surname(self) -> str:
        """A surname, the common ones more often."""
        return SURNAMES[min(int(self.random.expovariate(1 / 18)), len(SURNAMES) - 1)]

    def _household(self, house: str, building: str) -> None:
        surname, landline = self.surname(), f"021-40{self.random.randrange(10**6):06}"
        elder = date(1935, 1, 1) + timedelta(days=self.random.randrange(23_000))
        father = self._person(self.name(surname, elder), "1", elder, house, building, landline)
        wife_born = elder + timedelta(days=self.random.randrange(-1500, 1500))
        self._person(self.name(self.surname(), wife_born), "2", wife_born, house, building, landline)
        for _ in range(self.random.choice((0, 0, 1, 1, 2))):
            born = elder + timedelta(days=self.random.randrange(8_000, 12_500))
            if born < date(2026, 1, 1):
                self._child(father, surname, born, house, building, landline)

    def _child(self, father: Sketch, surname: str, born: date, house: str, building: str, phone: str) -> None:
        sex = self.random.choice("12")
        if self.random.random() < 0.01:
            son = self._person(father.name, "1", born, house, building, phone)
            self.namesakes.append((father, son))
            return
        child = self._person(self.name(surname, born), sex, born, house, building, phone)
        if self.random.random() < 0.03:
            other = child.name
            while other == child.name:
                other = child.name[:-1] + self.random.choice(YOUNG)
            twin = self._person(other, sex, born, house, building, phone)
            self.twins.append((child, twin))

    def _number(self, born: date, sex: str) -> str:
        while True:
            serial = self.random.randrange(0, 500) * 2 + (sex == "1")
            number = f"310199{born:%Y%m%d}{serial:03}"
            number += check_digit(number)
            if number not in self._given:
                self._given.add(number)
                return number

    def _person(self, name: str, sex: str, born: date, house: str, building: str, landline: str) -> Sketch:
        number = self._number(born, sex)
        phones = {landline if self.random.random() < 0.4 else f"16{self.random.randrange(10**9):09}"}
        person = Sketch(
            len(self.people), name, sex, born.isoformat(), house, building, tuple(phones), number, number[-4:]
        )
        self.people.append(person)
        return person
