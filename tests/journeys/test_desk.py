"""The pages of the desk in a real browser: signing in, first start, colleagues, areas, numbers, trace."""

import pytest

from liren.core.accounts.actions import make_setup_code
from liren.core.audit.actions import record
from liren.sample.village import PASSWORD

from .conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
MODES = {
    "default": (DESK, {}),
    "large": (DESK, {"size": "large"}),
    "phone-large-contrast": (PHONE, {"size": "large", "contrast": "more"}),
}
PAGES = ("account", "account/password", "account/sign-ins", "account/second", "staff", "staff/new", "areas", "rules",
         "rules/accounts.idle_minutes", "traces", "privacy")  # fmt: skip


def calm(page):
    """No wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


@pytest.mark.parametrize("mode", MODES)
def test_every_page_is_readable_in_every_mode(village, browse, axe, look, mode):
    record("people.reveal", target=village.alone, purpose="核对身份", by=village.grid_worker)
    size, prefs = MODES[mode]
    page = browse(village.secretary, size=size, prefs=prefs)
    for url in (*PAGES, f"staff/{village.line_worker.pk}", f"areas/{village.community.pk}"):
        page.goto(f"/{url}/")
        calm(page)
        axe(page)
        look(page, f"desk-{url.replace('/', '-')}-{mode}")
    guest = browse(size=size, prefs=prefs)
    guest.goto("/sign-in/")
    calm(guest)
    axe(guest)
    look(guest, f"desk-sign-in-{mode}")


def test_signing_in_with_a_slip_of_the_hand_first(village, browse, axe):
    page = browse()
    page.goto("/account/")
    page.get_by_label("账号").fill("secretary")
    page.get_by_label("密码", exact=True).fill("nonsense")
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_text("账号或密码不对").wait_for()
    axe(page)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("heading", name="我的账户").wait_for()
    page.get_by_role("button", name="的菜单").click()
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/sign-in/")


def test_a_house_is_opened_with_the_printed_code(db, browse, axe, look):
    code = make_setup_code(by=None)
    page = browse()
    page.goto("/")
    page.wait_for_url("**/setup/")
    axe(page)
    look(page, "desk-setup")
    for field, text in {
        "setup_code": code, "district_name": "临江区", "district_code": "310199", "street_name": "槐荫街道",
        "street_code": "310199001", "community_name": "里仁社区", "community_code": "310199001001",
        "name": "苏敏", "username": "sumin", "password": "willow-and-pagoda", "again": "willow-and-pagoda",
    }.items():  # fmt: skip
        page.locator(f"#id_{field}").fill(text)
    page.get_by_role("button", name="开张").click()
    page.get_by_role("heading", name="苏敏").wait_for()
