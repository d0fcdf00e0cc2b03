"""Days off and make-up days (放假与调休): the year as arranged, the yearly notice pasted, single days."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from liren.core.accounts.requests import DeskRequest
from liren.core.duty import Refused
from liren.core.pages import refused_response, say, show
from liren.core.pages.permits import needs
from liren.core.pages.words import full_day
from liren.core.rules import bulletin, workdays, yearbook
from liren.core.rules.actions import enter_days, remove_days

from .number_forms import DayForm, NoticeForm, RemoveForm


def _year(said: str) -> int:
    """The year asked for; this one when it makes no sense."""
    year = int(said[:5]) if said.isdecimal() else 0
    return year if 2004 <= year < 2100 else timezone.localdate().year


def _page(request: DeskRequest, year: int, **more: Any) -> HttpResponse:
    until = workdays.published_until()
    days = yearbook.arranged(year)
    context = {
        "year": year,
        "years": range(min(until.year, timezone.localdate().year) - 1, until.year + 2),
        "until": until,
        "missing": until.year + 1,
        "late": until.year <= timezone.localdate().year,
        "runs": yearbook.runs(days),
        "off": sum(one.off for one in days),
        "work": sum(not one.off for one in days),
        "unsure": year > until.year,
        "notice": NoticeForm(initial={"year": until.year + 1}),
        "form": DayForm(),
        "understood": None,
    }
    return show(request, "desk/days.html", context | more)


@require_GET
@needs("rules.edit")
def days(request: DeskRequest) -> HttpResponse:
    """The year as arranged, where the calendar ends, and ways to bring it further."""
    return _page(request, _year(request.GET.get("year", "")))


@require_POST
@needs("rules.edit")
def read_notice(request: DeskRequest) -> HttpResponse:
    """What was understood of a pasted notice, before anything is written."""
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return _page(request, _year(""), notice=form)
    understood = bulletin.read(form.cleaned_data["text"], year=form.cleaned_data["year"])
    if not understood.days:
        form.add_error("text", "没有读出哪天放假、哪天上班。请把通知全文贴进来，一个节日一段。")
        return _page(request, _year(""), notice=form)
    told = [yearbook.OneDay(one.day, one.kind, one.name, understood.basis) for one in understood.days]
    more = {"understood": understood, "told": yearbook.runs(told), "notice": form}
    return _page(request, understood.year, **more)


@require_POST
@needs("rules.edit")
def enter_notice(request: DeskRequest) -> HttpResponse:
    """Writes what was understood; the text is read once more, so that nothing else can be entered."""
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return _page(request, _year(""), notice=form)
    understood = bulletin.read(form.cleaned_data["text"], year=form.cleaned_data["year"])
    try:
        count = enter_days(understood.days, basis=understood.basis, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=_address(understood.year))
    say(request, f"录好了 {understood.year} 年的 {count} 天，期限马上照它算")
    return redirect(_address(understood.year))


@require_POST
@needs("rules.edit")
def add(request: DeskRequest) -> HttpResponse:
    """One day off or at work."""
    form = DayForm(request.POST)
    if not form.is_valid():
        return _page(request, _year(""), form=form)
    on = form.cleaned_data["day"]
    try:
        enter_days(form.said, basis=form.cleaned_data["basis"], by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, _year(str(on.year)), form=form)
    say(request, f"录好了：{full_day(on)}{dict(form.fields['kind'].choices)[form.cleaned_data['kind']]}")  # type: ignore[attr-defined]
    return redirect(_address(on.year))


@require_POST
@needs("rules.edit")
def remove(request: DeskRequest) -> HttpResponse:
    """Takes entered days out again."""
    form = RemoveForm(request.POST)
    if not form.is_valid():
        return refused_response(request, Refused("请选要撤掉的日子"), back=reverse("desk:days"))
    back = _address(form.cleaned_data["first"].year)
    try:
        count = remove_days(form.days, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=back)
    say(request, f"撤掉了 {count} 天")
    return redirect(back)


def _address(year: int) -> str:
    return f"{reverse('desk:days')}?year={year}"
