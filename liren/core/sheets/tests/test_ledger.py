"""Ledgers: what a cell says, what stays covered, and how an address narrows the rows."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from liren.core.accounts.models import Post, User
from liren.core.areas.models import Area
from liren.core.privacy.masks import mask_phone
from liren.core.privacy.tiers import Tier
from liren.core.sheets.ledger import HIDDEN, Column, Ledger, Look, plain, value_of
from liren.core.sheets.ledgerbook import all_ledgers, shelves, shelves_for
from liren.core.sheets.narrowing import Period, Span, State, Within, Words, month_of, narrowed, spans_offered

PHONE = "13812345678"


def ledger(*columns, **more):
    return Ledger(
        **(
            {"key": "try.out", "name": "试一试", "ability": "people.see", "rows": posts, "columns": columns}
            | more
        )
    )


def posts(user):
    return Post.objects.visible_to(user).select_related("user", "area")


def test_a_path_leads_through_empty_links_and_calls_what_can_be_called():
    row = SimpleNamespace(house=None, name=lambda: "阿妹", area=SimpleNamespace(name="第一网格"))
    assert value_of(row, "house.building.name") is None
    assert value_of(row, "name") == "阿妹" and value_of(row, "area.name") == "第一网格"
    assert value_of(row, lambda found: found.area) is row.area


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""), (True, "是"), (False, "否"), (3, 3), (Decimal("1.50"), Decimal("1.50")), ("字", "字"),
        (datetime.date(2026, 11, 3), "2026-11-03"), (["甲", "", "乙"], "甲、乙"),
    ],
)  # fmt: skip
def test_a_value_is_written_one_way(value, said):
    assert plain(value) == said


def test_moments_are_local():
    late = datetime.datetime(2026, 11, 3, 17, 30, tzinfo=datetime.UTC)
    local = timezone.localtime(late)
    assert plain(late) == f"{local:%Y-%m-%d %H:%M}" and plain(late, day=True) == f"{local:%Y-%m-%d}"


def test_what_is_restricted_stands_in_no_ledger_and_t2_says_who_may_see_it():
    with pytest.raises(ValueError, match="no ledger"):
        Column("x", "限定", "x", tier=Tier.T3, mask=mask_phone)
    with pytest.raises(ValueError, match="mask"):
        Column("x", "低保", "x", tier=Tier.T2)
    with pytest.raises(ValueError, match="key"):
        ledger(key="nobody")


@pytest.mark.django_db
def test_a_mask_holds_until_an_export_lifts_it(village):
    one = ledger(Column("phone", "电话", "phone", tier=Tier.T2, mask=mask_phone))
    rows = [SimpleNamespace(phone=PHONE), SimpleNamespace(phone="")]
    for user in (village.secretary, village.grid_worker):
        assert list(Look(one, user).lines(rows)) == [["138****5678"], [""]]
    assert list(Look(one, village.secretary, whole=True).lines(rows)) == [[PHONE], [""]]
    assert [column.key for column in Look(one, village.secretary).masked] == ["phone"]


@pytest.mark.django_db
def test_what_belongs_to_a_line_is_seen_by_that_line_where_it_works(village):
    one = ledger(Column("aid", "救助", "aid", tier=Tier.T2, line="civil"), Column("name", "姓名", "name"))
    here = SimpleNamespace(aid="低保", name="甲", area=village.grid_1)
    there = SimpleNamespace(aid="低保", name="乙", area=village.neighbour_grid)
    assert list(Look(one, village.line_worker).lines([here, there])) == [["低保", "甲"], [HIDDEN, "乙"]]
    assert list(Look(one, village.health_worker).lines([here])) == [["甲"]]
    assert list(Look(one, village.secretary, whole=True).lines([there])) == [[HIDDEN, "乙"]]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2026-11-01", "2026-11-30", "2026年11月"),
        ("2026-10-01", "2026-12-31", "2026年10—12月"),
        ("2026-01-01", "2026-12-31", "2026年"),
        ("2026-11-03", "2026-11-03", "2026年11月3日"),
        ("2026-11-03", "2026-11-20", "2026年11月3日至2026年11月20日"),
        ("2026-11-03", "", "2026年11月3日起"),
        ("", "2026-11-03", "到2026年11月3日"),
        ("", "", "全部"),
    ],
)
def test_a_period_is_said_as_people_say_it(start, end, said):
    assert str(Period("on").read({"from": start, "to": end}, None)) == said


def test_a_period_is_this_month_unless_told_and_forgives():
    today = timezone.localdate()
    assert Period("on").read({}, None) == month_of(today)
    assert Period("on").read({"from": "gestern", "to": "0001-01-01"}, None) == Span(None, None)
    turned = Period("on").read({"from": "2026-11-20", "to": "2026-11-03"}, None)
    assert (turned.start, turned.end) == (datetime.date(2026, 11, 3), datetime.date(2026, 11, 20))


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2150, 12, 31)))
def test_the_usual_periods_hold_the_day_they_are_named_after(today):
    spans = dict(spans_offered(today))
    for name in ("本月", "本季度", "今年"):
        assert spans[name].start <= today <= spans[name].end
    assert spans["上月"].end + datetime.timedelta(days=1) == spans["本月"].start
    assert spans["去年"].end + datetime.timedelta(days=1) == spans["今年"].start
    assert spans["本季度"].start <= spans["本月"].start <= spans["本月"].end <= spans["本季度"].end


@pytest.mark.django_db
def test_a_moment_is_within_a_local_day(village):
    user = village.secretary
    at = timezone.make_aware(datetime.datetime(2026, 11, 3, 0, 30))
    User.objects.filter(pk=user.pk).update(joined_at=at)
    one = ledger(
        rows=lambda user: User.objects.filter(pk=user.pk), filters=(Period("joined_at", timed=True),)
    )
    for day, count in (("2026-11-02", 0), ("2026-11-03", 1), ("2026-11-04", 0)):
        assert narrowed(one, {"from": day, "to": day}, user).rows.count() == count


@pytest.mark.django_db
def test_an_area_is_one_of_ones_own(village):
    one = ledger(filters=(Within(),), order=("pk",))
    grid = narrowed(one, {"area": str(village.grid_1.pk)}, village.secretary)
    assert grid.area == village.grid_1 and {row.area for row in grid.rows} == {village.grid_1}
    for strange in (str(village.neighbour.pk), str(village.street.pk), "9" * 30, "nirgends"):
        assert narrowed(one, {"area": strange}, village.secretary).area is None
    names = [name for _, name in Within().options(village.secretary)]
    assert names == ["全部", "里仁社区", "第一网格", "第二网格"]
    assert Within().options(village.grid_worker) == []


@pytest.mark.django_db
def test_who_works_in_several_communities_sees_one_until_all_are_asked_for(village):
    areas = Area.objects.communities()
    street = village.street_admin
    assert Within().read({}, street) in areas and Within().read({"area": "all"}, street) is None
    assert "柳荫社区 第一网格" in [name for _, name in Within().options(street)]


@pytest.mark.django_db
def test_states_and_words_narrow_and_are_said(village):
    state = State((("grid_worker", "网格员"),), field="role")
    one = ledger(filters=(state, Words(("user__name",))), order=("pk",))
    asked = narrowed(one, {"state": "grid_worker", "q": f" {village.grid_worker.name}\0 "}, village.secretary)
    assert [row.user for row in asked.rows] == [village.grid_worker]
    assert asked.sentences == ["网格员", f"「{village.grid_worker.name}」"]
    free = narrowed(one, {"state": "king", "page": "2"}, village.secretary)
    assert free.rows.count() > 1 and free.sentences == [] and free.pairs == [("state", "king")]
    assert [control.chosen for control in asked.controls] == ["grid_worker", village.grid_worker.name]
    assert len(Words(("x",)).read({"q": "长" * 500}, None)) == 40


def test_choices_may_be_known_only_when_the_house_has_started():
    late = State(lambda: [("a", "甲")], field="kind")
    assert late.options(None) == [("", "全部"), ("a", "甲")] and late.said("a") == "甲"


@pytest.mark.django_db
def test_the_book_has_each_key_once_and_shows_what_a_post_allows(village):
    ledgers = all_ledgers()
    assert "logbook.all" in ledgers and "matters.all" in ledgers
    assert sum(len(shelf[2]) for shelf in shelves()) == len(ledgers)
    assert shelves_for(village.secretary) and shelves_for(village.auditor) == []


@pytest.mark.parametrize("one", all_ledgers().values(), ids=lambda one: one.key)
def test_every_ledger_can_be_printed(one):
    keys = [column.key for column in one.columns]
    assert len(keys) == len(set(keys)) and one.heading and one.empty.endswith("。")
    assert sum(column.width for column in one.columns) <= (130 if one.landscape else 90)
    parameters = [name for each in one.filters for name in each.parameters]
    assert len(parameters) == len(set(parameters)), "two filters listen to one word"
