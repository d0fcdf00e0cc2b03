"""Devices (设备) in words: what a browser says of itself, and the address it comes from."""

from django.conf import settings
from django.http import HttpRequest

# Asked in this order: many browsers also name those that they descend from.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("wxwork", "企业微信"),
    ("QQBrowser", "QQ 浏览器"),
    ("360SE", "360 浏览器"),
    ("Edg", "Edge 浏览器"),
    ("Firefox", "火狐浏览器"),
    ("Chrome", "Chrome 浏览器"),
    ("Safari", "Safari 浏览器"),
)
SYSTEMS = (
    ("Windows", "Windows 电脑"),
    ("iPhone", "苹果手机"),
    ("iPad", "平板"),
    ("HarmonyOS", "鸿蒙手机"),
    ("Android", "安卓手机"),
    ("Macintosh", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)


def device_in_words(agent: str) -> str:
    """``Windows 电脑 · Edge 浏览器``."""
    system = next((name for mark, name in SYSTEMS if mark in agent), "别的设备")
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    return f"{system} · {browser}" if browser else system


def address_of(request: HttpRequest) -> str:
    """The network address of who asks. Behind our own proxy it is the last one the proxy wrote down."""
    if settings.BEHIND_TLS and (chain := request.headers.get("X-Forwarded-For", "")):
        return chain.rsplit(",", 1)[-1].strip()[:45]
    return str(request.META.get("REMOTE_ADDR") or "")
