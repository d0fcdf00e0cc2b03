"""Pages bench (页面测速): server time and statements of the pages that are open all day."""

import statistics
from collections.abc import Callable
from typing import Any

from django.urls import reverse

from liren.core.areas.models import Area
from liren.core.people.models import Household, Person
from liren.core.places.models import Building, House

from .asking import quantiles, queries, signed_in, timed
from .machine import database

TIMES = 40


def measure() -> dict[str, Any]:
    """For each page p50, p95, and the fewest and most statements it sent."""
    community = Area.objects.communities().first()
    found: dict[str, Any] = {"database": database(), "people": Person.objects.count()}
    for name, address in _pages(community).items():
        urls = [address(number) for number in range(TIMES)]
        client = signed_in()
        for url in urls[:3]:
            timed(client, url)
        counts = [queries(client, url) for url in urls[:10]]
        times = [timed(client, url) for url in urls]
        found[name] = quantiles(times) | {"queries": [min(counts), max(counts)]}
    found["median_ms"] = round(
        statistics.median(row["p50_ms"] for row in found.values() if isinstance(row, dict)), 1
    )
    return found


def _pages(community: Any) -> dict[str, Callable[[int], str]]:
    people = _keys(Person, community)
    houses, buildings = _keys(House, community), _keys(Building, community)
    households = _keys(Household, community)
    register = reverse("registry:register")
    return {
        "register": lambda number: register,
        "register, page 9": lambda number: f"{register}?page=9",
        "person file": lambda number: reverse("registry:person", args=[people[number * 7 % len(people)]]),
        "household file": lambda number: reverse(
            "registry:household", args=[households[number * 7 % len(households)]]
        ),
        "house file": lambda number: reverse("registry:house", args=[houses[number * 7 % len(houses)]]),
        "building chart": lambda number: reverse(
            "registry:building", args=[buildings[number % len(buildings)]]
        ),
        "buildings": lambda number: reverse("registry:buildings"),
    }


def _keys(model: Any, community: Any) -> list[int]:
    return list(model.objects.filter(community=community).order_by("pk").values_list("pk", flat=True)[:2000])
