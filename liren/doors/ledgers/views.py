"""The ledgers: their list, one of them on screen, on A4, and as a file."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from liren.core.duty import Refused
from liren.core.pages import show
from liren.core.pages.paging import page_of
from liren.core.pages.permits import needs
from liren.core.sheets.ledger import Column, Ledger, Look, Value
from liren.core.sheets.ledgerbook import all_ledgers, shelves_for
from liren.core.sheets.narrowing import Narrowed, Span, narrowed, spans_offered

from .actions import export_ledger, print_ledger
from .forms import ExportForm, PaperForm
from .heading import unit_of
from .sheet import laid_out

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Line:
    """One row on the screen: where it leads, and its cells under their columns."""

    url: str
    cells: list[tuple[Column, Value]]


@needs("people.see")
def index(request: HttpRequest) -> HttpResponse:
    """Every ledger that this user may open, by duty."""
    return show(request, "ledgers/index.html", {"shelves": shelves_for(request.user)})


@needs("people.see")
def ledger(request: HttpRequest, ledger: str) -> HttpResponse:
    """One ledger on the screen; for htmx its rows, as the filters change."""
    asked = _asked(request, ledger)
    look = Look(asked.ledger, request.user)
    page = page_of(asked.rows.reverse(), request)  # the newest on top, where one looks first
    context = {
        "ledger": asked.ledger,
        "asked": asked,
        "columns": look.columns,
        "page": page,
        "lines": _drawn(asked.ledger, look, page.rows),
        "masked": look.masked,
        "unit": unit_of(asked, request.user),
        "spans": _spans(request, asked),
        "query": urlencode(asked.pairs),
        "add": asked.ledger.add(request.user) if asked.ledger.add else "",
        "may_export": request.user.can("ledgers.export"),  # type: ignore[union-attr]
    }
    return show(request, "ledgers/ledger.html", context, fragment="rows")


@needs("people.see")
def paper(request: HttpRequest, ledger: str) -> HttpResponse:
    """Asks who made it and what for; then the A4 form, ready to print."""
    asked = _asked(request, ledger)
    form = PaperForm(request.POST or None, user=request.user)
    context = _about(request, asked) | {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            printed = print_ledger(asked, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return show(request, "ledgers/paper.html", context | {"paper": printed} | laid_out(printed))
    return show(request, "ledgers/paper_ask.html", context)


@needs("ledgers.export")
def export(request: HttpRequest, ledger: str) -> HttpResponseBase:
    """Asks what for and to whom; then gives the workbook."""
    asked = _asked(request, ledger)
    context = _about(request, asked)
    form = ExportForm(request.POST or None, user=request.user, ledger=asked.ledger, size=context["size"])
    if request.method == "POST" and form.is_valid():
        try:
            file = export_ledger(asked, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _as_file(file, asked.ledger)
    return show(request, "ledgers/export.html", context | {"form": form})


def _asked(request: HttpRequest, key: str) -> Narrowed:
    """The ledger as the address asks for it; 404 for one that nobody offers, 403 for one that a post may not open."""
    user: Any = request.user
    one = all_ledgers().get(key)
    if one is None:
        raise Http404
    if not user.can(one.ability):
        raise PermissionDenied(f"您的岗位看不了「{one.name}」。要用的话，请本社区的管理员给您加上。")
    return narrowed(one, request.GET.dict(), user)


def _drawn(ledger: Ledger, look: Look, rows: Any) -> list[Line]:
    lines = zip(rows, look.lines(rows), strict=True)
    return [
        Line(ledger.link(row) if ledger.link else "", list(zip(look.columns, cells, strict=True)))
        for row, cells in lines
    ]


def _about(request: HttpRequest, asked: Narrowed) -> dict[str, Any]:
    query = urlencode(asked.pairs)
    return {
        "ledger": asked.ledger,
        "asked": asked,
        "size": asked.rows.order_by().count(),
        "unit": unit_of(asked, request.user),
        "back": reverse("ledgers:ledger", args=[asked.ledger.key]) + (f"?{query}" if query else ""),
    }


def _spans(request: HttpRequest, asked: Narrowed) -> list[tuple[str, str, bool]]:
    """The usual periods: name, address, whether it is the one shown; nothing for a ledger without a period."""
    if asked.span is None:
        return []
    others = [(name, value) for name, value in asked.pairs if name not in ("from", "to")]
    offered = spans_offered(timezone.localdate())
    return [(name, "?" + urlencode([*_days(span), *others]), span == asked.span) for name, span in offered]


def _days(span: Span) -> list[tuple[str, str]]:
    return [(name, day.isoformat() if day else "") for name, day in (("from", span.start), ("to", span.end))]


def _as_file(file: Any, ledger: Ledger) -> FileResponse:
    """The workbook as a download that nobody keeps on the way, sent from the disk piece by piece."""
    name = f"{ledger.name}-{timezone.localtime():%Y%m%d-%H%M}.xlsx"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    response["Cache-Control"] = "no-store"
    return response
