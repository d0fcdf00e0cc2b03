"""Entrance (进门): which community a page belongs to, who has signed in, and what a flood is told."""

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache

from liren.core import rules
from liren.core.accounts.devices import address_of
from liren.core.areas.models import Area
from liren.core.duty.prepared import Prepared, text
from liren.core.pages.addresses import address

from . import actions
from .accounts import ResidentAccount, ResidentSession, token_hash
from .floods import TooMany, count_up

COOKIE, LOOK = "liren_resident", "liren_look"
# What a resident may switch on; the cookie holds them with a dot between.
LOOKS = {"large": "size", "more": "contrast", "dark": "theme"}
NOTE_EVERY = datetime.timedelta(hours=1)


class PortalRequest(HttpRequest):
    """A request inside a community's portal."""

    community: Area
    resident: ResidentAccount | None
    resident_session: ResidentSession | None


class SignedIn(PortalRequest):
    """A request of a resident who has signed in."""

    resident: ResidentAccount
    resident_session: ResidentSession


def portal(*, signed_in: bool = False) -> Callable[[Callable[..., HttpResponseBase]], Any]:
    """``@portal()`` on a view of the portal, ``@portal(signed_in=True)`` where an account is needed. The desk's own
    session is neither asked nor changed.
    """

    def wrapped(view: Callable[..., HttpResponseBase]) -> Any:
        @login_not_required
        @never_cache
        @wraps(view)
        def entered(request: PortalRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            held = session_of(request, code)
            community = held.account.community if held else _community(code)
            if community is None:
                return page(request, "not_found", status=404)
            request.community, request.resident_session = community, held
            request.resident = held.account if held else None
            if signed_in and request.resident is None:
                wanted = request.get_full_path() if request.method == "GET" else home(request)
                return HttpResponseRedirect(to(request, "sign_in") + "?" + urlencode({"next": wanted}))
            try:
                if request.method == "POST":
                    count_up("post_address", who=address_of(request), area=request.community)
                return view(request, *args, **kwargs)
            except TooMany as flood:
                return too_many(request, flood)
            except Http404:
                return page(request, "not_found", status=404)

        return entered

    return wrapped


def _community(code: str) -> Area | None:
    return next(iter(Area.objects.communities().filter(code=code, closed_on=None).order_by()[:1]), None)


def session_of(request: HttpRequest, code: str) -> ResidentSession | None:
    """The session of this browser in the community of that code, while it holds; with both, in one query."""
    token = request.COOKIES.get(COOKIE, "")
    if not token or len(token) > 100:
        return None
    return next((each for each in HELD(token=token_hash(token), code=code) if _still(each)), None)


HELD = Prepared(
    lambda: (
        ResidentSession.objects.select_related("account__community")
        .filter(
            token_hash=text("token"),
            ended_at=None,
            account__closed_at=None,
            account__community__level=Area.Level.COMMUNITY,
            account__community__code=text("code"),
            account__community__closed_on=None,
        )
        .order_by()[:1]
    )
)


def _still(held: ResidentSession) -> bool:
    """Whether it was used within the days that are allowed. No number of days is shorter than an hour: within that no
    rule is asked, and nothing noted.
    """
    away = timezone.now() - held.seen_at
    if away <= NOTE_EVERY:
        return True
    days = rules.number("portal.session_days", area=held.account.community)
    if away >= datetime.timedelta(days=days):
        return False
    actions.note_seen(held, by=None)
    return True


def let_in(request: PortalRequest, response: HttpResponse, token: str) -> HttpResponse:
    """Gives the browser its secret, for the pages of this community alone."""
    days = rules.number("portal.session_days", area=request.community)
    response.set_cookie(
        COOKIE, token, max_age=days * 24 * 3600, path=home(request),
        secure=settings.BEHIND_TLS, httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


def let_out(request: PortalRequest, response: HttpResponse) -> HttpResponse:
    """Takes the secret away."""
    response.delete_cookie(COOKIE, path=home(request), samesite="Lax")
    return response


def to(request: PortalRequest, name: str, *args: Any) -> str:
    """The address of a page of this community's portal."""
    return address(f"portal:{name}", request.community.code, *args)


def home(request: PortalRequest) -> str:
    """The first page of this community's portal."""
    return to(request, "home")


def wanted(request: PortalRequest, *, under: str = "") -> str:
    """Where one wanted to go, when that is a page of this portal, or below `under`; its first page else."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    # A sign-in leads on, never back to itself; a switch of the display stays where it was.
    inside = asked.startswith(under) if under else asked.startswith(home(request))
    again = not under and asked.startswith(to(request, "sign_in"))
    return asked if ours and inside and not again and "/../" not in asked else home(request)


def looks(request: HttpRequest) -> list[str]:
    """What is switched on in this browser: large type, high contrast, night."""
    return [look for look in request.COOKIES.get(LOOK, "").split(".") if look in LOOKS]


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page of the portal with what its frame needs."""
    on = looks(request)
    frame: dict[str, Any] = {
        "community": getattr(request, "community", None),
        "resident": getattr(request, "resident", None),
        "looks": on,
        "data_look": [(LOOKS[look], look) for look in on],
        "here": request.get_full_path() if request.method == "GET" else request.path,
    }
    return render(request, f"portal/{template}.html", frame | (context or {}), status=status)


def too_many(request: HttpRequest, flood: TooMany) -> HttpResponse:
    """429, politely: what one typed is one step back, and when to try again."""
    minutes = max(1, round(flood.seconds / 60))
    response = page(request, "too_many", {"minutes": minutes, "hours": round(minutes / 60)}, status=429)
    response["Retry-After"] = str(flood.seconds)
    return response
