"""One matter (一件事项): the page where it is worked on, and the same page for machines."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from liren.core import duty
from liren.core.matters.answering import as_data
from liren.core.matters.countdown import countdown
from liren.core.matters.flow import Move
from liren.core.matters.models import Circle, Handoff, Matter, Party, Todo
from liren.core.pages import show
from liren.core.pages.permits import needs

from .plan import plan_of
from .records import records_of, with_records
from .related import related_to
from .steps import new_token, the_matter, worker
from .story import story_of


@needs("matters.see")
def matter(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; ``?format=json`` or ``Accept: application/json`` gives the same for machines."""
    one, user = the_matter(request, pk), worker(request)
    if request.GET.get("format") == "json" or request.headers.get("Accept", "") == "application/json":
        return JsonResponse(as_data(one, user), json_dumps_params={"ensure_ascii": False})
    return show(request, "desk/matters/matter.html", page_of_matter(one, user), fragment="story")


def page_of_matter(one: Matter, user: Any) -> dict[str, Any]:
    """Everything that the page shows."""
    todos = list(Todo.objects.visible_to(user).open().filter(matter=one).select_related("holder"))
    main = next((todo for todo in todos if todo.is_main), None)
    story, related = story_of(one, user), related_to(one, user)
    parties = list(
        Party.objects.visible_to(user).filter(matter=one).read_by(user).select_related("person__area")
    )
    handoffs = list(Handoff.objects.visible_to(user).filter(matter=one).select_related("by"))
    return {
        "matter": one,
        "todo": main,
        "clock": countdown(main),
        "beside": [todo for todo in todos if not todo.is_main],
        "moves": moves_of(one, user),
        "steps": story.steps,
        "story": with_records(story.lines, records_of(one, user)),
        "files": story.files,
        "related": related,
        "parties": parties,
        "asked": one.source == "portal" or any(party.role == "asker" for party in parties),
        "handoffs": handoffs,
        "out": sum(handoff.returned_at is None for handoff in handoffs),
        "circle": circle_of(one, user),
        "plan": plan_of(one, user),
        "sheet": one.of_kind.sheet(one) if one.of_kind.sheet else [],
        "links": one.of_kind.links(one, user) if one.of_kind.links else [],
        "deeds": duty.deeds_about(one, user),
        "may": abilities(one, user),
        "kind_url": reverse("desk:matters") + f"?kind={one.kind}&state=open",
        "once": new_token(),
    }


def moves_of(one: Matter, user: Any) -> list[dict[str, Any]]:
    """The moves as buttons: the first that brings it on stands out, before one that only waits, and none once the
    matter is closed; those without a question are one click.
    """
    moves = one.moves_for(user)
    ready = [step for step, why_not in moves if not why_not] if one.is_open else []
    main = next((step for step in ready if not one.flow.stage(step.end).waits), ready[0] if ready else None)
    return [
        {"step": step, "why_not": why_not, "primary": step is main, "plain": is_plain(step)}
        for step, why_not in moves
    ]


def is_plain(step: Move) -> bool:
    """Whether nothing has to be said for it."""
    return not step.asks and not step.note_required and len(step.outcomes) < 2


def circle_of(one: Matter, user: Any) -> list[Circle]:
    """Who alone may know of it; empty for matters that are open to all who work here."""
    if not one.restricted:
        return []
    rows = Circle.objects.visible_to(user).filter(matter=one, to_at=None)
    return list(rows.select_related("user").order_by("id"))


def abilities(one: Matter, user: Any) -> dict[str, bool]:
    """What this user may do with it now."""
    works = user.can("matters.work", one.area) and one.archived_at is None
    assigns = user.can("matters.assign", one.area) and one.archived_at is None
    return {
        "work": works,
        "change": works and one.is_open,
        "assign": assigns and one.is_open,
        "take": works and one.is_open and one.holder_id != user.pk,
        "archive": assigns and not one.is_open,
        "appraise": works and not one.is_open and not one.merged_into_id,
        "reveal": user.can("people.reveal", one.area),
        "log": user.can("logbook.write", one.area),
    }
