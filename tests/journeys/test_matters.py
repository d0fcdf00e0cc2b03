"""The ledger at the desk in a real browser: a matter from its one line to its end, by keys, with a photo and a slip."""

import io
import re

import pytest
from PIL import Image

from liren.core.matters import actions
from liren.core.matters.models import Attachment, Entry, Handoff, Matter

from .conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
MODES = {
    "default": (DESK, {}),
    "large": (DESK, {"size": "large"}),
    "phone-large-contrast": (PHONE, {"size": "large", "contrast": "more"}),
}
DRAWERS = ("move/finish", "contact", "attach", "assign", "ask", "pause", "due", "triage", "hand-off", "link", "merge",
           "split", "party", "correct")  # fmt: skip


def calm(page):
    """No wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


def errand(village, **facts):
    given = {"title": "帮方奶奶取药", "house": village.house, "holder": village.secretary} | facts
    asker = actions.PartyDraft(person=village.alone, phone="13900001111")
    return actions.open_matter(
        "governance.errand", community=village.community, parties=[asker], by=village.secretary, **given
    )


@pytest.mark.parametrize("mode", MODES)
def test_every_page_of_the_ledger_is_readable_in_every_mode(village, browse, axe, look, mode):
    matter = errand(village)
    actions.hand_off(matter, to="property", name="安居物业", brief="开门禁", by=village.secretary)
    size, prefs = MODES[mode]
    page = browse(village.secretary, size=size, prefs=prefs)
    for url in (
        "",
        "new/",
        "new/governance.errand/",
        "flows/",
        f"hand-over/{village.grid_worker.pk}/",
        f"{matter.pk}/",
    ):
        page.goto(f"/matters/{url}")
        calm(page)
        axe(page)
        look(page, f"matters-{url.replace('/', '-')}{mode}")
    for deed in DRAWERS if mode == "default" else DRAWERS[:2]:
        page.goto(f"/matters/{matter.pk}/{deed}/")
        calm(page)
        axe(page)


def test_a_matter_from_one_line_to_its_end_by_keys(village, browse, axe, look):
    page = browse(village.secretary)
    page.goto("/matters/")
    page.keyboard.press("Alt+n")
    page.get_by_role("link", name="帮办代办").click()
    page.locator("[name=title]:focus").wait_for()
    page.keyboard.type("帮方奶奶取药")
    page.get_by_label("在哪里").fill("3号楼2单元501")
    page.get_by_text(f"{village.house.spelt} · 第一网格").wait_for()
    page.get_by_label("在册居民").fill(village.alone.name)
    page.get_by_role("radio", name=village.alone.name).check()
    look(page, "matters-new")
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_text("登记好了").wait_for()
    matter = Matter.objects.get()
    assert (matter.house, matter.parties.get().person) == (village.house, village.alone)

    page.locator("body").click(position={"x": 700, "y": 90})
    page.keyboard.press("b")
    page.get_by_text("现在是「办理中」").wait_for()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("w")
    drawer = page.get_by_role("dialog", name="等别人")
    drawer.get_by_role("button", name="等别人").click()
    assert drawer.is_visible()
    drawer.get_by_role("textbox", name="说明").fill("等医院回话")
    axe(page)
    drawer.get_by_role("button", name="等别人").click()
    page.get_by_text("现在是「等候他人」").wait_for()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("e")
    drawer = page.get_by_role("dialog", name="办结")
    drawer.get_by_text("已完成").click()
    drawer.get_by_role("textbox", name="说明").fill("药送到了")
    look(page, "matters-finish")
    drawer.get_by_role("button", name="办结").click()
    page.get_by_text("现在是「已办结」").wait_for()
    matter.refresh_from_db()
    assert (matter.stage, matter.outcome) == ("done", "done")


def test_a_photo_a_word_and_a_slip(village, browse, axe, look, tmp_path):
    matter, picture = errand(village), io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(picture, "JPEG")
    page = browse(village.secretary)
    page.goto(f"/matters/{matter.pk}/")
    page.get_by_label("写一条经过").fill("门口拍的")
    page.locator("input[name=files]").first.set_input_files(
        {"name": "门口.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    )
    page.get_by_text("门口.jpg").wait_for()
    page.get_by_role("button", name="记下").click()
    page.get_by_text("记下了").wait_for()
    assert Attachment.objects.get().entry.note == "门口拍的"
    shown = page.locator(".timeline img")
    shown.wait_for()
    assert shown.evaluate("img => img.complete && img.naturalWidth > 0")

    page.get_by_role("button", name="更多操作").click()
    look(page, "matters-more")
    axe(page)
    page.get_by_role("link", name="转办、委托").last.click()
    drawer = page.get_by_role("dialog", name="转办、委托")
    drawer.get_by_label("名称或姓名").fill("安居物业")
    drawer.get_by_role("button", name="转出去").click()
    slip = page.get_by_role("dialog", name="已转给安居物业")
    link = slip.get_by_label("转办单的链接").input_value()
    look(page, "matters-slip")
    axe(page)
    assert Handoff.objects.by_token(link.rstrip("/").rsplit("/", 1)[-1]).exists()
    slip.get_by_role("link", name="回到事项").click()
    page.get_by_text("转给安居物业").first.wait_for()


def test_a_phone_is_opened_for_a_reason(village, browse):
    matter = errand(village)
    page = browse(village.secretary)
    page.goto(f"/matters/{matter.pk}/")
    page.get_by_text("139****1111").wait_for()
    page.get_by_role("button", name="查看电话").click()
    page.get_by_role("button", name="显示 60 秒").click()
    page.get_by_text("13900001111").wait_for()


def test_what_was_typed_stays_when_somebody_was_faster(village, browse):
    matter = errand(village)
    page = browse(village.secretary)
    page.goto(f"/matters/{matter.pk}/")
    page.get_by_role("link", name="办结").click()
    drawer = page.get_by_role("dialog", name="办结")
    drawer.get_by_text("已完成").click()
    drawer.get_by_role("textbox", name="说明").fill("药送到了")
    actions.move(matter, "begin", by=village.deputy)
    drawer.get_by_role("button", name="办结").click()
    page.get_by_text("高原刚刚办了「开始办」").wait_for()
    assert drawer.get_by_role("textbox", name="说明").input_value() == "药送到了"
    assert not Entry.objects.filter(what="finish").exists()


def test_letters_are_letters_while_one_types(village, browse):
    matter = errand(village)
    page = browse(village.secretary)
    page.goto(f"/matters/{matter.pk}/")
    page.get_by_label("写一条经过").press_sequentially("be")
    assert Matter.objects.get().stage == "new" and page.get_by_label("写一条经过").input_value() == "be"


def test_the_list_narrows_while_one_types(village, browse):
    errand(village)
    errand(village, title="楼道灯坏了")
    page = browse(village.secretary)
    page.goto("/matters/")
    page.get_by_label("在台账里找").press_sequentially("取药", delay=30)
    page.get_by_role("link", name="楼道灯坏了").wait_for(state="detached")
    field = page.get_by_label("在台账里找")
    assert field.input_value() == "取药" and field.evaluate("el => el === document.activeElement")
    assert page.get_by_role("link", name="帮方奶奶取药").is_visible()


@pytest.mark.parametrize("mode", MODES)
def test_several_are_ticked_in_a_row_and_done_by_a_letter(village, browse, axe, look, mode):
    names = ["帮方奶奶取药", "帮方奶奶交费", "帮方奶奶换灯泡"]
    for name in names:
        errand(village, title=name)
    size, prefs = MODES[mode]
    page = browse(village.secretary, size=size, prefs=prefs)
    page.goto("/matters/")
    boxes = page.get_by_role("checkbox", name=re.compile("^选 "))
    boxes.first.check()
    boxes.last.click(modifiers=["Shift"])
    bar = page.get_by_role("region", name="勾选的一起办")
    assert "已选 3 件" in bar.inner_text()
    calm(page)
    axe(page)
    look(page, f"matters-bulk-{mode}")

    page.keyboard.press("j")
    page.get_by_role("heading", name="写一条经过：3 件").wait_for()
    calm(page)
    axe(page)
    look(page, f"matters-several-{mode}")
    page.get_by_role("textbox", name="写一条经过").fill("节前都问过了")
    page.get_by_role("button", name="写一条经过").click()
    page.get_by_text("3 件都记下了").wait_for()
    assert Entry.objects.filter(what="comment", note="节前都问过了").count() == 3


def test_those_that_cannot_be_archived_are_named(village, browse, axe, look):
    errand(village)
    page = browse(village.secretary)
    page.goto("/matters/")
    page.get_by_role("checkbox", name="全选这一页").check()
    page.keyboard.press("g")
    page.get_by_role("button", name="归档").click()
    page.get_by_role("heading", name="1 件没办成").wait_for()
    calm(page)
    axe(page)
    look(page, "matters-several-done")
    assert page.get_by_role("link", name="帮方奶奶取药").is_visible()
    assert not Matter.objects.exclude(archived_at=None).exists()
