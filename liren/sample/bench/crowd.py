"""Crowd (人群): communities full of invented people, as many as wanted, for measuring only."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import Any

from liren.core.accounts.actions import give_post, open_account
from liren.core.areas.actions import open_area
from liren.core.areas.models import Area
from liren.core.people.labelling import CATALOGUE
from liren.core.people.models import Household, Hukou, IdentityPaper, Label, Person, Phone, Residence, Source
from liren.core.people.words import words_of
from liren.core.places.actions import house_code
from liren.core.places.models import Building, Estate, House, sort_key
from liren.core.privacy.cipher import blind, blind_tail, seal

from ..demo.names import given_name, surname
from ..invented import mobile, resident_id
from .rows import Table, finish, prepare

FIRST, OTHERS, PER_STREET = 30_000, 12_000, 10
FLOORS, UNITS, DOORS = 6, 4, 2
TODAY = datetime.date(2026, 11, 1)
LABELS = (
    "party_member",
    "volunteer",
    "veteran",
    "disability",
    "minimum_living",
    "tenant",
    "pension_check",
    "expectant",
)
PASSWORD = "bench-only-2026"


@dataclass(slots=True)
class Ids:
    """The next id of each table."""

    next: dict[str, int] = field(default_factory=dict)

    def take(self, table: str) -> int:
        """An id that nobody has."""
        self.next[table] = self.next.get(table, 0) + 1
        return self.next[table]


def fill(people: int) -> None:
    """Fills an empty database: one community of up to 30,000 with a worker, the rest in others around it."""
    triggers = prepare()
    dice, ids, tables = Random(7), Ids(), _tables()
    for number, size in enumerate(_sizes(people)):
        community, grids = _open_community(number)
        if number == 0:
            _hire(community)
        _fill_community(community, grids, size, dice, ids, tables)
    finish(triggers, tables.values())


def _sizes(people: int) -> Iterator[int]:
    yield min(people, FIRST)
    left = people - FIRST
    while left > 0:
        yield min(left, OTHERS)
        left -= OTHERS


def _open_community(number: int) -> tuple[Area, list[Area]]:
    district, _ = Area.objects.get_or_create(
        level="district", code="310199", defaults={"name": "临江区", "path": "310199."}
    )
    code = f"310199{number // PER_STREET + 1:03d}"
    street = Area.objects.filter(code=code).first() or open_area(
        level="street", code=code, name=f"第{number // PER_STREET + 1}街道", parent=district, by=None
    )
    code = f"{code}{number % PER_STREET + 1:03d}"
    community = open_area(level="community", code=code, name=f"第{number + 1}社区", parent=street, by=None)
    grids = [
        open_area(level="grid", code=f"{code}{grid:02d}", name=f"第{grid}网格", parent=community, by=None)
        for grid in range(1, 9)
    ]
    return community, grids


def _hire(community: Area) -> None:
    """Who asks: a worker of the first community, and one of the street above it."""
    posts: tuple[tuple[str, str, Any], ...] = (
        ("worker", "line_worker", community),
        ("street", "street_section", community.parent),
    )
    for name, role, area in posts:
        user = open_account(username=name, name=name, password=PASSWORD, must_change=False, by=None)
        give_post(user, role=role, area=area, lines=("civil",), from_on=datetime.date(2025, 1, 1), by=None)


def _tables() -> dict[str, Table]:
    place = ("id", "community_id", "area_id")
    of_person = ("id", "community_id", "person_id")
    number = (*of_person, "sealed", "hash", "tail", "source_id")
    tables = (
        Table(Source, "id", "community_id", "kind", "title"),
        Table(Estate, "id", "community_id", "name"),
        Table(
            Building, *place, "estate_id", "name", "kind", "number", "address", "units", "floors", "per_floor", "sort"
        ),
        Table(House, *place, "building_id", "unit", "floor", "room", "code", "use"),
        Table(
            Person, *place, "house_id", "name", "pinyin", "initials", "words", "sex", "birth", "birth_on",
            "ethnicity", "education", "kind", "status", "source_id", "verified_on",
        ),
        Table(IdentityPaper, *number),
        Table(Phone, *number),
        Table(Household, *place, "house_id", "number", "source_id"),
        Table(Residence, *of_person, "house_id", "household_id", "relation", "tenure", "from_on", "source_id"),
        Table(Hukou, *of_person, "here", "address", "source_id"),
        Table(Label, *of_person, "code", "tier", "line", "attributes", "evidence", "from_on", "source_id"),
    )  # fmt: skip
    return {table.model.__name__: table for table in tables}


def _fill_community(
    community: Area, grids: list[Area], size: int, dice: Random, ids: Ids, tables: dict[str, Table]
) -> None:
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in tables}
    source, estate = ids.take("Source"), ids.take("Estate")
    rows["Source"].append((source, community.pk, "sample", "测速用名册"))
    rows["Estate"].append((estate, community.pk, "测速新村"))
    settler = _Settler(community, source, dice, ids, rows)
    number = 0
    while settler.people < size:
        number += 1
        grid = grids[number % len(grids)]
        _building(settler, number, grid, estate, size)
    for name, found in rows.items():
        tables[name].write(found)


@dataclass(slots=True)
class _Settler:
    """Where the rows of one community are gathered."""

    community: Area
    source: int
    dice: Random
    ids: Ids
    rows: dict[str, list[tuple[Any, ...]]]
    people: int = 0


def _building(settler: _Settler, number: int, grid: Area, estate: int, size: int) -> None:
    pk, community, name = settler.ids.take("Building"), settler.community.pk, f"{number}号楼"
    settler.rows["Building"].append(
        (
            pk,
            community,
            grid.pk,
            estate,
            name,
            "walk_up",
            str(number),
            f"测速路88弄{name}",
            UNITS,
            FLOORS,
            DOORS,
            sort_key(name),
        )
    )
    building = Building(pk=pk, name=name, number=str(number))
    for unit in range(1, UNITS + 1):
        for floor in range(1, FLOORS + 1):
            for door in range(1, DOORS + 1):
                house, room = settler.ids.take("House"), f"{floor}{door:02d}"
                code = house_code(building, str(unit), room)
                settler.rows["House"].append(
                    (house, community, grid.pk, pk, str(unit), floor, room, code, "own")
                )
                if settler.people < size and settler.dice.random() > 0.06:
                    _household(settler, house, grid.pk, f"{name}{unit}单元{room}室", size)


def _household(settler: _Settler, house: int, grid: int, spelt: str, size: int) -> None:
    dice = settler.dice
    household = settler.ids.take("Household")
    settler.rows["Household"].append(
        (household, settler.community.pk, grid, house, f"H{household:07d}", settler.source)
    )
    head = surname(dice)
    tenant = dice.random() < 0.22
    for place in range(min(size - settler.people, dice.choice((1, 1, 2, 2, 2, 3, 3, 4, 5)))):
        relation = ("02", "10", "20", "30", "41")[place]
        name = surname(dice) if place == 1 else head
        settler.people += 1
        _person(settler, house, grid, household, relation, name, tenant, spelt)


def _person(
    settler: _Settler,
    house: int,
    grid: int,
    household: int,
    relation: str,
    family: str,
    tenant: bool,
    spelt: str,
) -> None:
    dice, ids, rows, source = settler.dice, settler.ids, settler.rows, settler.source
    community, pk = settler.community.pk, ids.take("Person")
    born = TODAY - datetime.timedelta(days=dice.randint(200, 33_000))
    male = dice.random() < 0.5
    name = family + given_name(dice, male=male, born=born.year)
    pinyin, initials, words = _words(name)
    birth, day = born.isoformat(), "2026-08-01"
    kind, tenure = ("migrant", "tenant") if tenant else ("registered", "owner")
    rows["Person"].append(
        (
            pk, community, grid, house, name, pinyin, initials, words, "1" if male else "2", birth, birth,
            "01", "60", kind, "living", source, day,
        )
    )  # fmt: skip
    paper = resident_id(born, male=male, sequence=pk)
    rows["IdentityPaper"].append(_number(ids.take("IdentityPaper"), community, pk, paper, "paper", source))
    if dice.random() < 0.8:
        rows["Phone"].append(_number(ids.take("Phone"), community, pk, mobile(pk), "phone", source))
    rows["Residence"].append(
        (ids.take("Residence"), community, pk, house, household, relation, tenure, "2015-03-01", source)
    )
    rows["Hukou"].append((ids.take("Hukou"), community, pk, not tenant, spelt, source))
    if dice.random() < 0.3:
        label = CATALOGUE[dice.choice(LABELS)]
        rows["Label"].append(
            (
                ids.take("Label"), community, pk, label.code, label.tier, label.line,
                json.dumps({"kind": "测速"}), "测速用名册", "2024-01-01", source,
            )
        )  # fmt: skip


def _number(pk: int, community: int, person: int, number: str, purpose: str, source: int) -> tuple[Any, ...]:
    # In one community a birthday holds more people than there are sequences: a wrong number is as slow as a right one.
    number = number if purpose == "phone" else f"{number[:-5]}{person % 100_000:05d}"
    return pk, community, person, seal(number), blind(number, purpose), blind_tail(number, purpose), source


@lru_cache(maxsize=400_000)
def _words(name: str) -> tuple[str, str, str]:
    found = words_of(name)
    return found["pinyin"], found["initials"], found["words"]
