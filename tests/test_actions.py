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
# The only actions between two records; neither is a fact about the other.
TWO_RECORDS = {"liren/core/people/actions/merging.py::merge"}


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


def is_action(node):
    arguments = node.args
    return writes(node) or any(a.arg == "by" for a in [*arguments.args, *arguments.kwonlyargs])


ACTIONS = {key: node for key, node in functions() if is_action(node) and key not in OTHER_SHAPE}


@pytest.mark.parametrize("key", ACTIONS)
def test_an_action_says_who_does_it_last(key):
    arguments = ACTIONS[key].args
    names = [argument.arg for argument in arguments.kwonlyargs]
    assert names[-1:] == ["by"], f"{key}: `by` is the last keyword"
    assert len(arguments.args) <= 1 + (key in TWO_RECORDS), f"{key}: the record first, every fact by its name"


@pytest.mark.parametrize("key", ACTIONS)
def test_an_action_is_all_or_nothing(key):
    decorators = [ast.unparse(decorator) for decorator in ACTIONS[key].decorator_list]
    inside = "transaction.atomic(" in ast.unparse(ACTIONS[key])
    assert inside or any("atomic" in decorator for decorator in decorators), f"{key}: @transaction.atomic"


def test_exceptions_still_exist():
    assert OTHER_SHAPE.keys() | TWO_RECORDS <= dict(functions()).keys()
