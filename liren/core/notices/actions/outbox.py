"""Into the outbox: rows and their jobs are written together with the deed of which they tell."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.privacy.cipher import blind, seal
from liren.core.privacy.masks import mask_phone
from liren.core.rules import number

from .. import jobs
from ..models import Channel, Message
from ..wording import occasions, template_for

PURPOSE = "notices.phone"


@transaction.atomic
def send_to_groups(
    community: Area, *, occasion: str, template: str, facts: Mapping[str, Any], key: str, by: Any
) -> list[Message]:
    """Tells the groups of a community that hear of this occasion; once for each `key` and group. None is no mistake."""
    if occasion not in occasions():
        raise ValueError(f"no occasion called {occasion}")
    channels = [
        channel
        for channel in Channel.objects.active().filter(community=community).order_by("pk")
        if occasion in channel.occasions
    ]
    said = template_for(template, "groups").fill(dict(facts))
    known = set(Message.objects.filter(channel__in=channels, key=key).values_list("channel_id", flat=True))
    rows = [
        put_into_outbox(channel, occasion=occasion, template=template, facts=facts, key=key, by=by)
        for channel in channels
        if channel.pk not in known
    ]
    if rows and said:
        record(
            "notices.send_to_groups",
            community=community,
            occasion=occasion,
            template=template,
            groups=len(rows),
            by=by,
        )
    return rows


@transaction.atomic
def send_sms(
    phone: str, *, template: str, facts: Mapping[str, Any], key: str, community: Area | None = None, by: Any
) -> Message:
    """Sends a text to a phone, once for each `key`. Refuses without a gateway, and more than a phone may get in a day."""
    if not settings.LIREN_SMS:
        raise Refused("短信还没有接通，请到社区窗口办理")
    known = Message.objects.filter(channel=None, key=key).first()
    if known:
        return known
    worded = template_for(template, "phones")
    hashed = blind(phone, PURPOSE)
    since = timezone.now() - datetime.timedelta(days=1)
    had = Message.objects.filter(phone_hash=hashed, made_at__gte=since).count()
    if had >= number("notices.sms_per_phone", area=community):
        raise Refused("这个号码今天收的短信太多了，请明天再试，或到社区窗口办理")
    row, new = Message.objects.get_or_create(
        channel=None,
        key=key,
        defaults={
            "community": community,
            "phone_sealed": seal(phone),
            "phone_hash": hashed,
            "phone_hint": mask_phone(phone),
            "template": template,
            "text": worded.fill_for_keeping(dict(facts)),
            "text_sealed": seal(worded.fill(dict(facts))),
            "tries_allowed": number("notices.tries", area=community),
            "good_until": _good_until(worded.minutes),
            "made_by": by,
        },
    )
    if new:
        jobs.set_off(row)
        record("notices.send_sms", target=row, community=community, template=template, by=by)
    return row


@transaction.atomic
def put_into_outbox(
    channel: Channel, *, occasion: str, template: str, facts: Mapping[str, Any], key: str, by: Any
) -> Message:
    """One row for one channel, and the job that sends it."""
    worded = template_for(template, "groups")
    row, new = Message.objects.get_or_create(
        channel=channel,
        key=key,
        defaults={
            "community": channel.community,
            "occasion": occasion,
            "template": template,
            "text": worded.fill(dict(facts)),
            "tries_allowed": number("notices.tries", area=channel.community),
            "good_until": _good_until(worded.minutes),
            "made_by": by,
        },
    )
    if new:
        jobs.set_off(row)
    return row


def _good_until(minutes: int | None) -> datetime.datetime | None:
    return timezone.now() + datetime.timedelta(minutes=minutes) if minutes else None


@transaction.atomic
def send_again(message: Message, *, by: Any) -> Message:
    """A person who has looked into the group has it sent once more, with the same number."""
    fresh = Message.objects.select_for_update(of=("self",)).select_related("channel").get(pk=message.pk)
    if fresh.is_over:
        raise Refused("这条已经过了时候，再发也没有用了")
    if fresh.channel is not None and not fresh.channel.is_active:
        raise Refused("这个通道停用了，发不出去")
    if not fresh.can_go_again:
        raise Refused(f"这一条现在是「{fresh.get_state_display()}」，不用再发")
    fresh.state, fresh.next_try_at, fresh.last_error = Message.State.WAITING, timezone.now(), ""
    fresh.tries_allowed = fresh.tries + number("notices.tries", area=fresh.community)
    fresh.save(update_fields=["state", "next_try_at", "last_error", "tries_allowed"])
    jobs.set_off(fresh)
    record("notices.send_again", target=fresh, community=fresh.community, by=by)
    return fresh
