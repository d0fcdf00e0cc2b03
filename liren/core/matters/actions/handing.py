"""Giving a matter out of the house — to a building head, a volunteer, the property firm, the street — and back."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.duty import Refused
from liren.core.rules import number

from ..handoffs import hash_of
from ..informing import told_holder
from ..models import Entry, Handoff, Matter
from ..writing import allowed, done_already, locked, still_open, wrote


@transaction.atomic
def hand_off(
    matter: Matter,
    *,
    to: str,
    name: str,
    brief: str,
    contact: str = "",
    due_at: datetime | None = None,
    once: str = "",
    by: Any,
) -> tuple[Handoff, str]:
    """Gives it out with a slip that shows the brief alone; returns the handoff and the secret of the slip's link.

    The secret is shown once and kept as a hash. Refuses restricted matters, an empty brief and a time gone by.
    """
    matter = locked(matter)
    if done_already(matter, once):
        raise Refused("已经转出去了，请不要重复点")
    allowed(matter, "matters.work", by)
    still_open(matter)
    if matter.restricted:
        raise Refused("限定知情的事项不能转给外面的人，请当面交接")
    if to not in dict(Handoff.TO):
        raise Refused("请选转给谁")
    if not name.strip() or not brief.strip():
        raise Refused("请写清转给谁、请他办什么")
    if due_at is not None and due_at <= timezone.now():
        raise Refused("要求办好的时间已经过了")
    token = secrets.token_urlsafe(24)
    days = number("matters.slip_days", area=matter.community)
    handoff = Handoff.objects.create(
        matter=matter, at=timezone.now(), to=to, name=name.strip()[:60], contact=contact.strip()[:60], brief=brief.strip(),
        due_at=due_at, by=by, token_hash=hash_of(token), token_until=timezone.now() + timedelta(days=days),
    )  # fmt: skip
    wrote(
        matter, "hand_off", by=by, note=brief, once=once, handoff=handoff.pk,
        to=handoff.get_to_display(), name=handoff.name,
    )  # fmt: skip
    return handoff, token


@transaction.atomic
def urge(handoff: Handoff, *, note: str = "", by: Any) -> Handoff:
    """Presses for it (督办): counted and written down."""
    matter = locked(handoff.matter)
    allowed(matter, "matters.work", by)
    handoff = Handoff.objects.select_for_update().get(pk=handoff.pk)
    if handoff.returned_at is not None:
        raise Refused(f"{handoff.name}已经回复了")
    handoff.urged, handoff.urged_at = handoff.urged + 1, timezone.now()
    handoff.save(update_fields=["urged", "urged_at"])
    wrote(matter, "urge", by=by, note=note, handoff=handoff.pk, name=handoff.name, times=handoff.urged)
    return handoff


@transaction.atomic
def call_back(handoff: Handoff, *, result: str, answer: str = "", who: str = "", by: Any) -> Entry:
    """It comes back (退回), answered on the slip by the one who had it, or written down by the worker, which ends the
    slip's link.
    """
    matter = locked(handoff.matter)
    allowed(matter, "matters.work", by)
    handoff = Handoff.objects.select_for_update().get(pk=handoff.pk)
    if handoff.returned_at is not None:
        raise Refused("这张单子已经回复过了")
    if result not in dict(Handoff.RESULTS):
        raise Refused("请选办得怎么样")
    if result == "returned" and not answer.strip():
        raise Refused("退回要写一句原因")
    handoff.returned_at, handoff.result, handoff.answer = timezone.now(), result, answer.strip()
    if by is not None:
        # What a colleague wrote down is no answer of theirs, and a slip in the wrong hands is closed this way.
        handoff.token_hash = ""
    handoff.save(update_fields=["returned_at", "result", "answer", "token_hash"])
    entry = wrote(
        matter, "return", by=by, who="" if by else who or handoff.name, note=answer, handoff=handoff.pk,
        name=handoff.name, result=handoff.get_result_display(),
    )  # fmt: skip
    if by is None:
        told_holder(matter, by=None, words=f"{matter.number} {handoff.name}回复了")
    return entry


@transaction.atomic
def open_slip(handoff: Handoff, *, by: Any = None) -> Handoff:
    """The slip was looked at for the first time, by whoever has the link."""
    if handoff.opened_at is None:
        handoff.opened_at = timezone.now()
        handoff.save(update_fields=["opened_at"])
    return handoff
