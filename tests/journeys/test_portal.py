"""The residents' portal in a real browser, on a phone: saying something with a photo, and following it to the stars."""

import io
import re

import pytest
from PIL import Image

from liren.core.matters import actions as matters
from liren.core.matters.models import Attachment, Matter
from liren.core.notices.models import Message
from liren.core.privacy.cipher import unseal
from liren.doors.portal.actions import announce

from .conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "16012345678"


@pytest.fixture(autouse=True)
def texts_go_out(settings):
    settings.LIREN_SMS = "console"


def photo():
    kept = io.BytesIO()
    Image.new("RGB", (1600, 1200), "#B9AD97").save(kept, "JPEG")
    return {"name": "天花板.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def calm(page, axe, look, name):
    """No wider than the phone, no violation; in large type too."""
    for size in ("large", "plain"):
        page.locator(".bar-top button").click()
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} px too wide in {size}"
        look(page, f"portal-{name}-{size}")
        # What lies half under the bar at the bottom can be scrolled up: it is judged on a page as long as it is.
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": PHONE["width"], "height": tall})
        axe(page)
        page.set_viewport_size(PHONE)


def sign_in(page, portal):
    page.get_by_label("手机号").fill(NUMBER)
    page.get_by_label("我看过并同意").check()
    page.get_by_role("button", name="收验证码").click()
    page.wait_for_url("**/sign-in/code/**")
    text = unseal(Message.objects.filter(template="portal.code").latest("pk").text_sealed)
    page.get_by_label("短信里的 6 位数字").fill(re.search(r"\d{6}", text).group())
    page.get_by_role("button", name="登录").click()


def test_a_resident_says_it_with_a_photo_and_follows_it_to_the_stars(village, browse, axe, look):
    announce(village.community, title="周三量血压", text="活动中心一楼", by=village.secretary)
    portal = f"/p/{village.community.code}/"
    page = browse(size=PHONE)
    page.goto(portal)
    calm(page, axe, look, "front")
    page.get_by_role("link", name="我有事要说").first.click()
    calm(page, axe, look, "say-1")
    page.get_by_text("反映问题").click()
    page.get_by_text("漏水渗水").click()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("怎么回事").fill("客厅天花板滴水三天了。")
    with page.expect_navigation():
        page.locator("input[type=file]").set_input_files([photo()])
    assert page.get_by_label("怎么回事").input_value() == "客厅天花板滴水三天了。"
    page.get_by_alt_text("已传：天花板.jpg").wait_for()
    page.get_by_label("在哪里").fill("5 号楼")
    # Large type is switched on and off in between: nothing typed is lost.
    calm(page, axe, look, "say-2")
    assert page.get_by_label("在哪里").input_value() == "5 号楼"
    page.get_by_role("button", name="下一步").click()
    sign_in(page, portal)
    page.wait_for_url("**/say/reach/**")
    calm(page, axe, look, "say-3")
    page.get_by_label("您怎么称呼").fill("孙师傅")
    page.get_by_role("button", name="提交").click()
    page.get_by_text("收到您的反映").wait_for()
    matter = Matter.objects.get()
    assert Attachment.objects.filter(matter=matter).count() == 1
    calm(page, axe, look, "progress")
    finish(village, matter)
    page.reload()
    page.get_by_text("解决了", exact=True).click()
    page.get_by_text("5 星 很好").click()
    calm(page, axe, look, "rating")
    page.get_by_role("button", name="评好了").click()
    page.get_by_text("您评了 5 星").wait_for()
    matter.refresh_from_db()
    assert (matter.stars, matter.solved) == (5, "yes")
    page.get_by_role("link", name="我的", exact=True).click()
    calm(page, axe, look, "me")


def finish(village, matter):
    worker = village.secretary
    matters.move(matter, "accept", by=worker)
    matters.contact(matter, how="phone", reached=True, by=worker)
    matters.move(matter, "reached", by=worker)
    matters.move(matter, "reply", note="楼上换了防水，观察了两天", by=worker)
    matters.move(matter, "close", note="楼上换了防水", outcome="resolved", by=worker)


def test_without_script_and_without_a_name(village, browse):
    page = browse(size=PHONE, java_script_enabled=False)
    page.goto(f"/p/{village.community.code}/tip/")
    page.get_by_text("反映问题").click()
    page.get_by_text("停车", exact=True).click()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("怎么回事").fill("有车停在消防通道。")
    page.get_by_label("在哪里").fill("南门")
    page.locator("input[type=file]").set_input_files([photo()])
    page.get_by_role("button", name="传上去看看").click()
    # A name of a file may say who sent it: here it gets another.
    page.get_by_alt_text("已传：照片1.jpg").wait_for()
    page.get_by_role("button", name="大字").click()
    assert page.locator("html").get_attribute("data-size") == "large"
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="提交").click()
    code = page.locator(".claim").inner_text()
    page.get_by_role("link", name="用查询码看回音").click()
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="看回音").click()
    page.get_by_text("收到您的反映").wait_for()
    assert Matter.objects.get().parties.count() == 0
