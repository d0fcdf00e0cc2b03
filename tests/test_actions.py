"""Every write has one shape: `def settle(record, *, facts, by)`, all of it or nothing of it."""

import ast

import pytest

from . import tree

# By name, with the reason why it is another shape.
OTHER_SHAPE = {
    "liren/core/people/actions/correcting.py::correct_many": "who does it stands in the source that it is given",
    "liren/core/people/actions/sources.py::open_source": "one row, whole by itself, inside the action that asks for it",
    "liren/core/people/actions/sources.py::desk_source": "open_source in short, inside the action that asks for it",
}
# Jobs of the worker act for whoever asked, who stands in the batch; each stage is kept, so that a kill is seen.
OTHER_SHAPE |= {
    "liren/doors/imports/actions/reading.py::read_batch": "a job of the worker",
    "liren/doors/imports/actions/undoing.py::run_undoing": "a job of the worker",
    "liren/doors/imports/actions/batches.py::note_look": "one trace, whole by itself",
}
# Work that is too long for one transaction is taken in bites, each of which is whole; what was not yet taken waits.
IN_BITES = {"liren/duties/governance/appeals/orders/actions/taking.py::take_orders": ("_bitten", "_taken")}
# Between two records, neither of which is a fact about the other; or the record and the one thing it is done with,
# which reads as a sentence: move(matter, "accept"), comment(matter, "…"), assign(matter, colleague).
TWO_RECORDS = {
    "liren/core/people/actions/merging.py::merge",
    "liren/core/matters/actions/moving.py::move",
    "liren/core/matters/actions/telling.py::comment",
    "liren/core/matters/actions/holding.py::assign",
    "liren/core/matters/actions/holding.py::name_to_circle",
    "liren/core/matters/actions/holding.py::drop_from_circle",
    "liren/core/matters/actions/joining.py::link",
    "liren/core/matters/actions/keeping.py::add_party",
    "liren/core/matters/actions/keeping.py::attach",
    "liren/core/matters/actions/timing.py::ask_colleague",
    "liren/core/matters/actions/timing.py::set_due",
}


def modules():
    """`actions.py`, and the modules of a folder `actions/`."""
    return [
        path
        for path in tree.files(".py", under="liren")
        if not tree.is_test(path) and (path.stem == "actions" or path.parent.name == "actions")
    ]


def functions():
    for path in modules():
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield f"{tree.name(path)}::{node.name}", node


WRITES = {
    "save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create", "record",
}  # fmt: skip


def writes(node):
    """Whether it changes rows or traces by itself; what only asks or builds may stand beside the actions."""
    calls = (call.func for call in ast.walk(node) if isinstance(call, ast.Call))
    return any(isinstance(func, ast.Attribute) and func.attr in WRITES for func in calls)


def offered(path):
    """What a folder `actions/` offers to others; the rest are steps inside its actions."""
    exported = ast.walk(ast.parse((path.parent / "__init__.py").read_text()))
    return {alias.name for node in exported if isinstance(node, ast.ImportFrom) for alias in node.names}


def is_action(path, node):
    arguments = node.args
    if any(a.arg == "by" for a in [*arguments.args, *arguments.kwonlyargs]):
        return True
    return writes(node) and (path.stem == "actions" or node.name in offered(path))


ACTIONS = {
    key: node
    for key, node in functions()
    if key not in OTHER_SHAPE and is_action(tree.ROOT / key.split("::")[0], node)
}


@pytest.mark.parametrize("key", ACTIONS)
def test_an_action_says_who_does_it_last(key):
    arguments = ACTIONS[key].args
    names = [argument.arg for argument in arguments.kwonlyargs]
    assert names[-1:] == ["by"], f"{key}: `by` is the last keyword"
    assert len(arguments.args) <= 1 + (key in TWO_RECORDS), f"{key}: the record first, every fact by its name"


def is_whole(node):
    decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
    return "transaction.atomic(" in ast.unparse(node) or any(
        "atomic" in decorator for decorator in decorators
    )


@pytest.mark.parametrize("key", [key for key in ACTIONS if key not in IN_BITES])
def test_an_action_is_all_or_nothing(key):
    assert is_whole(ACTIONS[key]), f"{key}: @transaction.atomic"


@pytest.mark.parametrize("key", IN_BITES)
def test_an_action_in_bites_writes_only_by_bites_that_are_whole(key):
    path = tree.ROOT / key.split("::")[0]
    here = {node.name: node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}
    assert not writes(ACTIONS[key]), f"{key}: outside of its bites it only reads"
    for bite in IN_BITES[key]:
        assert is_whole(here[bite]), f"{bite}: @transaction.atomic"


def test_exceptions_still_exist():
    assert OTHER_SHAPE.keys() | TWO_RECORDS | IN_BITES.keys() <= dict(functions()).keys()
