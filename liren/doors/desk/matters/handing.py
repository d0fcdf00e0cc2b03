"""Handing out (转办、委托): to somebody outside the staff with only what they need, pressing for it, and its answer."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.cache import never_cache

from liren.core.matters import actions
from liren.core.matters.handoffs import slip
from liren.core.matters.models import Handoff, Matter
from liren.core.pages import found, show
from liren.core.pages.permits import needs

from .fields import NoteField, in_days, moment_field
from .steps import matter_url, once_of, one_step, sent, the_matter, worker

# The door for those outside who shows a slip to whoever has its link.
SLIP = "portal:slip"


class HandOffForm(forms.Form):
    """To whom, what they read, by when."""

    to = forms.ChoiceField(label="转给", choices=Handoff.TO, widget=forms.RadioSelect, initial="property")
    name = forms.CharField(label="名称或姓名", max_length=60, help_text="例如：安居物业 工程部")
    contact = forms.CharField(label="联系方式（可不填）", max_length=60, required=False)
    brief = NoteField(label="请他办什么", help_text="他只看得到这几句。不要写姓名、电话和证件号。")
    due_at = moment_field(label="什么时候要（可不填）", required=False)


@never_cache
@needs("matters.work")
def hand_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives the matter out; the link of the slip is shown on the answer and never again."""
    matter, user = the_matter(request, pk), worker(request)
    initial = {"brief": slip(matter), "due_at": in_days(3)}
    form = HandOffForm(sent(request), initial=initial)
    made: list[tuple[Handoff, str]] = []

    def act(data: dict[str, Any]) -> Handoff:
        made.append(actions.hand_off(matter, **data, once=once_of(request), by=user))
        return made[0][0]

    answer = one_step(
        request,
        form,
        title="转办、委托",
        verb="转出去",
        back=matter_url(matter),
        act=act,
        done=lambda handoff: f"已转给{handoff.name}",
        matter=matter,
    )
    return _slip(request, matter, *made[0]) if made else answer


def _slip(request: HttpRequest, matter: Matter, handoff: Handoff, token: str) -> HttpResponse:
    try:
        link = request.build_absolute_uri(reverse(SLIP, args=[token]))
    except NoReverseMatch:
        link = ""
    context = {"matter": matter, "handoff": handoff, "link": link}
    return show(request, "desk/matters/slip.html", context, fragment="drawer")


class UrgeForm(forms.Form):
    """How it was pressed for."""

    note = NoteField(label="怎么催的（可不填）", required=False)


@needs("matters.work")
def urge(request: HttpRequest, pk: int) -> HttpResponse:
    """Presses for an answer (督办)."""
    handoff = _handoff(request, pk)
    return one_step(
        request,
        UrgeForm(sent(request)),
        title=f"督办{handoff.name}",
        verb="记下督办",
        lead=f"已催过 {handoff.urged} 次。" if handoff.urged else "",
        back=matter_url(handoff.matter),
        act=lambda data: actions.urge(handoff, **data, by=worker(request)),
        done=lambda pressed: f"第 {pressed.urged} 次督办记下了",
        matter=handoff.matter,
    )


class BackForm(forms.Form):
    """What came back."""

    result = forms.ChoiceField(label="办得怎么样", choices=Handoff.RESULTS, widget=forms.RadioSelect)
    answer = NoteField(label="怎么回的", required=False, help_text="退回的要写一句原因")


@needs("matters.work")
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes down the answer that came by word of mouth."""
    handoff = _handoff(request, pk)
    return one_step(
        request,
        BackForm(sent(request)),
        title=f"记{handoff.name}的回复",
        verb="记下",
        back=matter_url(handoff.matter),
        act=lambda data: actions.call_back(handoff, **data, by=worker(request)),
        done=lambda entry: f"{handoff.name}的回复记下了",
        matter=handoff.matter,
    )


def _handoff(request: HttpRequest, pk: int) -> Handoff:
    rows = Handoff.objects.select_related("matter__community", "matter__area")
    handoff: Handoff = found(rows, worker(request), pk=pk)
    return handoff
