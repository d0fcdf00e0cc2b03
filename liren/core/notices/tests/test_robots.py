"""Robots of groups, against a stand-in on this machine that answers as the services document it."""

import base64
import hashlib
import hmac
from urllib.parse import parse_qs, urlsplit

import pytest
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wecombot import NotifyWeComBot

from liren.core.notices.addresses import HOSTS
from liren.core.notices.outcomes import Outcome
from liren.core.notices.senders import robots

from .gateway import gateway

pytestmark = pytest.mark.enable_socket
PLUGINS = {"wecom": NotifyWeComBot, "dingtalk": NotifyDingTalk, "feishu": NotifyFeishu}
KEY = "k" * 32


@pytest.fixture
def there(monkeypatch):
    """The three services, each under its own path."""
    with gateway() as running:
        for plugin in PLUGINS.values():
            real = urlsplit(plugin.notify_url)
            tail = real.path + (f"?{real.query}" if real.query else "")
            monkeypatch.setattr(plugin, "notify_url", f"http://{running.place}{tail}")
        yield running


@pytest.mark.parametrize("kind", PLUGINS)
def test_the_library_sends_to_the_host_that_we_name(kind):
    real = urlsplit(PLUGINS[kind].notify_url)
    assert real.scheme == "https" and real.hostname == HOSTS[kind]


@pytest.mark.parametrize(
    ("kind", "path", "facts"),
    [
        (
            "wecom",
            f"/cgi-bin/webhook/send?key={KEY}",
            {"msgtype": "text", "text": {"content": "【里仁】试发"}},
        ),
        (
            "dingtalk",
            f"/robot/send?access_token={KEY}",
            {"msgtype": "text", "text": {"content": "【里仁】试发"}},
        ),
        (
            "feishu",
            f"/open-apis/bot/v2/hook/{KEY}",
            {"msg_type": "text", "content": {"text": "【里仁】试发"}},
        ),
    ],
)
def test_each_is_told_in_its_own_form(there, kind, path, facts):
    assert robots.send(kind, KEY, text="【里仁】试发") == (Outcome.SENT, "")
    assert (there.got[0]["path"], there.got[0]["facts"]) == (path, facts)


def test_dingtalk_is_signed(there):
    robots.send("dingtalk", f"{KEY} SEC123456", text="试发")
    query = parse_qs(urlsplit(there.got[0]["path"]).query)
    said = f"{query['timestamp'][0]}\nSEC123456".encode()
    assert base64.b64decode(query["sign"][0]) == hmac.digest(b"SEC123456", said, hashlib.sha256)


def test_feishu_is_signed(there):
    robots.send("feishu", f"{KEY} geheim1234", text="试发")
    facts = there.got[0]["facts"]
    key = f"{facts['timestamp']}\ngeheim1234".encode()
    assert base64.b64decode(facts["sign"]) == hmac.digest(key, b"", hashlib.sha256)


@pytest.mark.parametrize(
    ("kind", "answer", "outcome", "words"),
    [
        ("wecom", (200, {"errcode": 93000, "errmsg": "invalid webhook url"}), Outcome.REFUSED, "移出群"),
        ("wecom", (200, {"errcode": 45009, "errmsg": "api freq out of limit"}), Outcome.UNREACHABLE, "太快"),
        ("dingtalk", (200, {"errcode": 310000, "errmsg": "keywords not in content"}), Outcome.REFUSED, "关键词"),
        ("feishu", (200, {"code": 19021, "msg": "sign match fail"}), Outcome.REFUSED, "签名"),
        ("feishu", (200, {"code": 12345, "msg": "?"}), Outcome.REFUSED, "12345"),
        ("feishu", (200, {"StatusCode": 0, "StatusMessage": "success"}), Outcome.SENT, ""),
        ("wecom", (200, "<html>"), Outcome.UNKNOWN, "看不懂"),
        ("wecom", (200, {"errcode": "x"}), Outcome.UNKNOWN, "看不懂"),
        ("wecom", 403, Outcome.REFUSED, "403"),
        ("wecom", 502, Outcome.UNKNOWN, "502"),
        ("wecom", 503, Outcome.UNREACHABLE, "503"),
        ("wecom", 0, Outcome.UNKNOWN, "断了"),
    ],
)  # fmt: skip
def test_the_answer_is_read_because_200_is_no_promise(there, kind, answer, outcome, words):
    there.answers = [answer]
    said = robots.send(kind, KEY, text="试发")
    assert said[0] == outcome and words in said[1] and KEY not in said[1]
