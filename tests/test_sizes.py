"""Rooms stay pleasant: nothing grows past its limit unless it stands by name, with a reason, in limits.toml."""

import ast
import json
import re
import subprocess
import sys
import tomllib

import pytest

from . import tree

LIMITS = tomllib.loads((tree.ROOT / "tests" / "limits.toml").read_text())
CODE = [path for path in tree.files(".py") if not tree.is_migration(path)]


def lines(path):
    return len(path.read_text().splitlines())


def span(node):
    first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
    return node.end_lineno - first + 1


def definitions(path, kinds, within=""):
    """Every function or class with the names around it: `liren/…/views.py::Form.clean`."""

    def walk(node, around):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                full = f"{around}.{child.name}".lstrip(".")
                if isinstance(child, kinds):
                    yield f"{tree.name(path)}::{full}", span(child)
                yield from walk(child, full)
            else:
                yield from walk(child, around)

    return walk(ast.parse(path.read_text()), within)


def measured_files():
    return {tree.name(path): lines(path) for path in CODE}


def measured_functions():
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {key: size for path in CODE for key, size in definitions(path, kinds)}


def measured_classes():
    return {key: size for path in CODE for key, size in definitions(path, ast.ClassDef)}


def measured_templates():
    return {tree.name(path): lines(path) for path in tree.files(".html", under="liren")}


def measured_scripts():
    found = [path for path in tree.files(".js", ".css", under="liren") if not tree.is_vendored(path)]
    return {tree.name(path): lines(path) for path in found}


def measured_complexity():
    """Ruff counts; those that it would let pass with a noqa are asked for as well."""
    command = [
        sys.executable, "-m", "ruff", "check", "--select", "C901", "--ignore-noqa", "--output-format", "json",
        "--exit-zero", "--no-cache", ".",
    ]  # fmt: skip
    told = json.loads(subprocess.run(command, cwd=tree.ROOT, capture_output=True, check=True).stdout)
    found = {}
    for row in told:
        function, number = re.search(r"`(.+?)` is too complex \((\d+) >", row["message"]).groups()
        path = row["filename"].removeprefix(str(tree.ROOT)).lstrip("/")
        found[f"{path}::{function}"] = int(number)
    return found


MEASURES = {
    "file": measured_files,
    "function": measured_functions,
    "class": measured_classes,
    "complexity": measured_complexity,
    "template": measured_templates,
    "script": measured_scripts,
}


@pytest.mark.parametrize("kind", MEASURES)
def test_nothing_is_larger_than_it_may_be(kind):
    limit = LIMITS["limit"][kind]
    large = {key: size for key, size in MEASURES[kind]().items() if size > limit}
    allowed = {key: exception["is"] for key, exception in LIMITS[kind].items()}
    grown = {key: size for key, size in large.items() if size > allowed.get(key, limit)}
    assert not grown, (
        f"{kind} past its limit of {limit}: split by noun, or say why it is one thing in limits.toml"
    )
    slack = {key: large.get(key, 0) for key, number in allowed.items() if large.get(key, 0) < number}
    assert not slack, f"these exceptions for a {kind} can be lowered or taken out"


def test_every_exception_has_a_reason():
    for kind in MEASURES:
        for key, exception in LIMITS[kind].items():
            assert len(exception["because"]) > 15, f"{key} in limits.toml says too little about why"
