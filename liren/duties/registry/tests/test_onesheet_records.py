"""Matters as rows of a form: the day of here, and nobody named who keeps their name."""

import datetime

import pytest
import time_machine

from liren.core.matters.actions import PartyDraft, open_matter
from liren.duties.registry.onesheet.records import from_ledger

pytestmark = pytest.mark.django_db
NIGHT = datetime.datetime(2026, 11, 23, 18, 30, tzinfo=datetime.UTC)


def rows(village, *parties):
    with time_machine.travel(NIGHT, tick=False):
        open_matter(
            "governance.appeal",
            community=village.community,
            title="楼道灯不亮",
            parties=parties,
            by=village.deputy,
        )
    return from_ledger(village.community, village.deputy)("appeal", None, None)


def test_what_comes_after_midnight_is_of_the_new_day(village):
    assert [row["found"] for row in rows(village)] == ["2026-11-24"]


def test_who_keeps_the_name_is_known_by_no_number_either(village):
    hidden = PartyDraft(name="王先生", phone="13812345678", keeps_name=True)
    [row] = rows(village, hidden)
    assert (row["parties"], row["phone"]) == ("", "")


def test_the_number_is_that_of_somebody_who_is_named(village):
    hidden = PartyDraft(name="王先生", phone="13812345678", keeps_name=True)
    [row] = rows(village, hidden, PartyDraft(name="李女士", phone="13900000000"))
    assert (row["parties"], row["phone"]) == ("李女士", "13900000000")
