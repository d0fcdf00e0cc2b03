"""Ledgers of matters: what stands in them, what never does, and how few queries they cost."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liren.core.matters.actions import PartyDraft, move, open_matter
from liren.core.matters.ledgers import ALL_MATTERS, CATALOGUE, columns, ledger_of_kind
from liren.core.matters.models import Matter
from liren.core.sheets.ledger import Column, Ledger, Look
from liren.core.sheets.narrowing import narrowed

pytestmark = pytest.mark.django_db
ERRANDS = ledger_of_kind(
    "governance.errand",
    name="代办台账",
    columns=columns(
        "number", "title", "where", "asker", "phone", "stage", Column("sent", "递交", "nothing_beside.day")
    ),
)


def lines(ledger: Ledger, user: Any, **query: str) -> list[dict[str, Any]]:
    rows = narrowed(ledger, query, user).rows
    keys = [column.key for column in Look(ledger, user).columns]
    return [dict(zip(keys, cells, strict=True)) for cells in Look(ledger, user).lines(rows)]


def errand(village: Any, title: str = "代办老年卡", **facts: Any) -> Matter:
    facts = {"house": village.house, "by": village.secretary} | facts
    return open_matter("governance.errand", community=village.community, title=title, **facts)


def test_a_line_of_the_ledger(village: Any) -> None:
    asker = PartyDraft(person=village.alone, phone="13812345678")
    matter = errand(village, parties=[asker])
    [line] = lines(ERRANDS_PLAIN, village.deputy)
    assert line["number"] == matter.number and line["where"] == village.house.spelt
    assert line["asker"] == village.alone.name and line["phone"] == "138****5678"
    [all_of_it] = lines(ALL_MATTERS, village.deputy)
    assert all_of_it["kind"] == "帮办代办" and all_of_it["opened"] and all_of_it["closed"] == ""


ERRANDS_PLAIN = ledger_of_kind(
    "governance.errand",
    name="代办台账",
    columns=columns("number", "title", "where", "asker", "phone", "stage"),
)


def test_who_keeps_the_name_is_not_named_on_paper(village: Any) -> None:
    errand(village, parties=[PartyDraft(name="王先生", phone="13812345678", keeps_name=True)])
    [line] = lines(ERRANDS_PLAIN, village.deputy)
    assert (line["asker"], line["phone"]) == ("（不公开）", "")


def test_restricted_and_merged_matters_stand_in_none(village: Any) -> None:
    open_matter(
        "governance.lead",
        community=village.community,
        title="线索",
        circle=[village.deputy],
        by=village.secretary,
    )
    for who in (village.deputy, village.secretary, village.outsider):
        assert lines(ALL_MATTERS, who) == []
        leads = ledger_of_kind("governance.lead", name="线索")
        assert lines(leads, who) == []


def test_outsiders_and_the_other_grid_see_nothing(village: Any) -> None:
    errand(village)
    assert len(lines(ALL_MATTERS, village.grid_worker)) == 1
    for who in (village.outsider, village.outsider_grid, village.grid_worker_2, village.auditor):
        assert lines(ALL_MATTERS, who) == []


def test_states_kinds_and_words(village: Any) -> None:
    first, second = errand(village, "代办老年卡"), errand(village, "交水费")
    move(first, first.moves_for(village.secretary)[0][0].key, by=village.secretary)
    assert len(lines(ALL_MATTERS, village.secretary, state="open")) == 2
    assert lines(ALL_MATTERS, village.secretary, state="closed") == []
    assert lines(ALL_MATTERS, village.secretary, kind="governance.question") == []
    [found] = lines(ALL_MATTERS, village.secretary, q="水费")
    assert found["number"] == second.number
    options = {
        c.filter.parameters[0]: dict(c.options) for c in narrowed(ALL_MATTERS, {}, village.secretary).controls
    }
    assert options["kind"]["governance.errand"] == "帮办代办"


def test_a_column_of_a_room_is_empty_where_nothing_is_kept_beside(village: Any) -> None:
    matter = errand(village)
    with pytest.raises(AttributeError):
        lines(ERRANDS, village.secretary)  # no such table at all: a mistake of the room, and loud
    own = ledger_of_kind(
        "governance.errand", name="代办", columns=columns(Column("appeal", "诉求", "appeal.pk"))
    )
    assert lines(own, village.secretary) == [{"appeal": ""}] and matter


def test_every_column_of_the_catalogue_can_be_shown(village: Any) -> None:
    errand(village, parties=[PartyDraft(name="王先生", phone="13812345678")])
    every = ledger_of_kind("governance.errand", name="全列", columns=columns(*CATALOGUE))
    [line] = lines(every, village.secretary)
    assert line.keys() == CATALOGUE.keys() and "13812345678" not in str(line)


def _queries(user: Any) -> tuple[int, int]:
    user.scope()
    with CaptureQueriesContext(connection) as asked:
        found = lines(ALL_MATTERS, user)
    return len(found), len(asked)


def test_three_rows_and_many_cost_the_same(village: Any) -> None:
    def open_some(count: int) -> None:
        for n in range(count):
            errand(
                village, f"第 {n} 件", parties=[PartyDraft(person=village.alone)], holder=village.grid_worker
            )

    open_some(3)
    few = _queries(village.deputy)
    open_some(57)
    many = _queries(village.deputy)
    assert (few[0], many[0]) == (3, 60) and few[1] == many[1] <= 8
