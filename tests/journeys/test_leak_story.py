"""One leak from the phone of a resident to the month's ledger: said with a photo, dispatched from the queue, called,
visited, given to the property firm, got back, answered, called back, rated, printed.
"""

import datetime
import re

import pytest
from django.utils import timezone

from liren.core.matters import actions
from liren.core.matters.models import Entry, Handoff, Matter

from .conftest import PHONE
from .test_portal import photo, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def texts_go_out(settings):
    settings.LIREN_SMS = "console"


def say_it(page, village):
    """Three steps on a phone."""
    portal = f"/p/{village.community.code}/"
    page.goto(f"{portal}say/")
    page.get_by_text("反映问题").click()
    page.get_by_text("漏水渗水").click()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("怎么回事").fill("楼上漏水，客厅吊顶一直在滴。")
    with page.expect_navigation():
        page.locator("input[type=file]").set_input_files([photo()])
    page.get_by_alt_text("已传：天花板.jpg").wait_for()
    page.get_by_label("在哪里").fill("5 号楼 2 单元")
    page.get_by_role("button", name="下一步").click()
    sign_in(page, portal)
    page.wait_for_url("**/say/reach/**")
    page.get_by_label("您怎么称呼").fill("孙师傅")
    page.get_by_role("button", name="提交").click()
    page.get_by_text("收到您的反映").wait_for()
    return Matter.objects.get(kind="governance.appeal")


def dispatch(page, matter, village, axe):
    """The desk finds it in the queue where it belongs, takes it up and gives it to the worker of the grid."""
    page.goto("/")
    rows = page.locator(".queue .what > a")
    titles = rows.all_inner_texts()
    assert titles.index(matter.title) < titles.index("想问图书室几点开门"), (
        "an old and calm matter comes after"
    )
    axe(page)
    rows.get_by_text(matter.title).click()
    page.wait_for_url(f"**/matters/{matter.pk}/")
    shown = page.locator(".timeline img")
    shown.wait_for()
    moved(page, matter, "accept")
    page.get_by_text("待联系").first.wait_for()
    page.goto(f"/matters/{matter.pk}/assign/")
    choose(page, village.grid_worker_2)
    page.get_by_role("button", name="派给他").click()
    page.get_by_text(f"已派给{village.grid_worker_2.name}").wait_for()


def choose(page, user):
    """A colleague in a field of choices, however it is drawn."""
    field = page.locator("[name=to]")
    if field.first.evaluate("each => each.tagName") == "SELECT":
        field.select_option(str(user.pk))
    else:
        page.locator(f"[name=to][value='{user.pk}']").check()


def contact(page, matter, how, note):
    page.goto(f"/matters/{matter.pk}/contact/")
    page.locator(f"[name=how][value={how}]").check()
    page.locator("[name=reached][value=yes]").check()
    page.locator("#id_note").fill(note)
    page.locator("main form button[type=submit], main form button:not([type])").last.click()
    page.wait_for_url(f"**/matters/{matter.pk}/**")


def moved(page, matter, key, **facts):
    page.goto(f"/matters/{matter.pk}/move/{key}/")
    for name, value in facts.items():
        field = page.locator(f"main [name={name}]").first
        if field.get_attribute("type") == "radio":
            page.locator(f"[name={name}][value={value}]").check()
        else:
            field.fill(value)
    page.locator("main form button[type=submit], main form button:not([type])").last.click()
    page.wait_for_url(re.compile(rf"/matters/{matter.pk}/$"))


def out_and_back(page, matter, browse, axe):
    """To the property firm with a slip, and back by its link on a phone without an account."""
    page.goto(f"/matters/{matter.pk}/hand-off/")
    choose_firm(page)
    page.locator("main [name=name]").fill("安居物业")
    page.locator("main form button[type=submit], main form button:not([type])").last.click()
    link = page.get_by_label("转办单的链接").input_value()
    firm = browse(size=PHONE)
    firm.goto(link)
    assert "孙师傅" not in firm.content(), "the slip shows what has to be done, not who asked"
    axe(firm)
    firm.get_by_text("已办好").click()
    firm.locator("textarea").fill("防水补好了，关水试了两个小时，不漏")
    firm.get_by_role("button", name="回复社区").click()
    firm.get_by_text("谢谢您").wait_for()
    assert Handoff.objects.get(matter=matter).result == "done"


def choose_firm(page):
    field = page.locator("[name=to]")
    if field.first.evaluate("each => each.tagName") == "SELECT":
        field.select_option("property")
    else:
        page.locator("[name=to][value=property]").check()


def test_a_leak_from_a_phone_to_the_ledger(village, browse, axe, look):
    actions.open_matter(
        "governance.question", community=village.community, title="想问图书室几点开门", by=village.deputy
    )
    resident = browse(size=PHONE)
    matter = say_it(resident, village)
    dispatch(browse(village.deputy), matter, village, axe)

    page = browse(village.grid_worker_2)
    page.goto("/")
    page.get_by_role("link", name=matter.title).first.wait_for()
    contact(page, matter, "phone", "约好下午上门")
    contact(page, matter, "visit", "楼上卫生间地漏渗水")
    moved(page, matter, "reached")
    moved(page, matter, "wait", note="物业下午来补防水")
    out_and_back(page, matter, browse, axe)
    page.goto(f"/matters/{matter.pk}/")
    page.get_by_text("防水补好了，关水试了两个小时，不漏").first.wait_for()
    look(page, "story-leak-back")
    axe(page)
    moved(page, matter, "ready", note="漏点已补")
    moved(page, matter, "reply", note="楼上防水补好了，您再看两天")
    resident.reload()
    resident.get_by_text("楼上防水补好了，您再看两天").first.wait_for()
    moved(page, matter, "close", note="两天没有再漏", outcome="resolved")

    resident.reload()
    resident.get_by_text("解决了", exact=True).click()
    resident.get_by_text("5 星 很好").click()
    resident.get_by_role("button", name="评好了").click()
    resident.get_by_text("您评了 5 星").wait_for()
    matter.refresh_from_db()
    assert (matter.outcome, matter.solved, matter.stars) == ("resolved", "yes", 5)
    deeds = list(Entry.objects.filter(matter=matter).order_by("id").values_list("what", flat=True))
    assert [deed for deed in deeds if deed in ("open", "accept", "assign", "hand_off", "return", "close", "appraise")] == [
        "open", "accept", "assign", "hand_off", "return", "close", "appraise",
    ]  # fmt: skip
    printed(browse(village.secretary), matter, look)


def printed(page, matter, look):
    """The month's ledger on A4 has it."""
    today = timezone.localdate()
    first = today.replace(day=1)
    last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    page.goto(f"/ledgers/governance.appeal.all/print/?from={first}&to={last}")
    button = page.get_by_role("button", name="排好版")
    if button.count():
        button.click()
    page.get_by_text(matter.number).first.wait_for()
    look(page, "story-leak-ledger")
    pdf = page.pdf(format="A4", landscape=True)
    assert len(pdf) > 10_000
