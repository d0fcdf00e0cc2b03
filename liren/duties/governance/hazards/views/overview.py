"""What is open: overdue first, then counts by kind, grade and building, each of which opens its list."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from liren.core.matters.countdown import countdown
from liren.core.matters.models import Matter
from liren.core.matters.seeking import sought
from liren.core.pages import show
from liren.core.pages.permits import needs
from liren.core.rules.workdays import calendar

from ..catalogue import OBJECT_CHOICES
from ..models import GRADES, Round

OPEN = {"kind": "governance.hazard", "state": "open"}
FIRST = 12
BUILDINGS = 15


@needs("matters.see")
def hazards(request: HttpRequest) -> HttpResponse:
    """The room's page."""
    user: Any = request.user
    rows = sought(Matter.objects.visible_to(user), OPEN, user=user)
    context = {
        "stats": _stats(rows, user),
        "first": _first(rows),
        "left": max(0, rows.count() - FIRST),
        "kinds": _counted(rows, "cause", [*OBJECT_CHOICES, ("", "还没定类型")]),
        "grades": _counted(rows, "hazard__grade", GRADES, parameter="grade"),
        "buildings": _buildings(rows),
        "rounds": Round.objects.visible_to(user).exclude(finished_at=None).newest()[:5],
        "list_url": list_url({}),
        "may_open": user.can("matters.open"),
    }
    return show(request, "governance/hazards/hazards.html", context)


def list_url(params: dict[str, str]) -> str:
    """The list behind a number."""
    return f"{reverse('desk:matters')}?{urlencode({**OPEN, **params})}"


def _stats(rows: Any, user: Any) -> list[dict[str, Any]]:
    """The figures above, each by the parameters of its list."""
    asked: list[tuple[str, dict[str, str]]] = [
        ("未销号", {}),
        ("已逾期", {"state": "overdue"}),
        ("待复查", {"stage": "recheck,answered"}),
        ("已移送，等结果", {"stage": "referred"}),
        ("同一处反复", {"repeated": "yes"}),
    ]
    return [
        {
            "name": name,
            "count": sought(rows, params, user=user).count(),
            "url": list_url(params),
            "hot": name == "已逾期",
        }
        for name, params in asked
    ]


def _first(rows: Any) -> list[dict[str, Any]]:
    """Those to be dealt with first: what is past its time, then what is soon."""
    due = rows.filter(todos__is_main=True, todos__done_at=None).order_by(
        F("todos__due_at").asc(nulls_last=True), "-key"
    )
    wanted = due.for_list().select_related("hazard")[:FIRST]
    days = calendar()
    return [{"matter": one, "todo": one.main_todo, "clock": countdown(one.main_todo, days)} for one in wanted]


def _counted(rows: Any, field: str, names: Any, parameter: str = "cause") -> list[dict[str, Any]]:
    """How many of each, those that there are; what has no value yet opens no list."""
    found = dict(rows.order_by().values_list(field).annotate(n=Count("pk")))
    return [
        {"name": name, "count": found[key], "url": list_url({parameter: key}) if key else ""}
        for key, name in names
        if found.get(key)
    ]


def _buildings(rows: Any) -> list[dict[str, Any]]:
    """The buildings with most of them, and those outside any building."""
    found = list(
        rows.order_by()
        .values("building_id", "building__name")
        .annotate(n=Count("pk"))
        .order_by("-n", "building__sort")
    )
    lines = [
        {
            "name": one["building__name"] or "楼外、没写楼栋",
            "count": one["n"],
            "url": list_url(
                {"building": str(one["building_id"])} if one["building_id"] else {"in_building": "no"}
            ),
        }
        for one in found
    ]
    return lines[:BUILDINGS]
