from django.template import Context, Template
from django.test import RequestFactory

from liren.core import duty
from liren.core.duty import MenuItem
from liren.core.pages.templatetags.frame import address, lines

MENU = [
    MenuItem("今日工作台", "desk:workbench", icon="sun-high", group="top"),
    MenuItem("查找", "desk:search", seal="shu", group="duties"),
    MenuItem("还没有", "desk:not_built", group="people"),
]


def request_for(user, path):
    request = RequestFactory().get(path)
    request.user = user
    return request


def test_the_longest_address_is_current(village, monkeypatch):
    monkeypatch.setattr(duty, "menu_for", lambda user: MENU)
    marked = {line.item.name: line.current for line in lines(request_for(village.secretary, "/search/more/"))}
    assert marked == {"今日工作台": False, "查找": True}


def test_groups_have_their_headings(village, monkeypatch):
    monkeypatch.setattr(duty, "menu_for", lambda user: MENU)
    context = Context({"request": request_for(village.secretary, "/")})
    text = Template("{% load frame %}{% spine %}").render(context)
    assert "<h2>七件事</h2>" in text
    assert "人 · 房" not in text
    assert 'aria-current="page"' in text
    assert "里仁社区" in text


def test_an_address_that_is_not_built_is_empty():
    assert address("desk:not_built") == ""
