import datetime

import pytest
import time_machine
from django.utils import timezone

from liren.core.pages import words

NOW = datetime.datetime(2026, 7, 14, 9, 41, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


@pytest.fixture(autouse=True)
def a_tuesday():
    with time_machine.travel(NOW, tick=False):
        yield


def days(number):
    return timezone.localdate() + datetime.timedelta(days=number)


def test_a_day_of_this_year_needs_no_year():
    assert words.day(days(0)) == "7月14日"
    assert words.day(datetime.date(2025, 12, 1)) == "2025年12月1日"
    assert words.full_day(days(0)) == "2026年7月14日"
    assert words.weekday(days(0)) == "星期二"
    assert words.day(None) == words.full_day(None) == words.weekday(None) == ""


@pytest.mark.parametrize(
    ("number", "said"), [(0, "〇"), (9, "九"), (10, "十"), (14, "十四"), (20, "二十"), (31, "三十一")]
)
def test_figures_of_a_ledger(number, said):
    assert words.chinese_number(number) == said


def test_a_day_of_the_book():
    assert words.book_day(datetime.date(2026, 7, 14)) == "七月十四日"
    assert words.book_day(None) == ""


def test_moments_near_and_far():
    assert words.moment(NOW) == "今天 09:41"
    assert words.moment(NOW - datetime.timedelta(days=1)) == "昨天 09:41"
    assert words.moment(NOW - datetime.timedelta(days=12)) == "7月2日 09:41"
    assert words.moment(None) == words.clock(None) == ""


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (2, "剩 2 天"),
        (0, "今天"),
        (-1, "逾期 1 天"),
    ],
)
def test_what_is_left_in_days(due, said):
    assert words.left(days(due)) == said


@pytest.mark.parametrize(("minutes", "said"), [(150, "剩 2 小时"), (25, "剩 25 分钟"), (-5, "已过点")])
def test_what_is_left_today(minutes, said):
    assert words.left(timezone.now() + datetime.timedelta(minutes=minutes)) == said


@pytest.mark.parametrize(("back", "said"), [(0, "今天"), (1, "昨天"), (96, "96 天前"), (500, "2025年3月1日")])
def test_how_long_ago(back, said):
    assert words.ago(days(-back)) == said
    assert words.left(None) == words.ago(None) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1962-05-07", "1962年5月7日"),
        ("1962-05", "1962年5月"),
        ("1962", "1962年"),
        ("", ""),
        ("不详", "不详"),
    ],
)
def test_a_date_known_in_part_stays_in_part(text, said):
    assert words.partial_day(text) == said


def test_figures_and_sizes():
    assert words.thousands(1046) == "1,046"
    assert words.thousands(None) == words.file_size(None) == ""
    assert words.file_size(300) == "1 KB"
    assert words.file_size(319_488) == "312 KB"
    assert words.file_size(4_400_000) == "4.2 MB"


@pytest.mark.parametrize(
    ("hour", "said"),
    [(3, "夜深了"), (9, "早上好"), (12, "中午好"), (15, "下午好"), (20, "晚上好"), (23, "夜深了")],
)
def test_greeting_by_the_clock(hour, said):
    assert words.greeting(NOW.replace(hour=hour)) == said
    assert words.greeting() == "早上好"
