"""Subjects (对象): the kinds of records that checks are about, and how one of each is named on a list."""

from typing import Any

from django.urls import reverse

from liren.core.people.labelling import CATALOGUE

from .check import Found, Subject


def _person_url(pk: int) -> str:
    return reverse("registry:person", args=[pk])


PEOPLE = Subject(
    unit="人",
    order=("community_id", "pinyin", "pk"),
    fetch=lambda rows: rows.select_related("house__building", "area"),
    head=lambda person: (person.name, _person_url(person.pk), person.told_apart),
)


def _of_label(label: Any) -> tuple[str, str, str]:
    person, known = label.person, CATALOGUE.get(label.code)
    said = f"「{known.name if known else label.code}」 · {person.told_apart}"
    return person.name, _person_url(person.pk), said


LABELS = Subject(
    unit="个",
    order=("review_on", "pk"),
    fetch=lambda rows: rows.select_related("person__house__building", "person__area"),
    head=_of_label,
)


def _of_household(household: Any) -> tuple[str, str, str]:
    where = household.house.spelt if household.house else "住处未登记"
    note = f"户号 {household.number}" if household.number else ""
    return where, reverse("registry:household", args=[household.pk]), note


HOUSEHOLDS = Subject(
    unit="户",
    order=("community_id", "house__building__sort", "house__code", "pk"),
    fetch=lambda rows: rows.select_related("house__building", "area"),
    head=_of_household,
)
HOUSES = Subject(
    unit="间",
    order=("community_id", "building__sort", "unit", "floor", "room", "pk"),
    fetch=lambda rows: rows.select_related("building", "area"),
    head=lambda house: (
        house.spelt,
        reverse("registry:house", args=[house.pk]),
        f"登记为{house.get_use_display()}",
    ),
)
BUILDINGS = Subject(
    unit="幢",
    order=("community_id", "sort", "pk"),
    fetch=lambda rows: rows.select_related("area"),
    head=lambda building: (
        building.name,
        reverse("registry:building", args=[building.pk]),
        building.address,
    ),
)


def _with_both(rows: Found) -> Found:
    both = [f"{who}__{what}" for who in ("one", "other") for what in ("house__building", "area", "source")]
    return rows.select_related("community", *both)


PAIRS = Subject(
    unit="对",
    order=("-score", "pk"),
    fetch=_with_both,
    head=lambda pair: (pair.one.name, _person_url(pair.one_id), pair.one.told_apart),
)
