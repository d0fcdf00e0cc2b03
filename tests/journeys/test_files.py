"""Files in the browser: the eye with its reason, drawers, the building chart under the arrow keys; nothing breaks the
rules of accessibility in any size or mode.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from .conftest import DESK, PHONE

MODES: dict[str, tuple[dict[str, int], dict[str, str]]] = {
    "desk": (DESK, {}),
    "large": (DESK, {"size": "large"}),
    "contrast": (DESK, {"contrast": "more"}),
    "phone": (PHONE, {"size": "large"}),
}


def at(name: str, *args: Any) -> str:
    return reverse(f"registry:{name}", args=[getattr(a, "pk", a) for a in args])


def pages(village: Any) -> Iterator[tuple[str, str]]:
    """The pages that are looked at in every mode."""
    household = village.head.residences.get(to_on=None).household
    yield "person", at("person", village.alone)
    yield "history", at("person_history", village.old_wife)
    yield "merge", at("merge", village.namesake) + f"?with={village.other_namesake.pk}"
    yield "building", at("building", village.tower) + f"?house={village.head.house_id}"
    yield "house", at("house", village.rented_house)
    yield "household", at("household", household)
    yield "new", at("person_new")


@pytest.mark.parametrize("mode", MODES)
def test_every_page_reads_well(village: Any, browse: Any, axe: Any, look: Any, mode: str) -> None:
    size, prefs = MODES[mode]
    page = browse(village.secretary, size=size, prefs=prefs)
    for name, url in pages(village):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], f"{name} is too wide"
        axe(page)
        look(page, f"{name}-{mode}")


def test_a_number_is_shown_for_a_reason_and_hidden_again(village: Any, browse: Any, axe: Any) -> None:
    phone = village.alone.phones.order_by("pk").first()
    page = browse(village.grid_worker)
    page.clock.install()
    page.goto(at("person", village.alone))
    eye = page.locator(f'[data-reveal="{at("reveal", "phone", phone)}"]')
    eye.click()
    axe(page)
    page.get_by_text("紧急联系").last.click()
    page.get_by_label("补充一句").fill("两天没应门")
    page.get_by_role("button", name="显示 60 秒").click()
    page.get_by_text(phone.number).wait_for()
    page.clock.run_for(61_000)
    page.get_by_text(phone.masked).first.wait_for()
    assert not page.get_by_text(phone.number).count()
    page.get_by_role("link", name="谁看过").first.click()
    page.get_by_text("紧急联系：两天没应门").wait_for()


def test_somebody_moves_out_in_a_drawer(village: Any, browse: Any, axe: Any) -> None:
    page = browse(village.grid_worker)
    page.goto(at("person", village.head))
    page.get_by_role("button", name="办变动").click()
    page.get_by_role("link", name="迁出").click()
    page.locator("dialog.drawer[open]").wait_for()
    axe(page)
    page.get_by_label("家里由谁当户主").select_option(str(village.spouse.pk))
    page.get_by_role("button", name="迁出").last.click()
    page.get_by_text("已迁出，档案还在").wait_for()
    page.goto(at("household", village.spouse.residences.get(to_on=None).household))
    page.get_by_role("heading", name="周丽华一户").wait_for()


def test_the_arrows_walk_through_the_building(village: Any, browse: Any) -> None:
    page = browse(village.grid_worker)
    page.goto(at("building", village.tower))
    cells = page.locator(".bldg a.cell")
    cells.first.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.id") == f"house-{village.head.house_id}"
    page.keyboard.press("Enter")
    page.get_by_role("link", name="周丽华").wait_for()
    assert f"house={village.head.house_id}" in page.url
    assert page.evaluate("document.activeElement.id") == f"house-{village.head.house_id}", "the focus stays"
    page.get_by_role("link", name="最近核实").click()
    page.get_by_text("近期核实").wait_for()
