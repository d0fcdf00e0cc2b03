"""Announcements: put up, corrected, taken down."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused

from ..announcements import Announcement


@transaction.atomic
def announce(
    community: Area,
    *,
    title: str,
    text: str,
    urgent: bool = False,
    from_on: datetime.date | None = None,
    to_on: datetime.date | None = None,
    by: Any,
) -> Announcement:
    """Puts an announcement up. Refuses an empty one, and one that ends before it begins."""
    start = from_on or timezone.localdate()
    _check(title, text, start, to_on)
    announcement = Announcement.objects.create(
        community=community,
        title=title.strip()[:40],
        text=text.strip(),
        urgent=urgent,
        from_on=start,
        to_on=to_on,
        made_by=by,
    )
    record("portal.announce", target=announcement, by=by)
    return announcement


def _check(title: str, text: str, from_on: datetime.date, to_on: datetime.date | None) -> None:
    if not title.strip() or not text.strip():
        raise Refused("标题和内容都要写")
    if to_on and to_on < from_on:
        raise Refused("结束的日子在开始之前，改一下日期")


@transaction.atomic
def correct_announcement(
    announcement: Announcement,
    *,
    title: str,
    text: str,
    urgent: bool,
    from_on: datetime.date,
    to_on: datetime.date | None,
    by: Any,
) -> Announcement:
    """Writes it anew."""
    _check(title, text, from_on, to_on)
    announcement.title, announcement.text, announcement.urgent = title.strip()[:40], text.strip(), urgent
    announcement.from_on, announcement.to_on = from_on, to_on
    announcement.save()
    record("portal.correct_announcement", target=announcement, by=by)
    return announcement


@transaction.atomic
def take_down(announcement: Announcement, *, by: Any) -> Announcement:
    """Residents read it no more. Refuses what is down already."""
    taken = Announcement.objects.filter(pk=announcement.pk, taken_down_at=None)
    if not taken.update(taken_down_at=timezone.now()):
        raise Refused("已经撤下来了")
    record("portal.take_down", target=announcement, by=by)
    return announcement


@transaction.atomic
def put_up_again(announcement: Announcement, *, by: Any) -> Announcement:
    """Takes the taking down back."""
    if (
        not Announcement.objects.filter(pk=announcement.pk)
        .exclude(taken_down_at=None)
        .update(taken_down_at=None)
    ):
        raise Refused("它还在展示，不用再放")
    record("portal.put_up_again", target=announcement, by=by)
    return announcement
