"""One task: held against the lists, minutes noted, the letter with which it goes back."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from liren.core.duty import Refused
from liren.core.pages import found, say, show
from liren.core.pages.permits import needs

from ..actions import correct_task, note_work
from ..forms import ListedForm, WorkForm
from ..letters import letter_of
from ..matching import likenesses
from ..models import DutyItem, InboundTask


def _task(request: HttpRequest, pk: int) -> InboundTask:
    rows = InboundTask.objects.select_related("matter__community", "matter__area", "item")
    task: InboundTask = found(rows, request.user, pk=pk)
    return task


@needs("matters.work")
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """What came, what it is like on the lists, and what was read, to be mended."""
    one, user = _task(request, pk), request.user
    initial = {name: getattr(one, name) for name in ListedForm.base_fields}
    form = ListedForm(
        request.POST or None,
        initial={**initial, "item": one.item_id},
        community=one.matter.community,
        user=user,
    )
    if request.method == "POST" and form.is_valid():
        try:
            correct_task(one, facts=form.cleaned_data, by=user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, "存好了")
            return redirect("desk:matter", pk)
    items = DutyItem.objects.visible_to(user).holding().filter(community=one.community_id)
    likes = likenesses(f"{one.matter.title}\n{one.received_text}", items)
    return show(
        request, "governance/inbound/task.html", {"task": one, "matter": one.matter, "form": form, "likes": likes},
        status=422 if form.errors else 200,
    )  # fmt: skip


@needs("matters.work")
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """How long a piece of work took."""
    one = _task(request, pk)
    form = WorkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            note_work(one, once=request.POST.get("once", "")[:40], by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, "记下了")
            return redirect("desk:matter", pk)
    context: dict[str, Any] = {
        "task": one,
        "matter": one.matter,
        "form": form,
        "once": secrets.token_urlsafe(12),
    }
    return show(request, "governance/inbound/work.html", context, status=422 if form.errors else 200)


@needs("matters.see")
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter on paper; only for what was refused."""
    one = _task(request, pk)
    if one.admission != "refused":
        say(request, "没有退回的，没有退回函", bad=True)
        return redirect("desk:matter", pk)
    return show(request, "governance/inbound/letter.html", {"letter": letter_of(one), "matter": one.matter})
