import pytest

from liren.core import duty
from liren.core.accounts.actions import give_post, open_account
from liren.core.areas.actions import open_area
from liren.core.duty import Door, MenuItem, Panel


@pytest.fixture
def offers(monkeypatch):
    """Writes a door into the book for one test: ``offers(panels=…, menu=…, finders=…)``."""

    def offered(**what):
        door = Door(key="offers", name="试", **what)
        monkeypatch.setattr(duty, "_doors", duty._doors | {door.key: door})

    return offered


def text_of(client, url="/"):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_day_is_greeted_by_name(village, client_as):
    text = text_of(client_as(village.secretary))
    assert "苏敏，" in text
    assert "星期" in text
    assert "里仁社区" in text
    assert "今日工作台" in text


def test_strangers_are_asked_to_sign_in(client, db):
    assert client.get("/").status_code == 302


def test_figures_and_cards_come_from_the_book(village, client_as, offers):
    full = Panel("待核对", (("王建国", "两份档案", "/x/"),), url="/all/", icon="users", count=1046)
    idle = Panel("久未走访", (), empty="都见过了")
    offers(panels=(lambda user: full, lambda user: idle, lambda user: None))
    text = text_of(client_as(village.secretary))
    assert "1,046<small>件</small>" in text
    assert '<a href="/x/">王建国</a><p>两份档案</p>' in text
    assert 'href="/all/"' in text
    assert "都见过了" in text


def test_a_day_with_nothing_to_do_says_so(village, client_as, monkeypatch):
    monkeypatch.setattr(duty, "panels_for", lambda user: [])
    assert "今天的都办完了" in text_of(client_as(village.secretary))


def test_an_empty_register_says_where_to_begin(village, client_as, offers):
    offers(
        menu=(
            MenuItem("导入", "desk:search", first_step="把手头的花名册拖进来"),
            MenuItem("还没有的页", "desk:nowhere", first_step="不会出现"),
        )
    )
    founded = open_area(
        level="community",
        name="新荫社区",
        code="310199001009",
        parent=village.street,
        by=village.street_admin,
    )
    first = open_account(username="first", name="林初", password="huai-yin-2026-初来", by=None)
    give_post(first, role="secretary", area=founded, by=None)
    first.must_change_password = False
    first.save()
    text = text_of(client_as(first))
    assert "从手头的花名册开始" in text
    assert "把手头的花名册拖进来" in text
    assert "不会出现" not in text
    assert "从手头的花名册开始" not in text_of(client_as(village.auditor))
