"""Tasks from above at the desk: pasting, admission, the report, the calendar, the street's own side."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liren.core.matters import actions as matters
from liren.core.matters.models import Matter
from liren.core.matters.seeking import counted
from liren.duties.governance.inbound import actions, burden
from liren.duties.governance.models import CalendarChoice, DutyItem, InboundTask

pytestmark = pytest.mark.django_db

MESSAGE = "王科长：各社区请于三个工作日内报送60周岁以上独居老人台账,发我邮箱。收到请回复"
PASTE = "/governance/inbound/paste/"


def words(answer: Any) -> str:
    return answer.content.decode()


def test_paste_and_enter_keeps_it(village: Any, client_as: Any) -> None:
    actions.begin_lists(village.community, by=village.secretary)
    client = client_as(village.line_worker)
    answer = client.post(PASTE, {"message": MESSAGE, "once": "a1"}, follow=True)
    task = InboundTask.objects.select_related("matter", "item").get()
    assert answer.redirect_chain[-1][0] == f"/matters/{task.pk}/"
    assert task.matter.title == "报送60周岁以上独居老人台账" and task.sender_person == "王科长"
    assert task.item and task.item.title == "独居、高龄老人关爱走访" and task.reply_wanted and task.forms == 1
    assert task.matter.number.startswith("任-") and task.received_text == MESSAGE
    assert client.post(PASTE, {"message": MESSAGE, "once": "a1"}).status_code in (302, 422)
    assert InboundTask.objects.count() == 1


def test_what_cannot_be_read_is_kept_all_the_same(village: Any, client_as: Any) -> None:
    client_as(village.grid_worker).post(PASTE, {"message": "嗯嗯，那个事别忘了哈"})
    task = InboundTask.objects.get()
    assert task.received_text == "嗯嗯，那个事别忘了哈" and task.matter.area == village.grid_1


def test_nothing_pasted_opens_nothing(village: Any, client_as: Any) -> None:
    answer = client_as(village.line_worker).post(PASTE, {"message": "  \n "})
    assert answer.status_code == 422 and "先把消息粘进来" in words(answer)


def test_guesses_are_shown_with_their_words_and_may_be_changed(village: Any, client_as: Any) -> None:
    client = client_as(village.line_worker)
    page = words(client.post(PASTE, {"message": MESSAGE, "look": "1"}))
    assert '<mark class="due">' in page and '<mark class="sender">王科长' in page
    assert InboundTask.objects.count() == 0
    data = dict(re.findall(r'name="(t0-\w+|shown)" value="([^"]*)"', page))
    data |= {
        "message": MESSAGE,
        "t0-title": "报独居老人名册",
        "t0-sender_unit": "民政科",
        "t0-keep": "on",
        "t0-channel": "chat",
    }
    client.post(PASTE, data)
    task = InboundTask.objects.get()
    assert (task.matter.title, task.sender_unit) == ("报独居老人名册", "民政科")


def test_the_same_message_of_a_colleague_is_known(village: Any, client_as: Any) -> None:
    client_as(village.line_worker).post(PASTE, {"message": MESSAGE})
    again = client_as(village.deputy).post(PASTE, {"message": f"  {MESSAGE}\n"})
    assert again.status_code == 422 and "已经收过了" in words(again)
    assert InboundTask.objects.count() == 1
    grid = client_as(village.grid_worker).post(PASTE, {"message": MESSAGE})
    assert "已经收过了" in words(grid)
    other = client_as(village.outsider_worker).post(PASTE, {"message": MESSAGE})
    assert other.status_code == 302 and InboundTask.objects.count() == 2


def test_several_tasks_of_one_message(village: Any, client_as: Any) -> None:
    text = "1、请各社区明天下班前上报志愿服务时长统计表；\n2、月底前更新退役军人光荣牌悬挂台账。\n收到请回复"
    answer = client_as(village.line_worker).post(PASTE, {"message": text})
    assert answer.status_code == 302 and "kind=governance.inbound" in answer["Location"]
    assert set(Matter.objects.filter(kind="governance.inbound").values_list("title", flat=True)) == {
        "上报志愿服务时长统计表", "更新退役军人光荣牌悬挂台账",
    }  # fmt: skip


def test_a_task_that_is_on_no_list_ends_in_the_report(village: Any, client_as: Any) -> None:
    """Journey (c)."""
    actions.begin_lists(village.community, by=village.secretary)
    client = client_as(village.line_worker)
    text = "街道文明办：大家下载反诈APP，每日打卡，注册率不得低于90%，本周五前群里接龙"
    client.post(PASTE, {"message": text})
    task = InboundTask.objects.select_related("matter", "item").get()
    assert task.item and task.item.kind == "negative"
    matters.move(task.matter, "vet", by=village.line_worker)
    refused = {"article": "negative", "note": "下载打卡任务在负面清单里", "by": village.secretary}
    matters.move(task.matter, "refuse", **refused)
    letter = words(client.get(f"/governance/inbound/{task.pk}/letter/"))
    assert "街道文明办" in letter and "第四十三条" in letter and "负面清单" in letter
    assert "条文待核对" in letter and "在职责清单里改好" in letter, "nothing unchecked goes out unseen"
    DutyItem.objects.filter(pk=task.item_id).update(basis="街道负面清单第 3 条")
    assert "待核对" not in words(client.get(f"/governance/inbound/{task.pk}/letter/"))
    page = words(client_as(village.secretary).get("/governance/inbound/burden/"))
    assert "未准入退回 1 件" in page
    assert "admission=refused" in page
    assert counted(village.secretary, {"kind": "governance.inbound", "admission": "refused"}) == 1
    book = client_as(village.secretary).get("/governance/inbound/burden/book/")
    assert book.status_code == 200 and book.content[:2] == b"PK"


def test_every_number_of_the_report_is_the_length_of_its_list(village: Any) -> None:
    some_tasks(village)
    report = burden.reported(village.secretary, burden.span_of(""), {})
    for line in (report.whole, *report.senders):
        for figure in line.figures:
            assert counted(village.secretary, figure.params) == figure.count, (line.name, figure.key)
    assert sum(line.of("all").count for line in report.senders) == report.whole.of("all").count == 4
    assert report.whole.minutes == 95 and report.whole.forms == 4 and report.times == 3 * 12 + 1
    assert dict(report.repeated) == {"姓名": 2, "住址": 2}
    sentences = "".join(burden.brief(report, "里仁社区"))
    assert (
        "收到上级交办 4 件" in sentences
        and "「姓名」2 次" in sentences
        and village.grid_worker.name not in sentences
    )
    assert burden.reported(village.outsider, burden.span_of(""), {}).whole.of("all").count == 0


def some_tasks(village: Any) -> None:
    item = actions.add_item(
        village.community,
        facts={"kind": "own", "title": "居务公开", "basis": "第三十四条"},
        by=village.secretary,
    )
    forms = {"forms": 3, "forms_often": "monthly", "form_fields": "姓名、住址"}
    later = timezone.now() + timedelta(days=3)
    rows = (
        ("甲", {"sender_unit": "民政科", "item": item, "due_at": later, **forms}),
        ("乙", {"sender_unit": "民政科", "forms": 1, "form_fields": "姓名，住址"}),
        ("丙", {"sender_unit": "应急办"}),
        ("丁", {}),
    )
    first, second, *_ = (
        actions.receive_task(village.community, title=t, details=d, by=village.secretary) for t, d in rows
    )
    matters.move(first, "take", by=village.line_worker)
    actions.note_work(first.inboundtask, minutes=35, what="核对", by=village.line_worker)
    matters.move(first, "report", minutes=60, by=village.line_worker)
    matters.move(second, "vet", by=village.line_worker)
    matters.move(second, "admit", note="老人等着用", by=village.secretary)


def test_the_workbench_and_the_calendar_propose_the_month(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    page = words(client.get("/"))
    found = re.search(r'action="(/governance/inbound/calendar/take/[^"]+)"', page)
    assert found and "该办的" in page
    for _ in range(2):
        client.post(found[1].replace("&amp;", "&"))
    [matter] = Matter.objects.filter(source="calendar")
    assert CalendarChoice.objects.get().matter == matter
    assert matter.title in words(client.get("/governance/inbound/calendar/"))


def test_the_street_sends_and_sees_the_stage_alone(village: Any, client_as: Any) -> None:
    street = client_as(village.street_section)
    due = timezone.localtime(timezone.now() + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    data = {
        "title": "报送高龄津贴名单", "received_text": "按附件表式", "basis": "街道协助清单第 3 条", "due_at": due,
        "sender_unit": "民政科", "communities": [village.community.pk, village.neighbour.pk], "forms": "1", "once": "s1",
    }  # fmt: skip
    assert street.post("/governance/inbound/send/", {**data, "basis": ""}).status_code == 422
    assert street.post("/governance/inbound/send/", data).status_code == 302
    assert InboundTask.objects.count() == 2
    task = InboundTask.objects.get(community=village.community)
    assert task.sent_by == village.street_section and task.channel == "desk"
    matters.comment(task.matter, "内部先核一遍", by=village.line_worker)
    page = words(street.get(f"/governance/inbound/sent/{task.pk}/"))
    assert "社区已收到" in page and "内部先核一遍" not in page
    assert client_as(village.street_admin).get(f"/governance/inbound/sent/{task.pk}/").status_code == 404
    assert client_as(village.secretary).get("/governance/inbound/sent/").status_code == 403
    matters.move(task.matter, "vet", by=village.line_worker)
    matters.move(task.matter, "admit", note="可以办", by=village.secretary)
    matters.move(task.matter, "report", by=village.line_worker)
    back = {"move": "return_it", "note": "少一栏", "again_by": due, "once": "b1"}
    assert street.post(f"/governance/inbound/sent/{task.pk}/", back).status_code == 302
    assert Matter.objects.get(pk=task.pk).stage == "doing"
    assert InboundTask.objects.get(pk=task.pk).times_returned == 1


def test_a_sheet_is_shown_before_it_is_taken(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    rows = "清单\t事项\t依据\n协助清单\t助老走访\t街道协助清单第 2 条\n\t护学岗\t街道协助清单第 3 条"
    page = words(client.post("/governance/inbound/lists/file/", {"rows": rows}))
    assert "导入 2 条" in page and not DutyItem.objects.exists()
    client.post("/governance/inbound/lists/file/", {"rows": rows, "take": "1"})
    assert set(DutyItem.objects.values_list("kind", "title")) == {
        ("assist", "助老走访"),
        ("assist", "护学岗"),
    }
    assert "没找到表头" in words(client.post("/governance/inbound/lists/file/", {"rows": "甲\t乙"}))


@pytest.mark.parametrize("path", ["burden/", "lists/", "calendar/", "paste/"])
def test_three_or_thirty_cost_the_same(village: Any, client_as: Any, path: str) -> None:
    client = client_as(village.secretary)
    counts = []
    for _ in range(2):
        for n in range(6):
            details = {"sender_unit": f"单位{n}", "forms": 1, "form_fields": "姓名"}
            actions.receive_task(village.community, title="一件", details=details, by=village.secretary)
        client.get(f"/governance/inbound/{path}")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/governance/inbound/{path}").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 40
