"""The year calendar: the year at a glance, what is taken up or left out, items of one's own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.matters.kinds import kind
from liren.core.pages import found, show
from liren.core.pages.permits import needs
from liren.core.pages.toasts import refused_response, say, way_back

from ..actions import add_own, drop_own, leave_out, take_up, think_again
from ..forms import OwnItemForm
from ..models import CalendarChoice, CalendarItem
from ..yearly import KINDS, of_month, of_week, of_year
from .lists import community_of


def _year(request: HttpRequest) -> int:
    today = timezone.localdate()
    asked = request.GET.get("year", "")
    return int(asked) if asked in {str(today.year - 1), str(today.year + 1)} else today.year


@needs("matters.see")
def calendar(request: HttpRequest) -> HttpResponse:
    """The year: what stands in each month, and what comes every month and every week."""
    user: Any = request.user
    community, areas = community_of(request)
    year, today = _year(request), timezone.localdate()
    if community is None:
        return show(request, "governance/inbound/calendar.html", {"year": year, "today": today})
    context = {
        "community": community, "areas": areas, "year": year, "today": today,
        "months": of_year(user, community, year), "years": (today.year - 1, today.year, today.year + 1),
        "monthly": [p for p in of_month(user, community, today.year, today.month) if p.item.every],
        "weekly": of_week(user, community, today),
        "form": OwnItemForm(kinds=_kinds(), initial={"month": today.month}),
        "takes": user.can("matters.open", community), "decides": user.can("matters.assign", community),
    }  # fmt: skip
    return show(request, "governance/inbound/calendar.html", context)


def _kinds() -> list[tuple[str, str]]:
    return [(key, kind(key).name) for key in KINDS]


def _turn(request: HttpRequest) -> tuple[Area, int, str]:
    community, _ = community_of(request)
    year, key = request.GET.get("year", ""), request.GET.get("key", "")
    if community is None or not year.isdecimal() or len(year) != 4:
        raise Refused("日历里没有这一项")
    return community, int(year), key[:60]


@needs("matters.open")
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """One click: it is a matter with its day."""
    try:
        community, year, key = _turn(request)
        matter = take_up(community, year=year, key=key, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=reverse("governance:inbound_calendar"))
    say(request, f"列入了：{matter.number} {matter.title}")
    return redirect(way_back(request, reverse("governance:inbound_calendar")))


@needs("matters.assign")
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Not this year."""
    try:
        community, year, key = _turn(request)
        choice = leave_out(community, year=year, key=key, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=reverse("governance:inbound_calendar"))
    say(request, "好，这一回不再提", undo=reverse("governance:inbound_calendar_again", args=[choice.pk]))
    return redirect(way_back(request, reverse("governance:inbound_calendar")))


@needs("matters.assign")
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """It is proposed again."""
    choice = found(CalendarChoice.objects.select_related("community"), request.user, pk=pk)
    try:
        think_again(choice, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=reverse("governance:inbound_calendar"))
    say(request, "恢复了")
    return redirect("governance:inbound_calendar")


@needs("matters.assign")
@require_POST
def own(request: HttpRequest) -> HttpResponse:
    """One item more."""
    community, _ = community_of(request)
    form = OwnItemForm(request.POST, kinds=_kinds())
    try:
        if community is None or not form.is_valid():
            raise Refused("请写清做什么、哪个月、办成哪一类事项")
        add_own(community, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return refused_response(request, refusal, back=reverse("governance:inbound_calendar"))
    say(request, "添进日历了")
    return redirect("governance:inbound_calendar")


@needs("matters.assign")
@require_POST
def own_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """An item of one's own taken off."""
    item = found(CalendarItem.objects.select_related("community"), request.user, pk=pk)
    try:
        drop_own(item, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=reverse("governance:inbound_calendar"))
    say(request, f"「{item.title}」撤下了")
    return redirect("governance:inbound_calendar")
