"""What happens is written where it happens: no signals of our own, no side effects hidden in save()."""

import ast

import pytest

from . import tree

# By name, with what it does instead of a side effect.
OWN_SAVE: dict[str, str] = {
    "liren/core/matters/entries.py::EntryQuerySet": "refuses, as the database does: entries are append-only",
}
MODULES = [
    path
    for path in tree.files(".py", under="liren")
    if not tree.is_test(path) and not tree.is_migration(path)
]


@pytest.mark.parametrize("path", MODULES, ids=tree.name)
def test_no_signals(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            wanted = f"{node.module}.{node.names[0].name}"
            assert not wanted.startswith(("django.dispatch", "django.db.models.signals")), (
                f"use duty.tell: {wanted}"
            )


@pytest.mark.parametrize("path", [p for p in MODULES if "forms" not in p.stem], ids=tree.name)
def test_no_save_of_our_own(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ClassDef):
            for method in node.body:
                key = f"{tree.name(path)}::{node.name}"
                hidden = isinstance(method, ast.FunctionDef) and method.name in {"save", "delete"}
                assert not hidden or key in OWN_SAVE, f"{key}.{method.name}: write an action"
