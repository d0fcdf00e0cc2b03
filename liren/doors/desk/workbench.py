"""Workbench (今日工作台): the day, the figures and the cards that duties offer; the first steps of a new house."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from liren.core import duty
from liren.core.pages import show
from liren.core.pages.words import greeting
from liren.core.people.models import Person

FIGURES = 6


def workbench(request: HttpRequest) -> HttpResponse:
    """Today, for the one who is signed in."""
    panels = duty.panels_for(request.user)
    context = {
        "greeting": greeting(),
        "today": timezone.localdate(),
        "figures": [panel for panel in panels if panel.count is not None][:FIGURES],
        "cards": [panel for panel in panels if panel.rows or panel.empty],
        "first_steps": first_steps(request.user),
    }
    return show(request, "desk/workbench.html", context)


def first_steps(user: Any) -> list[dict[str, str]]:
    """What to begin with while the register is empty; nothing for those who see no residents."""
    if not user.can("people.see") or Person.objects.visible_to(user).exists():
        return []
    steps = []
    for item in duty.menu_for(user):
        if not item.first_step:
            continue
        try:
            steps.append({"name": item.name, "why": item.first_step, "url": reverse(item.url)})
        except NoReverseMatch:
            continue
    return steps
