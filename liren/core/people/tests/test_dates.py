"""Dates of rosters: whole, partial, doubtful, impossible."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liren.core.people.dates import SERIAL_ZERO, agrees, read_date

ON = date(2026, 6, 30)


WAYS = [
    (None, ""),
    ("", ""),
    ("无", ""),
    ("不详", ""),
    (1962.5, "1962-05"),
    (1962.12, "1962-12"),
    (1962.01, "1962-01"),
    (2026.1, "2026-01"),
    ("1962.5", "1962-05"),
    ("1962.05", "1962-05"),
    ("1962.10", "1962-10"),
    ("1962.01", "1962-01"),
    ("1962-5", "1962-05"),
    ("1962/5", "1962-05"),
    ("62年5月", "1962-05"),
    ("26年2月", "2026-02"),
    ("02年6月", "2002-06"),
    ("一九六二年五月", "1962-05"),
    ("二〇二二年九月", "2022-09"),
    ("一九六二年十二月七日", "1962-12-07"),
    ("1962年5月", "1962-05"),
    ("1962年5月份", "1962-05"),
    ("1962年5月7日", "1962-05-07"),
    ("1962年05月07日出生", "1962-05-07"),
    ("1962/5/7", "1962-05-07"),
    ("1962-05-07", "1962-05-07"),
    ("1962-05-07 00:00:00", "1962-05-07"),
    ("1962-05-07T08:30:00", "1962-05-07"),
    ("1962、5、7", "1962-05-07"),
    ("1962 5 7", "1962-05-07"),
    ("1962. 5. 7", "1962-05-07"),
    ("１９６２．５．７", "1962-05-07"),
    ("62.5.7", "1962-05-07"),
    ("1962.5.7.", "1962-05-07"),
    ("1962年", "1962"),
    ("1962", "1962"),
    (1962, "1962"),
    (1962.0, "1962"),
    (19620507, "1962-05-07"),
    (19620507.0, "1962-05-07"),
    ("19620507", "1962-05-07"),
    ("196205", "1962-05"),
    (196205.0, "1962-05"),
    ("620507", "1962-05-07"),
    (22773, "1962-05-07"),
    (22773.0, "1962-05-07"),
    (22773.5, "1962-05-07"),
    ("22773", "1962-05-07"),
    (date(1962, 5, 7), "1962-05-07"),
    (datetime(1962, 5, 7, 12), "1962-05-07"),
    ("1962-05-00", "1962-05"),
    ("1962-00-00", "1962"),
    ("约1962年", "1962"),
    ("公历1962年5月7日", "1962-05-07"),
    ("1962。5。7", "1962-05-07"),
    ("1962·5", "1962-05"),
    ("1962--05", "1962-05"),
    ("1962年  月  日", "1962"),
    ("年 月 日", ""),
    ("生于1962年5月", "1962-05"),
    ("1962.5.7（农历五月初四）", "1962-05-07"),
    ("1962?", "1962"),
    (62.5, "1962-05"),
    ("6205", "1962-05"),
    ("7-May-62", "1962-05-07"),
    ("May 7, 1962", "1962-05-07"),
    ("13/5/1962", "1962-05-13"),
    ("民国三十年五月", "1941-05"),
]


@pytest.mark.parametrize(("value", "text"), WAYS)
def test_reads(value: object, text: str) -> None:
    found = read_date(value, as_of=ON)
    assert (found.text, found.problem) == (text, None)
    assert (found.exact is not None) == (len(text) == 10)


def test_day_or_month_first_is_asked() -> None:
    found = read_date("5/7/1962", as_of=ON)
    assert (found.problem, found.choices) == ("birth_ambiguous", ("1962-05-07", "1962-07-05"))


@pytest.mark.parametrize("value", [1962.1, "1962.1", "62.1", 62.1])
def test_january_or_october_is_asked(value: object) -> None:
    found = read_date(value, as_of=ON)
    assert (found.problem, found.text, found.choices) == ("birth_ambiguous", "1962", ("1962-01", "1962-10"))
    assert agrees(found, date(1962, 10, 3))
    assert not agrees(found, date(1962, 11, 3))


@pytest.mark.parametrize(
    "value",
    [
        "1962-13-40",
        "2023年2月30日",
        "2030-01-01",
        "1850-01-01",
        "2026-07-01",
        2026.7,
        "64岁",
        "同上",
        7.5,
        "abc",
        -3,
        1e30,
        float("inf"),
    ],
)
def test_impossible_dates_are_named(value: object) -> None:
    found = read_date(value, as_of=ON)
    assert (found.problem, found.text, found.exact) == ("birth_invalid", "", None)


@pytest.mark.parametrize(
    "value", ["农历1962年五月初七", "1962年5月7日(农历)", "阴历1962.5.7", "1962年正月十五（农历）"]
)
def test_of_the_moon_calendar_only_the_year_is_kept(value: str) -> None:
    found = read_date(value, as_of=ON)
    assert (found.text, found.exact, found.note) == ("1962", None, value)


def test_the_end_of_a_lease_may_lie_ahead() -> None:
    assert read_date("2027-03-14", as_of=ON).problem == "birth_invalid"
    assert read_date("2027-03-14", as_of=ON, future_ok=True).exact == date(2027, 3, 14)


@given(st.dates(date(1927, 5, 19), ON))
def test_every_way_to_write_a_day(day: date) -> None:
    ways: list[object] = [
        day, day.isoformat(), day.strftime("%Y/%m/%d"), day.strftime("%Y.%m.%d"), day.strftime("%Y%m%d"),
        int(day.strftime("%Y%m%d")), f"{day.year}年{day.month}月{day.day}日", (day - SERIAL_ZERO) / timedelta(days=1),
    ]  # fmt: skip
    assert {read_date(way, as_of=ON).exact for way in ways} == {day}


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers(), st.datetimes(), st.none()))
def test_no_cell_is_too_odd(value: object) -> None:
    found = read_date(value, as_of=ON)
    assert not (found.problem == "birth_invalid" and found.text)
    assert found.exact is None or found.exact <= ON
