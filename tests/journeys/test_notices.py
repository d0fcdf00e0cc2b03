"""Somebody reads what came in, and somebody looks after the channels — in the browser, in both sizes."""

import datetime

import pytest

from liren.core.notices.actions import open_channel, send_to_groups, tell_user
from liren.core.notices.models import Message, Notice

from .conftest import DESK, PHONE

WIDER = "document.documentElement.scrollWidth > innerWidth"
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + "k" * 30 + "a1b2"
FACTS = {"number": "治-2026-0137", "kind": "邻里纠纷", "due": datetime.date(2026, 7, 14), "link": "/"}


@pytest.fixture
def told(village):
    for n, text in enumerate(
        ["治-2026-0137 明天到期，还差一次调解", "气象台发布暴雨蓝色预警，今晚 20 时起雨强增大"]
    ):
        tell_user(
            village.secretary,
            text=text,
            url="/registry/" if n else "",
            key=str(n),
            community=village.community,
            by=None,
        )
    channel = open_channel(
        village.community,
        name="社工群",
        kind="wecom",
        address=WECOM,
        occasions=["overdue"],
        by=village.secretary,
    )
    send_to_groups(
        channel.community,
        occasion="overdue",
        template="matters.overdue",
        facts=FACTS,
        key="1",
        by=village.secretary,
    )
    Message.objects.update(state="uncertain", tries=1, last_error="发的时候断了，不知道对方收没收到")
    return village


@pytest.mark.parametrize(
    ("size", "prefs"),
    [(DESK, {}), (DESK, {"size": "large"}), (PHONE, {"size": "large"}), (DESK, {"theme": "dark"})],
)
def test_every_page_is_sound(told, browse, axe, size, prefs):
    page = browse(told.secretary, size=size, prefs=prefs)
    [channel] = Message.objects.values_list("channel", flat=True)
    for path in ("/notices/", "/notices/?unread=1", "/channels/", "/channels/new/", f"/channels/{channel}/"):
        page.goto(path)
        assert not page.evaluate(WIDER), f"{path} is wider than the screen"
        axe(page)


def test_reading_them_one_by_one(told, browse, axe):
    page = browse(told.secretary)
    page.goto("/")
    page.get_by_role("link", name="通知，2 条未读").click()
    page.get_by_role("button", name="知道了").first.click()
    page.get_by_role("link", name="通知，1 条未读").wait_for()
    axe(page)
    page.get_by_role("button", name="全部标成读过").click()
    page.get_by_role("link", name="通知", exact=True).first.wait_for()
    page.get_by_role("link", name="未读").click()
    page.get_by_text("都读过了").wait_for()
    axe(page)
    assert not Notice.objects.unread().exists()


def test_sending_again_what_may_not_have_arrived(told, browse, axe):
    page = browse(told.secretary)
    page.goto("/channels/")
    page.get_by_role("link", name="要人看一眼 1").click()
    page.get_by_role("button", name="再发一次").click()
    page.get_by_text("又排上了，马上发").wait_for()
    page.get_by_role("main").get_by_text("等着发").wait_for()
    axe(page)
