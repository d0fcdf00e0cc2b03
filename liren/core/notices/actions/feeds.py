"""The link by which one's own dates reach one's own phone."""

import datetime
import secrets

from django.db import transaction
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.audit.actions import record
from liren.core.duty import Refused

from ..feeds import Feed, hash_of

# Calendars ask every quarter of an hour or so; that they still do is worth a line a day.
NOTED = datetime.timedelta(days=1)


@transaction.atomic
def open_feed(user: User, *, by: User) -> str:
    """Makes a new secret link and gives back its token, this once; an older link stops working."""
    if user.pk != by.pk:
        raise Refused("日历订阅只能自己开")
    Feed.objects.filter(user=user, closed_at=None).update(closed_at=timezone.now())
    token = secrets.token_urlsafe(32)
    feed = Feed.objects.create(user=user, token_hash=hash_of(token))
    record("notices.open_feed", target=feed, community=user.home, by=by)
    return token


@transaction.atomic
def close_feed(user: User, *, by: User) -> int:
    """Stops the link; calendars that have it get nothing more."""
    if user.pk != by.pk:
        raise Refused("日历订阅只能自己关")
    closed = Feed.objects.filter(user=user, closed_at=None).update(closed_at=timezone.now())
    if not closed:
        raise Refused("本来就没有开着的订阅")
    record("notices.close_feed", community=user.home, by=by)
    return closed


@transaction.atomic
def note_fetch(feed: Feed, *, by: None = None) -> Feed:
    """Remembers, to the day, that somebody still fetches it."""
    now = timezone.now()
    if feed.fetched_at is None or now - feed.fetched_at > NOTED:
        feed.fetched_at = now
        feed.save(update_fields=["fetched_at"])
    return feed
