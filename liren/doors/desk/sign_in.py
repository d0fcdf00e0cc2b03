"""Signing in (登录) with password and, where it is on, a second step; signing out."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp import login as otp_login

from liren.core.accounts import actions
from liren.core.accounts.devices import address_of, device_in_words
from liren.core.accounts.models import Post, User
from liren.core.accounts.requests import DeskRequest
from liren.core.accounts.second import device_of
from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.pages import show

from .forms import CodeForm, SignInForm
from .presence import idle_minutes

# Between password and second step: so long, and so many wrong codes.
HALF_WAY_SECONDS = 300
HALF_WAY_TRIES = 5


@sensitive_post_parameters("password")
@never_cache
@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page that everybody meets first. With no account in the house yet it leads to the first start."""
    if request.user.is_authenticated:
        return redirect(wanted(request))
    if request.method != "POST" and not User.objects.exists():
        return redirect("desk:setup")
    form = SignInForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        if device_of(user):
            request.session["half"] = {
                "user": user.pk,
                "at": time.time(),
                "next": wanted(request),
                "tries": 0,
            }
            return redirect("desk:second_step")
        return let_in(request, user, wanted(request))
    context = {"form": form, "next": wanted(request, otherwise=""), "away": "away" in request.GET, **hosts()}
    return show(request, "desk/sign_in.html", context)


@sensitive_post_parameters("code")
@never_cache
@login_not_required
def second_step(request: HttpRequest) -> HttpResponse:
    """The code of the phone. Whoever takes too long, or errs too often, begins again with the password."""
    half = request.session.get("half") or {}
    user = User.objects.filter(pk=half.get("user"), is_active=True).first()
    if user is None or time.time() - half["at"] > HALF_WAY_SECONDS or half["tries"] >= HALF_WAY_TRIES:
        request.session.flush()
        return redirect("desk:sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            device = actions.use_second(user, code=form.cleaned_data["code"], by=user)
        except Refused as refusal:
            half["tries"] += 1
            request.session["half"] = half
            form.add_error("code", str(refusal))
        else:
            return let_in(request, user, half["next"], device)
    return show(request, "desk/second_step.html", {"form": form})


@require_POST
def sign_out(request: DeskRequest) -> HttpResponse:
    """Ends the session here; others stay."""
    actions.end_this_sign_in(request.user, session_key=request.session.session_key or "", by=request.user)
    logout(request)
    return redirect("desk:sign_in")


def let_in(request: HttpRequest, user: User, to: str, device: Any = None) -> HttpResponse:
    """Begins the session under a fresh key and writes it down."""
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    if device is not None:
        otp_login(request, device)
    request.session.pop("half", None)
    request.session["seen_at"] = int(time.time())
    request.session["idle_minutes"] = idle_minutes(user)
    request.session.save()
    actions.note_sign_in(
        user,
        session_key=request.session.session_key or "",
        device=device_in_words(request.headers.get("User-Agent", "")),
        address=address_of(request),
        by=user,
    )
    return HttpResponseRedirect(to)


def wanted(request: HttpRequest, otherwise: str | None = None) -> str:
    """Where one wanted to go, when that is a page of ours; the workbench else."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    if asked and ours and not asked.startswith(reverse("desk:sign_in")):
        return asked
    return resolve_url(settings.LOGIN_REDIRECT_URL) if otherwise is None else otherwise


def hosts() -> dict[str, Any]:
    """Whose desk this is and who resets passwords, where the house serves one community; the demo's own accounts."""
    communities = list(Area.objects.communities().select_related("parent")[:2])
    known: dict[str, Any] = {"demo": demo_accounts()}
    if len(communities) == 1:
        posts = (
            Post.objects.current().filter(area=communities[0], user__is_active=True).select_related("user")
        )
        helper = posts.filter(role__in=("system_admin", "secretary")).order_by("-role").first()
        known |= {"house": communities[0], "helper": helper.user.name if helper else ""}
    return known


def demo_accounts() -> list[str]:
    """The invented accounts of the demo, one a line; nothing anywhere else."""
    note = settings.DATA_DIR / "demo"
    return note.read_text(encoding="utf-8").splitlines() if settings.DEMO and note.exists() else []
