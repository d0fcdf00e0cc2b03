"""Robots of groups (群机器人). The library knows who lives where and what an address looks like; the last step is ours.

It takes any answer 200 for success. But these services answer 200 to a wrong key, a missing keyword and too many
messages as well, and say so in the JSON: that has to be read, or the outbox would claim what never arrived.
"""

import base64
import hashlib
import hmac
import time
from typing import Any
from urllib.parse import quote_plus

from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wecombot import NotifyWeComBot

from ..outcomes import Outcome
from .posting import Answered, post

Answer = tuple[Outcome, str]
# Try later: too many messages in a minute, the service is busy.
BUSY = {-1, 45009, 130101, 9499, 11232, 99991400}
SAID = {
    93000: "机器人的地址不对，或者机器人已被移出群",
    300001: "机器人的地址不对，或者机器人已被移出群",
    310000: "机器人的安全设置不放行：关键词或签名对不上",
    19001: "机器人的地址不对，或者机器人已被移出群",
    19021: "签名对不上，看看密钥和服务器的时间",
    19024: "机器人设了关键词，消息里没有",
}


def read(answered: Answered) -> Answer:
    """What the service says in the JSON of its answer: `errcode` or `code`, 0 is well."""
    if answered.outcome != Outcome.SENT:
        return answered.outcome, answered.words
    told: Any = answered.content if isinstance(answered.content, dict) else {}
    code = next((told[key] for key in ("errcode", "code", "StatusCode") if key in told), None)
    if code == 0:
        return Outcome.SENT, ""
    if not isinstance(code, int):
        return Outcome.UNKNOWN, "对方的回话看不懂，不知道收没收到"
    if code in BUSY:
        return Outcome.UNREACHABLE, f"群里发得太快，对方让等一等（{code}）"
    return Outcome.REFUSED, f"{SAID.get(code, '对方不收')}（{code}）"


def wecom(address: str, text: str) -> Answer:
    """WeCom (企业微信)."""
    robot = NotifyWeComBot(key=address)
    return read(post(robot.api_url, {"msgtype": "text", "text": {"content": text}}))


def dingtalk(address: str, text: str) -> Answer:
    """DingTalk (钉钉), signed where the robot asks for it."""
    token, _, secret = address.partition(" ")
    url = NotifyDingTalk(token=token, secret=secret or None).notify_url.format(token=token)
    if secret:
        moment = str(round(time.time() * 1000))
        sign = _signed(secret.encode(), f"{moment}\n{secret}")
        url += f"&timestamp={moment}&sign={quote_plus(sign)}"
    return read(post(url, {"msgtype": "text", "text": {"content": text}}))


def feishu(address: str, text: str) -> Answer:
    """Feishu (飞书), signed where the robot asks for it."""
    token, _, secret = address.partition(" ")
    url = NotifyFeishu(token=token).notify_url.format(token=token)
    facts: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if secret:
        moment = str(int(time.time()))
        facts |= {"timestamp": moment, "sign": _signed(f"{moment}\n{secret}".encode(), "")}
    return read(post(url.rstrip("/"), facts))


def _signed(key: bytes, text: str) -> str:
    return base64.b64encode(hmac.digest(key, text.encode(), hashlib.sha256)).decode()


SEND = {"wecom": wecom, "dingtalk": dingtalk, "feishu": feishu}


def send(kind: str, address: str, *, text: str) -> Answer:
    """To the group of a robot of this kind."""
    return SEND[kind](address, text)
