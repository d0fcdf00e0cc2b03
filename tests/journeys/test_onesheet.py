"""Three forms from above — a list, a card, a cross table — from the drop to the file, and one of them again next month."""

import io
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from django.utils import timezone

from liren.duties.governance.inbound.actions import add_item, correct_task
from liren.duties.registry.onesheet.actions import begin_filling, keep_template

from .conftest import DESK, PHONE

FORMS = Path(__file__).parents[2] / "liren" / "sample" / "tests" / "data" / "forms"
LIST, CARD, CROSS = (
    FORMS / "F01_高龄津贴发放花名册.xlsx",
    FORMS / "F03_困难残疾人生活补贴申请审批表.xlsx",
    FORMS / "F06_分年龄性别老年人口统计表.xlsx",
)
WIDER = "document.documentElement.scrollWidth > innerWidth"


def drop(page, form):
    page.goto("/registry/onesheet/")
    page.locator("input[type=file]").set_input_files(form)
    page.get_by_role("heading", name=form.stem).wait_for()


def taken(page, name):
    with page.expect_download() as file:
        page.get_by_role("link", name=name).click()
    return io.BytesIO(Path(file.value.path()).read_bytes())


def hand_out(page, axe=None):
    page.get_by_role("button", name="交表").click()
    dialog = page.get_by_role("dialog", name="交表")
    dialog.get_by_label("做什么用").fill("街道民政科核对")
    dialog.get_by_label("交给谁").fill("街道民政科 温立民")
    dialog.get_by_label("也要一份 PDF").check()
    if axe:
        axe(page)
    page.get_by_role("button", name="填好，生成下载").click()
    page.get_by_role("link", name="下载").wait_for()
    with pikepdf.open(taken(page, "盖章用 PDF")) as pdf:
        assert len(pdf.pages) >= 1
    return openpyxl.load_workbook(taken(page, "下载")).active


def test_a_list_and_the_same_again_next_month(village, browse, axe):
    page = browse(village.secretary)
    drop(page, LIST)
    assert page.get_by_text("登记册里没有的").is_visible()
    axe(page)
    page.get_by_role("button", name="改条件").click()
    page.get_by_label("只填哪个网格").select_option(village.grid_1.name)
    axe(page)
    page.get_by_role("button", name="按这些条件重填").click()
    page.get_by_text(f"网格是{village.grid_1.name}").first.wait_for()
    sheet = hand_out(page, axe)
    assert sheet["A4"].value == "序号" and sheet["A6"].value == 1
    assert sheet["I6"].value is None
    page.get_by_role("button", name="存成表样").click()
    dialog = page.get_by_role("dialog", name="存成表样")
    dialog.get_by_label("多久交一次").select_option("month")
    dialog.get_by_label("每期几号交").fill(str(timezone.localdate().day))
    dialog.get_by_label("交给谁").fill("街道民政科")
    page.get_by_role("button", name="存", exact=True).click()
    page.goto("/registry/onesheet/")
    axe(page)
    page.get_by_role("button", name="一键再填").click()
    page.get_by_role("heading", name="比").wait_for()
    assert page.get_by_text(f"网格是{village.grid_1.name}").first.is_visible()


def test_a_form_that_is_due_from_the_workbench_to_the_end_of_its_task(village, browse, axe):
    filling = begin_filling(
        village.community, content=LIST.read_bytes(), name=LIST.name, by=village.secretary
    )
    template = keep_template(
        filling, period="month", due_day=timezone.localdate().day, receiver="街道民政科", by=village.secretary
    )
    task = template.turns.get().matter
    facts = {"kind": "own", "title": "高龄津贴申报", "basis": "职责清单第 3 条"}
    item = add_item(village.community, facts=facts, by=village.secretary)
    correct_task(task.inboundtask, facts={"item": item}, by=village.secretary)
    page = browse(village.secretary)
    page.goto("/")
    axe(page)
    page.get_by_role("button", name="一键填").first.click()
    page.get_by_role("heading", name=LIST.stem).wait_for()
    page.get_by_role("button", name="跳到下一处留白").click()
    axe(page)
    page.get_by_label("补填").fill("海东银行")
    page.get_by_role("button", name="补填").click()
    page.get_by_role("cell", name="海东银行").wait_for()
    hand_out(page)
    page.get_by_role("link", name=task.number).click()
    page.get_by_text("表填好了，交给街道民政科").first.wait_for()
    task.refresh_from_db()
    assert task.stage == "done"


def test_a_card_for_one_person(village, browse, axe):
    page = browse(village.secretary)
    drop(page, CARD)
    page.get_by_label("姓名、拼音、门牌").fill(village.disabled.name)
    page.get_by_role("button", name="找", exact=True).click()
    page.get_by_role("button", name=f"就填这位：{village.disabled.name}").first.click()
    page.get_by_text("空着的，可以手填").wait_for()
    axe(page)
    page.get_by_label("开户银行").fill("海东银行")
    page.get_by_role("button", name="填上").click()
    page.get_by_role("cell", name="海东银行").wait_for()
    sheet = hand_out(page)
    assert sheet["B3"].value == village.disabled.name
    assert sheet["B9"].value == "海东银行"
    # A signature is nobody's but the signer's.
    assert sheet["B13"].value.strip().endswith("日")


def test_figures_by_age_and_sex(village, browse, axe):
    page = browse(village.secretary)
    drop(page, CROSS)
    axe(page)
    sheet = hand_out(page)
    assert isinstance(sheet["B5"].value, int)
    assert sheet["N5"].value == "=B5+E5+H5+K5"


@pytest.mark.parametrize(("size", "prefs"), [(DESK, {"size": "large"}), (PHONE, {})])
def test_every_page_is_sound(village, browse, axe, size, prefs):
    page = browse(village.secretary, size=size, prefs=prefs)
    page.goto("/registry/onesheet/")
    axe(page)
    for form in (LIST, CARD, CROSS):
        drop(page, form)
        assert not page.evaluate(WIDER), f"{form.stem} is wider than the screen"
        axe(page)
