"""Traces (留痕): who did or looked at what, for those who oversee it. Names of residents are not on this page."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from liren.core.accounts.models import User
from liren.core.accounts.requests import DeskRequest
from liren.core.audit.models import Trace
from liren.core.audit.said import deeds, kind_of
from liren.core.matters.models import Matter
from liren.core.pages import show
from liren.core.pages.paging import page_of
from liren.core.pages.permits import needs

from .staff_forms import TraceForm

STAFF, MATTER = "accounts.user:", "matters.matter:"


@require_GET
@needs("trace.read")
def traces(request: DeskRequest) -> HttpResponse:
    """The latest first; nothing to export: the trace stays in the house."""
    form = TraceForm(request.user, request.GET)
    page = page_of(
        form.found_in(Trace.objects.visible_to(request.user)).order_by("-id"), request, per_page=50
    )
    names = _staff_names(request.user, page.rows) | _matter_numbers(request.user, page.rows)
    rows = [(trace, deeds().get(trace.action, "别的"), _about(trace.target, names)) for trace in page.rows]
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "rows": rows,
        "target": request.GET.get("target", "")[:80],
    }
    context["about"] = _about(context["target"], names)
    return show(request, "desk/traces.html", context, fragment="list")


def _staff_names(reader: User, rows: Iterable[Trace]) -> dict[str, str]:
    """Colleagues are named, residents are not: an auditor learns what was done, not to whom by name."""
    known = User.objects.visible_to(reader).filter(pk__in=_keys(rows, STAFF))
    return {f"{STAFF}{pk}": name for pk, name in known.values_list("pk", "name")}


def _matter_numbers(reader: User, rows: Iterable[Trace]) -> dict[str, str]:
    """Matters by the number that stands in the ledger, where the reader may see them."""
    known = Matter.objects.visible_to(reader).filter(pk__in=_keys(rows, MATTER))
    return {f"{MATTER}{pk}": f"事项 {number}" for pk, number in known.values_list("pk", "number")}


def _keys(rows: Iterable[Trace], noun: str) -> set[str]:
    keys = {row.target.removeprefix(noun) for row in rows if row.target.startswith(noun)}
    return {key for key in keys if key.isdecimal()}


def _about(target: str, names: dict[str, str]) -> str:
    if not target:
        return ""
    _, _, number = target.partition(":")
    return names.get(target) or f"{kind_of(target)} #{number}"
