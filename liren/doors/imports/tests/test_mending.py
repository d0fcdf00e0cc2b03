"""Mending a cell in place: what is right is taken, what is still wrong is refused in a sentence that helps."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError

from liren.core.duty import Refused
from liren.core.people.actions import register_person
from liren.core.people.drafts import PersonDraft
from liren.core.people.models import Person
from liren.doors.imports import actions, jobs
from liren.doors.imports.codec import from_text
from liren.doors.imports.models import ImportBatch, ImportProblem, ImportRow, seal_json
from liren.sample.invented import resident_id

from .conftest import Drop
from .rosters import FAMILY, FATHER, MOTHER, workbook

pytestmark = pytest.mark.django_db
Verdict = ImportRow.Verdict


@pytest.fixture
def batch(read: Drop) -> ImportBatch:
    return read(workbook(*FAMILY))


def problem_of(batch: ImportBatch, field: str, reason: str = "other") -> ImportProblem:
    row = batch.rows.order_by("id").first()
    return ImportProblem.objects.create(
        batch=batch, file=row.file, line=row, row=row.row, field=field, reason=reason,
        sealed=seal_json(["看一看", "原文", ""]),
    )  # fmt: skip


RIGHT = {
    "id_number": (MOTHER, "id_number", MOTHER),
    "birth_date": ("1961-03", "birth", "1961-03"),
    "phones": ("14200009999", "phones", ("14200001111", "14200009999")),
    "address": ("3号楼2单元501", "room", "501"),
    "name": ("闻人柏", "name", "闻人柏"),
    "sex": ("女", "sex", "2"),
}
WRONG = {
    "id_number": ("12345", "位"),
    "birth_date": ("去年", "1962-05"),
    "phones": ("138", "11 位"),
    "address": ("99号楼", "3号楼2单元501"),
    "name": (" ", "不能空"),
    "sex": ("某", "男或女"),
    "household": ("1", "原表"),
}


@pytest.mark.parametrize("field", RIGHT)
def test_a_right_value_is_taken(village: Any, batch: ImportBatch, field: str) -> None:
    value, fact, after = RIGHT[field]
    problem = actions.mend(problem_of(batch, field), value=value, by=village.secretary)
    assert problem.state == ImportProblem.State.MENDED
    problem.line.refresh_from_db()
    assert getattr(from_text(problem.line.said), fact) == after


@pytest.mark.parametrize("field", WRONG)
def test_a_wrong_value_is_refused(village: Any, batch: ImportBatch, field: str) -> None:
    value, words = WRONG[field]
    problem = problem_of(batch, field)
    with pytest.raises(Refused, match=words):
        actions.mend(problem, value=value, by=village.secretary)
    problem.refresh_from_db()
    assert problem.state == ImportProblem.State.OPEN


def test_a_row_stays_blocked_while_something_else_blocks_it(village: Any, batch: ImportBatch) -> None:
    problem_of(batch, "", "told_before")
    mended = actions.mend(problem_of(batch, "sex"), value="女", by=village.secretary)
    assert mended.line.verdict == Verdict.BLOCKED
    assert not mended.line.take


def test_what_is_no_person_is_mended_in_the_roster(village: Any, batch: ImportBatch) -> None:
    problem = problem_of(batch, "name")
    ImportProblem.objects.filter(pk=problem.pk).update(line=None)
    with pytest.raises(Refused, match="改好原表"):
        actions.mend(problem, value="某人", by=village.secretary)


def test_a_row_that_asks_nothing_is_not_decided(village: Any, batch: ImportBatch) -> None:
    with pytest.raises(Refused, match="没有要选"):
        actions.decide(batch.rows.first(), person=None, by=village.secretary)


def test_somebody_without_papers_gets_number_hukou_labels_and_place(village: Any, read: Drop) -> None:
    born = datetime.date(1961, 3, 2)
    known = register_person(
        PersonDraft(name="闻人松", sex="1", birth=born.isoformat(), phones=("14200001111",)),
        community=village.community, by=village.secretary,
    )  # fmt: skip
    head = (
        "楼栋",
        "单元",
        "室号",
        "姓名",
        "与户主关系",
        "身份证号",
        "联系电话",
        "人员类别",
        "户籍地址",
        "备注",
    )
    row = (
        "3号楼",
        "1",
        "401",
        "闻人松",
        "户主",
        FATHER,
        "14200001111",
        "流动人口",
        "河西省东阳市南街1号",
        "志愿者",
    )
    batch = read(workbook(row, head=head))
    [line] = batch.rows.all()
    if line.verdict == Verdict.ASK:
        actions.decide(line, person=known, by=village.secretary)
    done = actions.run_applying(actions.start_applying(batch, by=village.secretary))
    assert done.message == ""
    known = Person.objects.get(pk=known.pk)
    assert known.papers.get().number == FATHER
    assert known.hukou.get(to_on=None).address == "河西省东阳市南街1号"
    assert known.labels.filter(code="volunteer").exists()
    assert known.house.room == "401"
    assert known.kind == Person.Kind.MIGRANT


def test_a_fact_that_cannot_be_written_names_the_row(
    village: Any, read: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    register_person(
        PersonDraft(name="闻人松", papers=(("resident_id", FATHER),)),
        community=village.community,
        by=village.secretary,
    )
    batch = actions.start_applying(read(workbook(FAMILY[0])), by=village.secretary)

    def refuses(*args: Any, **facts: Any) -> None:
        raise Refused("这所房子不在本社区")

    monkeypatch.setattr("liren.doors.imports.actions.revising.move_in", refuses)
    batch = actions.run_applying(batch)
    assert batch.message == "没有写入：名册 第3行闻人松：这所房子不在本社区"
    assert batch.state == ImportBatch.State.READY


def test_a_clash_at_the_last_moment_is_said(
    village: Any, batch: ImportBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clashes(*args: Any, **facts: Any) -> None:
        raise IntegrityError("paper_once")

    monkeypatch.setattr("liren.doors.imports.actions.applying.register_rows", clashes)
    batch = actions.run_applying(actions.start_applying(batch, by=village.secretary))
    assert "有人登记了同一个人" in batch.message


def test_jobs_take_the_steps(village: Any) -> None:
    number = resident_id(datetime.date(1970, 1, 1), male=True, sequence=71)
    roster = workbook((1, "3号楼", "1", "401", "", "户主", "闻人松", "男", number, "", ""))
    batch = actions.start_batch([("名册.xlsx", roster)], community=village.community, by=village.secretary)
    jobs.read.func(batch.pk)
    batch.refresh_from_db()
    assert jobs.read.func(batch.pk) is None
    actions.start_applying(batch, by=village.secretary)
    jobs.apply.func(batch.pk)
    batch.refresh_from_db()
    actions.start_undoing(batch, by=village.secretary)
    jobs.undo.func(batch.pk)
    jobs.undo.func(batch.pk)
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.UNDONE


def test_a_file_gone_from_the_disk_and_a_sheet_without_problems(village: Any, batch: ImportBatch) -> None:
    assert actions.error_sheet(batch, by=village.secretary)[:2] == b"PK"
    problem_of(batch, "sex", "id_checksum")
    ImportProblem.objects.update(sheet="名册")
    batch.files.get().document.path.unlink()
    with pytest.raises(Refused, match="重新上传"):
        actions.error_sheet(batch, by=village.secretary)
