"""Search (快速查找): asks everybody who can find something, and the pages of the menu; for the palette and as a page."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from liren.core import duty
from liren.core.duty import Hit, MenuItem
from liren.core.pages import show

# Room for the eye: so many of one group, so many pages.
PER_GROUP = 8
LONGEST = 60


def search(request: HttpRequest) -> HttpResponse:
    """Groups of hits for ``?q=``: a page, or for the palette its list of options."""
    sought = " ".join(request.GET.get("q", "").split())[:LONGEST]
    groups = grouped([*found_by_everybody(request.user, sought), *pages(request.user, sought)])
    return show(request, "desk/search.html", {"sought": sought, "groups": groups}, fragment="options")


def found_by_everybody(user: Any, sought: str) -> list[Hit]:
    """What the finders of duties and doors answer; nothing is asked for nothing."""
    if not sought:
        return []
    return [hit for finder in duty.finders() for hit in finder(user, sought, PER_GROUP)]


def pages(user: Any, sought: str) -> Iterable[Hit]:
    """Pages of the user's own menu, by name or by pinyin."""
    for item in duty.menu_for(user):
        if matches(item, sought):
            try:
                yield Hit("页面", item.name, "", reverse(item.url), icon=item.icon or "arrow-right")
            except NoReverseMatch:
                continue


def matches(item: MenuItem, sought: str) -> bool:
    """Whether each word sought stands in the name or in the further words."""
    text = f"{item.name} {item.words}".lower()
    return all(word in text for word in sought.lower().split())


def grouped(hits: list[Hit]) -> list[tuple[str, list[Hit]]]:
    """By group, in the order in which the groups first came."""
    order = list(dict.fromkeys(hit.group for hit in hits))
    ranked = sorted(hits, key=lambda hit: order.index(hit.group))
    return [(name, list(group)) for name, group in groupby(ranked, key=lambda hit: hit.group)]
