"""Somebody tidies up: the figures, a round of verifying, two records told apart — in the browser, in both sizes."""

import datetime

import pytest

from liren.core.people.actions import register_many
from liren.core.people.drafts import PersonDraft
from liren.core.people.models import Person
from liren.duties.registry.quality.actions import look_through

from .conftest import DESK, PHONE

WIDER = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def untidy(village):
    person = village.namesake
    draft = PersonDraft(
        name=person.name, sex=person.sex, birth=person.birth[:7], house=person.house, relation="02"
    )
    register_many([draft], community=village.community, source=village.source, by=None)
    Person.objects.filter(pk__in=[village.disabled.pk, village.poor.pk]).update(
        verified_on=datetime.date(2020, 1, 1)
    )
    look_through(village.community, by=None)
    return village


@pytest.mark.parametrize(
    ("size", "prefs"), [(DESK, {}), (DESK, {"size": "large"}), (PHONE, {"size": "large"})]
)
def test_every_page_is_sound(untidy, browse, axe, size, prefs):
    page = browse(untidy.secretary, size=size, prefs=prefs)
    for part in ("", "stale/", "doubles/", "no-paper/", "married-minor/"):
        page.goto(f"/registry/quality/{part}")
        assert not page.evaluate(WIDER), f"{part} is wider than the screen"
        axe(page)


def test_a_round_of_verifying(untidy, browse, axe):
    page = browse(untidy.secretary)
    page.goto("/registry/quality/")
    page.get_by_role("link", name="很久没核实").click()
    assert not page.locator(".bulk").is_visible()
    page.get_by_label("全选这一页").check()
    assert page.locator("[data-count]").text_content() == "3"
    axe(page)
    page.get_by_label("选中韩梅").uncheck()
    page.get_by_role("button", name="都核实过了").click()
    page.get_by_text("今天核实过 2 人").wait_for()
    assert page.get_by_role("main").get_by_role("link", name="韩梅").first.is_visible()
    page.goto("/registry/quality/")
    page.locator("#figures:not([hx-trigger])").wait_for()
    assert page.locator(".stat", has_text="很久没核实").locator(".v").text_content().startswith("1")


def test_a_gap_is_filled_in_a_drawer_over_the_list(untidy, browse, axe):
    page = browse(untidy.secretary)
    page.goto("/registry/quality/no-paper/")
    page.get_by_role("link", name="补证件：赵小弟").click()
    page.get_by_role("dialog").wait_for()
    axe(page)


def test_two_people_are_told_apart_and_that_is_taken_back(untidy, browse):
    page = browse(untidy.secretary)
    page.goto("/registry/quality/doubles/")
    page.get_by_role("button", name="张伟和张伟不是同一个人").click()
    page.get_by_text("没有像是重复的档案").wait_for()
    page.locator(".toasts").get_by_role("button", name="撤销").click()
    page.get_by_role("link", name="张伟和张伟是同一个人，合并").click()
    page.get_by_role("heading", name="合并两份档案").wait_for()
