"""A batch from the drop to the register and back: what is refused, what is written, what an undo restores."""

from typing import Any

import pytest

from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.core.people.actions import correct_person, move_out, register_person
from liren.core.people.drafts import PersonDraft
from liren.core.people.models import Person
from liren.core.places.models import House
from liren.doors.imports import actions
from liren.doors.imports.models import HeaderMemory, ImportBatch, ImportProblem, ImportRow

from .conftest import Drop
from .rosters import FAMILY, FATHER, MOTHER, snapshot, workbook

pytestmark = pytest.mark.django_db


def test_grid_workers_do_not_import(village: Any) -> None:
    with pytest.raises(Refused, match="不能导入"):
        actions.start_batch([("a.xlsx", b"x")], community=village.community, by=village.grid_worker)
    with pytest.raises(Refused, match="不能导入"):
        actions.start_batch([("a.xlsx", b"x")], community=village.community, by=village.outsider)


def test_nothing_and_too_much_are_refused(village: Any) -> None:
    for files, sentence in (([], "先选"), ([("a", b"x")] * 13, "一次最多"), ([("空.xlsx", b"")], "空文件")):
        with pytest.raises(Refused, match=sentence):
            actions.start_batch(files, community=village.community, by=village.secretary)
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + b"0" * 400, b"PK\x03\x04 broken", b"%PDF-1.7 x"])
def test_a_file_that_is_no_roster_fails_with_a_sentence(village: Any, content: bytes, read: Drop) -> None:
    before = snapshot()
    batch = read(content)
    assert batch.state == ImportBatch.State.FAILED
    assert batch.message.endswith(("。", "列", "导入"))
    assert snapshot() == before


def test_a_community_without_buildings_is_told_so(village: Any) -> None:
    from liren.core.accounts.actions import give_post
    from liren.core.areas.actions import open_area

    bare = open_area(level="community", name="新社区", code="310199001003", parent=village.street, by=None)
    give_post(village.deputy, role="deputy", area=bare, by=None)
    village.deputy.__dict__.pop("current_posts", None)
    batch = actions.start_batch([("a.xlsx", workbook(*FAMILY))], community=bare, by=village.deputy)
    assert "楼栋" in actions.read_batch(batch).message


def test_reading_changes_nothing_and_says_what_would_change(village: Any, read: Drop) -> None:
    before = snapshot()
    batch = read(workbook(*FAMILY))
    assert batch.state == ImportBatch.State.READY
    assert batch.counts["new"] == 2
    assert snapshot() == before


def test_writing_enters_people_with_house_household_and_numbers(village: Any, written: Drop) -> None:
    batch = written(workbook(*FAMILY))
    assert batch.state == ImportBatch.State.APPLIED
    man, woman = Person.objects.filter(source=batch.source).order_by("id")
    assert man.house == woman.house == House.objects.get(building=village.tower, unit="1", room="401")
    stays = [each.residences.get() for each in (man, woman)]
    assert stays[0].household == stays[1].household
    assert stays[0].is_head
    assert not stays[1].is_head
    assert woman.papers.get().number == MOTHER
    assert man.phones.get().number == "14200001111"
    assert woman.labels.get().code == "volunteer"
    assert man.source_at == "名册 第3行"
    assert Trace.objects.filter(action="imports.apply").exists()


def test_the_same_roster_again_changes_nothing(village: Any, read: Drop, written: Drop) -> None:
    written(workbook(*FAMILY))
    before = snapshot()
    batch = read(workbook(*FAMILY))
    assert batch.counts["same"] == 2
    assert (
        actions.run_applying(actions.start_applying(batch, by=village.secretary)).counts["written_new"] == 0
    )
    assert snapshot() == before


def test_a_changed_telephone_is_added_and_a_known_one_kept(village: Any, read: Drop, written: Drop) -> None:
    written(workbook(*FAMILY))
    batch = read(workbook((*FAMILY[0][:9], "14200003333", "")))
    [row] = batch.rows.filter(verdict=ImportRow.Verdict.CHANGED)
    assert row.diff == [["phones", "电话", "142****1111", "添 142****3333"]]
    actions.run_applying(actions.start_applying(batch, by=village.secretary))
    numbers = {phone.number for phone in Person.objects.get(pk=row.person_id).phones.filter(ended_on=None)}
    assert numbers == {"14200001111", "14200003333"}


def test_those_marked_as_gone_leave(village: Any, read: Drop, written: Drop) -> None:
    written(workbook(*FAMILY))
    batch = read(workbook((*FAMILY[0][:10], "已搬离")))
    assert batch.counts["leaving"] == 1
    actions.run_applying(actions.start_applying(batch, by=village.secretary))
    assert Person.objects.get(name="闻人松").status == Person.Status.MOVED_OUT


def test_one_number_with_another_name_is_asked_about(village: Any, read: Drop, written: Drop) -> None:
    written(workbook(*FAMILY))
    batch = read(workbook((1, "3号楼", "1", "402", "", "", "上官云", "男", FATHER, "", "")))
    [row] = batch.rows.all()
    assert row.verdict == ImportRow.Verdict.ASK
    assert not row.take
    decided = actions.decide(row, person=None, by=village.secretary)
    assert decided.verdict == ImportRow.Verdict.NEW
    batch = actions.run_applying(actions.start_applying(batch, by=village.secretary))
    assert batch.state == ImportBatch.State.APPLIED
    # The number is in doubt, so the newcomer does not carry it.
    assert not Person.objects.get(name="上官云").papers.exists()


def test_a_doubtful_row_can_be_said_to_be_somebody_known(village: Any, read: Drop, written: Drop) -> None:
    written(workbook(*FAMILY))
    batch = read(workbook((1, "3号楼", "1", "401", "", "", "闻人嵩", "男", FATHER, "14200009999", "")))
    [row] = batch.rows.all()
    if row.verdict == ImportRow.Verdict.ASK:
        known = Person.objects.get(name="闻人松")
        row = actions.decide(row, person=known, by=village.secretary)
    assert row.verdict == ImportRow.Verdict.CHANGED
    stranger = village.secretary and Person.objects.exclude(name="闻人松").first()
    row.candidates = [{"person": 0, "evidence": []}]
    row.save()
    with pytest.raises(Refused, match="列出的人"):
        actions.decide(row, person=stranger, by=village.secretary)


def test_a_wrong_number_can_be_mended_in_place(village: Any, read: Drop) -> None:
    wrong = FATHER[:-1] + ("0" if FATHER[-1] != "0" else "1")
    batch = read(workbook((1, "3号楼", "1", "401", "", "户主", "闻人松", "男", wrong, "", "")))
    [problem] = batch.problems.filter(reason="id_checksum")
    with pytest.raises(Refused):
        actions.mend(problem, value=wrong, by=village.secretary)
    actions.mend(problem, value=FATHER, by=village.secretary)
    batch.refresh_from_db()
    assert batch.counts["problems"] == 0
    actions.run_applying(actions.start_applying(batch, by=village.secretary))
    assert Person.objects.get(name="闻人松").papers.get().number == FATHER


def test_a_problem_can_be_let_be(village: Any, read: Drop) -> None:
    batch = read(workbook((1, "99号楼", "1", "401", "", "", "闻人松", "男", FATHER, "", "")))
    [problem] = batch.problems.filter(reason="address_unknown")
    assert actions.ignore_problem(problem, by=village.secretary).state == ImportProblem.State.IGNORED
    actions.run_applying(actions.start_applying(batch, by=village.secretary))
    assert Person.objects.get(name="闻人松").house is None


def test_rows_left_out_are_not_written(village: Any, read: Drop) -> None:
    batch = read(workbook(*FAMILY))
    first = batch.rows.first()
    assert actions.take_rows(batch, rows=[first.pk], take=False, by=village.secretary) == 1
    batch = actions.run_applying(actions.start_applying(batch, by=village.secretary))
    assert batch.counts["written_new"] == 1


def test_corrected_columns_are_remembered(village: Any, read: Drop) -> None:
    batch = read(workbook(*FAMILY))
    [table] = batch.tables.all()
    phone = next(c["index"] for c in table.columns if c["offer"] == "phones")
    batch = actions.read_batch(actions.correct_columns(table, columns={phone: ""}, by=village.secretary))
    assert HeaderMemory.objects.get().mapping == {str(phone): ""}
    actions.run_applying(actions.start_applying(batch, by=village.secretary))
    assert not Person.objects.get(name="闻人松").phones.exists()


def test_writing_is_all_or_nothing(village: Any, monkeypatch: pytest.MonkeyPatch, read: Drop) -> None:
    batch = read(workbook(*FAMILY))
    before = snapshot()
    monkeypatch.setattr(
        "liren.doors.imports.actions.applying.update_rows",
        lambda *args: (_ for _ in ()).throw(OSError("disk full")),
    )
    with pytest.raises(OSError, match="disk full"):
        actions.run_applying(actions.start_applying(batch, by=village.secretary))
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.READY
    assert "原来的样子" in batch.message
    assert snapshot() == before


def test_a_second_click_is_refused_and_a_second_job_does_nothing(village: Any, read: Drop) -> None:
    batch = actions.start_applying(read(workbook(*FAMILY)), by=village.secretary)
    with pytest.raises(Refused, match="正在写入"):
        actions.start_applying(batch, by=village.secretary)
    actions.run_applying(batch)
    people = Person.objects.count()
    actions.run_applying(batch)
    assert Person.objects.count() == people


def test_undo_restores_the_register_exactly(village: Any, written: Drop) -> None:
    known = register_person(
        PersonDraft(name="闻人松", papers=(("resident_id", FATHER),), education=""),
        community=village.community,
        by=village.secretary,
    )
    before = snapshot()
    batch = written(workbook(*FAMILY))
    known.refresh_from_db()
    assert known.house is not None
    batch = actions.run_undoing(actions.start_undoing(batch, by=village.secretary))
    assert batch.state == ImportBatch.State.UNDONE
    assert snapshot() == before
    with pytest.raises(Refused):
        actions.start_undoing(batch, by=village.secretary)


def test_what_later_work_prevents_is_listed_and_kept(village: Any, written: Drop) -> None:
    batch = written(workbook(*FAMILY))
    man, woman = Person.objects.filter(source=batch.source).order_by("id")
    correct_person(man, facts={"work_unit": "海东药业"}, by=village.secretary)
    move_out(woman, by=village.secretary)
    listed = actions.what_prevents(batch)
    assert {name for _pk, name, _why in listed.people} == {"闻人松", "祝晓燕"}
    batch = actions.run_undoing(actions.start_undoing(batch, by=village.secretary))
    assert batch.counts["kept_people"] == 2
    assert Person.objects.filter(pk__in=[man.pk, woman.pk]).count() == 2


def test_only_who_may_undo_undoes(village: Any, written: Drop) -> None:
    batch = written(workbook(*FAMILY))
    with pytest.raises(Refused, match="书记"):
        actions.start_undoing(batch, by=village.line_worker)


def test_giving_up_destroys_the_file(village: Any, read: Drop) -> None:
    batch = read(workbook(*FAMILY))
    path = batch.files.get().document.path
    assert path.exists()
    assert FATHER.encode() not in path.read_bytes()
    actions.abandon(batch, by=village.secretary)
    assert not batch.rows.exists()
    assert batch.files.get().document.disposed_at


def test_what_was_killed_is_put_back(village: Any, monkeypatch: pytest.MonkeyPatch, read: Drop) -> None:
    batch = actions.start_applying(read(workbook(*FAMILY)), by=village.secretary)
    assert not actions.rescue(batch)
    monkeypatch.setattr("liren.core.duty.progress.SILENT_AFTER", -1)
    assert actions.rescue(batch)
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.READY
    assert "被打断" in batch.message


def test_error_sheet_holds_the_rows_as_they_stood(village: Any, read: Drop) -> None:
    import io

    import openpyxl

    wrong = FATHER[:-1] + ("0" if FATHER[-1] != "0" else "1")
    batch = read(workbook((1, "3号楼", "1", "401", "", "户主", "闻人松", "男", wrong, "", ""), FAMILY[1]))
    sheet = openpyxl.load_workbook(io.BytesIO(actions.error_sheet(batch, by=village.secretary))).active
    assert sheet.max_row == 2
    cells = [cell.value for cell in sheet[2]]
    assert cells[0] == "3"
    assert wrong in cells
    changes = openpyxl.load_workbook(io.BytesIO(actions.change_sheet(batch, by=village.secretary))).active
    assert changes.max_row == 3
    assert FATHER not in str([[cell.value for cell in row] for row in changes])


def test_somebody_in_two_files_is_written_once_and_completed_later(
    village: Any, read: Drop, written: Drop
) -> None:
    first, second = workbook(*FAMILY), workbook((*FAMILY[0][:9], "14200003333", "党员"))
    batch = read(first, second)
    assert (batch.counts["new"], batch.counts["blocked"]) == (2, 1)
    [problem] = batch.problems.filter(reason="told_before")
    assert "名册1.xlsx" in problem.words[0]
    actions.run_applying(actions.start_applying(batch, by=village.secretary))
    assert Person.objects.filter(name="闻人松").count() == 1
    written(second)
    assert Person.objects.get(name="闻人松").phones.filter(ended_on=None).count() == 2
