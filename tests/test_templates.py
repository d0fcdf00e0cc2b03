"""The content security policy forbids code and looks inside a page; better to hear of it here than in a browser."""

import ast
import re

import pytest

from . import tree

TEMPLATES = tree.files(".html", under="liren")
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a handler attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "an htmx handler": re.compile(r"\s(?:data-)?hx-on[:=-]", re.I),
    "an address that is code": re.compile(r"javascript:", re.I),
    "a script inside the page": re.compile(
        r"<script(?![^>]*\b(?:src=|type=\"application/json\"))[^>]*>", re.I
    ),
    "something from elsewhere": re.compile(
        r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"(?:https?:)?//", re.I
    ),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=tree.name)
def test_a_template_obeys_the_content_security_policy(path):
    text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", "", path.read_text(), flags=re.S)
    for what, pattern in FORBIDDEN.items():
        found = pattern.search(text)
        assert not found, f"{tree.name(path)} has {what}: {found.group()[:80]}"


@pytest.mark.parametrize("path", TEMPLATES, ids=tree.name)
def test_nothing_is_marked_safe(path):
    assert not re.search(r"\|\s*safe\b|{%\s*autoescape off", path.read_text()), (
        "escape, or build it in Python"
    )


def fragments():
    """Every part of a page that a view shows to htmx, as (view, template, fragment)."""
    for path in tree.files(".py", under="liren"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
                said = [each.value for each in node.keywords if each.arg == "fragment"]
                if said and isinstance(said[0], ast.Constant) and said[0].value:
                    yield tree.name(path), node.args[1].value, said[0].value
            # A step is shown in a drawer, unless it says that it has none.
            named = {each.arg: each.value for each in node.keywords} if isinstance(node, ast.Call) else {}
            if "template" in named and "verb" in named and "fragment" not in named:
                yield tree.name(path), named["template"].value, "drawer"


@pytest.mark.parametrize(("view", "template", "fragment"), sorted(set(fragments())))
def test_a_fragment_that_is_shown_exists(view, template, fragment):
    [path] = [each for each in TEMPLATES if tree.name(each).endswith(f"/templates/{template}")]
    assert re.search(rf"{{% partialdef {fragment}\b", path.read_text()), f"{view} shows {template}#{fragment}"
