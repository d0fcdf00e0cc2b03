"""Written once on a phone, found in its ledger, printed for the inspector, taken along as a file."""

import datetime
import io

import openpyxl
import pikepdf
import pytest

from liren.core.documents.tests import files
from liren.core.logbook.actions import write_record
from liren.core.logbook.models import WorkRecord

from .conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
MODES = {
    "default": (DESK, {}),
    "large": (DESK, {"size": "large"}),
    "phone-large-contrast": (PHONE, {"size": "large", "contrast": "more"}),
}
LONG = "上门看望，血压平稳，药还够半个月；阳台门关不严，已约物业周四上午来修，叮嘱早晚添衣，女儿每天有电话。"


def calm(page):
    """No wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


def visits(village, count):
    for n in range(count):
        write_record(
            text=f"{LONG}（{n + 1}）", kinds=["visit"], people=[village.alone], house=village.house,
            begun=datetime.time(9, n % 60), by=village.grid_worker,
        )  # fmt: skip


@pytest.mark.parametrize("mode", MODES)
def test_every_page_is_readable_in_every_mode(village, browse, axe, look, mode):
    visits(village, 4)
    record = WorkRecord.objects.first()
    size, prefs = MODES[mode]
    page = browse(village.grid_worker if "phone" in mode else village.secretary, size=size, prefs=prefs)
    one = f"ledgers/log/{record.pk}"
    ledger = "ledgers/logbook.visit"
    for url in (
        "ledgers",
        ledger,
        f"{ledger}/print",
        "ledgers/matters.all",
        "ledgers/log",
        "ledgers/log/new",
        one,
    ):
        page.goto(f"/{url}/" + ("?who=all" if url.endswith("log") else ""))
        calm(page)
        axe(page)
        look(page, f"{url.replace('/', '-')}-{mode}")
    page.goto(f"/{ledger}/print/")
    page.get_by_role("button", name="排好版").click()
    page.get_by_role("heading", name="民情日记（走访记录）").wait_for()
    calm(page)
    axe(page)
    look(page, f"ledgers-paper-{mode}")


def write_on_the_phone(village, browse, axe):
    """A visit with a person found and a photo, in one form."""
    phone = browse(village.grid_worker, size=PHONE)
    phone.goto("/ledgers/log/new/?kind=visit")
    phone.get_by_label("做了什么").fill("去看顾阿婆，灯泡换好了")
    phone.get_by_label("谁、哪一处").press_sequentially(village.alone.name)
    phone.get_by_label(village.alone.name).first.check()
    phone.locator("input[type=file]").set_input_files(
        {"name": "灯.jpg", "mimeType": "image/jpeg", "buffer": files.jpeg()}
    )
    axe(phone)
    phone.get_by_role("button", name="记下").click()
    phone.get_by_text("去看顾阿婆，灯泡换好了").wait_for()
    assert phone.locator(".thumb img").evaluate("each => each.naturalWidth") > 0


def test_written_on_the_phone_printed_and_taken_along(village, browse, axe, look):
    visits(village, 30)
    write_on_the_phone(village, browse, axe)

    page = browse(village.secretary)
    page.goto("/ledgers/logbook.visit/")
    page.get_by_text("共 31 条").first.wait_for()
    page.get_by_label("在台账里找").press_sequentially("灯泡")
    page.get_by_text("共 1 条").first.wait_for()
    page.get_by_label("在台账里找").fill("")
    page.get_by_text("共 31 条").first.wait_for()

    page.locator("#rows").get_by_role("link", name="打印").click()
    page.get_by_label("做什么用").fill("11 月检查备查")
    page.get_by_role("button", name="排好版").click()
    page.get_by_role("heading", name="民情日记（走访记录）").wait_for()
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        assert 3 <= len(paper.pages) <= 6
        for sheet in paper.pages:
            _, _, width, height = (round(float(edge)) for edge in sheet.mediabox)
            assert (width, height) == (842, 595), "A4, across"
    page.emulate_media(media="print")
    for hidden in (".topbar", ".spine", ".page-head", ".on-paper > .paper-head"):
        assert not page.locator(hidden).first.is_visible()
    assert (
        page.locator(".ledger-paper thead").evaluate("each => getComputedStyle(each).display")
        == "table-header-group"
    )
    page.emulate_media(media="screen")

    page.get_by_role("link", name="回台账").click()
    page.locator("#rows").get_by_role("link", name="导出").click()
    page.get_by_label("做什么用").fill("11 月检查备查")
    page.get_by_label("交给谁").fill("街道民政科")
    axe(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="导出 31 条").click()
    sheet = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes())).active
    texts = [cell.value for cell in sheet["E"]]
    assert texts.count("去看顾阿婆，灯泡换好了") == 1 and sheet.max_row >= 35
