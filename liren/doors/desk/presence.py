"""Presence (在不在座位上): ends sessions that were left alone, and leads to what has to be done before anything else."""

import time
from collections.abc import Callable
from typing import cast

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_GET

from liren.core import rules
from liren.core.accounts import actions
from liren.core.accounts.models import User
from liren.core.accounts.requests import DeskRequest

# Writing down each click would cost a write for each page; once a minute is exact enough for a quarter of an hour.
NOTE_EVERY = 60
# Pages that ask again by themselves are no sign of somebody sitting there.
POLL = "X-Liren-Poll"
ALWAYS = {"desk:here", "desk:sign_out", "desk:sign_in", "desk:privacy", "health"}


def presence(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware, right behind the one that asks for signing in."""

    def watched(request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _ended(request, answer(request))
        known = cast(DeskRequest, request)
        if _left_alone(known):
            return _lock(known)
        _note(known)
        if first := _has_to(known):
            return _go(known, reverse(first))
        return answer(request)

    return watched


def _ended(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """Where a session has ended meanwhile, by another window or another machine: a fragment would put the page of
    signing in into the page it stands on, and a form would lead back to an address that only takes forms.
    """
    known = cast(DeskRequest, request)
    to = answer.headers.get("Location", "")
    if not to.startswith(f"{reverse('desk:sign_in')}?next=") or (known.method == "GET" and not known.htmx):
        return answer
    return _go(known, f"{reverse('desk:sign_in')}?{urlencode({'next': _page_of(known)})}")


def _left_alone(request: DeskRequest) -> bool:
    away = time.time() - request.session.setdefault("seen_at", int(time.time()))
    if away < NOTE_EVERY:
        return False  # no rule is shorter: not worth a question to the database
    minutes = request.session["idle_minutes"] = idle_minutes(request.user)
    return away > minutes * 60


def idle_minutes(user: User) -> int:
    """How long a session may be left alone where this user works."""
    posts = user.current_posts
    return rules.number("accounts.idle_minutes", area=posts[0].area if posts else None)


def _lock(request: DeskRequest) -> HttpResponse:
    """Signs out and leads to the sign-in page, which says why and knows the way back; drafts stay on the device."""
    user = request.user
    actions.end_this_sign_in(user, session_key=request.session.session_key or "", why="idle", by=user)
    back = request.get_full_path() if request.method == "GET" and not request.htmx else _page_of(request)
    logout(request)
    return _go(request, f"{reverse('desk:sign_in')}?{urlencode({'away': '1', 'next': back})}")


def _page_of(request: HttpRequest) -> str:
    """The page on which a form or a fragment stood."""
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if came_from and ours else "/"


def _note(request: DeskRequest) -> None:
    now = int(time.time())
    if request.headers.get(POLL) or now - request.session["seen_at"] < NOTE_EVERY:
        return
    request.session["seen_at"] = now
    actions.note_seen(request.user, session_key=request.session.session_key or "", by=request.user)


def _has_to(request: DeskRequest) -> str:
    """The page that comes before all others: a first password of one's own, or the second factor."""
    user = request.user
    if user.must_change_password:
        first, with_it = "desk:password", {"desk:password"}
    elif user.is_system and not user.is_verified() and _system_needs_second(user):  # type: ignore[attr-defined]
        first, with_it = "desk:second", {"desk:second", "desk:second_begin", "desk:second_confirm"}
    else:
        return ""
    return "" if resolve(request.path_info).view_name in with_it | ALWAYS else first


def _system_needs_second(user: User) -> bool:
    return bool(rules.number("accounts.second_factor_for_system", area=user.current_posts[0].area))


def _go(request: DeskRequest, to: str) -> HttpResponse:
    """Somewhere else, for pages and for fragments, which would otherwise land inside the page."""
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": to})
    return HttpResponseRedirect(to)


@require_GET
def here(request: HttpRequest) -> HttpResponse:
    """Somebody types in a form and asks for no page meanwhile: counts as being here, says nothing."""
    return HttpResponse(status=204)
