"""Forms that come again: due as a task from above, filled in one click, closed when handed in; and what overlaps."""

import datetime
import io

import openpyxl
import pytest
import time_machine
from django.utils import timezone

from liren.core.audit.models import Trace
from liren.core.matters.kinds import all_kinds
from liren.core.matters.models import Todo
from liren.duties.registry.onesheet import actions
from liren.duties.registry.onesheet.actions.turns import KIND
from liren.duties.registry.onesheet.duedates import last_day_of, words_of
from liren.duties.registry.onesheet.jobs import list_due_forms
from liren.duties.registry.onesheet.models import FormTemplate, FormTurn
from liren.duties.registry.onesheet.overlaps import overlaps
from liren.sample.tests.blank_forms import listed

pytestmark = pytest.mark.django_db
URL = "/registry/onesheet/"
STATED = {"purpose": "高龄津贴发放", "basis": "duty", "receiver": "街道民政科"}
HEADS = "序号|姓名|性别|出生日期|身份证号|联系电话|住址"


def kept(village, *, days=3, title="80周岁以上老年人花名册", heads=HEADS, name="高龄名册.xlsx"):
    """A template that is due in some days."""
    filling = actions.begin_filling(
        village.community, content=listed(title, heads), name=name, by=village.secretary
    )
    due = timezone.localdate() + datetime.timedelta(days=days)
    return actions.keep_template(
        filling, period="month", due_day=due.day, receiver="街道民政科", by=village.secretary
    )


def test_the_kind_of_the_task_is_declared():
    assert KIND in {kind.key for kind in all_kinds()}


def test_a_form_that_is_due_becomes_a_task_once(village):
    template = kept(village)
    turn = template.turns.get()
    task = turn.matter.inboundtask
    assert (turn.matter.kind, turn.matter.holder, task.sender_unit) == (KIND, village.secretary, "街道民政科")
    assert (task.forms, task.forms_often, task.period) == (1, "monthly", turn.period)
    assert task.form_fields.split("、") == [words for words in HEADS.split("|") if words != "序号"]
    assert timezone.localtime(task.due_at).date() == turn.due_on
    assert Todo.objects.for_user(village.secretary).filter(matter=turn.matter).exists()
    assert actions.open_due_turns(by=None) == 0
    assert FormTurn.objects.count() == 1
    assert Trace.objects.filter(action="onesheet.turn").count() == 1


def test_a_long_form_with_a_long_name_is_cut_between_words(village):
    heads = "|".join(f"第{number}项要填的内容说明" for number in range(40))
    name = f"{'街道老年人' * 20}.xlsx"
    turn = kept(village, heads=f"序号|姓名|{heads}", name=name).turns.get()
    fields = turn.matter.inboundtask.form_fields.split("、")
    assert len(fields) > 20 and all(each.endswith(("姓名", "说明")) for each in fields)
    assert turn.matter.title.startswith("报《街道老年人") and turn.matter.title.endswith(
        f"…》（{turn.period}）"
    )


def test_far_away_nothing_is_due_and_a_form_put_away_never_is(village):
    template = kept(village, days=14)
    assert not template.turns.exists()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8)):
        assert actions.open_due_turns(by=None) == 1
        assert template.turns.count() == 1
    actions.drop_template(template, by=village.secretary)
    assert not FormTurn.objects.open().exists()


def test_when_its_keeper_has_gone_the_secretary_gets_it(village):
    template = kept(village, days=14)
    FormTemplate.objects.filter(pk=template.pk).update(made_by=village.outsider)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8)):
        list_due_forms()
    assert template.turns.get().matter.holder == village.secretary


def test_one_click_fills_it_for_its_period(village, client_as):
    client = client_as(village.secretary)
    turn = kept(village).turns.get()
    assert "一键填这张表" in client.get(f"/matters/{turn.matter_id}/").content.decode()
    assert "该交的表" in client.get("/").content.decode()
    answer = client.post(f"{URL}turns/{turn.pk}/fill/")
    turn.refresh_from_db()
    assert answer.url == f"{URL}{turn.filling_id}/"
    assert client.post(f"{URL}turns/{turn.pk}/fill/").url == answer.url
    assert turn.filling.as_of == min(turn.until_on, timezone.localdate())
    assert turn.matter.number in client.get(answer.url).content.decode()


def test_what_was_never_held_against_the_lists_stays_open(village):
    turn = kept(village).turns.get()
    actions.hand_out(actions.fill_turn(turn, by=village.secretary), by=village.secretary, **STATED)
    turn.refresh_from_db()
    assert turn.handed_at and turn.matter.stage == "received"
    assert turn.matter.entries.filter(note__contains="还没对上清单").exists()


def test_a_turn_that_was_begun_ends_with_the_filling_that_went_out(village):
    template = kept(village)
    begun = actions.fill_turn(template.turns.get(), by=village.secretary)
    anew = actions.fill_again(template, by=village.secretary)
    actions.hand_out(anew, by=village.secretary, **STATED)
    turn = template.turns.get()
    assert turn.handed_at and turn.filling == anew
    actions.hand_out(begun, by=village.secretary, **STATED)
    assert template.turns.get().filling == anew, "what went out first counts"


def test_only_its_own_turn_is_closed(village):
    turn = kept(village).turns.get()
    other = actions.begin_filling(
        village.community,
        content=listed("残疾人花名册", "序号|姓名|残疾证号"),
        name="残.xlsx",
        by=village.secretary,
    )
    actions.hand_out(other, by=village.secretary, **STATED)
    turn.refresh_from_db()
    assert turn.handed_at is None


@pytest.mark.parametrize(
    ("period", "due", "last", "words"),
    [
        ("month", "2026-11-25", "2026-11-30", "2026年11月"),
        ("month", "2026-12-05", "2026-11-30", "2026年11月"),
        ("quarter", "2027-01-10", "2026-12-31", "2026年第四季度"),
        ("half", "2026-07-10", "2026-06-30", "2026年上半年"),
        ("year", "2027-01-15", "2026-12-31", "2026年"),
    ],
)
def test_what_time_a_form_tells_of(period, due, last, words):
    template, day = FormTemplate(period=period), datetime.date.fromisoformat(due)
    assert (last_day_of(template, day).isoformat(), words_of(template, day)) == (last, words)


def test_neighbours_neither_see_nor_fill_a_turn(village, client_as):
    turn = kept(village).turns.get()
    assert client_as(village.outsider).post(f"{URL}turns/{turn.pk}/fill/").status_code == 404
    assert "该交的表" not in client_as(village.outsider).get("/").content.decode()
    assert client_as(village.grid_worker).post(f"{URL}turns/{turn.pk}/fill/").status_code == 403


def test_forms_that_ask_for_the_same_are_told(village, client_as):
    one = kept(village)
    other = kept(
        village,
        title="80周岁以上老年人体检名单",
        heads="序号|姓名|性别|身份证号码|手机|血压",
        name="体检.xlsx",
    )
    kept(village, title="残疾人花名册", heads="序号|残疾类别|残疾等级|残疾证号", name="残疾.xlsx")
    [found] = overlaps(FormTemplate.objects.in_use())
    assert {found.one, found.other} == {one, other}
    # 姓名、性别、证号、电话 of its five: 血压 only the other wants.
    assert (len(found.shared), found.of, found.share, found.same_people) == (4, 5, 80, True)
    client = client_as(village.secretary)
    assert "和《体检》有" in client.get(URL).content.decode()
    page = client.get("/governance/inbound/burden/").content.decode()
    assert "重复要的表" in page and "4 / 5 项，80%" in page and "同一批人" in page
    book = client.get("/governance/inbound/burden/book/")
    if book.status_code == 404:
        pytest.fail("the workbook of the report has moved")
    assert f'href="{URL}"' in page.split("重复要的表", 1)[1]
    seen = client_as(village.grid_worker).get("/governance/inbound/burden/").content.decode()
    assert "重复要的表" in seen and f'href="{URL}"' not in seen, "no link to a page that stays shut"
    names = openpyxl.load_workbook(io.BytesIO(book.content)).sheetnames
    assert "重复要的表" in names
    assert "重复要的表" not in client_as(village.outsider).get("/governance/inbound/burden/").content.decode()
