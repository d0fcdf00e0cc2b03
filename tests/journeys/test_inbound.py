"""Tasks from above in a real browser: a pasted message becomes a task; one that is on no list ends in the burden report."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from liren.core.matters.models import Matter
from liren.duties.governance.inbound import actions
from liren.duties.governance.models import InboundTask

from .conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
MESSAGE = "王科长：各社区请于三个工作日内报送3号楼60周岁以上独居老人台账,发我邮箱。收到请回复"
OFF_LIST = "街道文明办：大家下载反诈APP，每日打卡，注册率不得低于90%，本周五前群里接龙"
MODES = {
    "default": (DESK, {}),
    "large": (DESK, {"size": "large"}),
    "phone-large-contrast": (PHONE, {"size": "large", "contrast": "more"}),
}


def pasted(page, message):
    """What was read stands beside the message before anything is kept."""
    page.goto("/governance/inbound/")
    page.get_by_label("消息原文").fill(message)
    page.locator("#read .read-text").first.wait_for()


def deed(page, matter, move, button, **facts):
    page.goto(f"/matters/{matter.pk}/move/{move}/")
    for name, value in facts.items():
        field = page.locator(f"main [name={name}]").first
        kind = field.evaluate("each => each.type")
        if kind == "radio":
            page.locator(f"main [name={name}][value={value}]").check()
        elif kind.startswith("select"):
            field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(f"**/matters/{matter.pk}/")


def test_a_pasted_message_becomes_a_task(village, browse, axe, look):
    actions.begin_lists(village.community, by=village.secretary)
    page = browse(village.line_worker)
    pasted(page, MESSAGE)
    expect(page.locator("mark.sender")).to_have_text("王科长")
    expect(page.locator("mark.due")).to_contain_text("三个工作日内")
    expect(page.get_by_label("来件人")).to_have_value("王科长")
    assert page.get_by_label("要求什么时候").input_value()[11:] == "17:30", "working days end with the office"
    page.get_by_text("依据、条线、地点、表里填什么").click()
    expect(page.get_by_label("落在哪里").locator("option:checked")).to_have_text("3号楼")
    axe(page)
    look(page, "story-inbound-read")

    page.get_by_label("来件单位").fill("街道民政科")
    page.get_by_label("什么事").fill("报送3号楼独居老人台账")
    page.get_by_label("什么事").press("Enter")
    page.wait_for_url("**/matters/*/")
    matter = Matter.objects.select_related("inboundtask__item", "building").get(kind="governance.inbound")
    task = matter.inboundtask
    assert (matter.title, matter.building) == ("报送3号楼独居老人台账", village.tower)
    assert (task.sender, task.received_text) == ("街道民政科 王科长", MESSAGE)
    assert task.item.title == "独居、高龄老人关爱走访" and task.reply_wanted and task.due_at > timezone.now()
    axe(page)

    page.goto("/")
    page.locator(".queue").get_by_role("link", name=matter.title).click()
    page.wait_for_url(f"**/matters/{matter.pk}/")
    page.keyboard.press("b")  # 清单内，开始办
    page.get_by_text("办好并上报").first.wait_for()
    matter.refresh_from_db()
    assert (matter.stage, matter.holder) == ("doing", village.line_worker)
    assert matter.main_todo.due_at == task.due_at, "the sender's own time is the clock"

    colleague = browse(village.deputy)
    pasted(colleague, MESSAGE)
    expect(colleague.get_by_text("这条消息同事已经收过了")).to_be_visible()
    expect(colleague.locator("#read")).to_contain_text(matter.number)


def test_a_task_on_no_list_ends_in_the_burden_report(village, browse, axe, look):
    actions.begin_lists(village.community, by=village.secretary)
    page = browse(village.line_worker)
    pasted(page, OFF_LIST)
    expect(page.locator("#read")).to_contain_text("负面清单")
    page.get_by_label("消息原文").press("Enter")
    page.wait_for_url("**/matters/*/")
    matter = Matter.objects.get(kind="governance.inbound")
    page.get_by_role("button", name="清单内，开始办").or_(page.get_by_text("在负面清单里")).first.wait_for()
    deed(page, matter, "vet", "清单外，交书记审核")

    secretary = browse(village.secretary)
    secretary.goto("/")
    secretary.get_by_role("link", name=matter.title).first.wait_for()
    deed(secretary, matter, "ask_sender", "请来件单位补依据", note="请给文件名和文号")
    deed(page, matter, "answered", "对方补了依据", note="对方说没有文件")
    page.goto(f"/matters/{matter.pk}/")
    page.get_by_role("link", name="记用时").click()
    page.get_by_label("花了多少分钟").fill("40")
    page.get_by_label("做了什么").fill("核对清单、打电话问依据")
    page.locator("main form button.primary").click()
    page.wait_for_url(f"**/matters/{matter.pk}/")
    deed(secretary, matter, "refuse", "不予准入，退回", article="negative", note="下载打卡在负面清单里")
    task = InboundTask.objects.get(pk=matter.pk)
    assert (task.admission, task.article, task.minutes) == ("refused", "negative", 40)

    secretary.get_by_role("link", name="打印退回函").click()
    expect(secretary.locator("main")).to_contain_text("街道文明办")
    axe(secretary)
    look(secretary, "story-inbound-letter")
    burden_told(secretary, matter, axe, look)


def burden_told(page, matter, axe, look):
    """The report has it, in words, in figures that open their list, and with its hours."""
    page.goto("/governance/inbound/burden/")
    expect(page.locator("main")).to_contain_text("未准入退回 1 件")
    row = page.get_by_role("row").filter(has_text="文明办")
    expect(row).to_contain_text("40 分钟")
    axe(page)
    look(page, "story-inbound-burden")
    page.locator(".stat a[href*='admission=refused']").first.click()
    page.get_by_text(matter.number).first.wait_for()
    assert page.locator("tbody tr").count() == 1
    page.goto("/governance/inbound/burden/")
    with page.expect_download() as book:
        page.get_by_role("link", name="导出表格").click()
    assert book.value.path().stat().st_size > 4000


@pytest.mark.parametrize("mode", MODES)
def test_every_page_of_the_room_is_readable_in_every_mode(village, browse, axe, mode):
    actions.begin_lists(village.community, by=village.secretary)
    task = actions.receive_task(
        village.community,
        title="报送台账",
        details={"sender_unit": "民政科", "forms": 2},
        by=village.secretary,
    )
    size, prefs = MODES[mode]
    page = browse(village.secretary, size=size, prefs=prefs)
    for url in (
        "paste/",
        f"{task.pk}/",
        f"{task.pk}/work/",
        "lists/",
        "lists/new/",
        "lists/file/",
        "burden/",
        "calendar/",
    ):
        page.goto(f"/governance/inbound/{url}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} px too wide"
        axe(page)
