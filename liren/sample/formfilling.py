"""Filling forms from a data set (按数据集填表): a community file into a throw-away register, forms filled from it."""

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.people.models import Household, IdentityPaper, Person
from liren.core.places.models import House
from liren.core.privacy.cipher import blind
from liren.duties.registry.onesheet.filling import Filled, fill
from liren.duties.registry.onesheet.setting import Record, Setting, Target

from .truth import load_people, load_places, read_community

KINDS = {"dispute": "矛盾纠纷", "hazard": "安全隐患", "appeal": "居民诉求"}


@dataclass(frozen=True, slots=True)
class DataSet:
    """A register filled from a file, and the records of matters that stand in it."""

    community: Area
    as_of: datetime.date
    said: dict[str, Any]
    # The keys of persons and dwellings of the file → rows of the register.
    persons: dict[str, int]
    houses: dict[str, int]
    numbers: dict[str, str]


@contextmanager
def data_set(path: Path) -> Iterator[DataSet]:
    """Loads a file into the register of this data folder."""
    file = read_community(path)
    said = json.loads(path.read_text("utf-8"))
    with transaction.atomic():
        places = load_places(file, by=None)
        load_people(file, places, by=None)
    persons = dict(Person.objects.filter(community=places.community).values_list("source_at", "pk"))
    houses = {key: house.pk for key, house in places.houses.items()}
    numbers = {row["key"]: row["number"] for row in file.households}
    yield DataSet(places.community, file.as_of, said, persons, houses, numbers)


def filled(
    form: Path,
    data: DataSet,
    *,
    target: str | dict[str, Any] | None = None,
    as_of: datetime.date | None = None,
) -> Filled:
    """One form filled; `target` is a key of the file, or what index.json says of the form."""
    setting = Setting(data.community, as_of or data.as_of)
    setting.target = target_of(data, target)
    setting.records = _records(data)
    return fill(form.read_bytes(), setting, name=form.name)


def target_of(data: DataSet, said: str | dict[str, Any] | None) -> Target | None:
    """P00233, H0088, D0001, or an entry of index.json. Refuses what the data do not know."""
    if isinstance(said, dict):
        kind = said.get("kind", "")
        if kind in ("list", "community"):
            return None
        said = str(
            said.get(kind) or said.get("person") or said.get("household") or said.get("id_number") or ""
        )
    if not said:
        return None
    if said in data.persons:
        return Target("person", data.persons[said])
    if said in data.houses:
        return Target("house", data.houses[said])
    found = _household(data, said) or _by_number(data, said)
    if found is None:
        raise Refused(f"数据里没有 {said}")
    return found


def _household(data: DataSet, said: str) -> Target | None:
    number = data.numbers.get(said, said)
    home = Household.objects.filter(community=data.community, number=number).first()
    return Target("household", home.pk) if home and number else None


def _by_number(data: DataSet, said: str) -> Target | None:
    papers = IdentityPaper.objects.filter(community=data.community, ended_on=None)
    paper = papers.filter(hash=blind(said, "paper")).first()
    if paper is not None:
        return Target("person", paper.person_id)
    house = House.objects.filter(community=data.community, code=said).first()
    return Target("house", house.pk) if house else None


def _records(data: DataSet) -> Any:
    def records(kind: str, since: datetime.date | None, until: datetime.date | None) -> Sequence[Record]:
        rows = [row for row in data.said.get("matters", []) if row.get("type") == KINDS[kind]]
        chosen = [row for row in rows if _within(row.get("found_date") or "", since, until)]
        return [
            _record(row, data)
            for row in sorted(chosen, key=lambda row: (row.get("found_date") or "", row["key"]))
        ]

    return records


def _within(day: str, since: datetime.date | None, until: datetime.date | None) -> bool:
    return (since is None or day >= since.isoformat()) and (until is None or day <= until.isoformat())


def _record(row: dict[str, Any], data: DataSet) -> Record:
    names = [name for name in (row.get("party_a_name"), row.get("party_b_name")) if name]
    buildings = {each["key"]: each["name"] for each in data.said["buildings"]}
    return {
        "key": row["key"],
        "number": row["key"],
        "community": data.community.name,
        "found": row.get("found_date") or "",
        "grid": row.get("grid") or "",
        "parties": "、".join(names),
        "party_a": names[0] if names else "",
        "party_b": names[1] if len(names) > 1 else "",
        "phone": row.get("party_a_phone") or "",
        "category": row.get("category") or "",
        "description": row.get("description") or "",
        "level": row.get("level") or "",
        "place": row.get("place") or "",
        "building": buildings.get(row.get("building"), ""),
        "finder": row.get("finder") or "",
        "handler": row.get("mediator") or row.get("responsible") or "",
        "measure": row.get("measure") or "",
        "result": row.get("result") or "",
        "state": row.get("state") or "",
        "deadline": row.get("deadline") or "",
        "finished": row.get("finish_date") or "",
    }


def index_of(folder: Path) -> list[dict[str, Any]]:
    """The forms of a folder: by its index.json, else every form in it."""
    listed = folder / "index.json"
    if not listed.exists():
        return [{"file": path.name} for path in forms_in(folder)]
    try:
        forms = json.loads(listed.read_text("utf-8"))["forms"]
        return [entry for entry in forms if isinstance(entry, dict) and entry.get("file")]
    except (ValueError, KeyError, TypeError):
        raise Refused(f"{listed} 不是表格清单") from None


def forms_in(folder: Path) -> Iterable[Path]:
    """Every form of a folder."""
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in (".xlsx", ".xls", ".docx"))
