"""Working days: the State Council's calendar, what the office enters over it, and what is guessed beyond."""

import datetime

import pytest

from liren.core.duty import Refused
from liren.core.rules import workdays
from liren.core.rules.actions import enter_days, remove_days, set_number
from liren.core.rules.bulletin import Said
from liren.core.rules.models import OfficialDay
from liren.core.rules.workdays import ZONE, statutory, statutory_name

pytestmark = pytest.mark.django_db
HOLIDAY, WORKDAY = OfficialDay.Kind.HOLIDAY, OfficialDay.Kind.WORKDAY


def day(text):
    return datetime.date.fromisoformat(text)


def moment(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZONE)


def enter(*days, kind=HOLIDAY, by=None):
    return enter_days([Said(day(d), kind, "元旦") for d in days], basis="某市通知第 1 号", by=by)


def whole_year(year):
    feasts = ("01-01", *(f"02-0{n}" for n in range(1, 9)), "05-01", "05-02", "10-01", "10-02")
    enter(*(f"{year}-{feast}" for feast in feasts))


@pytest.mark.parametrize(
    ("on", "works"),
    [
        ("2026-02-13", True),  # Friday before the Spring Festival
        ("2026-02-14", True),  # make-up Saturday
        ("2026-02-15", False),
        ("2026-02-16", False),
        ("2026-02-23", False),  # a Monday off
        ("2026-02-24", True),
        ("2026-02-28", True),  # make-up Saturday
        ("2026-10-10", True),
        ("2026-10-11", False),
        ("2024-12-31", True),
        ("2025-01-01", False),
        ("2003-05-02", False),  # before the calendar begins: by law and weekends
        ("2003-05-06", True),
    ],
)
def test_the_calendar_knows_feasts_and_make_up_days(on, works):
    assert workdays.is_workday(day(on)) is works


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-02-13T16:00", 1, "2026-02-14"),
        ("2026-02-13T16:00", 2, "2026-02-24"),
        ("2026-02-13T23:59", 2, "2026-02-24"),
        ("2026-02-18T10:00", 1, "2026-02-24"),
        ("2026-09-28T09:00", 3, "2026-10-08"),
        ("2026-09-28T09:00", 10, "2026-10-16"),
        ("2025-12-30T09:00", 2, "2026-01-04"),  # over the year, onto a make-up Sunday
        ("2026-02-13T16:00", 0, "2026-02-13"),
        ("2026-02-13T18:00", 0, "2026-02-14"),
        ("2026-02-15T18:00", 0, "2026-02-24"),
    ],
)
def test_working_days_end_when_the_office_closes(start, n, due):
    assert workdays.add_workdays(moment(start), n) == moment(f"{due}T17:30")


def test_a_moment_counts_on_its_day_by_the_wall_clock():
    late_in_utc = datetime.datetime(2026, 2, 12, 17, 0, tzinfo=datetime.UTC)  # already the 13th here
    assert workdays.add_workdays(late_in_utc, 1) == moment("2026-02-14T17:30")
    with pytest.raises(ValueError, match="zone"):
        workdays.add_workdays(late_in_utc.replace(tzinfo=None), 1)
    with pytest.raises(ValueError, match="forwards"):
        workdays.add_workdays(late_in_utc, -1)


def test_an_office_closes_when_its_own_rule_says(village):
    facts = {"value": 1020, "from_on": day("2026-01-01"), "basis": "里仁社区作息安排"}
    set_number("rules.office_closes", **facts, area=village.community, by=village.secretary)
    start = moment("2026-03-02T09:00")
    assert workdays.add_workdays(start, 1, area=village.grid_1) == moment("2026-03-03T17:00")
    assert workdays.add_workdays(start, 1, area=village.neighbour) == moment("2026-03-03T17:30")


def test_counting_between_two_days():
    friday, tuesday = day("2026-02-13"), day("2026-02-24")
    assert workdays.workdays_between(friday, tuesday) == 2
    assert workdays.workdays_between(tuesday, friday) == -2
    assert workdays.workdays_between(friday, friday) == 0
    assert workdays.workdays_between(moment("2026-02-13T23:00"), moment("2026-02-24T01:00")) == 2


def test_what_the_office_enters_goes_before_what_is_shipped():
    enter("2026-03-04")
    assert workdays.is_workday(day("2026-03-04")) is False
    enter("2026-03-07", kind=WORKDAY)
    assert workdays.is_workday(day("2026-03-07")) is True
    remove_days([day("2026-03-04"), day("2026-03-07")], by=None)
    assert workdays.is_workday(day("2026-03-04")) is True
    assert workdays.is_workday(day("2026-03-07")) is False


def test_one_question_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        workdays.is_workday(day("2026-03-04"))
    with django_assert_num_queries(2):  # the calendar, and when the office closes
        workdays.add_workdays(moment("2026-03-04T09:00"), 60)
    known = workdays.calendar()
    with django_assert_num_queries(0):
        assert known.is_sure(day("2026-03-04")) and known.between(day("2026-03-04"), day("2026-03-30")) == 18


def test_beyond_what_is_published_it_is_a_guess_and_says_so():
    until = workdays.published_until()
    assert until == workdays.SHIPPED_UNTIL
    after = datetime.date(until.year + 1, 6, 30)
    assert workdays.is_sure(until) and not workdays.is_sure(after)
    assert workdays.caveat(until) == ""
    assert workdays.caveat(after) == f"{after.year} 年放假安排尚未公布，按周末推算"
    assert workdays.caveat(moment(f"{after}T08:00")) == workdays.caveat(after)
    assert not workdays.is_workday(datetime.date(after.year, 10, 1))
    assert not workdays.is_sure(datetime.date(2003, 1, 1))


def test_a_year_counts_as_published_when_the_whole_notice_is_entered():
    year = workdays.SHIPPED_UNTIL.year + 1
    enter(f"{year}-01-01", f"{year}-05-01", f"{year}-10-01")
    assert workdays.published_until().year == year - 1
    whole_year(year + 1)
    assert workdays.published_until().year == year - 1
    whole_year(year)
    assert workdays.published_until() == datetime.date(year + 1, 12, 31)
    assert workdays.caveat(datetime.date(year + 2, 3, 1)).startswith(f"{year + 2} 年")


@pytest.mark.parametrize("year", range(workdays.SHIPPED_UNTIL.year + 1, 2041))
def test_the_law_gives_thirteen_days_a_year(year):
    _, dated = statutory()
    feasts = [
        n for n in (statutory_name(datetime.date(year, 1, 1) + n * workdays.ONE) for n in range(365)) if n
    ]
    assert feasts.count("春节") == 4
    assert len(feasts) == 13 - ("中秋节" not in feasts), "中秋 may lie within the National Day"
    assert all(day(on).isoformat() == on for on in dated)


def test_days_that_law_gives_stay_off_where_nothing_is_published():
    assert statutory_name(day("2027-02-05")) == "春节"  # New Year's Eve
    assert statutory_name(day("2027-02-06")) == "春节"
    assert statutory_name(day("2027-02-09")) == ""
    assert statutory_name(day("2027-06-09")) == "端午节"


def test_entering_and_removing_are_for_who_may_set_numbers(village):
    with pytest.raises(Refused, match="能改规定的人"):
        enter("2027-01-01", by=village.grid_worker)
    assert enter("2027-01-01", by=village.secretary) == 1
    row = OfficialDay.objects.get()
    assert (row.entered_by, str(row)) == (village.secretary, "2027-01-01 放假")
    with pytest.raises(Refused, match="能改规定的人"):
        remove_days([row.day], by=village.grid_worker)
    with pytest.raises(Refused, match="已经撤掉"):
        remove_days([day("2027-01-02")], by=village.secretary)
    assert remove_days([row.day], by=village.secretary) == 1


def test_entering_twice_keeps_the_last_word():
    enter("2027-01-02")
    enter("2027-01-02", kind=WORKDAY)
    assert OfficialDay.objects.get().kind == WORKDAY


@pytest.mark.parametrize(
    ("days", "basis", "said"),
    [
        ([], "通知", "没有读出"),
        ([Said(datetime.date(2027, 1, 1), HOLIDAY, "元旦")], " ", "依据"),
        ([Said(datetime.date(1999, 1, 1), HOLIDAY, "元旦")], "通知", "年份"),
    ],
)
def test_what_entering_refuses(days, basis, said):
    with pytest.raises(Refused, match=said):
        enter_days(days, basis=basis, by=None)
