"""What the room puts on the workbench and on the page of a matter: forms that are due, each filled in one click."""

from typing import Any

from django.urls import reverse

from liren.core.duty import Panel
from liren.core.pages.words import day, left

from .models import FormTurn

MOST = 5


def due(user: Any) -> Panel | None:
    """The forms to be handed in, the nearest first."""
    if not user.can("people.export"):
        return None
    turns = FormTurn.objects.visible_to(user).open().select_related("template")
    found = list(turns[: MOST + 1])
    if not found:
        return None
    room = reverse("registry:forms")
    rows = [
        (
            turn.template.name,
            " · ".join(
                part
                for part in (f"{day(turn.due_on)}交，{left(turn.due_on)}", turn.template.receiver)
                if part
            ),
            reverse("desk:matter", args=[turn.matter_id]) if turn.matter_id else room,
        )
        for turn in found[:MOST]
    ]
    deeds = [("一键填", reverse("registry:turn_fill", args=[turn.pk])) for turn in found[:MOST]]
    return Panel(
        "该交的表", tuple(rows), url=room, icon="file-spreadsheet", count=turns.count(), deeds=tuple(deeds)
    )


def about_matter(matter: Any, user: Any) -> list[tuple[str, str]]:
    """On the page of the task: the form of its turn."""
    if not user.can("people.export", matter.community):
        return []
    turns = FormTurn.objects.visible_to(user).open().filter(matter=matter)
    return [("一键填这张表", reverse("registry:turn_fill", args=[turn.pk])) for turn in turns]
