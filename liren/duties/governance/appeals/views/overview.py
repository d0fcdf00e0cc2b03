"""The three rates, the hot spots and what was left out, for one month and one area; and the joint matter."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.matters.models import Matter
from liren.core.matters.seeking import sought
from liren.core.pages import found, show
from liren.core.pages.permits import needs
from liren.core.pages.toasts import refused_response, say
from liren.core.places.models import Building, House
from liren.core.rules import number

from .. import hotspots, rates
from ..actions import open_topic
from ..models import Appeal

MONTHS = 12


@needs("matters.see")
def appeals(request: HttpRequest) -> HttpResponse:
    """The room's page."""
    user: Any = request.user
    month, area = _month(request), _area(request)
    where = {"area": str(area.pk)} if area else {}
    params = {"opened": month, **where}
    ground = area or user.community
    ways = _ways(user, area)
    by = request.GET.get("by", "")
    by = by if by in ways else next(iter(ways))
    sliced_by = (
        {"opened": f"{_months()[-1]}-01..{timezone.localdate()}", **where} if by == "month" else params
    )
    context = {
        "month": month,
        "months": [(each, f"{int(each[:4])}年{int(each[5:])}月") for each in _months()],
        "area": area,
        "areas": _areas(user),
        "whole": rates.whole(user, params, ground),
        "lines": rates.sliced(user, by, sliced_by, ground),
        "by": by,
        "ways": [(key, rates.NAMES[key]) for key in ways],
        "weights": list(rates.weights(ground).values()),
        "spots": hotspots.found(user, ground, where),
        "hot": number("governance.appeal_hot_days", area=ground),
        "left_out": rates.counted(user, {**rates.ALL, **params, "rated": "no"}),
        "exempt": _exempt(user, params),
        "may_assign": user.can("matters.assign"),
        "may_open": user.can("matters.open"),
    }
    return show(request, "governance/appeals/appeals.html", context)


def _months() -> list[str]:
    """This month and those before it, the newest first."""
    today = timezone.localdate()
    months = [divmod(today.year * 12 + today.month - 1 - back, 12) for back in range(MONTHS)]
    return [f"{year}-{month + 1:02d}" for year, month in months]


def _month(request: HttpRequest) -> str:
    asked = request.GET.get("month", "")
    return asked if asked in _months() else _months()[0]


def _areas(user: Any) -> list[Area]:
    """The communities and grids from which this user may choose."""
    seen = Area.objects.visible_to(user).filter(level__in=("community", "grid")) if not user.is_system else []
    return list(seen)


def _area(request: HttpRequest) -> Area | None:
    asked = request.GET.get("area", "")
    return next((area for area in _areas(request.user) if str(area.pk) == asked), None)


def _ways(user: Any, area: Area | None) -> tuple[str, ...]:
    """By what the table may be cut: by community first for those who work in several."""
    several = area is None and len(set(user.community_ids())) > 1
    return (*(("community",) if several else ()), "grid", "cause", "source", "month")


def _exempt(user: Any, params: dict[str, str]) -> list[Appeal]:
    """What was exempted, with ground and reason, for the list below the rates."""
    rows = sought(Matter.objects.visible_to(user), {**rates.ALL, **params, "exempt": "yes"}, user=user)
    return list(
        Appeal.objects.visible_to(user).filter(matter__in=rows).select_related("matter", "exempt_by")
        .order_by("-exempt_at")[:50]
    )  # fmt: skip


@needs("matters.assign")
@require_POST
def topic(request: HttpRequest) -> HttpResponse:
    """Makes one joint matter of a hot spot."""
    user: Any = request.user
    place: Any = None
    if house := request.POST.get("house"):
        place = found(House.objects.select_related("building", "community", "area"), user, pk=house)
    elif building := request.POST.get("building"):
        place = found(Building.objects.select_related("community", "area"), user, pk=building)
    try:
        if place is None:
            raise Refused("请从热点里选一处")
        matter = open_topic(place, cause=request.POST.get("cause", ""), by=user)
    except Refused as refusal:
        return refused_response(request, refusal, back=reverse("governance:appeals"))
    say(request, f"已合成一题：{matter.number}")
    return redirect("desk:matter", matter.pk)
