"""Exports: who may, what has to be said, what never leaves."""

import io

import msoffcrypto
import openpyxl
import pytest

from liren.core.audit.actions import verify
from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.core.people.actions import correct_person, put_label
from liren.core.people.models import IdentityPaper, Phone
from liren.core.people.search import scope
from liren.core.sheets.outgoing import harmless
from liren.duties.registry.files import exporting
from liren.duties.registry.files.asking import Asked

pytestmark = pytest.mark.django_db
URL = "/registry/files/export/"
STATED = {"purpose": "高温慰问 80 岁以上老人", "receiver": "街道民政科 温立民", "basis": "duty"}


def take(user, **more):
    given = (
        STATED
        | {"columns": ["person.age", "paper", "phones", "labels", "house.code"], "asked": Asked()}
        | more
    )
    return exporting.export_people(given.pop("people", scope(user)), by=user, **given)


def opened(content, password=None):
    file = io.BytesIO(content)
    if password:
        locked = msoffcrypto.OfficeFile(file)
        locked.load_key(password=password)
        file = io.BytesIO()
        locked.decrypt(file)
    sheet = openpyxl.load_workbook(file).active
    return sheet, [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_what_has_to_be_said_first(village):
    for gap in ({"purpose": "用"}, {"receiver": " "}, {"basis": "whatever"}):
        with pytest.raises(Refused):
            take(village.secretary, **gap)
    with pytest.raises(Refused, match="岗位"):
        take(village.grid_worker)
    with pytest.raises(Refused, match="没有人"):
        take(village.secretary, people=scope(village.system_admin))
    assert not Trace.objects.filter(action="people.export").exists()


def test_the_file_is_marked_masked_and_traced(village):
    sheet, rows = opened(take(village.secretary))
    for part in ("苏敏", STATED["purpose"], STATED["receiver"]):
        assert part in rows[0][0]
        assert part in sheet.oddHeader.left.text and part in sheet.oddFooter.left.text
    assert rows[1] == ["姓名", "年龄", "证件号", "楼室", "电话", "标签"]
    by_name = {row[0]: row for row in rows[2:]}
    alone = by_name["顾阿妹"]
    assert alone[1] == 82 and alone[3] == "3-1-501"
    assert alone[2].startswith("3101**********")
    text = "".join(str(cell) for row in rows for cell in row)
    for number in [
        *(p.number for p in IdentityPaper.objects.all()),
        *(p.number for p in Phone.objects.all()),
    ]:
        assert number not in text
    trace = Trace.objects.get(action="people.export")
    assert trace.purpose == STATED["purpose"]
    assert trace.particulars["rows"] == len(rows) - 2
    assert trace.particulars["receiver"] == STATED["receiver"]
    assert "paper" in trace.particulars["columns"]
    assert list(verify()) == []


def test_whole_numbers_need_a_reason_are_few_and_leave_a_trace_on_each(village, monkeypatch):
    with pytest.raises(Refused, match="理由"):
        take(village.secretary, whole=True)
    monkeypatch.setattr(exporting, "MOST_WHOLE", 3)
    with pytest.raises(Refused, match="最多"):
        take(village.secretary, whole=True, reason="银行要求核对号码")
    few = scope(village.secretary).filter(pk=village.alone.pk)
    sheet, _ = opened(take(village.secretary, people=few, whole=True, reason="银行要求核对号码"))
    number = IdentityPaper.objects.get(person=village.alone).number
    cell = sheet["C3"]
    assert cell.value == number and cell.data_type == "s" and cell.number_format == "@"
    own = Trace.objects.get(action="people.export", target=f"people.person:{village.alone.pk}")
    assert own.purpose == "银行要求核对号码"


def test_many_need_a_tick(village, monkeypatch):
    monkeypatch.setattr(exporting, "BIG", 5)
    with pytest.raises(Refused, match="勾上"):
        take(village.secretary)
    assert take(village.secretary, confirmed=True)
    monkeypatch.setattr(exporting, "MOST", 6)
    with pytest.raises(Refused, match="分几次"):
        take(village.secretary, confirmed=True)


def test_a_password_locks_the_file(village):
    content = take(village.secretary, password="wu-tong-2026")
    assert msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted()
    assert opened(content, "wu-tong-2026")[1][1][0] == "姓名"


def test_labels_leave_by_their_line_and_restricted_ones_never(village):
    put_label(village.restricted, code="drug_recovery", evidence="协议", by=village.secretary)

    def text(user):
        return str(opened(take(user, columns=["labels", "label.minimum_living", "label.drug_recovery"]))[1])

    assert "低保" in text(village.line_worker)
    assert "低保" not in text(village.health_worker)
    assert "戒毒" not in text(village.secretary)


@pytest.mark.parametrize("danger", ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1"])
def test_nothing_in_the_file_is_a_formula(village, danger):
    correct_person(village.alone, facts={"work_unit": danger}, by=village.secretary)
    few = scope(village.secretary).filter(pk=village.alone.pk)
    sheet, _ = opened(take(village.secretary, people=few, columns=["person.work_unit"]))
    assert sheet["B3"].data_type == "s"
    assert sheet["B3"].value.startswith("'") and harmless(danger) == f"'{danger}"


def test_the_page_asks_and_gives_the_file(village, client_as):
    client = client_as(village.secretary)
    page = client.get(f"{URL}?c=person.senior%7C%3D%7C1").content.decode()
    assert "80 岁以上" in page and "做什么用" in page
    empty = client.post(f"{URL}?c=person.senior%7C%3D%7C1", {})
    assert empty.status_code == 200 and "text/html" in empty["Content-Type"]
    answer = client.post(f"{URL}?c=person.senior%7C%3D%7C1", STATED | {"columns": ["person.age"]})
    assert "attachment" in answer["Content-Disposition"] and answer["Cache-Control"] == "no-store"
    assert {row[0] for row in opened(answer.content)[1][2:]} == {"顾阿妹"}
    short = client.post(URL, STATED | {"purpose": "用"})
    assert "请写清楚导出做什么用" in short.content.decode()


def test_who_may_not_and_who_sees_only_theirs(village, client_as):
    assert client_as(village.grid_worker).get(URL).status_code == 403
    assert client_as(village.auditor).get(URL).status_code == 403
    answer = client_as(village.outsider).post(URL, STATED)
    names = {row[0] for row in opened(answer.content)[1][2:]}
    assert names and "顾阿妹" not in names
