"""A hazard in a real browser: found on a round with a phone, noticed, set right; who found it cannot close it."""

import pytest
from playwright.sync_api import expect

from liren.core.matters.models import Matter
from liren.duties.governance.models import Hazard, HazardPaper
from liren.duties.governance.tests.hazard_samples import in_days, noticed, picture

from .conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
MODES = {
    "default": (DESK, {}),
    "large": (DESK, {"size": "large"}),
    "phone-large-contrast": (PHONE, {"size": "large", "contrast": "more"}),
}
PHOTO = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": picture()}


@pytest.mark.parametrize("mode", MODES)
def test_every_page_of_the_room_is_readable_in_every_mode(village, browse, axe, mode):
    matter = noticed(village)
    paper = HazardPaper.objects.get(matter=matter)
    size, prefs = MODES[mode]
    page = browse(village.secretary, size=size, prefs=prefs)
    for url in (
        "", f"{matter.pk}/photos/", f"{matter.pk}/correct/", f"{matter.pk}/dissuade/", "round/", "points/",
        f"papers/{paper.pk}/", f"papers/{paper.pk}/serve/",
    ):  # fmt: skip
        page.goto(f"/governance/hazards/{url}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} px too wide"
        axe(page)


def test_a_hazard_that_only_another_person_can_close(village, browse, axe):
    phone = browse(village.grid_worker, size=PHONE)
    phone.goto("/governance/hazards/round/")
    phone.get_by_role("button", name="3号楼").click()
    phone.get_by_role("button", name="楼道：没问题").click()
    expect(phone.locator("#points")).to_contain_text("还剩 4 处")
    axe(phone)
    phone.get_by_role("link", name="消防通道：有隐患").click()
    phone.locator("input[type=file]").first.set_input_files(PHOTO)
    phone.get_by_role("button", name="登记", exact=True).click()
    phone.get_by_role("button", name="其余 3 处也看过了，没问题").click()
    phone.get_by_role("button", name="巡完了").click()
    expect(phone.get_by_text("这次巡查记好了")).to_be_visible()
    matter = Matter.objects.get(kind="governance.hazard")
    Hazard.objects.filter(matter=matter).update(responsible_name="海东安居物业")

    finder = browse(village.grid_worker)
    finder.goto(f"/matters/{matter.pk}/move/notice/")
    finder.get_by_label("整改期限").fill(in_days(5).isoformat())
    finder.get_by_label("要求怎么改").fill("挪走车辆，划线")
    finder.get_by_role("button", name="发整改通知").click()
    finder.get_by_role("link", name="打印整改通知书").click()
    expect(finder.get_by_role("heading", name="安全隐患整改通知书")).to_be_visible()
    finder.goto(f"/governance/hazards/{matter.pk}/photos/")
    finder.locator("form", has=finder.get_by_role("button", name="存到整改后")).locator(
        "input[type=file]"
    ).first.set_input_files(PHOTO)
    finder.get_by_role("button", name="存到整改后").click()
    expect(finder.get_by_role("img", name="整改后照片 1")).to_be_visible()
    finder.goto(f"/matters/{matter.pk}/")
    finder.get_by_role("button", name="改好了，等复查").click()
    expect(finder.get_by_text("方亮发现的，要换一位同事复查、销号").first).to_be_visible()

    other = browse(village.deputy)
    other.goto(f"/matters/{matter.pk}/move/close/")
    other.get_by_label("复查看到的情况").fill("通道畅通")
    other.get_by_role("button", name="复查合格，销号").click()
    expect(other.get_by_text("已销号").first).to_be_visible()
    assert Hazard.objects.get(matter=matter).checker == village.deputy
