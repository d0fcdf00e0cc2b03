"""The pages of the ledgers: list, screen, paper, file."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse

from liren.core.audit.models import Trace
from liren.core.logbook.actions import write_record
from liren.core.sheets.ledgerbook import all_ledgers
from liren.doors.ledgers import actions

pytestmark = pytest.mark.django_db
VISITS = "/ledgers/logbook.visit/"
PAPER = {"purpose": "11 月检查备查", "maker": "苏敏", "reviewer": "", "day": "2026-11-23"}
FILE = PAPER | {"receiver": "街道民政科 温立民"}


@pytest.fixture
def visit(village):
    return write_record(
        text="看望，血压平稳",
        kinds=["visit"],
        people=[village.alone],
        companions="=1+1",
        by=village.grid_worker,
    )


def opened(answer):
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active


def test_the_list_shows_what_a_post_may_open(village, client_as):
    page = client_as(village.grid_worker).get("/ledgers/").content.decode()
    for ledger in all_ledgers().values():
        assert ledger.name in page
    assert client_as(village.auditor).get("/ledgers/").status_code == 403


def test_a_ledger_on_the_screen(village, client_as, visit):
    page = client_as(village.secretary).get(VISITS).content.decode()
    assert (
        "看望，血压平稳" in page
        and village.alone.name in page
        and reverse("ledgers:record", args=[visit.pk]) in page
    )
    assert "导出" in page and "写一条" in page
    narrow = client_as(village.grid_worker).get(VISITS).content.decode()
    assert "看望，血压平稳" in narrow and "export" not in narrow


def test_htmx_gets_the_rows_alone(village, client_as, visit):
    fragment = (
        client_as(village.secretary).get(VISITS + "?q=血压", headers={"HX-Request": "true"}).content.decode()
    )
    assert fragment.lstrip().startswith('<div id="rows">') and "看望" in fragment and "<html" not in fragment
    nothing = (
        client_as(village.secretary).get(VISITS + "?q=别的", headers={"HX-Request": "true"}).content.decode()
    )
    assert "没有找到" in nothing and village.alone.name not in nothing


def test_the_newest_stand_on_top_of_the_screen(village, client_as):
    today = datetime.date.today().replace(day=1)
    for text in ("先做的", "后做的"):
        write_record(text=text, on=today, kinds=["visit"], by=village.secretary)
    client = client_as(village.secretary)
    page = client.get(VISITS).content.decode()
    assert page.index("后做的") < page.index("先做的")
    paper = client.post(VISITS + "print/", PAPER).content.decode()
    assert paper.index("先做的") < paper.index("后做的")


def test_outsiders_read_nothing_anywhere(village, client_as, visit):
    for who in (village.outsider, village.grid_worker_2, village.outsider_grid):
        client = client_as(who)
        for path in (VISITS, "/ledgers/logbook.all/", VISITS + "?q=血压"):
            assert "血压平稳" not in client.get(path).content.decode()
        refused = client.post(VISITS + "print/", PAPER).content.decode()
        assert "没什么可打印" in refused and "血压平稳" not in refused
    assert "没什么可导出" in client_as(village.outsider).post(VISITS + "export/", FILE).content.decode()
    assert not Trace.objects.filter(action__startswith="ledgers.").exists()


def test_nothing_is_called_like_that(village, client_as):
    for path in ("/ledgers/nothing.here/", "/ledgers/nothing.here/print/", "/ledgers/nothing.here/export/"):
        assert client_as(village.secretary).get(path).status_code == 404


def test_the_paper_is_the_form_that_inspectors_ask_for(village, client_as, visit):
    client = client_as(village.secretary)
    asks = client.get(VISITS + "print/").content.decode()
    assert "制表人" in asks and "存档备查" in asks and "看望" not in asks
    page = client.post(VISITS + "print/", PAPER).content.decode()
    for part in (
        "民情日记（走访记录）",
        "单位（盖章）：里仁社区",
        "期间：",
        "序号",
        "制表人：",
        "苏敏",
        "审核人：",
        "2026年11月23日",
        "看望，血压平稳",
    ):
        assert part in page
    assert page.index("<thead>") < page.index("<tfoot>") < page.index("<tbody>")
    assert "用途：11 月检查备查" in page and 'class="page landscape on-paper"' in page
    last = page[page.index('<tbody class="last">') :]
    assert "看望，血压平稳" in last and "制表人：" in last, (
        "the signatures stand in one block with the last row"
    )
    trace = Trace.objects.get(action="ledgers.print")
    assert trace.purpose == PAPER["purpose"] and trace.community_id == village.community.pk
    assert trace.particulars["ledger"] == "logbook.visit" and trace.particulars["rows"] == 1
    assert village.alone.name not in str(trace.particulars)


def test_paper_asks_for_a_purpose_and_ends_somewhere(village, client_as, visit, monkeypatch):
    client = client_as(village.secretary)
    assert "请写清楚做什么用" in client.post(VISITS + "print/", PAPER | {"purpose": "用"}).content.decode()
    monkeypatch.setattr(actions, "MOST_ON_PAPER", 0)
    assert "一次最多打印" in client.post(VISITS + "print/", PAPER).content.decode()
    assert not Trace.objects.filter(action="ledgers.print").exists()


def test_a_grid_worker_prints_but_does_not_export(village, client_as, visit):
    client = client_as(village.grid_worker)
    assert "看望，血压平稳" in client.post(VISITS + "print/", PAPER).content.decode()
    assert (
        client.get(VISITS + "export/").status_code == 403 == client.post(VISITS + "export/", FILE).status_code
    )


def test_the_file_says_what_the_screen_says(village, client_as, visit):
    answer = client_as(village.secretary).post(VISITS + "export/", FILE)
    assert "attachment" in answer["Content-Disposition"] and answer["Cache-Control"] == "no-store"
    sheet = opened(answer)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "民情日记（走访记录）" and "里仁社区" in rows[1][0]
    assert FILE["receiver"] in rows[2][0] and FILE["purpose"] in sheet.oddFooter.left.text
    assert rows[3] == ["序号", "日期", "地点", "涉及居民", "内容", "参加人员", "照片", "记录人"]
    assert rows[4][3] == village.alone.name and rows[4][5] == "'=1+1"
    trace = Trace.objects.get(action="ledgers.export")
    assert trace.particulars["receiver"] == FILE["receiver"] and trace.particulars["rows"] == 1


def test_what_has_to_be_said_before_a_file_leaves(village, client_as, visit, monkeypatch):
    client = client_as(village.secretary)
    page = client.post(VISITS + "export/", FILE | {"receiver": " "})
    assert page.status_code == 200 and "text/html" in page["Content-Type"]
    monkeypatch.setattr(actions, "BIG", 0)
    assert "勾上" in client.post(VISITS + "export/", FILE).content.decode()
    monkeypatch.setattr(actions, "MOST", 0)
    assert "一次最多导出" in client.post(VISITS + "export/", FILE).content.decode()
    assert not Trace.objects.filter(action="ledgers.export").exists()


def test_only_one_community_is_on_the_paper_of_the_street(village, client_as, visit):
    write_record(text="隔壁的事", kinds=["visit"], by=village.outsider)
    page = client_as(village.street_admin).get(VISITS).content.decode()
    assert ("血压" in page) != ("隔壁的事" in page)
    both = client_as(village.street_admin).get(VISITS + "?area=all").content.decode()
    assert "血压" in both and "隔壁的事" in both
    grid = (
        client_as(village.secretary).post(f"{VISITS}print/?area={village.grid_1.pk}", PAPER).content.decode()
    )
    assert " 第一网格</span><span>期间：" in grid
