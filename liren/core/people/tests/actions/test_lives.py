"""Whatever happens to people in whatever order: homes never overlap, and every past day can be shown."""

import datetime
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liren.core.duty import Refused
from liren.core.people.actions import (
    correct_person,
    die,
    merge,
    move_in,
    move_out,
    name_head,
    put_label,
    split_household,
    unmerge,
)
from liren.core.people.models import Household, Label, Person, Residence
from liren.core.people.pastday import facts_on, standing_on
from liren.core.places.models import House

from .test_merging import double, snapshot

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
WHO = ("head", "spouse", "son", "alone", "moved_out")
steps = st.lists(
    st.tuples(
        st.sampled_from(["move_in", "move_out", "die", "head", "split", "rename", "label"]),
        st.integers(0, len(WHO) - 1),
        st.integers(0, 9),
        st.integers(0, 90),
    ),
    max_size=12,
)
often = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def fresh(record: Any) -> Any:
    return type(record).objects.select_related("community", "area").get(pk=record.pk)


def happen(village: Any, what: str, who: str, number: int, ago: int) -> bool:
    """Lets one thing happen; whether it was allowed."""
    person, by = fresh(village[who]), village.secretary
    day = TODAY() - datetime.timedelta(days=ago)
    home = person.residences.open().select_related("household").first()
    houses = House.objects.filter(building=village.tower).select_related("area", "community", "building")
    heir = village.son if who == "head" else None
    ways: dict[str, Callable[[], Any]] = {
        "move_in": lambda: move_in(person, house=houses[number], on=day, new_head=heir, by=by),
        "move_out": lambda: move_out(person, on=day, new_head=heir, by=by),
        "die": lambda: die(person, on=day, by=by),
        "rename": lambda: correct_person(
            person, facts={"name": f"改名{'一二三四五六七八九十'[number]}"}, by=by
        ),
        "label": lambda: put_label(person, code="volunteer", evidence="登记表", from_on=day, by=by),
        "head": lambda: name_head(home.household, head=person, on=day, by=by),
        "split": lambda: split_household(home.household, members=[person], head=person, on=day, by=by),
    }
    if what in ("head", "split") and (home is None or home.household is None):
        return False
    try:
        with transaction.atomic():
            ways[what]()
    except Refused:
        return False
    return True


def check_now(person: Person) -> None:
    """The pointer of the record follows its rows."""
    open_rows = list(person.residences.open())
    assert len(open_rows) == (1 if person.is_present else 0)
    assert person.house_id == (open_rows[0].house_id if open_rows else None)
    spans = sorted(
        (row.from_on or datetime.date.min, row.to_on or datetime.date.max) for row in person.residences.all()
    )
    for (_, end), (start, _) in itertools.pairwise(spans):
        assert end <= start, "two homes at once"
    if not person.is_present and person.status == "deceased":
        assert not person.labels.filter(to_on=None).exists()


def check_past(person: Person) -> None:
    """On every day there was at most one home, and it agrees with how the person stood."""
    marks = {d for row in person.residences.all() for d in (row.from_on, row.to_on) if d} | {TODAY()}
    for mark in sorted(marks):
        for day in (mark - datetime.timedelta(days=1), mark):
            rows = Residence.objects.on(day).filter(person=person)
            assert rows.count() <= 1
            standing = standing_on(person, day)
            assert standing.residence == rows.first() or standing.status == ""
            assert standing.is_present == rows.exists()
            heads = Residence.objects.on(day).filter(household__in=rows.values("household"), relation="02")
            assert heads.count() <= 1, "one head at most on any day"
    for label in Label.objects.filter(person=person).exclude(to_on=None):
        assert label.from_on is None or label.from_on <= label.to_on


@often
@given(steps)
def test_lives_leave_no_contradiction(village: Any, steps: list[tuple[str, int, int, int]]) -> None:
    with transaction.atomic():
        for what, who, number, ago in steps:
            happen(village, what, WHO[who], number, ago)
        for who in WHO:
            person = fresh(village[who])
            check_now(person)
            check_past(person)
        for household in Household.objects.exclude(closed_on=None):
            assert not household.residences.open().exists()
        transaction.set_rollback(True)


@often
@given(steps)
def test_a_merge_comes_apart_exactly_whatever_others_do(
    village: Any, steps: list[tuple[str, int, int, int]]
) -> None:
    with transaction.atomic():
        kept = double(village, name="高山", birth="1970")
        gone = double(
            village,
            name="高山",
            sex="1",
            phones=("13800000001",),
            house=village.lane_room,
            household_key="g",
            relation="02",
        )
        mine = {
            key: row
            for key, row in snapshot().items()
            if f'"person": {kept.pk}' in row or f'"person": {gone.pk}' in row
        }
        mine |= {
            key: row for key, row in snapshot().items() if key in (f"Person:{kept.pk}", f"Person:{gone.pk}")
        }
        merged = merge(kept, gone, evidence="像", by=village.secretary)
        for what, who, number, ago in steps:
            happen(village, what, WHO[who], number, ago)
        unmerge(merged, by=village.secretary)
        after = snapshot()
        assert {key: after[key] for key in mine} == mine
        transaction.set_rollback(True)


def test_facts_of_a_past_day(village: Any) -> None:
    yesterday = TODAY() - datetime.timedelta(days=1)
    correct_person(village.head, facts={"name": "方建邦", "education": "20"}, by=village.secretary)
    correct_person(village.head, facts={"name": "方建军"}, by=village.secretary)
    person = fresh(village.head)
    assert (facts_on(person, yesterday)["name"], facts_on(person, yesterday)["education"]) == ("方建国", "30")
    assert facts_on(person, TODAY())["name"] == "方建军"


def test_how_somebody_stood(village: Any) -> None:
    ago = lambda days: TODAY() - datetime.timedelta(days=days)  # noqa: E731
    assert standing_on(village.moved_out, ago(101)).status == "living"
    assert standing_on(village.moved_out, ago(99)).words == "已迁出"
    assert standing_on(village.deceased, ago(10)).status == "deceased"
    assert standing_on(village.baby, ago(4000)).words == "那天还没有登记"
    moved = village.mover.residences.open().get().from_on
    assert (
        standing_on(village.mover, moved - datetime.timedelta(days=1)).residence.house.building
        == village.walk_up
    )
    assert standing_on(village.mover, moved).residence.house.building == village.tower
