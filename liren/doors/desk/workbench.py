"""Workbench (今日工作台): what is due today and why, across duties; the cards that rooms offer; what waits on others."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from liren.core import duty
from liren.core.notices.models import Notice
from liren.core.pages import show
from liren.core.pages.words import greeting
from liren.core.people.models import Person

from .queue import figures_of, newly_come, out_of_house, queue_of, seal_chips

NOTICES = 4


def workbench(request: HttpRequest) -> HttpResponse:
    """Today, for the one who is signed in."""
    user: Any = request.user
    context: dict[str, Any] = {
        "greeting": greeting(),
        "today": timezone.localdate(),
        "first_steps": first_steps(user),
        "works": user.can("matters.work"),
    }
    if context["works"]:
        context |= day_of(user, request.GET.get("seal", ""))
    panels = [
        panel for panel in duty.panels_for(user) if panel.rows or panel.empty or panel.count is not None
    ]
    context["cards"] = panels
    context["notices"] = list(Notice.objects.visible_to(user).unread().order_by("-made_at", "-id")[:NOTICES])
    return show(request, "desk/workbench.html", context, fragment="queue")


def day_of(user: Any, seal: str) -> dict[str, Any]:
    """The queue with its figures, and what waits on others."""
    groups, seals = queue_of(user, seal)
    handoffs, out = out_of_house(user)
    total = sum(seals.values())
    return {
        "groups": groups,
        "seal": seal,
        "chips": seal_chips(seals, seal),
        "total": total,
        "shown": sum(len(group.lines) for group in groups),
        "asked": seals.get(seal, 0) if seal else total,
        "hurry": next((group.count for group in groups if group.name == "先办"), 0),
        "figures": figures_of(user),
        "handoffs": handoffs,
        "out": out,
        "new": newly_come(user),
    }


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
