"""Rules: the most local and the latest number holds, with its ground; every shipped number is complete."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from liren.core import rules
from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.core.rules.actions import end_number, set_number, withdraw_number
from liren.core.rules.models import Rule

pytestmark = pytest.mark.django_db
KEY = "accounts.idle_minutes"
MAY, JUNE, JULY = (datetime.date(2026, month, 1) for month in (5, 6, 7))


def put(village, area, value, on=JUNE, by=None, **more):
    return set_number(KEY, value=Decimal(value), from_on=on, basis="文件第 3 条", area=area, by=by, **more)


@pytest.mark.parametrize("key", sorted(rules.shipped()))
def test_every_shipped_number_has_a_name_a_unit_a_ground_and_a_day(key):
    row = rules.shipped()[key]
    assert len(row.name) > 1 and row.unit and len(row.basis) > 4
    assert isinstance(row.from_on, datetime.date)
    assert not any(blank in row.basis for blank in ("待补", "待定", "同上", "某某", "…", "?", "？"))


def test_what_liren_brings_holds_until_somebody_says_otherwise(village):
    assert rules.number(KEY) == 15
    assert rules.rule(KEY, area=village.grid_1).confirmed is False
    with pytest.raises(KeyError):
        rules.number("nobody.ships_this")


def test_the_most_local_number_holds(village):
    put(village, None, "20")
    put(village, village.street, "12")
    put(village, village.community, "10", by=village.secretary)
    assert rules.number(KEY, area=village.grid_1, on=JULY) == 10
    assert rules.number(KEY, area=village.community, on=JULY) == 10
    assert rules.number(KEY, area=village.neighbour_grid, on=JULY) == 12
    assert rules.number(KEY, area=village.district, on=JULY) == rules.number(KEY, on=JULY) == 20


def test_a_number_holds_from_its_day_and_ends_the_one_before(village):
    first = put(village, village.community, "10", on=MAY)
    put(village, village.community, "8", on=JULY)
    first.refresh_from_db()
    assert first.to_on == datetime.date(2026, 6, 30)
    values = [rules.number(KEY, area=village.community, on=day) for day in (MAY, JUNE, JULY)]
    assert values == [10, 10, 8]
    assert rules.number(KEY, area=village.community, on=datetime.date(2026, 4, 30)) == 15


def test_setting_leaves_a_trace_of_the_community(village):
    rule = put(village, village.community, "10", by=village.secretary)
    trace = Trace.objects.order_by("-id").first()
    assert (trace.action, trace.community_id) == ("rules.set", village.community.pk)
    assert trace.particulars["value"] == "10"
    assert str(rule) == f"{KEY} 10"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"key": "nobody.ships_this"}, "没有这一条规定"),
        ({"basis": " "}, "请写明依据"),
        ({"value": Decimal(-1)}, "不能是负的"),
        ({"value": Decimal("1e9")}, "太大"),
        ({"value": Decimal(99_999)}, "最长 14400 分钟"),
        ({"key": "matters.slip_days", "value": Decimal(99_999_999)}, "最长 3650 天"),
        ({"area": "neighbour"}, "那一级的管理员"),
        ({"area": "street"}, "那一级的管理员"),
        ({"area": None}, "那一级的管理员"),
    ],
)
def test_what_setting_refuses(village, facts, said):
    facts = {"key": KEY, "value": Decimal(5), "basis": "文件", "area": "community", "from_on": JUNE} | facts
    area = village[facts["area"]] if facts["area"] else None
    key = facts.pop("key")
    with pytest.raises(Refused, match=said):
        set_number(key, **facts | {"area": area}, by=village.secretary)
    assert not Rule.objects.exists()


def test_one_day_has_one_number(village):
    put(village, village.community, "10")
    with pytest.raises(Refused, match="已经定过一次"):
        put(village, village.community, "9")


def test_the_history_shows_what_reached_here_and_nothing_of_others(village):
    put(village, None, "20")
    put(village, village.street, "12", on=MAY)
    put(village, village.community, "10", on=JULY)
    put(village, village.neighbour, "7")
    history = Rule.objects.reaching(KEY, village.secretary.areas_for("rules.edit"))
    assert [int(row.value) for row in history] == [10, 20, 12]


def holding(village, on):
    return rules.number(KEY, area=village.grid_1, on=on)


def test_a_number_set_between_two_ends_where_the_later_begins(village):
    first = put(village, village.community, "10", on=MAY)
    put(village, village.community, "8", on=JULY)
    middle = put(village, village.community, "9", on=JUNE)
    first.refresh_from_db()
    assert [first.to_on, middle.to_on] == [datetime.date(2026, 5, 31), datetime.date(2026, 6, 30)]
    assert [holding(village, day) for day in (MAY, JUNE, JULY)] == [10, 9, 8]


def test_an_ended_number_leaves_what_stands_above_it(village):
    put(village, village.street, "12", on=MAY)
    today = timezone.localdate()
    rule = put(village, village.community, "10", on=MAY, by=village.secretary)
    assert (rule.set_by, holding(village, today)) == (village.secretary, 10)
    end_number(rule, to_on=today, by=village.secretary)
    tomorrow = today + datetime.timedelta(days=1)
    assert [holding(village, day) for day in (today, tomorrow)] == [10, 12]
    trace = Trace.objects.order_by("-id").first()
    assert (trace.action, trace.particulars["to_on"]) == ("rules.end", str(today))


def test_what_ending_refuses(village):
    today = timezone.localdate()
    rule = put(village, village.community, "10", on=MAY)
    for who, to_on, said in (
        (village.outsider, today, "那一级的管理员"),
        (village.secretary, datetime.date(2026, 4, 1), "不能早于起算"),
        (village.secretary, datetime.date(2026, 5, 2), "从前按它算过的"),
    ):
        with pytest.raises(Refused, match=said):
            end_number(rule, to_on=to_on, by=who)
    put(village, village.community, "8", on=today + datetime.timedelta(days=9))
    rule.refresh_from_db()
    with pytest.raises(Refused, match="不能往后延"):
        end_number(rule, to_on=today + datetime.timedelta(days=20), by=village.secretary)
    everywhere = put(village, None, "20")
    with pytest.raises(Refused, match="那一级的管理员"):
        end_number(everywhere, to_on=today, by=village.secretary)


def test_what_does_not_hold_yet_can_be_taken_back(village):
    today = timezone.localdate()
    soon, later = (today + datetime.timedelta(days=n) for n in (10, 20))
    first = put(village, village.community, "10", on=MAY)
    second = put(village, village.community, "8", on=soon)
    put(village, village.community, "6", on=later)
    assert [row.from_on for row in Rule.objects.coming(today, village.grid_1)] == [soon, later]
    second.refresh_from_db()
    withdraw_number(second, by=village.secretary)
    first.refresh_from_db()
    assert first.to_on == later - datetime.timedelta(days=1)
    assert [holding(village, day) for day in (soon, later)] == [10, 6]
    with pytest.raises(Refused, match="已经起算"):
        withdraw_number(first, by=village.secretary)
    with pytest.raises(Refused, match="那一级的管理员"):
        withdraw_number(first, by=village.outsider)


def test_all_numbers_at_once_say_the_same_as_one_by_one(village, django_assert_num_queries):
    put(village, None, "20")
    put(village, village.community, "10")
    with django_assert_num_queries(1):
        book = {row.key: row for row in rules.every_rule(area=village.grid_1, on=JULY)}
    assert book == {key: rules.rule(key, area=village.grid_1, on=JULY) for key in rules.shipped()}
    assert book[KEY].value == 10


def test_who_may_see_a_rule(village):
    own, up, other = (put(village, village[name], "7") for name in ("community", "street", "neighbour"))
    seen = set(Rule.objects.visible_to(village.secretary))
    assert {own, up} <= seen and other not in seen


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("5", "工作日", "5 个工作日"),
        ("24.00", "小时", "24 小时"),
        ("100", "元", "100 元"),
        ("0.5", "分", "0.5 分"),
        ("1050", "点钟", "17:30"),
        ("0", "（1 要，0 不要）", "不要"),
        ("1", "（1 顺延，0 不顺延）", "顺延"),
        ("3", "（1 要，0 不要）", "3 （1 要，0 不要）"),
    ],
)
def test_numbers_in_words(value, unit, words):
    assert rules.said(Decimal(value), unit) == words
