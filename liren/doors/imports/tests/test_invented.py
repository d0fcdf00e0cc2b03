"""Rosters of other layouts are read as well as the four samples."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from liren.doors.imports.reading import Guide, Reading, read_roster
from liren.doors.imports.tests.dumping import dump

from . import invented_cards, invented_exports, invented_lists, invented_offices
from .invented import Invented, Person

SAMPLES = Path(__file__).parent / "samples"
LAYOUTS = (
    *invented_cards.LAYOUTS,
    *invented_exports.LAYOUTS,
    *invented_lists.LAYOUTS,
    *invented_offices.LAYOUTS,
)
READ_AS = {
    "name": "name",
    "number": "id_number",
    "birth": "birth_date",
    "building": "building",
    "unit": "unit",
    "room": "room",
    "sex": "sex",
    "relation": "relation_to_head",
    "head": "head_name",
    "hukou": "hukou_address",
    "status": "status",
}


@pytest.fixture(scope="module")
def guide() -> Guide:
    return Guide.from_places(SAMPLES / "places.json")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_layout_is_read_whole(layout: Callable[[Path], Invented], tmp_path: Path, guide: Guide) -> None:
    made = layout(tmp_path)
    reading = read_roster(made.path, guide)
    faults = compare(made, reading, guide)
    assert not faults, "\n".join(map(str, faults[:20]))


def compare(made: Invented, reading: Reading, guide: Guide) -> list[Any]:
    """Everything that differs from what the layout holds."""
    told = dump(reading, guide)["persons"]
    waiting: dict[str, list[dict[str, Any]]] = {}
    for read in told:
        waiting.setdefault(read["name"], []).append(read)
    faults: list[Any] = []
    for person in made.people:
        found = _best(waiting.get(person.name, []), person)
        if found is None:
            faults.append(("missed", person.name))
            continue
        waiting[person.name].remove(found)
        faults.extend(_differences(made, person, found))
    faults.extend(("invented", read) for rest in waiting.values() for read in rest)
    reasons = Counter(problem.reason for problem in reading.problems)
    if dict(reasons) != {key: count for key, count in made.problems.items() if count}:
        faults.append(("problems", dict(reasons), [p for p in reading.problems][:5]))
    return faults


def _best(found: list[dict[str, Any]], person: Person) -> dict[str, Any] | None:
    exact = [read for read in found if read["id_number"] == person.number]
    return next(iter(exact or found), None)


def _differences(made: Invented, person: Person, read: dict[str, Any]) -> list[Any]:
    faults = []
    for name in made.fields:
        wanted = getattr(person, name)
        if name == "phone":
            wanted, got = [wanted] if wanted else [], read["phones"]
        elif name == "labels":
            wanted, got = sorted(wanted), sorted(read["labels"])
        else:
            got = read[READ_AS[name]]
        if wanted != got:
            faults.append((person.name, name, "wanted", wanted, "got", got, read["source"]))
    return faults
