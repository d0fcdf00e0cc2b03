"""Pasting: the page, what it shows while one reads, and keeping."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from liren.core.duty import Refused
from liren.core.matters.models import Matter
from liren.core.pages import say, show
from liren.core.pages.permits import needs

from ..actions import receive_task
from ..pasting import Line, home_of, lines_of, placed
from ..words import fingerprint

TEMPLATE = "governance/inbound/paste.html"
NEWEST = 8


@needs("matters.see")
def inbound(request: HttpRequest) -> HttpResponse:
    """The room's door: pasting for those who take tasks in, what they sent for those who send, the report for others."""
    user: Any = request.user
    if user.can("matters.open"):
        return redirect("governance:inbound_paste")
    return redirect("governance:inbound_sent" if user.can("inbound.send") else "governance:burden")


@needs("matters.open")
def paste(request: HttpRequest) -> HttpResponse:
    """Paste and Enter keeps it; what was read is shown beside and may be changed before."""
    user: Any = request.user
    message = request.POST.get("message", request.GET.get("message", ""))[:8000].replace("\x00", "")
    whole = request.POST.get("whole") == "1"
    shown = request.POST.get("shown", "") == fingerprint(message) + ("w" if whole else "")
    lines = lines_of(message, user, request.POST if shown else None, whole=whole)
    problem = ""
    if request.method == "POST" and "look" not in request.POST:
        try:
            return _kept(request, lines, bound=shown)
        except Refused as refusal:
            problem = str(refusal)
    context = {
        "message": message, "lines": lines, "whole": whole, "problem": problem,
        "shown": fingerprint(message) + ("w" if whole else ""),
        "once": request.POST.get("once") or secrets.token_urlsafe(12), "newest": _newest(user),
        "admits": user.can("inbound.admit"),
    }  # fmt: skip
    return show(request, TEMPLATE, context, fragment="read", status=422 if problem else 200)


def _newest(user: Any) -> list[Matter]:
    rows = Matter.objects.visible_to(user).open().filter(kind="governance.inbound")
    return list(rows.for_list().select_related("inboundtask")[:NEWEST])


def _kept(request: HttpRequest, lines: list[Line], *, bound: bool) -> HttpResponse:
    """Keeps every task that is ticked; a double stays out unless it was ticked knowingly."""
    if not lines:
        raise Refused("先把消息粘进来")
    if bound and not all(line.form.is_valid() for line in lines):
        raise Refused("有一处要改，看标红的")
    opened, left_out = _each(lines, bound, request.POST.get("once", "")[:30], request.user)
    if not opened:
        raise Refused("；".join(left_out) or "一件也没有勾上")
    numbers = "、".join(matter.number for matter in opened)
    say(request, f"收下了：{numbers}" + (f"。{'；'.join(left_out)}" if left_out else ""))
    if len(opened) == 1:
        return redirect("desk:matter", opened[0].pk)
    return redirect(reverse("desk:matters") + "?kind=governance.inbound&state=open")


def _each(lines: list[Line], bound: bool, once: str, user: Any) -> tuple[list[Matter], list[str]]:
    """What was opened, and a sentence for each that was not."""
    opened: list[Matter] = []
    left_out: list[str] = []
    for line in lines:
        said = line.form.cleaned_data if bound else line.form.initial
        if not said["keep"]:
            left_out += [_double_words(line)] if line.double else []
            continue
        try:
            opened.append(_keep(line, said, bound, f"{once}-{line.number}" if once else "", user))
        except Refused as refusal:
            left_out.append(str(refusal))
    return opened, left_out


def _keep(line: Line, said: Mapping[str, Any], bound: bool, once: str, user: Any) -> Matter:
    community, _ = home_of(user)
    if community is None:
        raise Refused("您的岗位不在社区里，不能收件")
    details = line.form.details() if bound else line.as_read
    return receive_task(
        community, title=said["title"], details={**details, "received_text": line.draft.text},
        again=bound and line.double is not None, once=once, by=user, **placed(said["place"], user),
    )  # fmt: skip


def _double_words(line: Line) -> str:
    return f"这条消息同事已经收过了{'，是 ' + line.known if line.known else ''}"
