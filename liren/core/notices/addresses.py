"""Addresses (通道地址): what a person pastes, understood, and what of it may be shown afterwards."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from liren.core.duty import Refused

# Where the robots live is fixed; only the token of an address is kept.
HOSTS = {"wecom": "qyapi.weixin.qq.com", "dingtalk": "oapi.dingtalk.com", "feishu": "open.feishu.cn"}
TOKENS = {"wecom": "key", "dingtalk": "access_token", "feishu": ""}
NAMES = {"wecom": "企业微信", "dingtalk": "钉钉", "feishu": "飞书"}
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,80}")
_SECRET = re.compile(r"[A-Za-z0-9]{8,80}")
MOST_MAIL = 20


@dataclass(frozen=True)
class Address:
    """What is sealed, and what may be shown."""

    whole: str
    hint: str


def understood(kind: str, pasted: str, secret: str = "") -> Address:
    """The address of a channel; refuses what is none of this kind."""
    pasted, secret = pasted.strip(), secret.strip()
    if kind in HOSTS:
        return _robot(kind, pasted, secret)
    if kind == "mail":
        return _mail(pasted)
    if kind == "webhook":
        return _webhook(pasted)
    raise Refused("没有这种通道")


def _robot(kind: str, pasted: str, secret: str) -> Address:
    try:
        parts = urlsplit(pasted)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    name = NAMES[kind]
    if host != HOSTS[kind] or parts.scheme != "https":
        raise Refused(f"这不是{name}机器人的地址。在群里添加机器人后，把它给的地址整条粘过来")
    query = parse_qs(parts.query)
    tail = parts.path.rstrip("/").rsplit("/", 1)[-1]
    token = query.get(TOKENS[kind], [""])[0] if TOKENS[kind] else tail
    if not _TOKEN.fullmatch(token):
        raise Refused(f"{name}机器人的地址不完整，请整条重新复制")
    if secret and (kind == "wecom" or not _SECRET.fullmatch(secret)):
        raise Refused("签名密钥不对：只有钉钉和飞书有，是一串字母和数字")
    return Address(f"{token} {secret}".strip(), f"…{token[-4:]}")


def _mail(pasted: str) -> Address:
    if not settings.LIREN_MAIL:
        raise Refused("邮件还没有接通：请运维人员设置 LIREN_MAIL（发信服务器）")
    given = [part for part in re.split(r"[\s,;，；、]+", pasted) if part]
    if not 1 <= len(given) <= MOST_MAIL:
        raise Refused(f"写 1 到 {MOST_MAIL} 个邮箱，中间用逗号隔开")
    for one in given:
        try:
            validate_email(one)
        except ValidationError:
            raise Refused(f"「{one}」不像邮箱地址") from None
    return Address(",".join(given), f"{len(given)} 个邮箱")


def _webhook(pasted: str) -> Address:
    try:
        parts = urlsplit(pasted)
        place, odd = parts.netloc, parts.scheme not in {"http", "https"} or parts.username
    except ValueError:
        place, odd = "", True
    if odd or not place:
        raise Refused("网关地址要以 https:// 开头")
    if place not in settings.LIREN_GATEWAYS:
        raise Refused(f"「{place}」不在允许的网关里：请运维人员把它写进 LIREN_GATEWAYS")
    return Address(pasted, place[:60])
