"""Figures in the browser: both pages and the paper of the brief, in every size; a number opens its list; no ranking."""

import re

import pytest

from .conftest import DESK, PHONE

WIDER = "document.documentElement.scrollWidth > innerWidth"
MODES = {"default": (DESK, {}), "large": (DESK, {"size": "large"}), "phone": (PHONE, {})}


@pytest.mark.parametrize("mode", MODES)
def test_figures_are_sound(mode, village, browse, axe, look):
    size, prefs = MODES[mode]
    page = browse(village.secretary, size=size, prefs=prefs)
    for path in ("/reports/", "/reports/people/"):
        page.goto(path)
        for fold in page.locator("main details").all():
            fold.locator("summary").click()
        assert not page.evaluate(WIDER), f"{path} is wider than the screen"
        look(page, f"figures{path.replace('/', '-')}{mode}")
        axe(page)
    assert page.locator("svg.chart").count() == 1


def test_from_a_number_to_its_list_and_to_the_paper(village, browse, axe, look):
    page = browse(village.secretary)
    page.goto("/reports/")
    assert "不给人排名" in page.content()
    page.get_by_role("link", name="人口", exact=True).click()
    number = page.locator(".stats a").first
    said = number.inner_text().replace(",", "")
    number.click()
    page.wait_for_url("**/registry/files/**")
    assert page.locator("#found tbody tr").count() == min(int(said), 20)
    page.go_back()
    page.get_by_role("link", name=re.compile(r"^\d+月简报$")).click()
    page.get_by_role("button", name="排好版").click()
    # The page that asked what for has the same heading: the paper is there with its drawings.
    page.locator(".brief-paper svg.chart").first.wait_for()
    assert "年龄和性别" in page.content() and "低保" not in page.content()
    look(page, "figures-paper")
    axe(page)
