"""Numbers (规定的数字): what law and policy say, since when, on what ground; and setting one's own."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from liren.core import rules
from liren.core.accounts.requests import DeskRequest
from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.pages import say, show
from liren.core.pages.permits import needs
from liren.core.pages.words import day
from liren.core.rules.actions import set_number
from liren.core.rules.models import Rule

from .staff_forms import NumberForm


def _here(user: Any) -> Area | None:
    return user.areas_for("rules.edit").exclude(level=Area.Level.GRID).first()


@require_GET
@needs("rules.edit")
def numbers(request: DeskRequest) -> HttpResponse:
    """Every number as it holds here today."""
    here = _here(request.user)
    rows = [rules.rule(key, area=here) for key in sorted(rules.shipped())]
    waiting = sum(not row.confirmed for row in rows)
    return show(request, "desk/numbers.html", {"rows": rows, "here": here, "waiting": waiting})


@needs("rules.edit")
def one(request: DeskRequest, key: str) -> HttpResponse:
    """One number: its history, and a form for the next value."""
    if key not in rules.shipped():
        raise Http404
    now = rules.rule(key, area=_here(request.user))
    form = NumberForm(request.user, request.POST or None, initial={"value": now.value, "basis": now.basis})
    if request.method == "POST" and form.is_valid():
        try:
            set_number(key, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, f"「{now.name}」定好了，{day(form.cleaned_data['from_on'])}起算")
            return redirect("desk:numbers")
    history = Rule.objects.reaching(key, request.user.areas_for("rules.edit"))
    context = {"number": now, "shipped": rules.shipped()[key], "history": history, "form": form}
    return show(request, "desk/number.html", context)
