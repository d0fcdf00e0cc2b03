"""docs/add-a-room.md is true: its example runs, keeps every law of flows, and is as short as it says."""

import re
import sys
import tomllib
import types
from decimal import Decimal
from pathlib import Path

import pytest

from liren.core import rules
from liren.core.duty import Refused
from liren.core.matters import actions, kinds
from liren.core.matters.models import Todo

from . import test_flows as laws

TEXT = (Path(__file__).parents[1] / "docs" / "add-a-room.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(?:python|toml)\n(.*?)```", TEXT, flags=re.S)


@pytest.fixture
def lending(monkeypatch):
    """The kind of the example, in the book for one test."""
    flow_text, rules_text, kind_text = BLOCKS
    package, flow = types.ModuleType("lending"), types.ModuleType("lending.flow")
    package.__path__ = []
    monkeypatch.setitem(sys.modules, "lending", package)
    monkeypatch.setitem(sys.modules, "lending.flow", flow)
    exec(flow_text, flow.__dict__)  # noqa: S102 — the text of our own page
    room = {"__name__": "lending.kind", "__package__": "lending"}
    exec(kind_text, room)  # noqa: S102
    kind = room["KIND"]
    shipped = dict(rules.shipped())
    for key, row in tomllib.loads(rules_text).items():
        shipped[key] = rules.Number(key=key, **(row | {"value": Decimal(row["value"])}))
    monkeypatch.setattr(rules, "shipped", lambda: shipped)
    monkeypatch.setattr("tests.test_flows.shipped", lambda: shipped)
    monkeypatch.setattr(kinds, "_book", lambda: {kind.key: kind})
    return kind


def test_it_is_as_short_as_it_says():
    assert sum(len(block.strip().splitlines()) for block in BLOCKS) < 60


def test_it_keeps_the_laws_of_flows(lending):
    laws.test_every_stage_is_reached_from_the_beginning(lending, lending.flow)
    laws.test_an_end_is_reached_from_every_stage(lending, lending.flow)
    laws.test_every_clock_rests_on_a_number_with_its_ground(lending, lending.flow)
    laws.test_closing_moves_say_what_it_came_to(lending, lending.flow)
    laws.test_letters_and_abilities(lending, lending.flow)


def test_something_is_lent_and_brought_back(lending, village):
    matter = actions.open_matter(
        lending.key,
        community=village.community,
        title="借轮椅",
        holder=village.grid_worker,
        by=village.deputy,
    )
    with pytest.raises(Refused, match="请填上「借什么」"):
        actions.move(matter, "lend", by=village.deputy)
    matter = actions.move(matter, "lend", item="轮椅", by=village.deputy)
    assert Todo.objects.open().get(matter=matter).limit == "14 日"
    matter = actions.move(matter, "return", by=village.deputy)
    assert (matter.stage, matter.outcome) == ("back", "done")
