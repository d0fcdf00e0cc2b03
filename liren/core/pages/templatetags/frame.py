"""Frame (页框): the spine with its menu and the bar at the top, read from the book of duties."""

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import NoReverseMatch

from liren.core import duty

from .. import addresses

register = template.Library()

GROUPS = {"top": "", "duties": "七件事", "people": "人 · 房", "foot": "管理"}
ACCOUNT = (
    ("通知", "desk:notices", "bell"),
    ("我的账户", "desk:account", "user"),
    ("登录记录", "desk:sign_ins", "history"),
)


def address(name: str) -> str:
    """The address of a URL name; empty when this house has no such page."""
    try:
        return addresses.address(name)
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Line:
    """A line of the spine with its address."""

    item: duty.MenuItem
    href: str
    current: bool = False
    count: int | None = None


def lines(request: HttpRequest) -> list[Line]:
    """The spine's lines, the current one marked: the longest address with which the path begins."""
    shown = [item for item in duty.menu_for(request.user) if item.group in GROUPS]
    found = [Line(item, href) for item in shown if (href := address(item.url))]
    inside = [line.href for line in found if _within(request.path, line.href)]
    current = max(inside, key=len, default=None)
    return [
        replace(
            line,
            current=line.href == current,
            count=line.item.count(request.user) if line.item.count else None,
        )
        for line in found
    ]


def _within(path: str, href: str) -> bool:
    return path == href if href == "/" else path.startswith(href)


@register.inclusion_tag("pages/parts/spine.html", takes_context=True)
def spine(context: Context) -> dict[str, Any]:
    """The navigation: groups in fixed order, each only when it has something."""
    request = context["request"]
    order = list(GROUPS)
    shown = sorted(lines(request), key=lambda line: order.index(line.item.group))
    groups = [(GROUPS[key], list(group)) for key, group in groupby(shown, key=lambda line: line.item.group)]
    return {"groups": groups, "community": getattr(request.user, "community", None)}


@register.inclusion_tag("pages/parts/topbar.html", takes_context=True)
def topbar(context: Context) -> dict[str, Any]:
    """Search, display preferences, the bell, the user's own menu."""
    asked = context.get("unread_notices")
    account = [(name, address(url), icon) for name, url, icon in ACCOUNT]
    return {
        "user": context["request"].user,
        "search": address("desk:search"),
        "new": address("desk:matter_choose") if context["request"].user.can("matters.open") else "",
        "notices": address("desk:notices"),
        "unread": asked() if asked else 0,
        "account": [line for line in account if line[1]],
        "sign_out": address("desk:sign_out"),
        "csrf_token": context.get("csrf_token"),
    }
