"""Events (近来的事): what the workers entered in the last months, by the same actions as at the desk."""

import datetime
from collections.abc import Iterator
from random import Random
from typing import Any

from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.people.actions import (
    change_tenants,
    correct_person,
    die,
    give_birth,
    merge,
    move_in,
    move_out,
    replace_phones,
    verify_person,
)
from liren.core.people.drafts import PersonDraft
from liren.core.people.models import Person, Residence
from liren.core.places.models import House

from ..invented import mobile, resident_id
from .names import given_name, surname
from .residents import UNITS

LONG_AGO = datetime.timedelta(days=200)


def happen(community: Area, users: dict[str, Any], dice: Random) -> None:
    """A few months in the life of the community."""
    # Only those who had moved in before anything of this happened.
    settled = Residence.objects.open().filter(community=community, from_on__lt=_today() - LONG_AGO)
    everybody = Person.objects.filter(status="living", pk__in=settled.values("person"))
    people = list(everybody.select_related("house__building").order_by("id"))
    dice.shuffle(people)
    workers = [users[key] for key in ("minzheng", "weijian", "zongzhi", "wangge1", "wangge4", "fuzhuren")]
    rows = iter(people)
    _deaths(rows, dice, workers)
    _births(rows, dice, workers)
    _moves(community, rows, dice, workers)
    _corrections(rows, dice, workers)
    _tenants(community, dice, workers)
    _merges(community, users["shuji"])


def _today() -> datetime.date:
    return timezone.localdate()


def _ago(dice: Random, most: int) -> datetime.date:
    return _today() - datetime.timedelta(days=dice.randint(1, most))


def _take(rows: Iterator[Person], how_many: int, fit: Any) -> list[Person]:
    found: list[Person] = []
    while len(found) < how_many:
        person = next(rows)
        if fit(person):
            found.append(person)
    return found


def _deaths(rows: Iterator[Person], dice: Random, workers: list[Any]) -> None:
    for person in _take(rows, 8, lambda p: "1900" < p.birth < "1946"):
        die(person, on=_ago(dice, 150), by=dice.choice(workers))


def _births(rows: Iterator[Person], dice: Random, workers: list[Any]) -> None:
    mothers = _take(
        rows, 5, lambda p: p.sex == "2" and "1992" < p.birth < "2000" and p.marital == "20" and p.house
    )
    for number, mother in enumerate(mothers, 1):
        born, male = _ago(dice, 120), dice.random() < 0.5
        child = PersonDraft(
            name=surname(dice) + given_name(dice, male=male, born=2026),
            sex="1" if male else "2",
            birth=born.isoformat(),
            ethnicity="01",
            nationality="中国",
            relation="20" if male else "30",
            education="92",
            employment="E3",
            from_on=born,
            verified_on=born,
            papers=(("resident_id", resident_id(born, male=male, sequence=400 + number)),),
        )
        give_birth(mother, child=child, by=dice.choice(workers))


def _moves(community: Area, rows: Iterator[Person], dice: Random, workers: list[Any]) -> None:
    for person in _take(rows, 14, lambda p: "1970" < p.birth < "2003"):
        move_out(person, on=_ago(dice, 170), by=dice.choice(workers))
    empty = list(House.objects.filter(community=community, use="empty").order_by("id")[:6])
    for person, house in zip(_take(rows, 6, lambda p: "1960" < p.birth < "2000"), empty, strict=True):
        move_in(person, house=house, tenure="owner", on=_ago(dice, 170), by=dice.choice(workers))


def _corrections(rows: Iterator[Person], dice: Random, workers: list[Any]) -> None:
    for person in _take(rows, 20, lambda p: "1965" < p.birth < "2000"):
        facts = {"work_unit": dice.choice(UNITS) + "分部", "education": dice.choice(("20", "30"))}
        correct_person(person, facts=facts, by=dice.choice(workers))
    for number, person in enumerate(_take(rows, 12, lambda p: p.birth < "2000"), 1):
        replace_phones(person, numbers=[mobile(50_000 + number)], by=dice.choice(workers))
    for person in _take(rows, 20, lambda p: True):
        verify_person(person, on=_ago(dice, 10), by=dice.choice(workers))


def _tenants(community: Area, dice: Random, workers: list[Any]) -> None:
    settled = Residence.objects.open().filter(
        community=community, tenure="tenant", from_on__lt=_today() - LONG_AGO
    )
    houses = House.objects.filter(pk__in=settled.values("house")).select_related("community", "building")
    for number, house in enumerate(houses.order_by("id")[:5], 1):
        male = dice.random() < 0.5
        born = datetime.date(dice.randint(1988, 2003), dice.randint(1, 12), dice.randint(1, 28))
        paper = resident_id(born, male=male, sequence=450 + number, county="341297")
        draft = PersonDraft(
            name=surname(dice) + given_name(dice, male=male, born=born.year),
            sex="1" if male else "2",
            birth=born.isoformat(),
            kind="migrant",
            relation="02",
            hukou_here=False,
            hukou_address="安徽省阜阳市颍涡县双桥乡刘寨村",
            papers=(("resident_id", paper),),
            phones=(mobile(60_000 + number),),
            verified_on=_today(),
        )
        change_tenants(house, arrivals=[draft], on=_ago(dice, 60), by=dice.choice(workers))


def _merges(community: Area, secretary: Any) -> None:
    """Two of the doubles have been decided already; the others wait."""
    doubles = Person.objects.filter(community=community, remark__startswith="2023年流调").order_by("id")
    for double in doubles[:6]:
        twin = (
            Person.objects.namesakes(double)
            .filter(house=double.house, birth__startswith=double.birth)
            .first()
        )
        if twin:
            merge(twin, double, evidence="同名、同住处、同出生年月", by=secretary)
