"""My account (我的账户): password, second step, and where one is signed in."""

from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST
from django_otp import login as otp_login
from django_otp.plugins.otp_totp.models import TOTPDevice

from liren.core.accounts import actions
from liren.core.accounts.models import SignIn, session_hash
from liren.core.accounts.requests import DeskRequest
from liren.core.accounts.second import device_of, picture, recovery_device_of, typed
from liren.core.duty import Refused, abilities
from liren.core.pages import found, refused_response, say, show

from .forms import CodeForm, PasswordForm


@require_GET
def account(request: DeskRequest) -> HttpResponse:
    """Who I am here, what my posts allow, how I sign in."""
    posts = request.user.current_posts
    known = abilities()
    may = {key: known[key].name for post in posts for key in post.grants.abilities if key in known}
    context = {"posts": posts, "may": may.values(), "device": device_of(request.user)}
    return show(request, "desk/account.html", context)


@sensitive_post_parameters()
@never_cache
def password(request: DeskRequest) -> HttpResponse:
    """A new password; all other devices are signed out."""
    form = PasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        first = request.user.must_change_password
        try:
            key = request.session.session_key or ""
            actions.set_password(request.user, password=form.cleaned_data["new"], keep=key, by=request.user)
        except Refused as refusal:
            form.add_error("new", str(refusal))
        else:
            request.session[HASH_SESSION_KEY] = request.user.get_session_auth_hash()
            say(request, "密码换好了。别的电脑上已经退出")
            return redirect("desk:workbench" if first else "desk:account")
    return show(request, "desk/password.html", {"form": form})


@require_GET
def sign_ins(request: DeskRequest) -> HttpResponse:
    """Where this account is signed in now, and where it was lately."""
    rows = SignIn.objects.visible_to(request.user)
    here = session_hash(request.session.session_key or "")
    context = {"open": rows.open(), "ended": rows.exclude(ended_at=None)[:20], "here": here}
    return show(request, "desk/sign_ins.html", context)


@require_POST
def end_sign_in(request: DeskRequest, pk: int) -> HttpResponse:
    """Signs one other device out."""
    sign_in = found(SignIn.objects.open(), request.user, pk=pk)
    actions.end_sign_in(sign_in, by=request.user)
    say(request, f"{sign_in.device}上的登录已经结束")
    return redirect("desk:sign_ins")


@require_POST
def end_other_sign_ins(request: DeskRequest) -> HttpResponse:
    """Signs all other devices out."""
    key = request.session.session_key or ""
    ended = actions.end_other_sign_ins(request.user, keep=key, by=request.user)
    say(request, f"另外 {ended} 处登录都结束了" if ended else "没有别处的登录")
    return redirect("desk:sign_ins")


@never_cache
@require_GET
def second(request: DeskRequest) -> HttpResponse:
    """The second step: off, being set up, or on."""
    device = device_of(request.user)
    draft = None if device else TOTPDevice.objects.filter(user=request.user, confirmed=False).first()
    context = {"device": device, "draft": draft, "form": CodeForm()}
    if draft:
        context |= {"picture": picture(draft), "typed": typed(draft)}
    if device:
        context["codes_left"] = recovery_device_of(request.user).token_set.count()
    return show(request, "desk/second.html", context)


@require_POST
def second_begin(request: DeskRequest) -> HttpResponse:
    """A fresh secret to scan."""
    try:
        actions.begin_second(request.user, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal)
    return redirect("desk:second")


@sensitive_post_parameters("code")
@never_cache
@require_POST
def second_confirm(request: DeskRequest) -> HttpResponse:
    """The first code switches it on; the recovery codes are shown this one time."""
    form = CodeForm(request.POST)
    try:
        codes = actions.confirm_second(request.user, code=request.POST.get("code", ""), by=request.user)
    except Refused as refusal:
        form.is_valid()
        form.add_error("code", str(refusal))
        draft = TOTPDevice.objects.filter(user=request.user, confirmed=False).first()
        if draft is None:
            return refused_response(request, refusal)
        context = {"draft": draft, "form": form, "picture": picture(draft), "typed": typed(draft)}
        return show(request, "desk/second.html", context, status=422)
    otp_login(request, device_of(request.user))
    return show(request, "desk/recovery_codes.html", {"codes": codes})


@never_cache
@require_POST
def second_codes(request: DeskRequest) -> HttpResponse:
    """New recovery codes in place of the old."""
    try:
        codes = actions.new_recovery_codes(request.user, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal)
    return show(request, "desk/recovery_codes.html", {"codes": codes})


@require_POST
def second_end(request: DeskRequest) -> HttpResponse:
    """Off again; the password is asked for."""
    if not request.user.check_password(request.POST.get("password", "")):
        return refused_response(request, Refused("密码不对，两步登录还开着"))
    try:
        actions.end_second(request.user, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal)
    say(request, "两步登录关掉了")
    return redirect("desk:account")
