"""Listing (台账): every matter that one may know of, narrowed in one language, a page at a time."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.http import HttpRequest, HttpResponse

from liren.core.duty import Refused
from liren.core.matters.countdown import Countdown, countdown
from liren.core.matters.models import Matter, Party, Todo
from liren.core.matters.seeking import sought
from liren.core.pages import show
from liren.core.pages.paging import COUNT_UP_TO, page_of
from liren.core.pages.permits import needs
from liren.core.rules.workdays import calendar

from .filters import (
    Asked,
    asked_by,
    choices_for,
    conditions,
    counts_for,
    seal_chips,
    tabs,
    urgency_chips,
)
from .several import DEEDS
from .steps import worker

SORTS = {
    "opened": ("-key",), "-opened": ("key",), "number": ("number",), "-number": ("-number",),
    "closed": ("-closed_at", "-key"), "-closed": ("closed_at", "key"),
}  # fmt: skip

# What a line shows. To read a hundred columns more of each takes longer than to find them.
SHOWN = (
    "kind", "flow_version", "stage", "number", "title", "urgency", "restricted", "stuck_since", "closed_at",
    "merged_into", "place", "holder__name", "house__code", "building__name",
)  # fmt: skip
CLOCK = ("matter", "done_at", "due_at", "unit", "paused_at", "pause_reason")


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    matter: Matter
    todo: Any
    clock: Countdown | None
    asker: str


@needs("matters.see")
def matters(request: HttpRequest) -> HttpResponse:
    """The list, for the page and for htmx as the search goes on."""
    user, asked = worker(request), asked_by(request)
    counts, groups = counts_for(user)
    found = matters_asked_for(user, asked)
    # The list of the open ones, which everybody sees first, is counted already.
    total = counts["open"] if asked.params == {"state": "open"} else up_to_most(found)
    page = page_of(ordered(found, asked), request, total=total)
    context = {
        "asked": asked,
        "q": asked.params.get("q", ""),
        "page": page,
        "rows": rows_of(list(page.rows), user),
        "counts": counts,
        "total": up_to_most(Matter.objects.visible_to(user)),
        "most": COUNT_UP_TO,
        "tabs": tabs(asked, counts),
        "seals": seal_chips(asked, groups),
        "urgencies": urgency_chips(asked, groups),
        "conditions": conditions(asked, user),
        "choices": choices_for(user, asked),
        "may_open": user.can("matters.open"),
        "deeds": [(key, deed) for key, deed in DEEDS.items() if user.can(deed.ability)],
    }
    return show(request, "desk/matters/matters.html", context, fragment="found")


def up_to_most(rows: QuerySet[Matter]) -> int:
    """How many there are, one more than the most when there are more."""
    return rows.order_by()[: COUNT_UP_TO + 1].count()


def matters_asked_for(user: Any, asked: Asked) -> QuerySet[Matter]:
    """The matters of the list; a condition that cannot be read is said and left out."""
    known = Matter.objects.visible_to(user)
    params = {key: value for key, value in asked.params.items() if (key, value) != ("state", "all")}
    try:
        rows: QuerySet[Matter] = sought(known, params, user=user)
    except Refused as refusal:
        asked.problems.append(str(refusal))
        rows = known
    return rows


def ordered(rows: QuerySet[Matter], asked: Asked) -> QuerySet[Any]:
    """Their keys: open ones by urgency and time left, unless another order is asked for."""
    keys: Any = rows.values_list("pk", flat=True)
    if asked.sort in SORTS:
        return keys.order_by(*SORTS[asked.sort])
    if asked.params.get("state") in ("closed", "all", "archived", None) and asked.sort not in ("due", "-due"):
        return keys.order_by("-key")
    # At most one main todo of a matter is open: the join adds no row.
    keys = keys.alias(main=FilteredRelation("todos", condition=Q(todos__done_at=None, todos__is_main=True)))
    due = F("main__due_at")
    if asked.sort == "-due":
        return keys.order_by(due.desc(nulls_last=True), "-key")
    by_time = (due.asc(nulls_last=True), "-key")
    return keys.order_by(*by_time) if asked.sort == "due" else keys.order_by("main__rank", *by_time)


def rows_of(keys: list[int], user: Any) -> list[Row]:
    """The lines with what each shows, in a fixed number of queries."""
    known = Matter.objects.visible_to(user).filter(pk__in=keys).order_by()
    fetched = {each.pk: each for each in known.select_related("holder", "house", "building").only(*SHOWN)}
    todos = Todo.objects.filter(matter__in=list(fetched)).main().open().order_by().only(*CLOCK)
    steps = {todo.matter_id: todo for todo in todos}
    askers = askers_of(keys, user)
    days = calendar()
    rows = []
    for key in keys:
        matter, todo = fetched[key], steps.get(key)
        matter.tell_main(todo)
        rows.append(Row(matter, todo, countdown(todo, days), askers.get(key, "")))
    return rows


def askers_of(keys: list[int], user: Any) -> dict[int, str]:
    """Whose matter each is: the first who asked, and how many others."""
    found: dict[int, list[str]] = {}
    parties = Party.objects.visible_to(user).filter(matter_id__in=keys, role__in=("asker", "party"))
    for party in parties.read_by(user).select_related("person"):
        found.setdefault(party.matter_id, []).append("不愿公开" if party.keeps_name else party.shown)
    return {
        key: names[0] + (f" 等 {len(names)} 人" if len(names) > 1 else "") for key, names in found.items()
    }
