"""Deciding row by row: take or leave, whose record it is, and mending a cell."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.people import codes
from liren.core.people.dates import read_date
from liren.core.people.identity import check
from liren.core.people.models import Person
from liren.core.people.phones import read_phones
from liren.core.privacy.cipher import seal

from ..codec import from_text, to_text
from ..comparing import compare
from ..doors_map import DoorMap, guide_for
from ..models import ImportBatch, ImportProblem, ImportRow, seal_json
from ..reading import ReadPerson
from ..reasons import BLOCKING
from ..register_index import RegisterIndex
from .batches import locked

Verdict = ImportRow.Verdict
OTHER_PERSON = "new"


@transaction.atomic
def take_rows(batch: ImportBatch, *, rows: Sequence[int], take: bool, by: Any) -> int:
    """Switches rows on or off. Those that still ask who they are stay off."""
    batch = locked(batch, ImportBatch.State.READY)
    chosen = batch.rows.filter(pk__in=rows).exclude(verdict__in=(Verdict.BLOCKED, Verdict.SAME))
    changed = chosen.exclude(verdict=Verdict.ASK).update(take=take)
    record("imports.take_rows", target=batch, rows=changed, take=take, by=by)
    return changed


@transaction.atomic
def decide(row: ImportRow, *, person: Person | None, by: Any) -> ImportRow:
    """Says who a doubtful row is: a person of the register, or (None) somebody new."""
    batch = locked(row.batch, ImportBatch.State.READY)
    row = batch.rows.get(pk=row.pk)
    if not row.candidates:
        raise Refused("这一行没有要选的")
    if person is None:
        row.verdict, row.person, row.decided, row.sealed_diff = Verdict.NEW, None, OTHER_PERSON, b""
    else:
        if person.pk not in {each["person"] for each in row.candidates}:
            raise Refused("请在列出的人里选")
        index, doors = RegisterIndex(batch.community), DoorMap(batch.community)
        compared = compare(from_text(row.said), index, doors, known=index.people[person.pk])
        row.verdict, row.person, row.decided = compared.verdict, person, str(person.pk)[:10]
        row.sealed_diff = seal_json(compared.diff) if compared.diff else b""
    row.take = row.verdict != Verdict.SAME
    row.save(update_fields=["verdict", "person", "decided", "sealed_diff", "take"])
    recount(batch)
    record("imports.decide", target=batch, row=row.pk, known=person.pk if person else None, by=by)
    return row


@transaction.atomic
def mend(problem: ImportProblem, *, value: str, by: Any) -> ImportProblem:
    """Puts a right value in place of a wrong cell, checks it like any other, and compares the row again."""
    batch = locked(problem.batch, ImportBatch.State.READY)
    problem = batch.problems.select_related("line").get(pk=problem.pk)
    if problem.line is None:
        raise Refused("这一行没有读成人，请改好原表再导一次")
    read = from_text(problem.line.said)
    MENDERS.get(problem.field, _refuse)(read, value.strip(), batch)
    row = problem.line
    compared = compare(read, RegisterIndex(batch.community), DoorMap(batch.community))
    row.sealed, row.name = seal(to_text(read)), read.name[:60]
    row.verdict, row.person_id, row.candidates = compared.verdict, compared.person, compared.candidates
    row.sealed_diff = seal_json(compared.diff) if compared.diff else b""
    problem.state = ImportProblem.State.MENDED
    problem.save(update_fields=["state"])
    if row.problems.filter(reason__in=BLOCKING, state=ImportProblem.State.OPEN).exists():
        row.verdict = Verdict.BLOCKED
    row.take = row.verdict not in (Verdict.ASK, Verdict.BLOCKED)
    row.save()
    recount(batch)
    record("imports.mend", target=batch, problem=problem.pk, field=problem.field, by=by)
    return problem


@transaction.atomic
def ignore_problem(problem: ImportProblem, *, by: Any) -> ImportProblem:
    """Lets a problem be: the row is written without the doubtful value."""
    batch = locked(problem.batch, ImportBatch.State.READY)
    problem.state = ImportProblem.State.IGNORED
    problem.save(update_fields=["state"])
    recount(batch)
    record("imports.ignore", target=batch, problem=problem.pk, by=by)
    return problem


def recount(batch: ImportBatch) -> None:
    """Counts the verdicts and open problems again."""
    from django.db.models import Count

    tally = dict(batch.rows.values_list("verdict").annotate(n=Count("pk")).order_by())
    batch.counts = batch.counts | {str(v): tally.get(v, 0) for v in Verdict.values}
    batch.counts["problems"] = batch.problems.filter(serious=True, state=ImportProblem.State.OPEN).count()
    batch.save(update_fields=["counts"])


def _refuse(read: ReadPerson, value: str, batch: ImportBatch) -> None:
    raise Refused("这一格请在原表里改好，再导一次")


def _mend_id(read: ReadPerson, value: str, batch: ImportBatch) -> None:
    checked = check(value, on=timezone.localdate())
    if checked.problem or not checked.number:
        raise Refused(checked.message or "证件号还是不对，请对照证件再看看")
    read.id_kind, read.id_number = checked.kind or "resident_id", checked.number
    if checked.birth:
        read.birth = checked.birth.isoformat()
    read.sex = checked.sex or read.sex


def _mend_birth(read: ReadPerson, value: str, batch: ImportBatch) -> None:
    said = read_date(value, as_of=timezone.localdate())
    if said.problem or not said.text:
        raise Refused("日期还是看不懂，请写成 1962-05-07 或 1962-05")
    read.birth = said.text


def _mend_phones(read: ReadPerson, value: str, batch: ImportBatch) -> None:
    said = read_phones(value)
    if said.bad or not said.numbers:
        raise Refused("电话还是不对：手机 11 位，座机带区号")
    read.phones = tuple(dict.fromkeys([*read.phones, *said.numbers]))


def _mend_address(read: ReadPerson, value: str, batch: ImportBatch) -> None:
    said = guide_for(batch.community).book.parse(value)
    if said.problem or not said.building or not said.room:
        raise Refused("还是找不到这个门牌。写法如 3号楼2单元501；没有的楼请先到「楼栋图」里建")
    read.building, read.unit, read.room = said.building, said.unit or "", said.room


def _mend_name(read: ReadPerson, value: str, batch: ImportBatch) -> None:
    if not value:
        raise Refused("姓名不能空着")
    read.name = value[:60]


def _mend_sex(read: ReadPerson, value: str, batch: ImportBatch) -> None:
    code = codes.read("sex", value)
    if not code:
        raise Refused("请填男或女")
    read.sex = code


MENDERS = {
    "id_number": _mend_id,
    "birth_date": _mend_birth,
    "phones": _mend_phones,
    "building": _mend_address,
    "unit": _mend_address,
    "room": _mend_address,
    "address": _mend_address,
    "name": _mend_name,
    "sex": _mend_sex,
}
