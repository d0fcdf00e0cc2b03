"""Signing in (登录) by a code to the phone, signing out, one's own page, closing the account."""

import base64
import json
import time
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from liren.core.accounts.devices import address_of, device_in_words
from liren.core.duty import Refused
from liren.core.pages import say
from liren.core.privacy.cipher import Unsealable, seal, unseal
from liren.core.privacy.masks import mask_phone

from .. import actions
from ..bindings import BindingRequest, person_of
from ..entrance import PortalRequest, SignedIn, home, let_in, let_out, page, portal, to, wanted
from ..floods import TooMany, count_up, hold_to
from ..forms import CalledForm, FiguresForm, PhoneForm

# The day of the wording of the privacy notice that people agree to.
NOTICE = "2026-11-23"
# Between phone and code: sealed in the browser, so that nothing is kept of a phone that never comes back.
STEP, STEP_SECONDS = "liren_resident_step", 900


@portal()
def sign_in(request: PortalRequest) -> HttpResponse:
    """First the phone. The answer is the same for a phone that is known and one that is not."""
    if request.resident:
        return HttpResponseRedirect(wanted(request))
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"]
        try:
            _send(request, phone)
        except TooMany:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return page(request, "sign_in", {"form": form, "next": wanted(request)})
        response = HttpResponseRedirect(to(request, "code"))
        step = {"phone": phone, "next": wanted(request), "at": int(time.time())}
        sealed = base64.urlsafe_b64encode(seal(json.dumps(step))).decode()
        response.set_cookie(
            STEP, sealed, max_age=STEP_SECONDS, path=home(request),
            secure=settings.BEHIND_TLS, httponly=True, samesite="Lax",
        )  # fmt: skip
        return response
    return page(request, "sign_in", {"form": form, "next": wanted(request)})


def _send(request: PortalRequest, phone: str) -> None:
    """Counts for the address and the phone, then sends; within the pause the code that is on its way will do."""
    count_up("code_address", who=address_of(request), area=request.community)
    count_up("code_phone", who=phone, area=request.community)
    try:
        actions.send_code(phone, community=request.community, by=None)
    except actions.Pause as pause:
        say(request, str(pause), bad=True)


def _step(request: PortalRequest) -> dict[str, Any]:
    """The phone that was typed one page ago; empty when that is too long ago or not of our making."""
    try:
        step = json.loads(unseal(base64.urlsafe_b64decode(request.COOKIES.get(STEP, ""))))
    except (Unsealable, ValueError):
        return {}
    return step if time.time() - step["at"] < STEP_SECONDS else {}


@sensitive_post_parameters("figures")
@portal()
def code(request: PortalRequest) -> HttpResponse:
    """Then the code."""
    step = _step(request)
    if not step:
        return HttpResponseRedirect(to(request, "sign_in"))
    phone: str = step["phone"]
    if request.method == "POST" and "again" in request.POST:
        return _again(request, phone)
    form = FiguresForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = device_in_words(request.headers.get("User-Agent", ""))
        # Past the quota the right figures are not looked at either: else guessing would go on for nothing.
        hold_to("wrong_code", who=phone, area=request.community)
        hold_to("wrong_code_address", who=address_of(request), area=request.community)
        try:
            _, token = actions.use_code(
                phone,
                community=request.community,
                figures=form.cleaned_data["figures"],
                agreed_to=NOTICE,
                device=device,
                by=None,
            )
        except Refused as refusal:
            count_up("wrong_code", who=phone, area=request.community)
            count_up("wrong_code_address", who=address_of(request), area=request.community)
            form.add_error("figures", str(refusal))
        else:
            response = HttpResponseRedirect(step["next"])
            response.delete_cookie(STEP, path=home(request), samesite="Lax")
            return let_in(request, response, token)
    return page(request, "code", {"form": form, "phone": mask_phone(phone)})


def _again(request: PortalRequest, phone: str) -> HttpResponse:
    try:
        _send(request, phone)
    except TooMany:
        raise
    except Refused as refusal:
        say(request, str(refusal), bad=True)
    return HttpResponseRedirect(to(request, "code"))


@require_POST
@portal(signed_in=True)
def sign_out(request: SignedIn) -> HttpResponse:
    """Signs out here."""
    actions.end_session(request.resident_session, by=None)
    return let_out(request, HttpResponseRedirect(home(request)))


@require_GET
@portal(signed_in=True)
def me(request: SignedIn) -> HttpResponse:
    """One's own page: who one is here, display, privacy, the way out."""
    person = person_of(request.resident)
    waiting = BindingRequest.objects.filter(account=request.resident).first()
    context = {
        "tab": "me",
        "display": (("large", "大字"), ("more", "高对比"), ("dark", "夜间")),
        # The portal shows nothing of the register but that it knows whom it speaks with.
        "bound": f"{person.name[:1]}{'*' * (len(person.name) - 1)}" if person else "",
        "request_state": waiting,
        "form": CalledForm(initial={"called": request.resident.called}),
    }
    return page(request, "me", context)


@require_POST
@portal(signed_in=True)
def call_oneself(request: SignedIn) -> HttpResponse:
    """How one wants to be called."""
    form = CalledForm(request.POST)
    if form.is_valid():
        actions.call_oneself(request.resident, called=form.cleaned_data["called"], by=None)
        say(request, "称呼改好了")
    return HttpResponseRedirect(to(request, "me"))


@portal(signed_in=True)
def close(request: SignedIn) -> HttpResponse:
    """Closing the account: what is forgotten and what stays is said first."""
    if request.method != "POST":
        return page(request, "close")
    try:
        actions.close_account(request.resident, by=None)
    except Refused as refusal:
        say(request, str(refusal), bad=True)
    else:
        say(request, "账号注销了，手机号已经删去。想再来，随时可以重新登录")
    return let_out(request, HttpResponseRedirect(home(request)))
