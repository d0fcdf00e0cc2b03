"""What takes seconds — reading a form, filling it, setting it in type — is never done while others wait for the database."""

import ast
from pathlib import Path

import pytest

from liren.duties.registry import onesheet

SLOW = {"filled_now", "on_paper", "fingerprint_of", "marked", "locked", "_made", "fill", "plan_of", "in_pdf"}
MODULES = sorted((Path(onesheet.__file__).parent / "actions").glob("*.py"))


def called(node):
    """The names that are called in it."""
    calls = (call.func for call in ast.walk(node) if isinstance(call, ast.Call))
    return {func.id for func in calls if isinstance(func, ast.Name)}


def whole(tree):
    """All that runs inside a transaction of its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            if any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list):
                yield node
        elif isinstance(node, ast.With) and any("atomic" in ast.unparse(item) for item in node.items):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_nothing_slow_stands_inside_a_transaction(path):
    for node in whole(ast.parse(path.read_text())):
        slow = called(node) & SLOW
        assert not slow, f"{path.name}:{node.lineno}: {'、'.join(sorted(slow))} before the transaction"


def test_the_slow_ones_are_still_called():
    assert called(ast.parse((MODULES[0].parent / "handing.py").read_text())) >= {"filled_now", "on_paper"}
