"""Search bench (找人测速): a thousand mixed queries, each a whole request."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from django.urls import reverse

from liren.core.areas.models import Area
from liren.core.people.models import IdentityPaper, Person, Phone

from .asking import Took, quantiles, signed_in, timed
from .machine import database

QUERIES = 1000
# How people look for somebody, and how often in a hundred.
WAYS: dict[str, int] = {
    "name": 22,
    "part of a name": 8,
    "surname": 8,
    "pinyin": 10,
    "beginning of pinyin": 8,
    "initials": 12,
    "tail of a telephone": 9,
    "tail of a number": 9,
    "whole telephone": 4,
    "address": 7,
    "nobody": 3,
}
PLACES: dict[str, tuple[str, dict[str, str]]] = {
    # as typed into the palette, and into the register: both answer with a fragment
    "palette": ("desk:search", {}),
    "register": ("registry:register", {}),
}


def measure() -> dict[str, Any]:
    """p50 and p95 of both places where people are looked for, and the slowest way of looking."""
    community = Area.objects.communities().first()
    client = signed_in()
    asked = list(_queries(community))
    found: dict[str, Any] = {"database": database(), "people": Person.objects.count(), "queries": len(asked)}
    for place, (name, facts) in PLACES.items():
        url = reverse(name)
        for _, sought in asked[:20]:
            timed(client, url, query_params={"q": sought, **facts}, headers={"HX-Request": "true"})
        times: dict[str, list[Took]] = {}
        for way, sought in asked:
            took = timed(client, url, query_params={"q": sought, **facts}, headers={"HX-Request": "true"})
            times.setdefault(way, []).append(took)
        every = [took for each in times.values() for took in each]
        found[place] = quantiles(every) | {
            "ways_cpu_p95_ms": {way: quantiles(each)["cpu_p95_ms"] for way, each in times.items()}
        }
    return found


def _queries(community: Any) -> Iterator[tuple[str, str]]:
    dice = Random(11)
    people = list(Person.objects.filter(community=community).order_by("id").select_related("house__building"))
    people = dice.sample(people, min(len(people), QUERIES))
    ways = dice.choices(list(WAYS), list(WAYS.values()), k=QUERIES)
    makers = _makers(dice)
    for number, way in enumerate(ways):
        yield way, makers[way](people[number % len(people)])


def _makers(dice: Random) -> dict[str, Callable[[Person], str]]:
    return {
        "name": lambda person: person.name,
        "part of a name": lambda person: person.name[1:],
        "surname": lambda person: person.name[0],
        "pinyin": lambda person: person.pinyin,
        "beginning of pinyin": lambda person: person.pinyin[: dice.randint(3, 6)],
        "initials": lambda person: person.initials,
        "tail of a telephone": lambda person: _tail(Phone, person) or person.name,
        "tail of a number": lambda person: _tail(IdentityPaper, person),
        "whole telephone": lambda person: _whole(person) or person.pinyin,
        "address": lambda person: person.house.code if person.house else person.name,
        "nobody": lambda person: person.name[::-1] + "某",
    }


def _tail(model: Any, person: Person) -> str:
    row = model.objects.filter(person=person).first()
    return row.number[-4:] if row else ""


def _whole(person: Person) -> str:
    row = Phone.objects.filter(person=person).first()
    return row.number if row else ""
