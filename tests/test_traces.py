"""Every deed that the code records has words in a traces.toml, so that an auditor can read it."""

import ast

import pytest

from liren.core.audit.said import deeds

from . import tree

# Built from parts where they are recorded; their words are looked for by hand in the same file.
COMPOSED = {"people.go_away", "people.come_back", "matters.split", "matters.follow"}


def recorded():
    for path in tree.files(".py", under="liren"):
        if tree.is_test(path) or tree.is_migration(path):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str) and "." in first.value:
                    yield first.value, tree.name(path)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "wrote":
                yield from ((f"matters.{deed}", tree.name(path)) for deed in entered(node))


def entered(call):
    """An entry of a matter leaves a trace of the same name, or of the one that `trace` says."""
    said = [word.value for word in call.keywords if word.arg == "trace"] or call.args[1:2]
    return [each.value for each in said if isinstance(each, ast.Constant)]


@pytest.mark.parametrize(("deed", "where"), sorted(set(recorded())))
def test_every_deed_has_words(deed, where):
    assert deed in deeds(), f"{where} records it: write its words into traces.toml of that app"


def test_no_words_for_deeds_that_never_happen():
    assert deeds().keys() <= {deed for deed, _ in recorded()} | COMPOSED
