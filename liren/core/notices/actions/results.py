"""What the worker writes about messages. Each step is kept at once, so that a kill is seen afterwards."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from liren.core.audit.actions import record
from liren.core.rules import number

from .. import jobs
from ..models import Message, Notice
from ..outcomes import Outcome

State = Message.State
# Longer than any try can last: the time limits of the network lie far below.
LEASE = datetime.timedelta(minutes=5)
AT_ONCE = datetime.timedelta()
STALE = "停了很久没有发，也可能恢复备份以前已经发过。还要发，就点「再发一次」"
UNKNOWN = "发的时候断了，不知道对方收没收到"


@transaction.atomic
def take(message: int, *, by: None) -> Message | None:
    """Takes a message that is due for sending; None when another worker has it, or it is not due."""
    now = timezone.now()
    due = Message.objects.filter(pk=message, state=State.WAITING, next_try_at__lte=now)
    over = due.filter(good_until__lte=now)
    over.update(state=State.GIVEN_UP, last_error="过了有效时间，没有再发", text_sealed=None)
    stale = now - datetime.timedelta(hours=number("notices.stale_hours"))
    due.filter(next_try_at__lt=stale).update(state=State.GIVEN_UP, last_error=STALE)
    taken = due.update(state=State.SENDING, began_at=now, tries=F("tries") + 1)
    return Message.objects.select_related("channel").get(pk=message) if taken else None


@transaction.atomic
def settle(message: Message, *, outcome: Outcome, words: str = "", by: None) -> Message:
    """Writes how the try ended, unless a later try has begun; a retry is set off together with it."""
    now = timezone.now()
    # A try that was thought lost may still end well: then it was well.
    mine = Message.objects.filter(pk=message.pk, tries=message.tries).exclude(state=State.SENT)
    if outcome == Outcome.SENT:
        mine.update(state=State.SENT, sent_at=now, last_error="", text_sealed=None)
    elif outcome == Outcome.UNREACHABLE or (outcome == Outcome.UNKNOWN and knows_numbers(message)):
        _once_more(message, words, now)
    else:
        state = State.UNCERTAIN if outcome == Outcome.UNKNOWN else State.FAILED
        mine.filter(state=State.SENDING).update(state=state, last_error=words[:200])
    message.refresh_from_db()
    return message


def knows_numbers(message: Message) -> bool:
    """Whether the other side knows a message that it already has by its number, so that a repeat does no harm."""
    from ..senders import knows_numbers as of_sender

    return of_sender(message)


def _once_more(message: Message, words: str, now: datetime.datetime) -> None:
    mine = Message.objects.filter(pk=message.pk, tries=message.tries, state=State.SENDING)
    if message.tries >= message.tries_allowed:
        mine.update(state=State.GIVEN_UP, last_error=words[:200])
        return
    first = number("notices.first_pause_seconds", area=message.community)
    longest = number("notices.longest_pause_minutes", area=message.community) * 60
    message.next_try_at = now + message.pause(first, longest)
    if mine.update(state=State.WAITING, next_try_at=message.next_try_at, last_error=words[:200]):
        jobs.set_off(message)


@transaction.atomic
def pick_up(*, alone: bool = False, by: None) -> int:
    """Looks after what a killed worker left behind: says that it is uncertain, or sets it off again.

    `alone`: no other worker runs, so nobody is at a message that says `sending`, and there is no need to wait.
    """
    now = timezone.now()
    lease, patience = (AT_ONCE, AT_ONCE) if alone else (LEASE, jobs.PATIENCE)
    lost = Message.objects.filter(state=State.SENDING, began_at__lt=now - lease).select_related("channel")
    for message in lost:
        settle(message, outcome=Outcome.UNKNOWN, words=UNKNOWN, by=None)
    left = Message.objects.filter(state=State.WAITING, next_try_at__lt=now - patience)
    for message in left:
        jobs.deliver.enqueue(message.pk)
    return len(lost) + len(left)


@transaction.atomic
def forget_old(*, by: Any) -> int:
    """Deletes notices and messages past their time; what is still under way stays."""
    before = timezone.now() - datetime.timedelta(days=number("notices.keep_days"))
    notices, _ = Notice.objects.filter(made_at__lt=before).delete()
    done = ~Q(state__in=[State.WAITING, State.SENDING])
    messages, _ = Message.objects.filter(done, made_at__lt=before).delete()
    # A code that was never delivered is of no use the next day.
    Message.objects.filter(done, good_until__lt=timezone.now()).update(text_sealed=None)
    if notices or messages:
        record("notices.forget", notices=notices, messages=messages, by=by)
    return notices + messages
