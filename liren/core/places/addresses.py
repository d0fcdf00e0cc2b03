"""Addresses (地址) as people write them, read against the buildings that exist.

A building that is not in the book is reported (address_unknown) and never invented.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from liren.core.places import addresstext as texts
from liren.core.places.rooms import read_room

# addresses a book remembers having read
REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Building:
    """Building (楼栋) as the book needs it; a lane house has a lane and no units."""

    key: str
    name: str
    lane: str = ""
    number: str = ""
    units: int = 0
    floors: int = 0
    compound: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """What was read: `building` is the key in the book. A problem says what has to be asked."""

    building: str | None = None
    unit: str | None = None
    room: str | None = None
    problem: str | None = None
    said: str = ""
    proposal: str | None = None
    part: str = ""


class AddressBook:
    """All buildings of a community, found by any of the ways in which they are written."""

    def __init__(self, buildings: Iterable[object], *, within: str = ""):
        """Take anything with key, name, lane, number, units, floors and (if it has them) compound.

        `within` is the full name of the community (海东市临江区槐荫街道里仁社区): an address that names other areas
        is another place even when it has a building of the same number.
        """
        self._within = texts.areas_named(texts.tidy(within))
        self.buildings: dict[str, Building] = {}
        self._by_name: dict[str, list[Building]] = {}
        self._by_number: dict[str, list[Building]] = {}
        self._by_lane: dict[tuple[str, str], list[Building]] = {}
        self._estates: set[str] = set()
        self._read_before: dict[tuple[str, str, str], Address] = {}
        self._streets: set[str] = set()
        for known in buildings:
            self._enter(_as_building(known))
        # long names first, so that 12弄1号 is not taken for 2弄1号
        self._lengths = sorted({len(n) for n in self._by_name if not n.isdigit()}, reverse=True)
        self._heads = sorted(self._estates | self._streets - {""}, key=len, reverse=True)

    def parse(self, value: object, *, building: object = None, unit: object = None) -> Address:
        """Read one cell; `building` and `unit` are what the sheet or other columns already say."""
        if not isinstance(value, str):
            return self._parse(value, building, unit)
        # the members of a household share their address
        asked = (value, str(building or ""), str(unit or ""))
        if asked not in self._read_before:
            if len(self._read_before) >= REMEMBERED:
                self._read_before.clear()
            self._read_before[asked] = self._parse(value, building, unit)
        return self._read_before[asked]

    def _parse(self, value: object, building: object, unit: object) -> Address:
        said = "" if value is None else str(value).strip()
        home = None
        if building not in (None, ""):
            home = self.building(building)
            if home is None:
                return Address(problem="address_unknown", said=f"{building} {said}".strip())
        dated = _suspect_date(value, home)
        if dated:
            return dated
        text = texts.tidy(value)
        if text in texts.EMPTY:
            return Address(home.key if home else None, problem="address_missing", said=said)
        found = self._read(text, home, _unit_text(unit))
        return Address(
            found.building, found.unit, found.room, found.problem, said, found.proposal, found.part
        )

    def building(self, value: object) -> Building | None:
        """The one building a cell or sheet name means (3号楼, 3, 3#, 12弄7号, a key), or None."""
        if isinstance(value, str) and value in self.buildings:
            return self.buildings[value]
        text = texts.tidy(value)
        if text.isdigit():
            return _only(self._by_number.get(text.lstrip("0"), []))
        lane, _, number = text.partition("-")
        if (lane, number) in self._by_lane:
            return _only(self._by_lane[lane, number])
        found, rest = self._locate(text)
        # a sheet may be called 3号楼居民, but not 3号楼1单元
        return found if found and not re.search(r"\d", rest) else None

    def _is_elsewhere(self, text: str) -> bool:
        """Whether the text names another city, district, street or community than ours."""
        named = texts.areas_named(text) if self._within else {}
        return any(self._within.get(level, name) != name for level, name in named.items())

    def _enter(self, building: Building) -> None:
        self.buildings[building.key] = building
        self._by_name.setdefault(texts.tidy(building.name), []).append(building)
        compound = texts.tidy(building.compound)
        lane = re.search(r"(\d+)弄$", compound) or re.search(r"(\d+)弄?$", texts.tidy(building.lane))
        number = building.number or texts.last_number(building.name)
        if lane:
            self._by_lane.setdefault((lane[1], number), []).append(building)
            self._streets.add(compound[: -len(lane[0])] if compound.endswith(lane[0]) else "")
        elif compound:
            self._estates.add(compound)
        if number and not building.lane:
            self._by_number.setdefault(number, []).append(building)

    def _read(self, text: str, home: Building | None, unit: str | None) -> Address:
        if home is not None and text.isdigit():
            # a room number beside its building, by far the most frequent: it names nothing else
            return _inside(home, unit or "", text)
        if self._is_elsewhere(text):
            return Address(problem="address_unknown")
        found, rest = self._locate(text, home)
        if found is None and home is not None and not texts.names_a_building(text):
            found, rest = home, text
        if found is None:
            unplaced = not texts.names_a_building(text) and texts.is_inside(text)
            return Address(problem="address_missing" if unplaced else "address_unknown")
        written, rest = texts.split_unit(rest, dashed=bool(found.units))
        if written and found is home and not _has_unit(home, written) and written == home.number:
            # 1-101 on the sheet of building 1 that has no such unit: the building written again
            written = ""
        return _inside(found, written or unit or "", rest)

    def _locate(self, text: str, home: Building | None = None) -> tuple[Building | None, str]:
        """The building the beginning of a text names, and what follows it."""
        head, lane, rest = texts.split_lane(text)
        if lane:
            number, rest = texts.split_number(rest, bare=True)
            streets = [b for b in self._by_lane.get((lane, number), []) if _on_street(b, head)]
            return _only(streets), rest
        text = texts.strip_areas(text)
        estate, text = self._split_estate(text)
        named = self._by_written_name(text, estate)
        if named:
            return named
        number, rest = texts.split_number(text)
        if number:
            return _only(_in_estate(self._by_number.get(number, []), estate)), rest
        return self._by_dashes(text, estate, home)

    def _split_estate(self, text: str) -> tuple[str, str]:
        for estate in self._heads:
            if text.startswith(estate):
                return estate, text[len(estate) :]
        return "", text if self._heads else texts.strip_estate_word(text)

    def _by_written_name(self, text: str, estate: str) -> tuple[Building, str] | None:
        for length in self._lengths:
            name = text[:length]
            if len(name) == length and name in self._by_name and not name.isdigit():
                only = _only(_in_estate(self._by_name[name], estate))
                if only:
                    return only, text[length:].removeprefix("-")
        return None

    def _by_dashes(self, text: str, estate: str, home: Building | None) -> tuple[Building | None, str]:
        """3-2-501, 8-302, 12-1晒台间: what the numbers mean depends on how many there are."""
        numbers, rest = texts.split_dashes(text)
        if len(numbers) == 2 and texts.is_word_room(rest):
            return _only(self._by_lane.get((numbers[0], numbers[1]), [])), rest
        if len(numbers) == 3 and (numbers[0], numbers[1]) in self._by_lane:
            # 88-3-2-501: the lane comes first
            return _only(self._by_lane[numbers[0], numbers[1]]), "-".join([numbers[2], rest])
        if not numbers:
            return None, text
        if _is_floor_between(home, numbers, rest):
            return home, text
        after = "-".join([*numbers[1:], rest]) if rest else "-".join(numbers[1:])
        same = home is not None and numbers[0] == home.number
        if home is not None and len(numbers) + bool(rest) < 3 and _has_unit(home, numbers[0]):
            return None, text
        if same:
            return home, after
        if home is not None and len(numbers) + bool(rest) < 3:
            # two numbers on the sheet of a building, neither of them its own nor one of its units
            return None, text
        return _only(_in_estate(self._by_number.get(numbers[0], []), estate)), after


def spell(building_name: str, unit: str | None, room: str | None) -> str:
    """The local form: 3号楼2单元501, 12弄7号二楼前楼."""
    return f"{building_name}{f'{unit}单元' if unit else ''}{room or ''}"


def spell_short(building_name: str, unit: str | None, room: str | None) -> str:
    """The form in lists: 3-2-501; lane houses and named buildings keep their words."""
    number = re.fullmatch(r"(\d+)(?:号楼|栋|幢|号)", building_name)
    if not number or not room or not room[0].isdigit():
        return spell(building_name, unit, room)
    return "-".join(part for part in (number[1], unit, room) if part)


def _as_building(known: object) -> Building:
    def read(name: str) -> object:
        return known.get(name) if isinstance(known, dict) else getattr(known, name, None)

    words = {name: str(read(name) or "") for name in ("key", "name", "lane", "number", "compound")}
    return Building(units=int(str(read("units") or 0)), floors=int(str(read("floors") or 0)), **words)


def _inside(building: Building, unit: str, rest: str) -> Address:
    """The room in a known building, with what the building itself tells about it."""
    room, part = read_room(rest, free=not building.units)
    if not unit and building.units == 1 and room:
        unit = "1"
    problem = None
    if rest and room is None:
        problem = "address_unknown"
    elif not room:
        problem = "address_missing"
    elif unit and building.units and not _has_unit(building, unit):
        problem = "address_unknown"
    elif building.floors and _floor(room) > building.floors:
        problem = "address_unknown"
    return Address(building.key, unit or None, room, problem, part=part)


def _is_floor_between(home: Building | None, numbers: list[str], rest: str) -> bool:
    """2-5-501 on the sheet of building 3: unit, floor, room."""
    return (
        home is not None
        and len(numbers) == 2
        and numbers[0] != home.number
        and _has_unit(home, numbers[0])
        and re.fullmatch(rf"{numbers[1]}\d\d\D*", rest) is not None
    )


def _floor(room: str) -> int:
    digits = re.match(r"\d{3,4}", room)
    return int(digits[0][:-2]) if digits else 0


def _has_unit(building: Building, unit: str) -> bool:
    return not unit.isdecimal() or 1 <= int(unit) <= building.units


def _on_street(building: Building, head: str) -> bool:
    rest = texts.strip_areas(head)
    street = _street(building.compound) if rest else ""
    return not street or rest.endswith(street)


@lru_cache(maxsize=1024)
def _street(compound: str) -> str:
    return re.sub(r"\d+弄$", "", texts.tidy(compound))


def _in_estate(buildings: list[Building], estate: str) -> list[Building]:
    if not estate:
        return buildings
    return [b for b in buildings if texts.tidy(b.compound).startswith(estate)]


def _only(buildings: list[Building]) -> Building | None:
    return buildings[0] if len(buildings) == 1 else None


@lru_cache(maxsize=1024, typed=True)
def _unit_text(value: object) -> str | None:
    text = re.sub(r"(单元|门洞|门|梯)$", "", texts.tidy(value).removeprefix("第"))
    return None if text in texts.EMPTY else text.lstrip("0") or None


def _suspect_date(value: object, home: Building | None) -> Address | None:
    """A room number such as 1-2 that a spreadsheet turned into the second of January."""
    day = texts.as_date(value)
    if day is None:
        return None
    said = day.isoformat()
    room = str(day.year)
    floors = home.floors if home else 30
    if home is None and 2001 <= day.year <= 2020 and day.day > 1:
        # 3-2-12 became the twelfth of February 2003: the building comes first
        proposal = f"{day.year - 2000}-{day.month}-{day.day}"
    elif day.day == 1 and _floor(room) <= floors and 1 <= day.year % 100 <= 20:
        proposal = f"{day.month}-{room}"
    else:
        proposal = f"{day.month}-{day.day}"
    return Address(home.key if home else None, problem="address_suspect_date", said=said, proposal=proposal)
