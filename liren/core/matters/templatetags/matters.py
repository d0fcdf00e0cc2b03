"""Matters (事项) on pages: where one stands, how pressing it is, how long is left."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liren.core.pages.templatetags.pages import SEALS, badge, seal, triage

from ..countdown import Countdown, countdown, short
from ..models import Matter
from ..outcomes import URGENCIES

register = template.Library()

# The round seals are called after their characters.
ROUND = {"urgent": "ji", "hard": "nan", "worry": "chou", "hope": "pan"}
NAMES = {key: name for key, name, _ in URGENCIES}


@register.simple_tag
def urgency(key: str, size: str = "", label: bool = True) -> SafeString:
    """``{% urgency matter.urgency %}``: the round seal 急 · 难 · 愁 · 盼."""
    return triage(ROUND[key], size, label)


@register.filter
def urgency_name(key: str) -> str:
    """``急``."""
    return NAMES.get(key, "")


@register.simple_tag
def matter_seal(matter: Matter, size: str = "sm") -> SafeString:
    """The square seal of the duty to which a matter belongs."""
    return seal(matter.of_kind.seal, size)


@register.simple_tag
def seal_name(key: str) -> str:
    """``治理调解``, by the key of its seal."""
    return SEALS[key]


@register.simple_tag
def stage_badge(matter: Matter, todo: Any = None) -> SafeString:
    """Where a matter stands; late when its main todo (given, or fetched by `for_list`) is past its time."""
    stage = matter.at_stage
    if stage.is_end:
        return badge(stage.name, "plain" if matter.merged_into_id else "done")
    todo = todo or matter.main_todo
    if todo is not None and todo.is_overdue:
        return badge(stage.name, "late")
    return badge(stage.name, "wait" if stage.waits else "go")


@register.simple_tag(name="countdown")
def countdown_tag(todo: Any) -> Countdown | None:
    """``{% countdown todo as clock %}``: `.words`, `.colour`, `.due_at`."""
    return countdown(todo)


@register.simple_tag
def due_short(clock: Countdown | None) -> SafeString | str:
    """A countdown as a column of a list says it."""
    if clock is None:
        return ""
    return format_html('<b class="{}">{}</b>', clock.colour, short(clock))
