"""Feed (日历订阅): one's own dates for the calendar of one's phone, by a secret link.

It leaves the house for the maker of some phone: so it says number, kind, step and time — no names, no places, and of
restricted matters nothing.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from icalendar import Alarm, Calendar, Event

from liren.core.accounts.requests import DeskRequest
from liren.core.duty import Refused
from liren.core.matters.informing import address_of
from liren.core.matters.models import Todo
from liren.core.notices.actions import close_feed, note_fetch, open_feed
from liren.core.notices.feeds import Feed
from liren.core.pages import refused_response, say, show

MOST = 500
LONG = timedelta(minutes=30)


@require_GET
@never_cache
@login_not_required
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The dates themselves; an unknown, closed or left link is the same 404."""
    feed = Feed.objects.by_token(token).select_related("user").first()
    if feed is None:
        raise Http404
    note_fetch(feed)
    return HttpResponse(
        dates_of(feed.user, request.build_absolute_uri).to_ical(), content_type="text/calendar; charset=utf-8"
    )


def dates_of(user: Any, absolute: Any) -> Calendar:
    """Every open step of this user that has a time."""
    book = Calendar()
    book.add("prodid", "-//Liren//里仁//ZH")
    book.add("version", "2.0")
    book.add("x-wr-calname", "里仁待办")
    rows = Todo.objects.open().visible_to(user).filter(holder=user, restricted=False, due_at__isnull=False)
    for todo in rows.select_related("matter").order_by("due_at")[:MOST]:
        book.add_component(_event(todo, absolute))
    return book


def _event(todo: Todo, absolute: Any) -> Event:
    matter, event, due = todo.matter, Event(), todo.due_at or todo.start_at
    event.add("uid", f"todo-{todo.pk}@liren")
    event.add("dtstamp", todo.start_at)
    event.add("dtstart", due - LONG)
    event.add("dtend", due)
    step = todo.what if todo.is_main else "同事请您协办"
    event.add("summary", f"{matter.of_kind.name} {matter.number}：{step}")
    event.add("url", absolute(address_of(matter)))
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", matter.number)
    reminder.add("trigger", timedelta(hours=-1))
    event.add_component(reminder)
    return event


@require_GET
def subscription(request: DeskRequest) -> HttpResponse:
    """Whether a link is open, and how to make one."""
    feed = Feed.objects.visible_to(request.user).filter(closed_at=None).first()
    return show(request, "desk/feed.html", {"feed": feed})


@require_POST
@never_cache
def subscribe(request: DeskRequest) -> HttpResponse:
    """A new link, shown this once."""
    token = open_feed(request.user, by=request.user)
    link = request.build_absolute_uri(reverse("desk:calendar", args=[token]))
    feed = Feed.objects.visible_to(request.user).filter(closed_at=None).first()
    return show(request, "desk/feed.html", {"feed": feed, "link": link})


@require_POST
def unsubscribe(request: DeskRequest) -> HttpResponse:
    """Stops the link."""
    try:
        close_feed(request.user, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, reverse("desk:feed"))
    say(request, "订阅停了，手机日历不再更新")
    return redirect("desk:feed")
