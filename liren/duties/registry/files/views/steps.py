"""Steps (一步办理): a form that does one thing, as a drawer on the page or as a page of its own without script."""

import datetime
from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from liren.core import duty
from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.pages import say, show


def worker(request: HttpRequest) -> User:
    """Who has signed in; the house lets nobody else as far as this."""
    return cast(User, request.user)


def own_community(request: HttpRequest) -> Area:
    """The community in which this worker opens new things; 404 for those who work in none."""
    community = worker(request).community
    if community is None:
        raise Http404
    return community


def allow(user: Any, ability: str, area: Area) -> None:
    """403 with a warm page when no post allows this in that area."""
    if not user.can(ability, area):
        name = duty.abilities()[ability].name
        raise PermissionDenied(f"您的岗位在{area.name}还不能「{name}」。要用的话，请本社区的管理员给您加上。")


def asked_day(request: HttpRequest) -> datetime.date:
    """The day of ``?on=2026-03-01``; today when it is missing, unreadable or to come."""
    today = timezone.localdate()
    try:
        return min(datetime.date.fromisoformat(request.GET.get("on", "")), today)
    except ValueError:
        return today


def one_step(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str,
    verb: str,
    back: str,
    act: Callable[[dict[str, Any]], Any],
    done: Callable[[Any], str],
    lead: str = "",
    onward: Callable[[Any], str] | None = None,
    template: str = "registry/files/step.html",
    fragment: str | None = "drawer",
    **context: Any,
) -> HttpResponse:
    """Shows the form; when it is sent and right, acts, says what was done and goes on. A refusal stands on the form."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                result = act(form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                say(request, done(result))
                return HttpResponseRedirect(onward(result) if onward else back)
    facts = {"form": form, "title": title, "verb": verb, "back": back, "lead": lead, **context}
    return show(request, template, facts, fragment=fragment, status=status)
