"""Building chart (楼栋图): one cell a home, units side by side, the top floor first; a fixed number of queries."""

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from liren.core import rules
from liren.core.people.labelling import CATALOGUE
from liren.core.people.models import Label, Person, Residence
from liren.core.places.models import Building, House

from .care import FIRST, care_of
from .register import CARE

TENANTS = {Residence.Tenure.TENANT, Residence.Tenure.TEMPORARY}
# What the colours may say: key → what the button is called.
WAYS = {"living": "住况", "care": "重点人群", "seen": "最近核实"}
KINDS = {
    "living": {"own": "自住", "rent": "租住", "care": "重点关怀", "shop": "商用", "none": "空置"},
    "care": {"care": "重点关怀", "plain": "其他住户", "shop": "商用", "none": "空置"},
    "seen": {"own": "近期核实", "rent": "该去看看", "care": "很久没核实", "shop": "商用", "none": "空置"},
}
MOST_COLUMNS = 20


@dataclass
class Cell:
    """One home: who lives there, what the colour says, and when somebody was seen last."""

    house: House
    people: list[Person] = field(default_factory=list)
    tenures: set[str] = field(default_factory=set)
    care: list[str] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    seen_on: datetime.date | None = None
    kind: str = "none"
    words: str = ""
    stale: bool = False


@dataclass(frozen=True)
class Unit:
    """One staircase: its name, its columns."""

    name: str
    columns: list[str]

    @property
    def width(self) -> int:
        """How many doors stand side by side."""
        return max(1, len(self.columns))


@dataclass(frozen=True)
class Block:
    """Units that stand side by side on the page, floor by floor; None is a place without a door."""

    units: list[Unit]
    floors: list[tuple[str, list[Cell | None]]]

    @property
    def width(self) -> int:
        """How many columns the block has."""
        return sum(unit.width for unit in self.units)

    @property
    def is_named(self) -> bool:
        """Whether its units have names; lane houses have none."""
        return any(unit.name for unit in self.units)


@dataclass(frozen=True)
class Chart:
    """The whole building."""

    building: Building
    by: str
    blocks: list[Block]
    legend: list[tuple[str, str, int]]
    stale: int
    unseen_days: int
    cells: dict[int, Cell]

    @property
    def people(self) -> int:
        """How many live here."""
        return sum(len(cell.people) for cell in self.cells.values())

    @property
    def homes(self) -> int:
        """How many doors have somebody behind them."""
        return sum(1 for cell in self.cells.values() if cell.people)

    @property
    def seen(self) -> int:
        """In how many of these homes somebody was seen lately."""
        return sum(1 for cell in self.cells.values() if cell.people and not cell.stale)


def chart_of(building: Building, user: Any, *, by: str, today: datetime.date) -> Chart:
    """The chart of a building, coloured as asked, as far as the reader may see."""
    cells = {house.pk: Cell(house) for house in House.objects.visible_to(user).filter(building=building)}
    _settle(cells, building, user)
    _look_after(cells, building, user, today)
    unseen = rules.number("people.unseen_days", area=building.community)
    long = rules.number("people.stale_days", area=building.community)
    for cell in cells.values():
        days = (today - cell.seen_on).days if cell.seen_on else None
        cell.stale = bool(cell.people) and (days is None or days > unseen)
        cell.kind, cell.words = _look(cell, by, days, unseen, long)
    counted = [(kind, name, sum(c.kind == kind for c in cells.values())) for kind, name in KINDS[by].items()]
    legend = [row for row in counted if row[2]]
    stale = sum(cell.stale for cell in cells.values())
    return Chart(building, by, _blocks(list(cells.values())), legend, stale, unseen, cells)


def _settle(cells: dict[int, Cell], building: Building, user: Any) -> None:
    rows = Residence.objects.visible_to(user).open().filter(house__building=building).select_related("person")
    for row in rows.order_by("pk"):
        cell = cells.get(row.house_id or 0)
        if cell is None:
            continue
        # The head gives the family its name.
        cell.people.insert(0 if row.is_head else len(cell.people), row.person)
        cell.tenures.add(row.tenure)
        seen = max(filter(None, (row.verified_on, row.person.verified_on)), default=None)
        cell.seen_on = max(filter(None, (cell.seen_on, seen)), default=None)


def _look_after(cells: dict[int, Cell], building: Building, user: Any, today: datetime.date) -> None:
    care = care_of([person.pk for cell in cells.values() for person in cell.people], today)
    labels = Label.objects.visible_to(user).open().filter(code__in=CARE, person__house__building=building)
    named: dict[int, list[str]] = defaultdict(list)
    for person_id, code in labels.values_list("person_id", "code"):
        named[person_id].append(CATALOGUE[code].name if code in CATALOGUE else code)
    for cell in cells.values():
        for person in cell.people:
            derived = care.get(person.pk, [])
            cell.care += _said(person, [*derived, *named[person.pk]], today)
            cell.first += _said(person, [n for n in derived if n in FIRST] + named[person.pk], today)


def _said(person: Person, names: list[str], today: datetime.date) -> list[str]:
    """The words of a cell: 独居 82 岁; who lives alone is old by that word alone."""
    age = person.age(today)
    told = {"独居老人": f"独居 {age} 岁", "高龄老人": f"高龄 {age} 岁"} if age is not None else {}
    words = [told.get(name, name) for name in names]
    return words[:1] if names[:1] == ["独居老人"] else words


def _look(cell: Cell, by: str, days: int | None, unseen: int, long: int) -> tuple[str, str]:
    """The kind and the words of a cell for a way of colouring."""
    if cell.house.use == House.Use.SHOP and not cell.people:
        return "shop", "商用"
    if not cell.people:
        return "none", "空置"
    who = _who(cell)
    if by == "seen":
        said = "没有核实过" if days is None else f"{days} 天前" if days else "今天"
        return ("care" if days is None or days > long else "rent" if days > unseen else "own"), said
    if named := cell.care if by == "care" else cell.first:
        return "care", "、".join(dict.fromkeys(named))
    if by == "care":
        return "plain", who
    return ("rent" if cell.tenures & TENANTS else "own"), who


def _who(cell: Cell) -> str:
    if cell.tenures & TENANTS:
        return f"租住 {len(cell.people)} 人"
    return f"{family_name(cell.people[0].name)}家 {len(cell.people)} 人"


COMPOUND = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "夏侯",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "司徒",
    "令狐",
    "东方",
    "南宫",
    "长孙",
    "宇文",
    "端木",
)


def family_name(name: str) -> str:
    """The family name: 欧阳修 → 欧阳, 方秀英 → 方; foreign names keep their last word."""
    if re.fullmatch(r"[A-Za-z .'\-]+", name):
        return name.split()[-1] if name.split() else name
    return name[:2] if name.startswith(COMPOUND) else name[:1]


def _blocks(cells: list[Cell]) -> list[Block]:
    by_unit: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_unit[cell.house.unit].append(cell)
    placed = {name: _place(rows) for name, rows in sorted(by_unit.items(), key=lambda pair: _order(pair[0]))}
    groups: list[list[str]] = []
    for name, (columns, _) in placed.items():
        width = sum(max(1, len(placed[other][0])) for other in groups[-1]) if groups else 0
        if groups and width + len(columns) <= MOST_COLUMNS:
            groups[-1].append(name)
        else:
            groups.append([name])
    return [_block(group, placed) for group in groups]


def _order(text: str) -> tuple[int, str]:
    return (int(text), "") if text.isdecimal() else (10_000, text)


Placed = tuple[list[str], dict[tuple[int | None, str], Cell]]


def _place(cells: list[Cell]) -> Placed:
    """The columns of a unit, and which cell stands at which floor and column."""
    cells.sort(key=lambda cell: (cell.house.floor or 0, _order(cell.house.room)))
    place: dict[tuple[int | None, str], Cell] = {}
    for cell in cells:
        floor, room = cell.house.floor, cell.house.room
        door = room.removeprefix(str(floor)) if floor and room.isdigit() else ""
        if not door or (floor, door) in place:
            taken = sum(1 for f, _ in place if f == floor)
            door = f"{taken + 1:02d}"
        place[(floor, door)] = cell
    return sorted({door for _, door in place}, key=_order), place


def _block(names: list[str], placed: dict[str, Placed]) -> Block:
    units = [Unit(_unit_name(name), placed[name][0]) for name in names]
    floors = {floor for name in names for floor, _ in placed[name][1]}
    known = sorted((floor for floor in floors if floor is not None), reverse=True)
    rows: list[tuple[str, list[Cell | None]]] = []
    for floor in [*known, *([None] if None in floors else [])]:
        cells = [placed[name][1].get((floor, door)) for name in names for door in placed[name][0]]
        rows.append((f"{floor} 层" if floor is not None else "其他", cells))
    return Block(units, rows)


def _unit_name(name: str) -> str:
    if not name:
        return ""
    return f"{name} 单元" if name.isdigit() else name
