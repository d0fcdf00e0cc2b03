"""Notices (通知): the inbox of whoever is signed in."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from liren.core.accounts.requests import DeskRequest
from liren.core.notices.actions import mark_all_read, mark_read
from liren.core.notices.models import Notice
from liren.core.pages import found, say, show
from liren.core.pages.paging import page_of
from liren.core.rules import number


@require_GET
def notices(request: DeskRequest) -> HttpResponse:
    """What one was told: the unread first, the newest of them on top."""
    return _list(request, only_unread="unread" in request.GET)


def _list(request: DeskRequest, *, only_unread: bool) -> HttpResponse:
    own = Notice.objects.visible_to(request.user)
    unread = own.unread().count()
    rows = (own.unread() if only_unread else own).unread_first().select_related("community")
    context = {
        "page": page_of(rows, request),
        "only_unread": only_unread,
        "unread": unread,
        "notices": reverse("desk:notices"),
        "days": number("notices.keep_days"),
    }
    return show(request, "desk/notices.html", context, fragment="list")


@require_GET
def open_one(request: DeskRequest, pk: int) -> HttpResponse:
    """Goes where a notice leads; from then on it is read."""
    notice = mark_read(found(Notice.objects, request.user, pk=pk), by=request.user)
    return redirect(notice.url or "desk:notices")


@require_POST
def read(request: DeskRequest, pk: int) -> HttpResponse:
    """知道了: read without going there."""
    mark_read(found(Notice.objects, request.user, pk=pk), by=request.user)
    return _back(request)


@require_POST
def read_all(request: DeskRequest) -> HttpResponse:
    """Everything read at once."""
    count = mark_all_read(request.user, by=request.user)
    if not request.htmx:
        say(request, f"{count} 条都标成读过了" if count else "没有没读的")
    return _back(request)


def _back(request: DeskRequest) -> HttpResponse:
    only_unread = "unread" in request.POST
    if request.htmx:
        return _list(request, only_unread=only_unread)
    return redirect(reverse("desk:notices") + ("?unread=1" if only_unread else ""))
