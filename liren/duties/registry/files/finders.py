"""Finders (快速查找): people, houses and buildings for the palette. Numbers never stand in an answer whole."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from liren.core.duty import Hit
from liren.core.people.search import find_people
from liren.core.places.search import find_buildings, find_houses


def people(user: Any, text: str, limit: int) -> Iterator[Hit]:
    """Residents by name, pinyin, number, address or label, told from their namesakes."""
    for person in find_people(user, text, limit):
        gone = "" if person.present else f" · {person.get_status_display()}"
        yield Hit("居民", person.name, person.told_apart + gone, reverse("registry:person", args=[person.pk]))


def houses(user: Any, text: str, limit: int) -> Iterator[Hit]:
    """Doors."""
    for house in find_houses(user, text, limit) if user.can("people.see") else ():
        url = reverse("registry:house", args=[house.pk])
        yield Hit("房屋", house.spelt, house.get_use_display(), url, icon="home")


def buildings(user: Any, text: str, limit: int) -> Iterator[Hit]:
    """Whole buildings."""
    for building in find_buildings(user, text, min(limit, 4)) if user.can("people.see") else ():
        url = reverse("registry:building", args=[building.pk])
        yield Hit("楼栋", building.name, building.address, url, icon="building")
