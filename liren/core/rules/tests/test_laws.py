"""Laws of clocks over many inputs: never before the start, never shorter for more, the same as counting on one's fingers."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liren.core.rules import limits
from liren.core.rules.limits import UNITS, Limit
from liren.core.rules.models import OfficialDay
from liren.core.rules.workdays import ONE, ZONE, Calendar, close_after

OFF, ON = OfficialDay.Kind.HOLIDAY, OfficialDay.Kind.WORKDAY
FIRST, LAST = datetime.datetime(2004, 1, 1), datetime.datetime(2031, 1, 1)
# Moments of any zone; around the feasts more often than chance would have it.
zones = st.sampled_from([ZONE, datetime.UTC])
feasts = st.datetimes(datetime.datetime(2026, 2, 10), datetime.datetime(2026, 3, 3), timezones=zones)
moments = st.datetimes(FIRST, LAST, timezones=zones) | feasts
numbers = st.integers(0, 90)
pauses = st.timedeltas(datetime.timedelta(0), datetime.timedelta(days=60))
near = st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 6, 30))
calendars = st.dictionaries(near, st.sampled_from([OFF.value, ON.value]), max_size=20).map(Calendar)
some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def on_calendar(monkeypatch):
    """Lets limits count on a drawn calendar, so that no database is asked."""

    def use(calendar):
        monkeypatch.setattr(limits, "calendar", lambda: calendar)

    return use


def of(unit, value):
    return Limit("x.y", "试", value, unit, "民法典", True)


def walked(start, n, calendar):
    """Counting on one's fingers: the day on which the n-th working day after a day falls."""
    day = start
    while n:
        day += ONE
        n -= calendar.is_workday(day)
    return day


@some
@given(calendar=calendars, start=moments, unit=st.sampled_from(UNITS), n=numbers)
def test_nothing_is_due_before_it_begins(on_calendar, calendar, start, unit, n):
    on_calendar(calendar)
    assert of(unit, n).due(start) >= start


@some
@given(calendar=calendars, start=moments, unit=st.sampled_from(UNITS), n=numbers, more=numbers)
def test_a_longer_limit_never_ends_earlier(on_calendar, calendar, start, unit, n, more):
    on_calendar(calendar)
    assert of(unit, n + more).due(start) >= of(unit, n).due(start)


@some
@given(calendar=calendars, start=moments, later=pauses, unit=st.sampled_from(UNITS), n=numbers)
def test_what_begins_later_is_never_due_earlier(on_calendar, calendar, start, later, unit, n):
    on_calendar(calendar)
    assert of(unit, n).due(start + later) >= of(unit, n).due(start)


@some
@given(calendar=calendars, start=moments, n=st.integers(1, 90))
def test_working_days_are_those_one_counts_on_ones_fingers(calendar, start, n):
    due = close_after(start, n, closes=1050, days=calendar)
    first = start.astimezone(ZONE).date()
    assert due.date() == walked(first, n, calendar) and f"{due:%H:%M}" == "17:30"
    assert calendar.between(first, due.date()) == n
    assert calendar.is_workday(due.date())


@some
@given(calendar=calendars, a=near, b=near, c=near)
def test_counting_adds_up(calendar, a, b, c):
    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)


@some
@given(calendar=calendars, start=moments, unit=st.sampled_from(UNITS), n=numbers, wait=pauses, length=pauses)
def test_a_pause_never_shortens_and_a_longer_one_gives_more(
    on_calendar, calendar, start, unit, n, wait, length
):
    on_calendar(calendar)
    due, since = of(unit, n).due(start), start + wait
    after = limits.postpone(unit, due, since=since, until=since + length)
    longer = limits.postpone(unit, due, since=since, until=since + length + datetime.timedelta(days=1))
    assert due <= after <= longer
    if since >= due:
        assert after == due


@some
@given(calendar=calendars, start=moments, n=numbers, wait=pauses, length=pauses)
def test_hours_get_back_exactly_what_they_lost(on_calendar, calendar, start, n, wait, length):
    on_calendar(calendar)
    due = of("小时", n).due(start)
    after = limits.postpone("小时", due, since=start + wait, until=start + wait + length)
    assert after - due in ({length} if start + wait < due else {datetime.timedelta(0)})


@some
@given(start=moments, n=numbers)
def test_no_hour_is_lost_or_gained_in_the_year(start, n):
    due = of("小时", n).due(start)
    assert due - start == datetime.timedelta(hours=n)
    assert due.utcoffset() == datetime.timedelta(hours=8)


@some
@given(official=st.dictionaries(near, st.sampled_from([OFF.value, ON.value]), min_size=1, max_size=20))
def test_what_is_entered_is_what_holds(official):
    calendar = Calendar(official)
    assert all(calendar.is_workday(day) == (kind == ON) for day, kind in official.items())
