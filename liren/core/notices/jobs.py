"""What the worker does for messages."""

import datetime
from typing import TYPE_CHECKING

import structlog
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

if TYPE_CHECKING:
    from .models import Message

log = structlog.get_logger("liren.notices")
# After this time a message that is due and was not taken has lost its job.
PATIENCE = datetime.timedelta(minutes=2)


@task()
def deliver(message: int) -> str:
    """Tries to send one message."""
    from . import senders
    from .actions.results import settle, take
    from .outcomes import Outcome

    taken = take(message, by=None)
    if taken is None:
        return "not due"
    # From here on the row says `sending`, and that is committed.
    try:
        outcome, words = senders.send(taken)
    except Exception:
        log.exception("a sender failed", message=message)
        outcome, words = Outcome.UNKNOWN, "发的时候出了错，不知道对方收没收到"
    return settle(taken, outcome=outcome, words=words, by=None).state


@task()
def keep_watch() -> int:
    """As long as anything is under way: looks every few minutes after what a killed worker left behind."""
    from .actions.results import pick_up
    from .models import Message

    with transaction.atomic():
        if Message.objects.open().exists():
            watch()
    return pick_up(by=None)


def set_off(message: "Message") -> None:
    """A job for the next try, written in the transaction of the row: neither is ever there alone."""
    due = message.next_try_at
    job = deliver.using(run_after=due) if due > timezone.now() else deliver
    job.enqueue(message.pk)
    watch()


def watch() -> None:
    """Makes sure that somebody will look after messages under way."""
    waiting = DBTaskResult.objects.filter(task_path=keep_watch.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        keep_watch.using(run_after=timezone.now() + PATIENCE).enqueue()
