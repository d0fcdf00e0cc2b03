"""The look holds in every mode: nothing for axe to say, nothing wider than the screen, nothing in the console."""

import pytest

from .conftest import DESK, PHONE

MODES = {
    "default": (DESK, {}),
    "large": (DESK, {"size": "large"}),
    "contrast": (DESK, {"contrast": "more"}),
    "dark": (DESK, {"theme": "dark"}),
    "phone": (PHONE, {}),
    "phone-large": (PHONE, {"size": "large"}),
}
PAGES = ("/", "/gallery/")
MORE = ("/search/?q=gzt", "/nowhere/")
WIDER = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(autouse=True)
def in_development(settings):
    settings.DEVELOPMENT = True


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_is_sound(mode, village, browse, axe, look):
    size, prefs = MODES[mode]
    for path in PAGES + (MORE if mode in ("default", "phone-large") else ()):
        page = browse(village.secretary, size=size, prefs=prefs)
        page.goto(path)
        assert not page.evaluate(WIDER), f"{path} is wider than the screen"
        look(page, f"{path.strip('/').split('/')[0] or 'workbench'}-{mode}")
        axe(page)


def test_dialogs_menus_and_palette_are_sound_while_open(village, browse, axe, look):
    page = browse(village.secretary)
    page.goto("/gallery/")
    for opener, dialog in (("作废一件事项", "#dm"), ("打开抽屉", "#drawer")):
        page.get_by_role("button", name=opener).click()
        assert page.locator(dialog).evaluate("d => d.open")
        axe(page)
        page.keyboard.press("Escape")
    page = browse(village.secretary)
    page.goto("/")
    page.get_by_role("button", name="显示设置").click()
    axe(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="的菜单").click()
    axe(page)
    look(page, "menu")


def test_preferences_are_remembered_and_set_before_the_first_paint(village, browse):
    page = browse(village.secretary)
    page.goto("/")
    page.get_by_role("button", name="显示设置").click()
    page.get_by_role("button", name="大字", exact=True).click()
    assert page.evaluate("document.documentElement.dataset.size") == "large"
    page.reload(wait_until="commit")
    page.wait_for_selector("body", state="attached")
    assert page.evaluate("document.documentElement.dataset.size") == "large"
    page.get_by_role("button", name="显示设置").click()
    page.get_by_role("button", name="大字", exact=True).click()
    assert page.evaluate("localStorage.getItem('liren.size')") is None


def test_the_palette_is_walked_by_keys_alone(village, browse, axe, look):
    page = browse(village.secretary)
    page.goto("/search/")
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox")
    field.fill("gzt")
    page.wait_for_selector('[role=option][aria-selected="true"]')
    axe(page)
    look(page, "palette")
    # The Enter that ends an input method's word chooses nothing.
    field.evaluate("e => e.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true}))")
    assert "/search/" in page.url
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/search/" not in url)
    page.get_by_role("heading", name="苏敏").wait_for()


def test_without_script_a_page_still_reads_and_finds(village, browse):
    page = browse(village.secretary, java_script_enabled=False)
    page.goto("/")
    page.locator(".topsearch").click()
    page.locator("#sought").fill("工作台")
    page.get_by_role("button", name="查找").click()
    assert page.get_by_role("main").get_by_role("link", name="今日工作台").is_visible()


def test_a_draft_survives_a_closed_lid(village, browse):
    page = browse(village.secretary)
    page.goto("/gallery/#drawer")
    page.get_by_label("什么事").fill("302 两日未应门")
    page.reload()
    assert page.get_by_label("什么事").input_value() == "302 两日未应门"
    assert "的草稿" in page.locator("#drawer [data-draft-said]").text_content()


def test_a_building_chart_is_walked_by_arrows(village, browse):
    page = browse(village.secretary)
    page.goto("/gallery/")
    page.locator(".bldg .cell", has_text="302").focus()
    for key, expected in (
        ("ArrowRight", "303"),
        ("ArrowDown", "103"),
        ("ArrowLeft", "102"),
        ("ArrowUp", "302"),
    ):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.querySelector('b').textContent") == expected


def test_tabs_and_toasts_answer(village, browse):
    page = browse(village.secretary)
    page.goto("/gallery/")
    page.get_by_role("tab", name="总览").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_text("走访的内容").is_visible()
    page.get_by_role("button", name="转派（带撤销）").click()
    page.locator(".toasts").get_by_role("button", name="撤销").click()
    assert page.get_by_text("已恢复原样").is_visible()
