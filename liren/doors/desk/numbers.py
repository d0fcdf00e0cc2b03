"""Numbers (规定的数字): what law and policy say, since when, on what ground; setting, ending, taking back one's own."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from liren.core import rules
from liren.core.accounts.models import User
from liren.core.accounts.requests import DeskRequest
from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.pages import found, refused_response, say, show
from liren.core.pages.permits import needs
from liren.core.pages.words import day
from liren.core.rules import limits, workdays
from liren.core.rules.actions import end_number, set_number, withdraw_number
from liren.core.rules.models import Rule

from .number_forms import EndForm, NumberForm


def _areas(user: User) -> Any:
    return user.areas_for("rules.edit").exclude(level=Area.Level.GRID)


def _here(request: DeskRequest) -> Area | None:
    """The area that is looked at: the one asked for, otherwise the highest one's own."""
    areas, asked = _areas(request.user), request.GET.get("area", "")
    chosen = areas.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 18 else None
    return chosen or areas.first()


@require_GET
@needs("rules.edit")
def numbers(request: DeskRequest) -> HttpResponse:
    """Every number as it holds in an area today, the limits first."""
    here, today, asked = _here(request), timezone.localdate(), request.GET.get("show", "")
    rows = rules.every_rule(area=here)
    coming = {row.key: row for row in Rule.objects.coming(today, here).order_by("-from_on")}
    parts = [
        ("期限", [r for r in rows if r.unit in limits.UNITS]),
        ("年龄、标准和别的", [r for r in rows if r.unit not in limits.UNITS]),
    ]
    if asked == "waiting":
        parts = [(name, [r for r in some if not r.confirmed]) for name, some in parts]
    context = {
        "parts": [(name, [_line(r, coming) for r in some]) for name, some in parts if some],
        "here": here,
        "areas": _areas(request.user),
        "waiting": sum(not row.confirmed for row in rows),
        "total": len(rows),
        "asked": asked,
    }
    return show(request, "desk/numbers.html", context)


def _line(row: rules.Number, coming: dict[str, Rule]) -> tuple[rules.Number, str]:
    after = coming.get(row.key)
    return row, f"{day(after.from_on)}起 {rules.said(after.value, row.unit)}" if after else ""


@needs("rules.edit")
def one(request: DeskRequest, key: str) -> HttpResponse:
    """One number: its history, and a form for the next value."""
    here = _here(request)
    now = _number(key, here)
    form = NumberForm(request.user, now, here, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_number(key, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, f"「{now.name}」定好了，{day(form.cleaned_data['from_on'])}起算")
            return redirect(f"{reverse('desk:number', args=[key])}?area={form.cleaned_data['area'].pk}")
    context = {
        "number": now,
        "here": here,
        "shipped": rules.shipped()[key],
        "history": list(_history(request.user, now)),
        "form": form,
        "end": EndForm(),
        "example": _example(now, here),
    }
    return show(request, "desk/number.html", context)


def _number(key: str, here: Area | None) -> rules.Number:
    if key not in rules.shipped():
        raise Http404
    return rules.rule(key, area=here)


def _history(user: User, number: rules.Number) -> Iterator[dict[str, Any]]:
    """Every value with where it stands today and what this colleague may do with it."""
    own, today = set(_areas(user).values_list("pk", flat=True)), timezone.localdate()
    for row in Rule.objects.reaching(number.key, user.areas_for("rules.edit")):
        state = _state(row, today)
        yield {
            "row": row,
            "words": rules.said(row.value, number.unit),
            "state": state,
            "may_end": row.area_id in own and state == "go",
            "may_withdraw": row.area_id in own and state == "info",
        }


def _state(row: Rule, today: datetime.date) -> str:
    if row.from_on > today:
        return "info"
    return "done" if row.to_on and row.to_on < today else "go"


def _example(number: rules.Number, here: Area | None) -> dict[str, Any] | None:
    """When something that comes in now would be due."""
    if number.unit not in limits.UNITS:
        return None
    now = timezone.now()
    due = limits.limit(number.key, area=here).due(now)
    return {"now": now, "due": due, "caveat": workdays.caveat(due)}


@require_POST
@needs("rules.edit")
def end(request: DeskRequest, key: str) -> HttpResponse:
    """Lets one value end on a day."""
    number, form = _number(key, None), EndForm(request.POST)
    back = redirect("desk:number", key)
    if not form.is_valid():
        return refused_response(request, Refused("请写明到哪天为止"), back=back.url)
    rule = found(Rule.objects, request.user, key=key, pk=form.cleaned_data["rule"])
    to_on = form.cleaned_data["to_on"]
    try:
        end_number(rule, to_on=to_on, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=back.url)
    say(request, f"「{number.name}」的 {rules.said(rule.value, number.unit)}到{day(to_on)}为止")
    return back


@require_POST
@needs("rules.edit")
def withdraw(request: DeskRequest, key: str) -> HttpResponse:
    """Takes back a value that does not hold yet."""
    number, back = _number(key, None), redirect("desk:number", key)
    asked = request.POST.get("rule", "")
    if not asked:
        return refused_response(request, Refused("请选要撤回的那一条"), back=back.url)
    rule = found(Rule.objects, request.user, key=key, pk=asked)
    try:
        withdraw_number(rule, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=back.url)
    say(request, f"撤回了：「{number.name}」还照原来的算")
    return back
