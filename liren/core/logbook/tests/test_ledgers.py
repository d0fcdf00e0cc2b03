"""Written once, shown in many ledgers; a constant number of queries for any number of rows."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liren.core.logbook.actions import withdraw_record, write_record
from liren.core.logbook.kinds import KINDS
from liren.core.logbook.ledgers import COLUMNS, LEDGERS, WORK_LOG
from liren.core.matters.actions import open_matter
from liren.core.sheets.ledger import Look
from liren.core.sheets.narrowing import narrowed

pytestmark = pytest.mark.django_db
BY_KEY = {each.key: each for each in LEDGERS}


def lines(key, user, query=None):
    ledger = BY_KEY[key]
    asked = narrowed(ledger, query or {}, user)
    return [
        dict(zip([c.key for c in ledger.columns], cells, strict=True))
        for cells in Look(ledger, user).lines(asked.rows)
    ]


def test_every_kind_has_its_ledger():
    assert (
        BY_KEY.keys() == {"logbook.all", *(f"logbook.{key}" for key in KINDS)}
        and COLUMNS.keys() == KINDS.keys()
    )


def test_one_record_stands_in_each_of_its_ledgers(village):
    write_record(
        text="边走访边发传单", kinds=["visit", "publicity"], people=[village.alone], headcount=12,
        begun=datetime.time(9, 30), by=village.secretary,
    )  # fmt: skip
    today = f"{timezone.localdate():%Y-%m-%d} 09:30"
    [visit], [publicity], [log] = (
        lines(f"logbook.{key}", village.deputy) for key in ("visit", "publicity", "all")
    )
    assert visit["when"] == publicity["when"] == log["when"] == today
    assert visit["people"] == village.alone.name and publicity["headcount"] == 12
    assert log["kinds"] == "走访、宣传" and log["writer"] == village.secretary.name
    assert lines("logbook.meeting", village.deputy) == []


def test_the_period_is_this_month_unless_told(village):
    long_ago = timezone.localdate().replace(day=1) - datetime.timedelta(days=1)
    write_record(text="上个月的事", on=long_ago, by=village.secretary)
    assert lines("logbook.all", village.secretary) == []
    assert len(lines("logbook.all", village.secretary, {"from": long_ago.isoformat(), "to": ""})) == 1


def test_the_kind_narrows_and_words_find(village):
    write_record(text="开议事会", kinds=["meeting"], by=village.secretary)
    write_record(text="巡楼", kinds=["patrol"], by=village.secretary)
    assert [line["text"] for line in lines("logbook.all", village.secretary, {"kind": "meeting"})] == [
        "开议事会"
    ]
    assert [line["text"] for line in lines("logbook.all", village.secretary, {"q": "巡"})] == ["巡楼"]
    assert [line["text"] for line in lines("logbook.all", village.secretary)] == ["开议事会", "巡楼"]


def test_outsiders_and_the_other_grid_see_nothing(village):
    write_record(text="去了", kinds=["visit"], people=[village.alone], by=village.grid_worker)
    for who in (village.outsider, village.grid_worker_2, village.outsider_grid):
        assert lines("logbook.visit", who) == [] == lines("logbook.all", who)


def test_withdrawn_and_restricted_stand_in_none(village):
    withdraw_record(write_record(text="写错的", by=village.secretary), why="写错", by=village.secretary)
    lead = open_matter(
        "governance.lead",
        community=village.community,
        title="线索",
        circle=[village.deputy],
        by=village.secretary,
    )
    write_record(text="不能上纸", kinds=["visit"], matter=lead, by=village.deputy)
    for who in (village.deputy, village.secretary):
        assert lines("logbook.all", who) == [] == lines("logbook.visit", who)


def _queries(user):
    user.scope()  # asked once for each request
    with CaptureQueriesContext(connection) as asked:
        found = lines("logbook.all", user)
    return len(found), len(asked)


def test_three_rows_and_three_hundred_cost_the_same(village):
    def write(count):
        for n in range(count):
            write_record(
                text=f"第 {n} 次", kinds=["visit"], people=[village.alone, village.old_husband],
                house=village.house if n % 2 else None, building=None if n % 2 else village.tower, by=village.secretary,
            )  # fmt: skip

    write(3)
    few = _queries(village.deputy)
    write(297)
    many = _queries(village.deputy)
    assert (few[0], many[0]) == (3, 300) and few[1] == many[1] <= 6
    assert WORK_LOG.link(narrowed(WORK_LOG, {}, village.deputy).rows[0]).startswith("/ledgers/log/")
