"""Figures that leave the screen: the brief on A4, and the workbook."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.figures.periods import Period, this_month
from liren.core.pages import show
from liren.core.pages.permits import needs

from .actions import export_figures, print_brief
from .asking import Asked, asked_by
from .briefing import NUMBERS, brief_of, tables_of
from .forms import BriefForm, ExportForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs("matters.see")
def brief(request: HttpRequest) -> HttpResponse:
    """The brief of a month as it will be, with what it still wants to know; then the paper."""
    asked = _month_asked(request)
    form = BriefForm(request.POST or None, user=request.user)
    context: dict[str, Any] = {"asked": asked, "form": form, "unit": _unit(asked), "back": asked.address()}
    context |= {
        "here": request.get_full_path(),
        "before": _step(asked, asked.period.before),
        "after": _after(asked),
    }
    if request.method == "POST" and form.is_valid():
        try:
            made = print_brief(asked, purpose=form.cleaned_data["purpose"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            tables = tables_of(made)
            about = {
                "brief": made,
                "tables": tables,
                "last": NUMBERS[len(tables)],
                "stated": form.cleaned_data,
                "mark": _mark(request, form),
            }
            return show(request, "reports/paper.html", context | about)
    return show(request, "reports/brief.html", context | {"brief": brief_of(asked)})


@needs("reports.export")
def export(request: HttpRequest) -> HttpResponseBase:
    """Asks what for and to whom; then gives the workbook."""
    asked = asked_by(request)
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            file = export_figures(asked, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            name = f"数字-{asked.where}-{asked.period.key}.xlsx"
            response = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
            response["Cache-Control"] = "no-store"
            return response
    context = {"asked": asked, "form": form, "back": asked.address(), "here": request.get_full_path()}
    return show(request, "reports/export.html", context)


def _month_asked(request: HttpRequest) -> Asked:
    """The brief is of one month: unless told, of the last that is over."""
    asked = asked_by(request, "month")
    if asked.period.months == 1 and "month" in request.GET:
        return asked
    return Asked(asked.user, this_month().before, asked.area, asked.areas)


def _step(asked: Asked, period: Period) -> str:
    return asked.address(period="", month=period.key)


def _after(asked: Asked) -> str:
    return _step(asked, asked.period.after) if asked.period.after.first <= this_month().first else ""


def _unit(asked: Asked) -> str:
    """The unit on the paper: the committee by its full name, and the grid when only one was asked for."""
    place = asked.area.community() if asked.area else None
    if place is None and len(asked.communities) == 1:
        place = asked.user.community
    if place is None:
        return asked.where
    own = place.organisation or place.name
    return f"{own} {asked.area.name}" if asked.area and asked.area.level == Area.Level.GRID else own


def _mark(request: HttpRequest, form: BriefForm) -> str:
    user: Any = request.user
    return f"{user.name} {timezone.localtime():%Y-%m-%d %H:%M} 打印 · 用途：{form.cleaned_data['purpose']}"
