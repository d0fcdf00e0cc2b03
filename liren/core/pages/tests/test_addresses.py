"""Addresses that are put together once are those that Django puts together each time."""

from typing import Any

import pytest
from django.template import Context, Template
from django.template.base import TextNode
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.utils.safestring import SafeString

from liren.core.pages.addresses import address, escaped_address


def drawn(text: str, **context: Any) -> str:
    return Template(text).render(Context(context))


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("desk:workbench", ()),
        ("desk:matter", (7,)),
        ("portal:progress", ("310199001001", 7)),
        ("desk:number", ("portal.session_days",)),
    ],
)
def test_an_address_is_that_of_django_first_and_later(name: str, args: tuple[Any, ...]) -> None:
    for _ in range(2):
        assert address(name, *args) == escaped_address(name, *args) == reverse(name, args=args)


def test_a_number_a_text_and_a_truth_stay_apart() -> None:
    assert address("desk:number", "1") == address("desk:number", 1) == "/rules/1/"
    assert address("desk:number", True) == "/rules/True/"


def test_what_a_template_says() -> None:
    assert drawn('{% url "desk:matter" pk %}', pk=7) == "/matters/7/"
    assert drawn('{% url "desk:matter" pk=pk %}', pk=7) == "/matters/7/"
    assert drawn('{% url "desk:number" key %}', key=SafeString("a'b")) == "/rules/a&#x27;b/"
    assert drawn('{% url "desk:number" key %}', key="a'b") == "/rules/a&#x27;b/"
    assert (
        drawn('{% autoescape off %}{% url "desk:number" key %}{% endautoescape %}', key="a'b")
        == "/rules/a'b/"
    )
    assert drawn('{% url "desk:number" key as here %}[{{ here }}]', key="a'b") == "[/rules/a&#x27;b/]"


def test_what_is_nowhere() -> None:
    assert drawn('{% url "desk:nowhere" as here %}[{{ here }}]') == "[]"
    for text in ('{% url "desk:nowhere" %}', '{% url "desk:matter" "seven" %}'):
        with pytest.raises(NoReverseMatch):
            drawn(text)


def test_a_house_below_another_address() -> None:
    plain = address("desk:workbench")
    set_script_prefix("/liren/")
    try:
        assert address("desk:workbench") == "/liren/"
    finally:
        set_script_prefix("/")
    assert address("desk:workbench") == plain == "/"


def test_what_stands_in_the_template_is_drawn_as_it_is_read() -> None:
    """And what comes with the page is drawn for the page."""
    fixed, moving = (
        Template('{% load pages %}{% icon "users" "soft" %}'),
        Template("{% load pages %}{% icon name %}"),
    )
    assert isinstance(fixed.nodelist[-1], TextNode) and not isinstance(moving.nodelist[-1], TextNode)
    assert fixed.render(Context()) == drawn("{% load pages %}{% icon name kind %}", name="users", kind="soft")
    assert drawn('{% load pages %}{% icon "dots" as dots %}[{{ dots }}]').startswith("[<svg")
    assert drawn('{% load pages %}{% badge "a"|upper "go" %}') == '<span class="badge go">A</span>'
