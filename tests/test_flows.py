"""Every flow of every room, read as a table: nothing is out of reach, nobody gets stuck, each clock has its ground."""

import itertools

import pytest

from liren.core import duty
from liren.core.matters.flow import MERGED
from liren.core.matters.kinds import all_kinds
from liren.core.matters.outcomes import OUTCOMES
from liren.core.rules import shipped
from liren.core.rules.limits import UNITS

FLOWS = [(kind, flow) for kind in all_kinds() for flow in (kind.flow, *kind.older)]
flows = pytest.mark.parametrize(("kind", "flow"), FLOWS, ids=[f"{k.key}-{f.version}" for k, f in FLOWS])


def reached(flow, starts, step):
    seen, todo = set(), list(starts)
    while todo:
        stage = todo.pop()
        if stage not in seen:
            seen.add(stage)
            todo += step(flow, stage)
    return seen


def onwards(flow, stage):
    return [move.end for move in flow.from_stage(stage)]


def backwards(flow, stage):
    return [start for move in flow.moves if move.end == stage for start in move.start]


@flows
def test_every_stage_is_reached_from_the_beginning(kind, flow):
    assert reached(flow, [flow.start.key], onwards) == {stage.key for stage in flow.stages}


@flows
def test_an_end_is_reached_from_every_stage(kind, flow):
    ends = [stage.key for stage in flow.stages if stage.is_end]
    assert ends
    assert reached(flow, ends, backwards) == {stage.key for stage in flow.stages}


@flows
def test_every_clock_rests_on_a_number_with_its_ground(kind, flow):
    for stage in flow.stages:
        assert stage.is_end or stage.clock, f"{stage.name} has no clock"
        for rule in stage.clock.rules if stage.clock else ():
            assert shipped()[rule].basis
            assert shipped()[rule].unit in UNITS


@flows
def test_closing_moves_say_what_it_came_to(kind, flow):
    for move in flow.moves:
        assert set(move.outcomes) <= set(OUTCOMES)
        assert bool(move.outcomes) == flow.stage(move.end).is_end, move.name


@flows
def test_letters_and_abilities(kind, flow):
    known = duty.abilities()
    for stage in flow.stages:
        letters = [move.letter for move in flow.from_stage(stage.key) if move.letter]
        assert len(letters) == len(set(letters)), f"two moves share a letter in {stage.name}"
    assert {move.ability for move in flow.moves} <= set(known)
    assert MERGED.key not in {stage.key for stage in flow.stages}


@flows
def test_the_steps_shown_run_from_the_beginning_to_an_end(kind, flow):
    steps = flow.steps()
    assert steps[0] == flow.start
    assert steps[-1].is_end
    for one, two in itertools.pairwise(steps):
        assert two.key in reached(flow, onwards(flow, one.key), onwards)


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.key)
def test_a_kind_names_nobody(kind):
    assert len(kind.series) <= 4
    assert kind.name
    forbidden = ("信访人", "上访", "民族", "宗教")
    said = kind.name + "".join(name for _, name in kind.causes)
    assert not any(word in said for word in forbidden)
