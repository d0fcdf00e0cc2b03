"""Check points: which there are, one more, one less."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.pages import found, refused_response, say, show
from liren.core.pages.paging import page_of
from liren.core.pages.permits import needs
from liren.core.places.models import Building

from .. import actions
from ..forms import PointForm
from ..models import CheckPoint


def areas_of(user: Any) -> Any:
    """Where this user goes round: grids, and communities that have none."""
    areas = user.areas_for("matters.open").filter(level__in=(Area.Level.GRID, Area.Level.COMMUNITY))
    return areas.filter(closed_on=None).order_by("-level", "path")


@needs("matters.work")
def check_points(request: HttpRequest) -> HttpResponse:
    """The list, and the form of one more."""
    user: Any = request.user
    buildings = Building.objects.visible_to(user)
    form = PointForm(request.POST or None, areas=areas_of(user), buildings=buildings)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            facts = dict(form.cleaned_data)
            try:
                point = actions.add_point(facts.pop("area"), by=user, **facts)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                say(request, f"{point}加好了")
                return redirect("governance:check_points")
    page = page_of(CheckPoint.objects.visible_to(user).current().in_order(), request)
    return show(
        request,
        "governance/hazards/points.html",
        {"form": form, "page": page, "points": page.rows},
        status=status,
    )


@needs("matters.work")
@require_POST
def point_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes one off the rounds to come."""
    point = found(CheckPoint.objects.select_related("building"), request.user, pk=pk)
    back = reverse("governance:check_points")
    try:
        actions.close_point(point, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=back)
    say(request, f"{point}不再巡查")
    return redirect(back)
