"""Rounds (巡查), on the phone first: choose where, a word at each point, done. No steps are counted, nobody is tracked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from liren.core.areas.models import Area
from liren.core.documents.receiving import cleaned_uploads
from liren.core.duty import Refused
from liren.core.pages import found, refused_response, say, show
from liren.core.pages.permits import needs
from liren.core.places.models import Building

from .. import actions
from ..forms import FinishForm, RoundHazardForm
from ..models import CheckPoint, Round
from ..walking import points_of
from .points import areas_of

LAST = 10


@needs("matters.open")
def rounds(request: HttpRequest) -> HttpResponse:
    """Where to go, what is under way, what was gone."""
    user: Any = request.user
    if request.method == "POST":
        return _begun(request, user)
    mine = Round.objects.visible_to(user)
    outside = CheckPoint.objects.visible_to(user).current().filter(building=None).values("area_id")
    context = {
        "under_way": mine.open().filter(by=user).newest(),
        "buildings": Building.objects.visible_to(user).order_by("sort"),
        "areas": areas_of(user).filter(pk__in=outside),
        "last": mine.exclude(finished_at=None).newest()[:LAST],
    }
    return show(request, "governance/hazards/rounds.html", context)


def _begun(request: HttpRequest, user: Any) -> HttpResponse:
    back = reverse("governance:rounds")
    try:
        if building := request.POST.get("building"):
            where = found(Building.objects.select_related("area__parent"), user, pk=building)
            begun = actions.begin_round(where.area, building=where, by=user)
        elif area := request.POST.get("area"):
            begun = actions.begin_round(found(Area.objects.select_related("parent"), user, pk=area), by=user)
        else:
            raise Refused("请选一栋楼，或者一个网格的楼外检查点")
    except Refused as refusal:
        return refused_response(request, refusal, back=back)
    return redirect("governance:round", begun.pk)


def the_round(request: HttpRequest, pk: int) -> Round:
    """One round, or the one 404."""
    rows = Round.objects.select_related("area", "building", "by", "community")
    patrol: Round = found(rows, request.user, pk=pk)
    return patrol


def _lines(patrol: Round) -> list[dict[str, Any]]:
    """Every point with what was said of it; of a round that is over only those."""
    marks = {mark.point_id: mark for mark in patrol.marks.select_related("matter", "point__building")}
    if patrol.finished_at:
        return [{"point": mark.point, "mark": mark} for mark in marks.values()]
    return [{"point": point, "mark": marks.get(point.pk)} for point in points_of(patrol)]


@needs("matters.see")
def one_round(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: its points; for others and afterwards it can be read."""
    patrol = the_round(request, pk)
    return show(request, "governance/hazards/round.html", _page(patrol, request.user), fragment="points")


def _page(patrol: Round, user: Any) -> dict[str, Any]:
    lines = _lines(patrol)
    said = sum(1 for line in lines if line["mark"])
    return {
        "patrol": patrol,
        "lines": lines,
        "said": said,
        "left": len(lines) - said,
        "mine": patrol.by_id == user.pk and patrol.finished_at is None,
        "finish": FinishForm(),
    }


def _point(request: HttpRequest) -> CheckPoint:
    if not (asked := request.POST.get("point")):
        raise Refused("请点一处检查点")
    point: CheckPoint = found(CheckPoint.objects.select_related("building"), request.user, pk=asked)
    return point


def _after(request: HttpRequest, patrol: Round) -> HttpResponse:
    """The list of points again: for htmx alone, else the page."""
    if getattr(request, "htmx", None):
        return show(request, "governance/hazards/round.html", _page(patrol, request.user), fragment="points")
    return redirect("governance:round", patrol.pk)


@needs("matters.open")
@require_POST
def round_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """没问题 at one point, at all that are left, or taken back."""
    patrol = the_round(request, pk)
    what = request.POST.get("what", "")
    try:
        if what == "rest":
            actions.mark_rest_well(patrol, by=request.user)
        elif what == "back":
            actions.take_back_mark(patrol, point=_point(request), by=request.user)
        else:
            actions.mark_well(patrol, point=_point(request), by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=reverse("governance:round", args=[pk]))
    return _after(request, patrol)


@needs("matters.open")
def round_hazard(request: HttpRequest, pk: int) -> HttpResponse:
    """有隐患: a photo, and it is registered."""
    patrol, user = the_round(request, pk), request.user
    form = RoundHazardForm(
        request.POST or None, points=points_of(patrol), initial={"point": request.GET.get("point")}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                photos = cleaned_uploads(request.FILES.getlist("files"), area=patrol.area)
                matter = actions.mark_hazard(patrol, photos=photos, by=user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                say(request, f"{matter.number} 登记好了，接着巡")
                return redirect("governance:round", pk)
    return show(
        request, "governance/hazards/round_hazard.html", {"form": form, "patrol": patrol}, status=status
    )


@needs("matters.open")
@require_POST
def round_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends it."""
    patrol = the_round(request, pk)
    form = FinishForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        actions.finish_round(patrol, note=note, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=reverse("governance:round", args=[pk]))
    say(request, "这次巡查记好了，工作记录里也写了一条")
    return redirect("governance:rounds")
