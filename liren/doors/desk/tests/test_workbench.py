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
    assert '<span class="count">1,046</span>' in text
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


def opened(village, title, **facts):
    from liren.core.matters import actions

    facts = {"holder": village.grid_worker, "house": village.house, "by": village.secretary} | facts
    return actions.open_matter("governance.errand", community=village.community, title=title, **facts)


def test_the_queue_shows_what_is_due_and_why(village, client_as):
    matter = opened(village, "帮方奶奶取药")
    text = text_of(client_as(village.grid_worker))
    assert f'href="/matters/{matter.pk}/">帮方奶奶取药</a>' in text
    assert "接手办理（规定 1 个工作日）" in text
    assert f'href="/matters/{matter.pk}/move/begin/">开始办</a>' in text
    assert '手上 <b class="num">1</b> 件' in text


def test_danger_comes_first_and_what_nobody_took_is_offered(village, client_as):
    opened(village, "借梯子")
    opened(village, "有人倒在楼道里", danger=True, holder=None)
    text = text_of(client_as(village.grid_worker))
    assert text.index("先办") < text.index("有人倒在楼道里</a>") < text.index("借梯子</a>")
    assert "待接手" in text
    assert "有人倒在楼道里" not in text_of(client_as(village.grid_worker_2))
    assert "借梯子" not in text_of(client_as(village.outsider))


def test_each_number_equals_the_list_it_opens(village, client_as):
    import html
    import re

    from liren.core.matters import actions

    opened(village, "借梯子")
    opened(village, "换锁", holder=None)
    done = opened(village, "量血压")
    actions.move(done, "finish", note="量好了", outcome="done", by=village.grid_worker)
    client = client_as(village.grid_worker)
    found = re.findall(r'<dd class="v"><a href="([^"]+)"[^>]*>([\d,]+)</a><small>件', text_of(client))
    assert [number for _, number in found] == ["0", "0", "1", "3", "1"]
    for url, number in found:
        listed = text_of(client, html.unescape(url))
        assert len(set(re.findall(r'href="/matters/(\d+)/"', listed))) == int(number), url


def test_a_seal_narrows_the_queue(village, client_as):
    opened(village, "借梯子")
    client = client_as(village.grid_worker)
    part = client.get("/?seal=wen", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "借梯子" not in part
    assert "借梯子" in client.get("/?seal=zheng", headers={"HX-Request": "true"}).content.decode()


def test_what_waits_on_others_and_what_came_in(village, client_as):
    from liren.core.matters import actions

    matter = opened(village, "楼道灯不亮")
    actions.hand_off(matter, to="property", name="安居物业", brief="请换楼道灯", by=village.grid_worker)
    text = text_of(client_as(village.grid_worker))
    assert "等别人回话" in text
    assert "安居物业 · 楼道灯不亮" in text
    assert "新来的" in text


def test_restricted_matters_show_to_their_circle_alone(village, client_as):
    from liren.core.matters import actions

    actions.open_matter(
        "governance.lead",
        community=village.community,
        title="孩子身上有伤",
        holder=village.deputy,
        by=village.secretary,
    )
    assert "孩子身上有伤" in text_of(client_as(village.secretary))
    for key in ("line_worker", "grid_worker", "street_section", "outsider", "auditor"):
        assert "孩子身上有伤" not in text_of(client_as(village[key]))


def test_the_number_of_statements_does_not_grow(village, client_as):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_as(village.grid_worker)
    opened(village, "第一件")
    text_of(client)
    with CaptureQueriesContext(connection) as few:
        text_of(client)
    for number in range(20):
        opened(village, f"第 {number} 件", danger=number % 2 == 0)
    with CaptureQueriesContext(connection) as many:
        text_of(client)
    assert len(many) <= len(few)
