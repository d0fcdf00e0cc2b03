"""The front (首页): choosing a community, its first page, its announcements, how personal data are used, display."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from liren.core.accounts.models import Post, User
from liren.core.areas.models import Area
from liren.core.privacy.declared import declared

from ..announcements import Announcement, announced
from ..bindings import home_grid_of
from ..entrance import LOOK, LOOKS, PortalRequest, looks, page, portal, wanted
from ..submissions import in_short

ON_FRONT = 4
YEAR = 365 * 24 * 3600


@login_not_required
@require_GET
def communities(request: HttpRequest) -> HttpResponse:
    """Which community? The only one of a house is not asked for."""
    open_ones = Area.objects.communities().filter(closed_on=None).select_related("parent").order_by("path")
    if len(open_ones) == 1:
        return redirect("portal:home", open_ones[0].code)
    return page(request, "communities", {"communities": open_ones})


@require_GET
@portal()
def home(request: PortalRequest) -> HttpResponse:
    """The first page: ways in, one's own grid worker, what is announced."""
    standing = announced(request.community)
    context = {
        "tab": "home",
        "urgent": [each for each in standing if each.urgent][:1],
        "announcements": standing[:ON_FRONT],
        "more": len(standing) > ON_FRONT,
        "worker": _own_worker(request),
        **_own_matters(request),
    }
    return page(request, "home", context)


def _own_matters(request: PortalRequest) -> dict[str, int]:
    """How many of one's own matters are being done, and how many have something new."""
    if request.resident is None:
        return {}
    open_count, news = in_short(request.resident)
    return {"open_count": open_count, "news": news}


def _own_worker(request: PortalRequest) -> User | None:
    """The grid worker of the home of whoever is bound; nobody else is told which grid a home belongs to."""
    grid = home_grid_of(request.resident)
    if grid is None:
        return None
    posts = Post.objects.current().filter(area_id=grid, role="grid_worker", user__is_active=True)
    post = posts.select_related("user").order_by("id").first()
    return post.user if post else None


@require_GET
@portal()
def announcements(request: PortalRequest) -> HttpResponse:
    """Everything that is announced today."""
    return page(
        request, "announcements", {"announcements": announced(request.community), "tab": "announcements"}
    )


@require_GET
@portal()
def announcement(request: PortalRequest, pk: int) -> HttpResponse:
    """One announcement, while it stands."""
    found = Announcement.objects.standing(request.community).filter(pk=pk).first()
    if found is None:
        raise Http404
    return page(request, "announcement", {"announcement": found})


@require_GET
@portal()
def privacy(request: PortalRequest) -> HttpResponse:
    """What the portal keeps about a resident, why, and for how long."""
    rows = [each for model, each in sorted(declared().items()) if model.startswith("portal.")]
    return page(request, "privacy", {"rows": rows})


@require_POST
@portal()
def look(request: PortalRequest) -> HttpResponse:
    """Switches large type, high contrast or night on and off; kept in this browser alone."""
    asked, on = request.POST.get("look", ""), looks(request)
    if asked in LOOKS:
        on = [each for each in on if each != asked] if asked in on else [*on, asked]
    response = HttpResponseRedirect(wanted(request, under=reverse("portal:communities")))
    # Read by the script that switches without loading the page anew; it holds nothing else.
    response.set_cookie(LOOK, ".".join(on), max_age=YEAR, path="/p/", samesite="Lax")
    return response
