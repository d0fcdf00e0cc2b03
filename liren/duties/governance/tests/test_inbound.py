"""Tasks from above by action: admission, the clock, what each may, the lists, the calendar."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.core.matters import actions as matters
from liren.core.matters.models import Matter, Todo
from liren.duties.governance.inbound import actions
from liren.duties.governance.inbound.ledgers import TASKS
from liren.duties.governance.inbound.lists import rows_of, text_of_file, usual_items
from liren.duties.governance.inbound.matching import likenesses
from liren.duties.governance.inbound.models import CalendarChoice, DutyItem, InboundTask
from liren.duties.governance.inbound.yearly import KINDS, of_year, shipped, waiting

pytestmark = pytest.mark.django_db

ITEM = {"kind": "assist", "title": "独居老人关爱走访", "words": "独居老人", "basis": "街道协助清单第 2 条"}


def received(village: Any, **details: Any) -> Matter:
    return actions.receive_task(village.community, title="报送台账", details=details, by=village.line_worker)


def todo_of(matter: Matter) -> Todo:
    return Todo.objects.open().main().get(matter=matter)


def test_on_the_list_it_is_begun_and_its_own_clock_runs(village: Any) -> None:
    item = actions.add_item(village.community, facts=ITEM, by=village.secretary)
    due = timezone.now() + timedelta(days=4)
    matter = received(village, item=item, due_at=due, sender_unit="街道民政科")
    assert todo_of(matter).rule == "governance.inbound_check"
    matter = matters.move(matter, "take", by=village.line_worker)
    todo = todo_of(matter)
    assert (
        todo.due_at == due and todo.basis == "街道民政科要求的时限" and matter.holder == village.line_worker
    )
    assert InboundTask.objects.get(pk=matter.pk).admission == "assist"


def test_off_the_list_only_the_secretary_decides_and_says_why(village: Any) -> None:
    matter = received(village)
    with pytest.raises(Refused, match="还没有对上清单"):
        matters.move(matter, "take", by=village.line_worker)
    matters.move(matter, "vet", by=village.line_worker)
    for who in ("line_worker", "deputy", "outsider", "street_section"):
        with pytest.raises(Refused):
            matters.move(matter, "admit", note="应急", by=village[who])
    with pytest.raises(Refused, match="要写一句说明"):
        matters.move(matter, "admit", by=village.secretary)
    matters.move(matter, "admit", note="事情急，先办", by=village.secretary)
    task = InboundTask.objects.get(pk=matter.pk)
    assert (task.admission, task.admission_reason, task.admitted_by) == (
        "taken",
        "事情急，先办",
        village.secretary,
    )
    assert todo_of(matter).rule == "governance.inbound_finish"


def test_refused_it_ends_and_the_ground_is_kept(village: Any) -> None:
    matter = received(village)
    matters.move(matter, "vet", by=village.line_worker)
    matters.move(matter, "ask_sender", note="请补文件", by=village.secretary)
    matters.move(matter, "answered", note="没有文件", by=village.line_worker)
    with pytest.raises(Refused, match="凭什么退回"):
        matters.move(matter, "refuse", note="清单外", by=village.secretary)
    matter = matters.move(matter, "refuse", note="清单外", article="off_list", by=village.secretary)
    assert (matter.stage, matter.outcome) == ("returned", "not_admitted")
    matter = matters.move(matter, "vet_again", note="补来了文件", by=village.secretary)
    assert InboundTask.objects.get(pk=matter.pk).admission == ""


def test_what_comes_back_gets_its_new_time(village: Any) -> None:
    item = actions.add_item(village.community, facts=ITEM, by=village.secretary)
    matter = received(village, item=item, due_at=timezone.now() + timedelta(days=1))
    matters.move(matter, "take", by=village.line_worker)
    matters.move(matter, "report", minutes=30, by=village.line_worker)
    with pytest.raises(Refused, match="已经过了"):
        matters.move(
            matter,
            "send_back",
            note="少一栏",
            again_by=timezone.now() - timedelta(hours=1),
            by=village.line_worker,
        )
    again = timezone.now() + timedelta(days=6)
    matter = matters.move(matter, "send_back", note="少一栏", again_by=again, by=village.line_worker)
    task = InboundTask.objects.get(pk=matter.pk)
    assert (task.minutes, task.times_returned, task.due_at, task.reported_at) == (30, 1, again, None)
    assert todo_of(matter).due_at == again


def test_minutes_are_of_the_task_and_bounded(village: Any) -> None:
    task = received(village).inboundtask
    for _ in range(2):
        actions.note_work(task, minutes=45, what="核对", once="x", by=village.line_worker)
    assert InboundTask.objects.get(pk=task.pk).minutes == 45
    for minutes, who in ((0, "line_worker"), (2000, "line_worker"), (10, "outsider"), (10, "street_section")):
        with pytest.raises(Refused):
            actions.note_work(task, minutes=minutes, by=village[who])


def test_what_was_read_may_be_mended_by_those_who_work_there(village: Any) -> None:
    item = actions.add_item(village.community, facts=ITEM, by=village.secretary)
    task = received(village, sender_unit="民政").inboundtask
    task = actions.correct_task(task, facts={"item": item, "sender_unit": "街道民政科"}, by=village.deputy)
    assert (task.item, task.sender_unit) == (item, "街道民政科")
    with pytest.raises(Refused):
        actions.correct_task(task, facts={"sender_unit": "别处"}, by=village.outsider)
    theirs = actions.add_item(village.neighbour, facts=ITEM, by=village.outsider)
    with pytest.raises(Refused, match="不在本社区的清单里"):
        actions.correct_task(task, facts={"item": theirs}, by=village.deputy)
    matters.move(task.matter, "withdraw", note="不用报了", by=village.deputy)
    with pytest.raises(Refused, match="已经办结"):
        actions.correct_task(InboundTask.objects.get(pk=task.pk), facts={"basis": "文件"}, by=village.deputy)


def test_the_same_text_is_taken_in_once_unless_meant(village: Any) -> None:
    first = received(village, received_text="请报独居老人台账")
    with pytest.raises(Refused, match=first.number):
        received(village, received_text="请报独居老人，台账！")
    facts = {"title": "再报一次", "details": {"received_text": "请报独居老人台账"}, "again": True}
    assert actions.receive_task(village.community, by=village.deputy, **facts).number != first.number


def test_the_street_sends_with_ground_and_time_alone(village: Any) -> None:
    details = {"basis": "协助清单", "due_at": timezone.now() + timedelta(days=3), "sender_unit": "民政科"}
    with pytest.raises(Refused, match="依据和时限"):
        actions.send_task(
            [village.community], title="报名单", details={**details, "basis": " "}, by=village.street_section
        )
    for who in ("secretary", "grid_worker", "outsider", "system_admin"):
        with pytest.raises(Refused, match="不能给里仁社区派任务"):
            actions.send_task([village.community], title="报名单", details=details, by=village[who])
    [matter] = actions.send_task(
        [village.community], title="报名单", details=details, by=village.street_section
    )
    for key in ("return_it", "accept", "supply"):
        with pytest.raises(Refused):
            matters.move(matter, key, note="一句", by=village.street_admin)
    with pytest.raises(Refused):
        matters.open_matter(
            "governance.errand", community=village.community, title="帮忙", by=village.street_section
        )


def test_lists_are_the_secretarys(village: Any) -> None:
    for who in ("deputy", "line_worker", "grid_worker", "outsider", "street_section"):
        with pytest.raises(Refused, match="书记"):
            actions.add_item(village.community, facts=ITEM, by=village[who])
    item = actions.add_item(village.community, facts=ITEM, by=village.secretary)
    with pytest.raises(Refused, match="已经在协助清单里"):
        actions.add_item(village.community, facts=ITEM, by=village.secretary)
    with pytest.raises(Refused, match="都要写"):
        actions.add_item(
            village.community, facts={**ITEM, "title": "护学岗", "basis": ""}, by=village.secretary
        )
    matter = received(village, item=item)
    new = actions.correct_item(item, facts={**ITEM, "basis": "新的依据"}, by=village.secretary)
    assert new.pk != item.pk and InboundTask.objects.get(pk=matter.pk).item.basis == ITEM["basis"]
    actions.end_item(new, by=village.secretary)
    assert not DutyItem.objects.visible_to(village.secretary).holding().exists()
    assert Trace.objects.filter(action="governance.duty_item_end").exists()


def test_the_usual_lists_hold_the_twenty_certificates(village: Any) -> None:
    count = actions.begin_lists(village.community, by=village.secretary)
    assert count == len(usual_items()) == DutyItem.objects.count()
    law = DutyItem.objects.filter(kind="negative", basis__contains="民发〔2020〕20号")
    assert law.count() == 20 and not law.filter(instead="").exists()
    with pytest.raises(Refused, match="已经有条目"):
        actions.begin_lists(village.community, by=village.secretary)
    assert not DutyItem.objects.visible_to(village.outsider).exists()
    assert DutyItem.objects.visible_to(village.grid_worker).count() == count


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("请社区为居民张三出具无犯罪记录证明", "无犯罪记录证明"),
        ("报送60周岁以上独居老人台账", "独居、高龄老人关爱走访"),
        ("排查飞线充电和楼道堆物", "消防安全宣传和检查"),
        ("下载反诈APP每日打卡", "手机应用的下载、注册、打卡、点赞任务"),
        ("更新光荣牌悬挂情况", "退役军人和优抚对象服务"),
        ("给居民开婚姻状况证明", "婚姻状况证明"),
    ],
)
def test_a_task_finds_its_item_and_says_by_which_words(village: Any, text: str, title: str) -> None:
    actions.begin_lists(village.community, by=village.secretary)
    best = likenesses(text, DutyItem.objects.all())[0]
    assert best.item.title == title
    assert all(word in text for word in best.words) and "原文里有" in best.why


def test_what_is_like_nothing_finds_nothing(village: Any) -> None:
    actions.begin_lists(village.community, by=village.secretary)
    assert likenesses("嗯嗯", DutyItem.objects.all()) == []


def test_a_sheet_is_read_and_taken_once(village: Any) -> None:
    text = text_of_file(
        "类别,工作事项,设定依据,实施日期\n协助,护学岗,协助清单,2026-03-01\n,巡河,协助清单,\n".encode(),
        "清单.csv",
    )
    sheet = rows_of(text)
    assert [row["title"] for row in sheet.rows] == ["护学岗", "巡河"] and not sheet.problems
    assert actions.load_items(village.community, rows=sheet.rows, by=village.secretary) == (2, 0)
    assert actions.load_items(village.community, rows=sheet.rows, by=village.secretary) == (0, 2)
    assert DutyItem.objects.get(title="护学岗").from_on == date(2026, 3, 1)
    wrong = rows_of("清单\t事项\t依据\n\t无类\t甲\n协助\t无据\t")
    assert [number for number, _ in wrong.problems] == [2, 3]
    with pytest.raises(Refused, match="书记"):
        actions.load_items(village.community, rows=sheet.rows, by=village.line_worker)


def test_the_calendar_proposes_once(village: Any) -> None:
    by = village.secretary
    first, second, *_ = waiting(by, village.community)
    matter = actions.take_up(village.community, year=first.year, key=first.key, by=by)
    assert actions.take_up(village.community, year=first.year, key=first.key, by=by) == matter
    assert (matter.source, matter.kind in KINDS, matter.title) == ("calendar", True, first.item.title)
    choice = actions.leave_out(village.community, year=second.year, key=second.key, by=by)
    assert {first.key, second.key}.isdisjoint({each.key for each in waiting(by, village.community)})
    with pytest.raises(Refused, match="定了不做"):
        actions.take_up(village.community, year=second.year, key=second.key, by=by)
    actions.think_again(choice, by=by)
    assert second.key in {each.key for each in waiting(by, village.community)}
    assert {each.key for each in waiting(village.outsider, village.neighbour)} >= {first.key, second.key}


def test_a_key_that_nobody_proposed_makes_nothing(village: Any) -> None:
    for key in (
        "gas_winter:13",
        "gas_winter:03",
        "nothing:01",
        "gas_winter",
        "roster:w99",
        "risk_visits:w60",
        "x:w1",
    ):
        with pytest.raises(Refused, match="没有这一项"):
            actions.take_up(village.community, year=2026, key=key, by=village.secretary)
    for who in ("grid_worker", "outsider", "street_section"):
        with pytest.raises(Refused, match="全社区"):
            actions.take_up(village.community, year=2026, key="gas_winter:11", by=village[who])
    assert not CalendarChoice.objects.exists()


def test_every_month_has_its_work_and_own_items_stand_beside(village: Any) -> None:
    assert len({item.key for item in shipped()}) == len(shipped()) and {
        item.kind for item in shipped()
    } <= set(KINDS)
    item = actions.add_own(
        village.community, title="邻里节", month=5, kind="governance.activity", by=village.deputy
    )
    year = dict(of_year(village.secretary, village.community, 2027))
    assert all(year[month] for month in range(1, 13))
    assert "邻里节" in {each.item.title for each in year[5]}
    assert all(each.due.month == month for month, found in year.items() for each in found)
    with pytest.raises(Refused):
        actions.drop_own(item, by=village.grid_worker)
    actions.drop_own(item, by=village.deputy)
    assert "邻里节" not in {
        each.item.title for each in dict(of_year(village.secretary, village.community, 2027))[5]
    }


def test_the_ledger_holds_our_tasks_alone(village: Any) -> None:
    matter = received(village, sender_unit="街道民政科")
    assert [row.pk for row in TASKS.rows(village.secretary)] == [matter.pk]
    assert not TASKS.rows(village.outsider).exists() and not TASKS.rows(village.system_admin).exists()
