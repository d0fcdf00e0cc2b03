"""Reading the file of a community: every row is looked at before anything is written."""

import datetime
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liren.core.duty import Refused
from liren.core.people import codes
from liren.core.people.labelling import CATALOGUE

Row = dict[str, Any]
# What each row of a list has to say, and the list in which the named key has to stand.
NEEDED = {
    "grids": ("key", "name"),
    "buildings": ("key", "name", "kind", "grid", "units", "floors"),
    "dwellings": ("key", "building", "room", "use"),
    "households": ("key", "number", "dwelling", "members"),
    "persons": ("key", "name", "sex", "birth_date", "residence_type", "status", "household", "labels"),
}
# Without these nobody can be counted; other words that no table knows are left out.
WORDS = {"sex": "sex", "residence_kind": "residence_type", "status": "status"}
LABELS = {kind.name: kind.code for kind in CATALOGUE.values()}


@dataclass(frozen=True, slots=True)
class CommunityFile:
    """A file that holds together: every key that is named stands in it."""

    community: Row
    grids: list[Row]
    buildings: list[Row]
    dwellings: list[Row]
    households: list[Row]
    persons: list[Row]

    @property
    def as_of(self) -> datetime.date:
        """The day for which the file is true."""
        return datetime.date.fromisoformat(self.community["as_of"])


def read_community(path: Path, *, only_places: bool = False) -> CommunityFile:
    """Reads and checks a file. Refuses one that cannot be read, misses something or contradicts itself.

    `only_places` is content with a file that knows no people.
    """
    try:
        said = json.loads(path.read_text("utf-8"))
    except OSError as trouble:
        raise Refused(f"打不开 {path}：{trouble.strerror}") from None
    except ValueError:
        raise Refused(f"{path.name} 不是完整的 JSON 文件") from None
    if not isinstance(said, dict) or not isinstance(said.get("community"), dict):
        raise Refused(f"{path.name} 里没有 community，不是社区数据文件")
    rows = {name: [] if only_places and name not in said else _rows(said, name) for name in NEEDED}
    file = CommunityFile(community=said["community"], **rows)
    _check_community(file.community)
    _check_links(file)
    numbers: dict[str, str] = {}
    for person in file.persons:
        _check_person(person)
        number = person.get("id_number")
        if number and numbers.setdefault(number, person["key"]) != person["key"]:
            raise Refused(f"persons 的 {numbers[number]} 和 {person['key']} 是同一个证件号")
    return file


def _rows(said: Row, name: str) -> list[Row]:
    rows = said.get(name)
    if not isinstance(rows, list):
        raise Refused(f"文件里没有 {name} 这一项")
    for number, row in enumerate(rows, 1):
        missing = [key for key in NEEDED[name] if not isinstance(row, dict) or key not in row]
        if missing:
            raise Refused(f"{name} 第 {number} 条缺少 {'、'.join(missing)}")
    if len({row["key"] for row in rows}) < len(rows):
        raise Refused(f"{name} 里有重复的 key")
    return rows


def _check_community(community: Row) -> None:
    code = str(community.get("code", ""))
    if len(code) != 12 or not code.isdigit():
        raise Refused("community.code 要 12 位数字")
    if not community.get("name"):
        raise Refused("community.name 不能空着")
    _day(community.get("as_of"), "community.as_of")


def _check_links(file: CommunityFile) -> None:
    _known(file.buildings, "grid", (grid["name"] for grid in file.grids), "buildings")
    _known(file.dwellings, "building", (row["key"] for row in file.buildings), "dwellings")
    _known(file.households, "dwelling", (row["key"] for row in file.dwellings), "households")
    _known(file.persons, "household", (row["key"] for row in file.households), "persons")
    for kin in ("spouse", "father", "mother"):
        _known(file.persons, kin, (row["key"] for row in file.persons), "persons")


def _known(rows: list[Row], field: str, keys: Iterable[str], name: str) -> None:
    known = {*keys, None}
    for row in rows:
        if row.get(field) not in known:
            raise Refused(f"{name} 的 {row['key']} 写了 {field} {row[field]}，文件里没有它")


def _check_person(person: Row) -> None:
    key = person["key"]
    if not str(person["name"] or "").strip():
        raise Refused(f"persons 的 {key} 没有姓名")
    for field in ("birth_date", "status_date", "move_in_date"):
        if person.get(field):
            _day(person[field], f"persons 的 {key} {field}")
    for table, field in WORDS.items():
        if codes.read(table, person[field]) is None:
            raise Refused(f"persons 的 {key} {field} 写的是「{person[field]}」，不认识")
    _check_labels(person)


def _check_labels(person: Row) -> None:
    names = [label.get("label") for label in person["labels"]]
    for name in names:
        if name not in LABELS:
            raise Refused(f"persons 的 {person['key']} 有不认识的标签「{name}」")
        if names.count(name) > 1:
            raise Refused(f"persons 的 {person['key']} 有重复的标签「{name}」")


def _day(value: Any, where: str, read: Callable[[str], Any] = datetime.date.fromisoformat) -> None:
    try:
        read(value)
    except (TypeError, ValueError):
        raise Refused(f"{where} 不是日期：{value}") from None
