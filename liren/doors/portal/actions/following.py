"""Following (跟进): what the one who asked says afterwards — more words, photos, an opinion, once more please."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core import rules
from liren.core.audit.actions import record
from liren.core.documents.cleaning import cleaned
from liren.core.duty import Refused
from liren.core.matters import actions as matters
from liren.core.matters.flow import Move
from liren.core.matters.models import Matter

from ..submissions import Submission
from .drafting import renamed
from .submitting import NOBODY, RESIDENT


def _voice(submission: Submission) -> str:
    return RESIDENT if submission.account_id else NOBODY


def say_more(
    submission: Submission,
    *,
    words: str,
    files: Sequence[tuple[str, bytes]] = (),
    once: str = "",
    by: Any = None,
) -> None:
    """Adds words and photos. Refuses nothing at all, too many photos, and a matter that is closed: that one is asked
    for again.
    """
    matter, who = submission.matter, _voice(submission)
    most = rules.number("portal.photos", area=matter.community)
    if len(files) > most:
        raise Refused(f"一次最多 {most} 张")
    if not words.strip() and not files:
        raise Refused("还没有写内容")
    clean = [(name, cleaned(content, name=name, area=matter.community)) for name, content in files]
    with transaction.atomic():
        if not matter.is_open:
            raise Refused("这件事已经办结。没办好，可以请社区再办")
        text = words.strip() or f"补了 {len(clean)} 张照片"
        if submission.account_id is None:
            clean = renamed(clean, after=matter.attachments.count())
        matters.comment(matter, text, public=True, files=clean, once=once, who=who, by=None)


def may_rate(matter: Matter) -> bool:
    """Whether there is an answer to rate, and nobody did so yet."""
    answered = not matter.is_open or matter.at_stage.rated
    return answered and matter.stars is None and matter.archived_at is None and matter.merged_into_id is None


@transaction.atomic
def rate(
    submission: Submission, *, stars: int, solved: str, words: str = "", once: str = "", by: Any = None
) -> Matter:
    """One opinion, when it is closed or answered. Refuses it before that, and a second one."""
    matter = Matter.objects.select_for_update().get(pk=submission.matter_id)
    if once and matter.entries.filter(once=once).exists():
        return matter
    if matter.stars is not None:
        raise Refused("已经评过了，谢谢您")
    if not may_rate(matter):
        raise Refused("还没办好，办好以后再评")
    satisfied = "yes" if stars >= 4 else "partly" if stars == 3 else "no"
    return matters.appraise(
        matter,
        solved=solved,
        satisfied=satisfied,
        stars=stars,
        words=words,
        who=_voice(submission),
        once=once,
        by=None,
    )


def way_back(submission: Submission) -> Move | None:
    """The move by which the one who asked may have it done once more; None when that is over or was used."""
    matter = submission.matter
    if matter.closed_at is None or matter.archived_at or submission.reopened_at:
        return None
    days = rules.number("portal.reopen_days", area=matter.community)
    if timezone.now() > matter.closed_at + datetime.timedelta(days=days):
        return None
    return _own_move(matter, ends=False)


def way_out(submission: Submission) -> Move | None:
    """The move by which the one who asked says that it is not needed any more; None when there is none."""
    return _own_move(submission.matter, ends=True) if submission.matter.is_open else None


def _own_move(matter: Matter, *, ends: bool) -> Move | None:
    flow = matter.flow
    ways = (move for move in flow.from_stage(matter.stage) if move.by_resident)
    return next((move for move in ways if flow.stage(move.end).is_end == ends), None)


@transaction.atomic
def drop_matter(submission: Submission, *, words: str, once: str = "", by: Any = None) -> Submission:
    """It is not needed any more. Refuses where the flow has no such way, and without a reason."""
    held = Submission.objects.select_for_update(of=("self",)).select_related("matter").get(pk=submission.pk)
    if once and held.matter.entries.filter(once=once).exists():
        return held
    way = way_out(held)
    if way is None:
        raise Refused("现在撤不回来了，请补充说明或打电话")
    if not words.strip():
        raise Refused("请说一句为什么不用办了")
    matters.move(held.matter, way.key, note=words, who=_voice(held), once=once, by=None)
    record("portal.drop_matter", target=held, hidden=held.matter.restricted, by=_speaker(held))
    return held


@transaction.atomic
def ask_again(submission: Submission, *, words: str, once: str = "", by: Any = None) -> Submission:
    """Once more, please: within so many days, and once. Refuses without a reason."""
    held = Submission.objects.select_for_update(of=("self",)).select_related("matter").get(pk=submission.pk)
    if once and held.matter.entries.filter(once=once).exists():
        return held
    way = way_back(held)
    if way is None:
        raise Refused("现在不能再办这一件。新的情况，请另说一件")
    if not words.strip():
        raise Refused("请说说哪里没办好")
    matters.move(held.matter, way.key, note=words, who=_voice(held), once=once, by=None)
    held.reopened_at = timezone.now()
    held.save(update_fields=["reopened_at"])
    record("portal.ask_again", target=held, hidden=held.matter.restricted, by=_speaker(held))
    return held


def _speaker(submission: Submission) -> Any:
    return submission.account.voice if submission.account else None


@transaction.atomic
def note_read(submission: Submission, *, at: datetime.datetime, by: Any = None) -> None:
    """What there was at a moment was read."""
    Submission.objects.filter(pk=submission.pk, read_at__lt=at).update(read_at=at)
