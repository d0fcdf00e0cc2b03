"""The street's side: sending a task to communities, and how far each of one's own has come. Nothing else of it."""

import secrets
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from liren.core.duty import Refused
from liren.core.matters import actions as matters
from liren.core.matters.models import Entry
from liren.core.pages import found, say, show
from liren.core.pages.paging import page_of
from liren.core.pages.permits import needs

from ..actions import send_task
from ..flow import SENDS
from ..forms import WRITTEN, SendForm
from ..models import InboundTask


@needs("inbound.send")
def send(request: HttpRequest) -> HttpResponse:
    """The form."""
    user: Any = request.user
    last = InboundTask.objects.visible_to(user).sent_by(user).for_sender().first()
    initial = {
        "sender_person": user.name,
        "sender_unit": last.sender_unit if last else "",
        "communities": [user.community.pk] if user.community else [],
    }
    form = SendForm(request.POST or None, user=user, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        communities, title = said.pop("communities"), said.pop("title")
        once = request.POST.get("once", "")[:28]
        try:
            sent_now = send_task(list(communities), title=title, details=said, once=once, by=user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, f"派出去了：{'、'.join(matter.community.name for matter in sent_now)}")
            return redirect("governance:inbound_sent")
    context = {"form": form, "once": request.POST.get("once") or secrets.token_urlsafe(12)}
    return show(request, "governance/inbound/send.html", context, status=422 if form.errors else 200)


@needs("inbound.send")
def sent(request: HttpRequest) -> HttpResponse:
    """One's own, with their stages."""
    rows = InboundTask.objects.visible_to(request.user).sent_by(request.user).for_sender()
    page = page_of(rows, request)
    return show(request, "governance/inbound/sent.html", {"page": page, "tasks": page.rows})


@needs("inbound.send")
def sent_one(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one has come, what the community answered, and the sender's own moves."""
    user: Any = request.user
    rows = InboundTask.objects.sent_by(user).select_related("matter__community", "matter__area")
    task: InboundTask = found(rows, user, pk=pk)
    problem = ""
    if request.method == "POST":
        try:
            _moved(request, task)
        except Refused as refusal:
            problem = str(refusal)
        else:
            say(request, "好了，社区看得到")
            return redirect("governance:inbound_sent_one", pk)
    matter = task.matter
    steps = [stage.name for stage in matter.flow.steps()]
    context = {
        "task": task, "matter": matter, "problem": problem, "steps": steps,
        "step": steps.index(matter.at_stage.name) + 1 if matter.at_stage.name in steps else 2,
        "moves": [move for move, why in matter.moves_for(user) if move.ability == SENDS and not why],
        "story": Entry.objects.visible_to(user).filter(matter=matter, public=True).select_related("matter", "by"),
        "once": secrets.token_urlsafe(12),
    }  # fmt: skip
    return show(request, "governance/inbound/sent_one.html", context, status=409 if problem else 200)


def _moved(request: HttpRequest, task: InboundTask) -> None:
    step = task.matter.flow.move(request.POST.get("move", ""))
    if step is None or step.ability != SENDS:
        raise Refused("没有这个动作，请刷新页面再看")
    facts: dict[str, Any] = {}
    if request.POST.get("again_by"):
        field = forms.DateTimeField(input_formats=[WRITTEN])
        try:
            facts["again_by"] = field.clean(request.POST["again_by"])
        except forms.ValidationError:
            raise Refused("时间写成 2026-11-25 17:30") from None
    if request.POST.get("basis"):
        facts["basis"] = request.POST["basis"][:300]
    known = {ask.key for ask in step.asks}
    matters.move(
        task.matter, step.key, note=request.POST.get("note", ""), once=request.POST.get("once", "")[:40], by=request.user,
        **{key: value for key, value in facts.items() if key in known},
    )  # fmt: skip
