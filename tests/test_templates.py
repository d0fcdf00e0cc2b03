"""The content security policy forbids code and looks inside a page; better to hear of it here than in a browser."""

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
