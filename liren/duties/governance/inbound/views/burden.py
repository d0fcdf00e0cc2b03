"""The burden report: the page, its paper, its workbook."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.duty import sections_for
from liren.core.matters.models import Matter
from liren.core.matters.seeking import sought
from liren.core.pages import show
from liren.core.pages.permits import needs
from liren.core.pages.words import full_day
from liren.core.sheets.outgoing import mark_of

from ..actions import took_report
from ..burden import ALL, Span, brief, reported, span_of, spans
from ..burden_book import workbook
from ..models import InboundTask

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(request: HttpRequest) -> tuple[Span, Area | None, list[Area]]:
    user: Any = request.user
    areas = list(Area.objects.filter(pk__in=user.community_ids()))
    asked = request.GET.get("area", "")
    return span_of(request.GET.get("period", "")), next((a for a in areas if str(a.pk) == asked), None), areas


def _where(area: Area | None) -> dict[str, str]:
    return {"area": str(area.pk)} if area else {}


def _named(area: Area | None, areas: list[Area]) -> str:
    return (area or areas[0]).name if area or len(areas) == 1 else f"{len(areas)} 个社区"


@needs("matters.see")
def burden(request: HttpRequest) -> HttpResponse:
    """One month or quarter."""
    user: Any = request.user
    span, area, areas = _asked(request)
    report = reported(user, span, _where(area))
    name = _named(area, areas) if areas else ""
    context = {
        "report": report, "brief": brief(report, name), "spans": spans(), "span": span, "area": area, "areas": areas,
        "sections": sections_for("burden", user, area), "name": name, "today": full_day(timezone.localdate()),
        "may_export": user.can("ledgers.export"),
    }  # fmt: skip
    return show(request, "governance/inbound/burden.html", context)


@needs("ledgers.export")
def burden_book(request: HttpRequest) -> HttpResponse:
    """The same as a workbook, with the tasks one by one."""
    user: Any = request.user
    span, area, areas = _asked(request)
    report = reported(user, span, _where(area))
    rows = sought(
        Matter.objects.visible_to(user),
        {**ALL, "opened": span.opened, "merged": "no", **_where(area)},
        user=user,
    )
    tasks = (
        InboundTask.objects.visible_to(user)
        .filter(matter__in=rows)
        .select_related("item")
        .order_by("matter_id")
    )
    name = _named(area, areas) if areas else ""
    mark = mark_of(user, timezone.localtime(), "导出", f"{span.words}负担报告")
    content = workbook(report, brief(report, name), tasks, mark, sections_for("burden", user, area))
    took_report(area or user.community, span=span.key, by=user)
    response = HttpResponse(content, content_type=SHEET)
    response["Content-Disposition"] = f"attachment; filename=burden-{span.key}.xlsx"
    return response
