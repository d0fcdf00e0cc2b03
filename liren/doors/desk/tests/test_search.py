from liren.core import duty
from liren.core.duty import Door, Hit, MenuItem
from liren.doors.desk.search import grouped, matches

HTMX = {"HX-Request": "true"}


def finder(user, sought, limit):
    yield Hit("居民", f"{sought}的人", "82 岁 · 8-302", "/person/1/", icon="user")
    yield Hit("房屋", "8-302", "", "/house/1/", icon="home")


def test_everybody_is_asked_and_answers_are_grouped(village, client_as, monkeypatch):
    monkeypatch.setattr(duty, "_doors", duty._doors | {"t": Door("t", "试", finders=(finder,))})
    text = client_as(village.secretary).get("/search/", {"q": " fxy "}, headers=HTMX).content.decode()
    assert "<html" not in text
    assert 'role="group" aria-label="居民"' in text
    assert 'href="/person/1/"' in text
    assert "fxy的人<small>82 岁 · 8-302</small>" in text


def test_a_page_without_script_shows_the_same(village, client_as, monkeypatch):
    monkeypatch.setattr(duty, "_doors", duty._doors | {"t": Door("t", "试", finders=(finder,))})
    text = client_as(village.secretary).get("/search/", {"q": "<fxy>"}).content.decode()
    assert "&lt;fxy&gt;的人" in text
    assert 'value="&lt;fxy&gt;"' in text


def test_nothing_sought_asks_nobody_and_shows_the_pages(village, client_as, monkeypatch):
    def never(user, sought, limit):
        raise AssertionError("asked for nothing")

    monkeypatch.setattr(duty, "_doors", duty._doors | {"t": Door("t", "试", finders=(never,))})
    text = client_as(village.secretary).get("/search/", headers=HTMX).content.decode()
    assert "今日工作台" in text


def test_nothing_found_says_how_else(village, client_as):
    text = client_as(village.secretary).get("/search/", {"q": "龘龘龘"}).content.decode()
    assert "没有找到" in text


def test_pages_are_found_by_name_and_pinyin():
    item = MenuItem("今日工作台", "desk:workbench", words="gongzuotai gzt")
    assert matches(item, "工作")
    assert matches(item, "GZT")
    assert matches(item, "今日 gzt")
    assert not matches(item, "导入")


def test_groups_keep_the_order_in_which_they_came():
    hits = [Hit("房屋", "a", "", ""), Hit("居民", "b", "", ""), Hit("房屋", "c", "", "")]
    assert [(name, [hit.name for hit in group]) for name, group in grouped(hits)] == [
        ("房屋", ["a", "c"]),
        ("居民", ["b"]),
    ]
