"""Limits: how the Civil Code counts hours, days and working days, and what a pause does to a due time."""

import datetime
from decimal import Decimal

import pytest

from liren.core import rules
from liren.core.rules import limits
from liren.core.rules.actions import set_number
from liren.core.rules.limits import Limit, limit, postpone
from liren.core.rules.tests.test_workdays import moment

pytestmark = pytest.mark.django_db


def of(value, unit, **more):
    return Limit("x.y", "试", value, unit, "民法典第二百条", True, **more)


@pytest.fixture
def shipped(monkeypatch):
    """Two limits that somebody ships."""
    day = datetime.date(2026, 1, 1)
    for key, value, unit in (("x.answer", 5, "工作日"), ("x.report", 24, "小时")):
        number = rules.Number(key, "答复期限", Decimal(value), unit, "某条例第三条", False, day)
        monkeypatch.setitem(rules.shipped(), key, number)


@pytest.mark.parametrize(
    ("value", "unit", "start", "due"),
    [
        (24, "小时", "2026-02-14T16:20", "2026-02-15T16:20"),  # by night and on feasts
        (0, "小时", "2026-02-14T16:20", "2026-02-14T16:20"),
        (1, "日", "2026-03-02T09:00", "2026-03-03T23:59:59"),  # the first day is not counted
        (60, "日", "2026-03-02T23:59", "2026-05-06T23:59:59"),  # 1 May, off until the 5th
        (5, "日", "2026-02-09T09:00", "2026-02-14T23:59:59"),  # a make-up Saturday is no day of rest
        (6, "日", "2026-02-09T09:00", "2026-02-24T23:59:59"),
        (5, "工作日", "2026-02-13T09:00", "2026-02-27T17:30"),
        (6, "工作日", "2026-02-13T09:00", "2026-02-28T17:30"),
    ],
)
def test_when_a_limit_ends(value, unit, start, due):
    assert of(value, unit).due(moment(start)) == moment(due)


def test_a_day_of_rest_at_the_end_can_be_left_as_it_is():
    assert of(6, "日", extends=False).due(moment("2026-02-09T09:00")) == moment("2026-02-15T23:59:59")


def test_limits_are_said_in_words():
    assert [of(5, unit).words for unit in limits.UNITS] == ["5 小时", "5 日", "5 个工作日"]


def test_a_limit_is_a_rule_of_its_area_and_day(village, shipped):
    plain = limit("x.answer")
    assert (plain.value, plain.unit, plain.confirmed, plain.basis) == (5, "工作日", False, "某条例第三条")
    facts = {"from_on": datetime.date(2026, 6, 1), "basis": "本街道规定", "by": None}
    set_number("x.answer", value=Decimal(3), area=village.street, **facts)
    set_number("rules.rest_day_extends", value=Decimal(0), area=village.community, **facts)
    here = limit("x.answer", area=village.grid_1, on=datetime.date(2026, 6, 2))
    assert (here.words, here.confirmed, here.extends, here.closes) == ("3 个工作日", True, False, 1050)
    assert limit("x.answer", area=village.grid_1, on=datetime.date(2026, 5, 31)).value == 5
    assert limit("x.report").due(moment("2026-06-01T09:00")) == moment("2026-06-02T09:00")


def test_what_is_no_length_of_time_is_no_limit():
    with pytest.raises(ValueError, match="no unit of a clock"):
        limit("accounts.idle_minutes")
    with pytest.raises(KeyError):
        limit("nobody.ships_this")


@pytest.mark.parametrize(
    ("unit", "due", "since", "until", "then"),
    [
        ("小时", "2026-03-03T09:00", "2026-03-02T10:00", "2026-03-02T12:30", "2026-03-03T11:30"),
        ("日", "2026-03-20T23:59:59", "2026-03-10T10:00", "2026-03-13T09:00", "2026-03-23T23:59:59"),
        ("日", "2026-03-20T23:59:59", "2026-03-10T10:00", "2026-03-10T18:00", "2026-03-20T23:59:59"),
        ("日", "2026-03-20T23:59:59", "2026-03-10T10:00", "2026-03-11T18:00", "2026-03-23T23:59:59"),
        ("工作日", "2026-02-13T17:30", "2026-02-12T10:00", "2026-02-13T10:00", "2026-02-14T17:30"),
        ("工作日", "2026-02-13T17:30", "2026-02-12T10:00", "2026-02-14T10:00", "2026-02-24T17:30"),
        ("工作日", "2026-02-27T17:30", "2026-02-15T10:00", "2026-02-23T10:00", "2026-02-27T17:30"),
        # What was overdue already stays overdue.
        ("小时", "2026-03-03T09:00", "2026-03-03T10:00", "2026-03-05T12:30", "2026-03-03T09:00"),
    ],
)
def test_what_a_pause_gives_back(unit, due, since, until, then):
    assert postpone(unit, moment(due), since=moment(since), until=moment(until)) == moment(then)


def test_a_pause_that_makes_no_sense_is_refused():
    now = moment("2026-03-03T09:00")
    with pytest.raises(ValueError, match="after it begins"):
        postpone("日", now, since=now, until=now - datetime.timedelta(seconds=1))
    with pytest.raises(ValueError, match="no clock"):
        postpone("月", now, since=now, until=now)
