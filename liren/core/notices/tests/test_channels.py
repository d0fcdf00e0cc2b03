"""Opening, changing, closing channels, and what is refused."""

import pytest

from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.core.notices.actions import (
    change_channel,
    close_channel,
    open_channel,
    send_to_groups,
    test_channel,
)
from liren.core.notices.models import Channel, Message
from liren.core.privacy.cipher import unseal

pytestmark = pytest.mark.django_db
KEY = "k" * 30 + "a1b2"
DING = "https://oapi.dingtalk.com/robot/send?access_token=" + "d" * 60
FLY = "https://open.feishu.cn/open-apis/bot/v2/hook/" + "f" * 36


def test_the_address_is_sealed_and_only_its_end_is_shown(opened):
    channel = opened()
    assert bytes(channel.address_sealed).find(KEY.encode()) < 0 and unseal(channel.address_sealed) == KEY
    assert channel.hint == "…a1b2" and str(channel) == "社工群"
    assert channel.occasion_names == "急件、到期与逾期"
    trace = Trace.objects.order_by("-id").first()
    assert trace.action == "notices.open_channel" and KEY not in str(trace.particulars)


@pytest.mark.parametrize(
    ("kind", "address", "secret", "kept"),
    [
        ("dingtalk", DING, "SEC" + "9" * 61, "d" * 60 + " SEC" + "9" * 61),
        ("dingtalk", DING, "", "d" * 60),
        ("feishu", FLY, "", "f" * 36),
        ("feishu", FLY + "/", "geheim1234", "f" * 36 + " geheim1234"),
    ],
)
def test_robots_by_the_address_that_the_group_shows(opened, kind, address, secret, kept):
    assert unseal(opened(kind=kind, address=address, secret=secret).address_sealed) == kept


@pytest.mark.parametrize(
    ("kind", "address", "secret", "words"),
    [
        ("wecom", "https://qyapi.weixin.qq.com.example.org/send?key=" + KEY, "", "企业微信机器人的地址"),
        ("wecom", "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + KEY, "", "企业微信机器人的地址"),
        ("wecom", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=短", "", "不完整"),
        ("wecom", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send", "", "不完整"),
        ("wecom", "https://[", "", "企业微信机器人的地址"),
        (
            "wecom",
            "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + KEY,
            "SEC12345678",
            "签名密钥不对",
        ),
        ("dingtalk", DING, "有空格 的", "签名密钥不对"),
        ("dingtalk", FLY, "", "钉钉机器人的地址"),
        ("webhook", "ftp://10.0.0.1/", "", "https:// 开头"),
        ("webhook", "http://[", "", "https:// 开头"),
        ("webhook", "http://user:pass@10.0.0.1/", "", "https:// 开头"),
        ("webhook", "http://169.254.169.254/latest/", "", "LIREN_GATEWAYS"),
        ("mail", "a@example.org", "", "LIREN_MAIL"),
        ("fax", "110", "", "没有这种通道"),
    ],
)
def test_an_address_that_is_none_is_refused(opened, settings, kind, address, secret, words):
    settings.LIREN_GATEWAYS, settings.LIREN_MAIL = ["10.0.0.1"], ""
    with pytest.raises(Refused, match=words):
        opened(kind=kind, address=address, secret=secret)
    assert not Channel.objects.exists()


@pytest.mark.parametrize(
    ("address", "words"),
    [("", "1 到 20"), ("不是邮箱", "不像邮箱"), (",".join(["a@example.org"] * 21), "1 到 20")],
)
def test_mail_goes_to_addresses(opened, settings, address, words):
    settings.LIREN_MAIL = "mailto://127.0.0.1"
    with pytest.raises(Refused, match=words):
        opened(kind="mail", address=address)
    channel = opened(kind="mail", address="a@example.org， b@example.org")
    assert unseal(channel.address_sealed) == "a@example.org,b@example.org" and channel.hint == "2 个邮箱"


def test_only_those_who_look_after_channels_open_them(opened, village):
    for who in (village.deputy, village.grid_worker, village.outsider, village.auditor):
        with pytest.raises(Refused, match="请找书记"):
            opened(by=who)
    with pytest.raises(Refused, match="请找书记"):
        open_channel(
            village.street,
            name="街道群",
            kind="wecom",
            address="",
            occasions=["urgent"],
            by=village.system_admin,
        )
    assert opened(by=village.system_admin).is_active


def test_a_name_and_an_occasion_are_needed_and_a_name_is_had_once(opened):
    for facts, words in (
        ({"name": " "}, "起个名字"),
        ({"occasions": []}, "至少选一种"),
        ({"occasions": ["x"]}, "没有这种事"),
    ):
        with pytest.raises(Refused, match=words):
            opened(**facts)
    channel = opened()
    with pytest.raises(Refused, match="同名"):
        opened()
    other = opened(name="网格群")
    with pytest.raises(Refused, match="同名"):
        change_channel(other, name="社工群", occasions=["daily"], by=other.opened_by)
    close_channel(channel, by=channel.opened_by)
    assert opened().pk != channel.pk


def test_changing_what_is_told(opened, village):
    channel = change_channel(opened(), name="书记群", occasions=["daily", "warning"], by=village.secretary)
    assert (channel.name, channel.occasions) == ("书记群", ["daily", "warning"])


def test_what_was_waiting_for_a_closed_channel_is_not_sent(opened, village):
    channel = opened()
    message = test_channel(channel, by=village.secretary)
    with pytest.raises(Refused, match="还在路上"):
        test_channel(channel, by=village.secretary)
    close_channel(channel, by=village.secretary)
    message.refresh_from_db()
    assert message.state == Message.State.GIVEN_UP and not message.can_go_again
    for deed in (close_channel, test_channel):
        with pytest.raises(Refused, match="停用"):
            deed(channel, by=village.secretary)
    with pytest.raises(Refused, match="停用"):
        change_channel(channel, name="又开", occasions=["daily"], by=village.secretary)
    facts = {"number": "治-2026-0137", "kind": "邻里纠纷", "due": channel.opened_at, "link": "/"}
    assert not send_to_groups(
        village.community, occasion="overdue", template="matters.due", facts=facts, key="1", by=None
    )


def test_channels_and_messages_are_seen_by_those_who_look_after_them(opened, village):
    channel = opened()
    message = test_channel(channel, by=village.secretary)
    for who in (village.secretary, village.system_admin):
        assert channel in Channel.objects.visible_to(who) and message in Message.objects.visible_to(who)
    for who in (village.deputy, village.grid_worker, village.outsider, village.auditor, village.street_admin):
        assert channel not in Channel.objects.visible_to(who) and message not in Message.objects.visible_to(
            who
        )
