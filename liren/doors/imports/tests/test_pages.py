"""Pages of the wizard: one happy path, one outsider, one grid worker and, where there is one, one fragment each."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liren.core.people.models import Person
from liren.doors.imports import actions
from liren.doors.imports.models import ImportBatch, ImportProblem, ImportRow
from liren.sample.invented import resident_id

from .conftest import Drop
from .rosters import FAMILY, FATHER, workbook

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
WRONG = FATHER[:-1] + ("0" if FATHER[-1] != "0" else "1")
STATE = ImportBatch.State


def at(name: str, *records: Any) -> str:
    return reverse(f"imports:{name}", args=[getattr(each, "pk", each) for each in records])


def fresh(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def many(count: int, number: str = "") -> bytes:
    """A roster of so many strangers, each with a wrong telephone."""
    import datetime

    rows = [
        (n, "3号楼", "1", "401", "", "", f"闻人{chr(0x4E00 + n)}", "男",
         number or resident_id(datetime.date(1961, 3, 2), male=True, sequence=2 * n + 1), "1380000", "")
        for n in range(1, count + 1)
    ]  # fmt: skip
    return workbook(*rows)


@pytest.fixture
def ready(read: Drop) -> ImportBatch:
    """A batch that waits to be written, with one wrong number."""
    return read(workbook((*FAMILY[0][:8], WRONG, *FAMILY[0][9:]), FAMILY[1]))


def test_files_dropped_become_a_batch(village: Any, client_as: Any) -> None:
    client = client_as(village.line_worker)
    assert "拖到这里" in client.get(at("index")).content.decode()
    files = [SimpleUploadedFile("名册.xlsx", workbook(*FAMILY))]
    answer = client.post(at("start"), {"files": files})
    batch = ImportBatch.objects.get()
    assert answer.url == at("batch", batch)
    page = client.get(answer.url).content.decode()
    assert "正在读表" in page
    assert "名册.xlsx" in client.get(at("index")).content.decode()


def test_dropping_nothing_is_answered_with_a_sentence(village: Any, client_as: Any) -> None:
    answer = client_as(village.secretary).post(at("start"), follow=True)
    assert "先选一个文件" in answer.content.decode()
    answer = client_as(village.street_admin).post(at("start"), follow=True)
    assert answer.status_code in (200, 403)


def addresses(batch: ImportBatch) -> dict[str, tuple[str, str]]:
    """Every address about one batch: (how it is asked, where)."""
    table, row, problem = batch.tables.first(), batch.rows.first(), batch.problems.first()
    gets = {name: ("get", at(name, batch)) for name in ("batch", "progress", "problems", "errors", "changes")}
    posts = {name: ("post", at(name, batch)) for name in ("write", "undo", "again", "abandon", "take")}
    return gets | posts | {
        "columns": ("get", at("columns", table)),
        "decide": ("post", at("decide", row)),
        "mend": ("post", at("mend", problem)),
        "ignore": ("post", at("ignore", problem)),
    }  # fmt: skip


def test_outsiders_find_nothing_and_grid_workers_may_not(
    village: Any, client_as: Any, ready: ImportBatch
) -> None:
    outsider, grid_worker = client_as(village.outsider), client_as(village.grid_worker)
    for name, (method, address) in addresses(ready).items():
        assert getattr(outsider, method)(address).status_code == 404, name
        assert getattr(grid_worker, method)(address).status_code == 403, name
    assert ready.title not in outsider.get(at("index")).content.decode()
    assert grid_worker.get(at("index")).status_code == 403
    assert fresh(ready).state == STATE.READY


def test_the_dry_run_shows_what_would_change(village: Any, client_as: Any, ready: ImportBatch) -> None:
    client = client_as(village.secretary)
    page = client.get(at("batch", ready)).content.decode()
    for words in ("闻人松", "新建档案", "将写入 2 人", "还没有写进登记册", "证件号校验不符"):
        assert words in page
    assert WRONG not in page
    part = client.get(at("batch", ready), {"show": "new"}, headers=HTMX).content.decode()
    assert part.startswith('<section class="card" id="changes"')


def test_rows_are_taken_and_left(village: Any, client_as: Any, ready: ImportBatch) -> None:
    client = client_as(village.secretary)
    first, second = ready.rows.order_by("id")
    on_page = {"show": "new", "on_page": [first.pk, second.pk], "row": [second.pk]}
    answer = client.post(at("take", ready), on_page)
    assert answer.url.endswith("?show=new")
    assert (fresh(first).take, fresh(second).take) == (False, True)
    assert "将写入 1 人，1 人不写入" in client.get(answer.url).content.decode()


def test_a_doubtful_row_is_decided(village: Any, client_as: Any, written: Drop, read: Drop) -> None:
    written(workbook(*FAMILY))
    batch = read(workbook((1, "3号楼", "1", "402", "", "", "上官云", "男", FATHER, "", "")))
    client = client_as(village.secretary)
    assert "就是 闻人松" in client.get(at("batch", batch), {"show": "ask"}).content.decode()
    row = batch.rows.get()
    stranger = client.post(at("decide", row), {"person": village.old_wife.pk}, follow=True)
    assert "列出的人" in stranger.content.decode()
    client.post(at("decide", row), {"person": Person.objects.get(name="闻人松").pk, "show": "ask"})
    assert fresh(row).verdict in (ImportRow.Verdict.CHANGED, ImportRow.Verdict.SAME)
    client.post(at("decide", row), {"person": "new"})
    assert fresh(row).verdict == ImportRow.Verdict.NEW


def test_problems_are_mended_and_let_be(village: Any, client_as: Any, ready: ImportBatch) -> None:
    client = client_as(village.secretary)
    problem = ready.problems.get(reason="id_checksum")
    listing = client.get(at("problems", ready), {"reason": "id_checksum"}).content.decode()
    assert WRONG in listing
    refused = client.post(at("mend", problem), {"value": "12", "reason": "id_checksum"}, follow=True)
    assert fresh(problem).state == ImportProblem.State.OPEN
    assert refused.redirect_chain[0][0].endswith("?reason=id_checksum")
    client.post(at("ignore", problem))
    assert fresh(problem).state == ImportProblem.State.IGNORED
    client.post(at("mend", problem), {"value": FATHER})
    assert fresh(problem).state == ImportProblem.State.MENDED
    assert "已改" in client.get(at("problems", ready)).content.decode()


def test_columns_are_corrected(village: Any, client_as: Any, ready: ImportBatch) -> None:
    client = client_as(village.secretary)
    table = ready.tables.get()
    assert "记住并重读" in client.get(at("columns", table)).content.decode()
    said = {f"column-{column['index']}": column["offer"] for column in table.columns}
    assert "没有改动" in client.post(at("columns", table), said, follow=True).content.decode()
    phone = next(column["index"] for column in table.columns if column["offer"] == "phones")
    assert (
        "改了 1 列"
        in client.post(at("columns", table), said | {f"column-{phone}": ""}, follow=True).content.decode()
    )
    assert fresh(ready).state == STATE.READING
    assert (
        "做不了"
        in client.post(at("columns", table), said | {f"column-{phone}": ""}, follow=True).content.decode()
    )


def test_writing_watching_and_undoing(village: Any, client_as: Any, ready: ImportBatch) -> None:
    client = client_as(village.secretary)
    client.post(at("write", ready))
    assert fresh(ready).state == STATE.APPLYING
    assert "正在写入" in client.post(at("write", ready), follow=True).content.decode()
    assert "排队等候" in client.get(at("progress", ready), headers=HTMX).content.decode()
    actions.run_applying(fresh(ready))
    assert client.get(at("progress", ready), headers=HTMX)["HX-Refresh"] == "true"
    assert "新增 2 人" in client.get(at("batch", ready)).content.decode()
    client.post(at("undo", ready))
    actions.run_undoing(fresh(ready))
    assert "整批撤销了" in client.get(at("batch", ready)).content.decode()
    assert "做不了" in client.post(at("again", ready), follow=True).content.decode()


def test_what_later_work_prevents_is_shown_before_undoing(
    village: Any, client_as: Any, written: Drop
) -> None:
    batch = written(workbook(*FAMILY))
    person = Person.objects.get(name="闻人松")
    actions.undoing.Person.objects.filter(pk=person.pk).update(verified_on="2026-07-01")
    assert "写入后又办过别的事" in client_as(village.secretary).get(at("batch", batch)).content.decode()


def test_a_failed_batch_can_be_read_again_or_given_up(village: Any, client_as: Any, read: Drop) -> None:
    client = client_as(village.secretary)
    batch = read(b"\x89PNG\r\n\x1a\n" + b"0" * 400)
    assert "再读一次" in client.get(at("batch", batch)).content.decode()
    client.post(at("again", batch))
    assert fresh(batch).state == STATE.READING
    assert "做不了" in client.post(at("abandon", batch), follow=True).content.decode()
    actions.read_batch(fresh(batch))
    assert "已经销毁" in client.post(at("abandon", batch), follow=True).content.decode()
    assert "登记册没有动过" in client.get(at("batch", batch)).content.decode()


def test_a_batch_whose_job_died_is_put_back_by_looking(
    village: Any, client_as: Any, ready: ImportBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_as(village.secretary)
    client.post(at("write", ready))
    monkeypatch.setattr("liren.core.duty.progress.SILENT_AFTER", -1)
    assert "被打断" in client.get(at("batch", ready)).content.decode()
    client.post(at("write", ready))
    assert client.get(at("progress", ready), headers=HTMX)["HX-Refresh"] == "true"


def test_files_to_take_along(village: Any, client_as: Any, ready: ImportBatch) -> None:
    client = client_as(village.secretary)
    for name, words in (("errors", "证件号校验不符"), ("changes", "变化清单")):
        answer = client.get(at(name, ready))
        assert answer["Cache-Control"] == "no-store"
        assert f"import-{ready.pk}" in answer["Content-Disposition"]
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        assert words in book.sheetnames or words in str([[c.value for c in row] for row in book.active])
    client.post(at("abandon", ready))
    assert client.get(at("errors", ready), follow=True).status_code == 200


@pytest.mark.parametrize("name", ["batch", "problems"])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    village: Any, client_as: Any, read: Drop, name: str
) -> None:
    client = client_as(village.secretary)
    counts = []
    for size in (2, 60):
        batch = read(many(size))
        client.get(at(name, batch))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(at(name, batch), {"per": 50}).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 25


def test_doubtful_rows_cost_as_many_queries_as_one(
    village: Any, client_as: Any, written: Drop, read: Drop
) -> None:
    client = client_as(village.secretary)
    written(workbook(*FAMILY))
    counts = []
    for size in (1, 30):
        rows = [
            (n, "3号楼", "1", "402", "", "", f"上官{chr(0x4E00 + n)}", "男", FATHER, "", "")
            for n in range(1, size + 1)
        ]
        batch = read(workbook(*rows))
        ImportRow.objects.filter(batch=batch).update(verdict=ImportRow.Verdict.ASK)
        client.get(at("batch", batch))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(at("batch", batch), {"show": "ask"}).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
