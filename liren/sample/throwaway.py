"""A throw-away register (一次性登记册): rosters imported by the real actions, written down as JSON, and forgotten.

It lives in a data folder of its own, so that nothing of it ever meets the real register; each roster starts from a
register without people.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import transaction

from liren.core.accounts.actions import give_post, open_account
from liren.core.duty import Refused
from liren.core.people import codes
from liren.core.people.labelling import label
from liren.core.people.models import Person, Residence
from liren.doors.imports import actions
from liren.doors.imports.codec import from_text
from liren.doors.imports.models import ImportBatch, ImportRow
from liren.doors.imports.reading import ReadPerson

from .truth import load_places, read_community

MARK = "LIREN_THROW_AWAY"


def in_own_folder(arguments: Sequence[str]) -> int:
    """Runs the command again in a data folder that goes when it is done; returns its exit code."""
    with tempfile.TemporaryDirectory(prefix="liren-") as folder:
        around = {key: value for key, value in os.environ.items() if key != "LIREN_DATABASE_URL"}
        around |= {"LIREN_DATA": folder, MARK: "1"}
        return subprocess.run([sys.executable, sys.argv[0], *arguments], env=around, check=False).returncode  # noqa: S603


def imported(files: Sequence[Path], places: Path) -> Iterator[tuple[Path, dict[str, Any] | Refused]]:
    """Each roster with what the register holds of it after the import, or the refusal. Nothing stays."""
    call_command("migrate", verbosity=0)
    file = read_community(places, only_places=True)
    with transaction.atomic():
        laid = load_places(file, houses=False, by=None)
        by = open_account(username="throwaway", name="导入核对", password=os.urandom(16).hex(), by=None)
        give_post(by, role="secretary", area=laid.community, by=None)
    for path in files:
        with transaction.atomic():
            try:
                yield path, _import(path, laid.community, file.as_of, by)
            except Refused as refusal:
                yield path, refusal
            transaction.set_rollback(True)


def _import(path: Path, community: Any, as_of: Any, by: Any) -> dict[str, Any]:
    batch = actions.start_batch([(path.name, path.read_bytes())], community=community, by=by)
    batch = actions.read_batch(batch, as_of=as_of)
    if batch.state == ImportBatch.State.FAILED:
        raise Refused(batch.message)
    batch = actions.run_applying(actions.start_applying(batch, by=by))
    rows = batch.rows.exclude(person=None).order_by("id")
    held = Person.objects.filter(source=batch.source).select_related("house__building").with_numbers()
    people = {person.pk: person for person in held.prefetch_related("hukou", "labels")}
    stays = {
        stay.person_id: stay
        for stay in Residence.objects.filter(person__in=people).select_related("house__building")
    }
    heads = {
        stay.household_id: people[stay.person_id].name
        for stay in stays.values()
        if stay.is_head and stay.household_id
    }
    return {
        "roster": path.name,
        "persons": [_person(row, people[row.person_id], stays.get(row.person_id), heads) for row in rows],
        "problems": [_problem(problem) for problem in batch.problems.order_by("id")],
    }


def _person(row: ImportRow, person: Person, stay: Residence | None, heads: dict[int, str]) -> dict[str, Any]:
    """One person as the register holds them. What the register works out itself (labels of age and household) and what
    it never takes from a roster (T3) is said as the roster claims it."""
    read = from_text(row.said)
    house = stay.house if stay else None
    hukou = next(iter(person.hukou.all()), None)
    return {
        "name": person.name,
        "sex": codes.name("sex", person.sex) if person.sex != "0" else "",
        "birth_date": person.birth,
        "id_number": next((paper.number for paper in person.papers.all()), ""),
        "phones": [phone.number for phone in person.phones.all()],
        **{name: person.coded(column) for name, column in CODED.items()},
        "hukou_address": hukou.address if hukou else "",
        "residence_type": person.get_kind_display() if person.kind != Person.Kind.UNKNOWN else "",
        # Without a door the register holds no place; the batch still knows the building that was said.
        "building": house.building.name if house else read.building,
        "unit": house.unit if house else read.unit,
        "room": house.room if house else read.room,
        "relation_to_head": codes.name("relation", stay.relation if stay else read.relation),
        "head_name": heads.get(stay.household_id or 0, read.head_name) if stay else read.head_name,
        "labels": _labels(person, read),
        "move_in_date": stay.from_said if stay else "",
        "work_unit": person.work_unit,
        "status": person.get_status_display(),
        "source": [{"sheet": source.sheet, "row": source.row} for source in read.sources],
    }


CODED = {
    "ethnicity": "ethnicity",
    "education": "education",
    "marital_status": "marital",
    "political_status": "political",
}


def _labels(person: Person, read: ReadPerson) -> list[str]:
    held = [label(each.code).name for each in person.labels.all()]
    claimed = [each.name for each in read.labels if each.name not in held]
    return [*held, *claimed]


def _problem(problem: Any) -> dict[str, Any]:
    message, said, proposal = problem.words
    place = {"sheet": problem.sheet, "row": problem.row, "field": problem.field, "reason": problem.reason}
    return {**place, "message": message, "said": said, "proposal": proposal}
