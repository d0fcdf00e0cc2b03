"""Having a long file taken over by the worker: begun once, gone on with after a kill, given back when it is refused."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.audit.actions import record
from liren.core.duty import Refused, progress

from ...models import OrderFile
from .. import jobs
from .receiving import may_take, waiting
from .taking import BITE, take_orders

# A worker that died so often over one file will die again: then somebody has to look.
TRIES = 3


def is_short(file: OrderFile) -> bool:
    """Whether it is one bite: then nobody waits for the worker."""
    return 0 < file.total <= BITE


@transaction.atomic
def start_taking(file: OrderFile, *, by: Any) -> OrderFile:
    """Has the file taken over by the worker. A second click finds it at work and is refused."""
    file = waiting(file, by)
    if file.is_running:
        raise Refused("这个文件正在导入，不用再点")
    file.run_by, file.tries, file.message = by, 1, ""
    record("governance.orders_start", target=file, community=file.community, by=by)
    return _enqueued(file)


def _enqueued(file: OrderFile) -> OrderFile:
    file.pulse_at = timezone.now()
    file.save(update_fields=["run_by", "tries", "message", "pulse_at"])
    progress.say(file.key, "排队等候")
    transaction.on_commit(lambda: jobs.take.enqueue(file.pk))
    return file


def run_taking(file: OrderFile) -> OrderFile:
    """Takes the file over for who asked for it, or says why it stopped. Does nothing when that was done already."""
    if not file.is_running:
        return file
    try:
        return take_orders(file, by=file.run_by)
    except Refused as refusal:
        return _back(file, _said(refusal, file))
    except Exception:
        # The worker logs the cause; the office needs to know what stands.
        _back(file, "导入时出了意外，没有导完")
        raise


def _said(refusal: Refused, file: OrderFile) -> str:
    """The refusal as anybody reads it who opens the file: 您 would be somebody else."""
    who = User.objects.get(pk=file.run_by_id)
    if not may_take(file.community, who):
        return f"没有导完：{who.name}的岗位现在不能导入工单了，换一位有岗位的同事接着导"
    return f"没有导完：{refusal}"


@transaction.atomic
def _back(file: OrderFile, message: str) -> OrderFile:
    """Stopped: the file waits again, and says why and what stands already."""
    progress.forget(file.key)
    file = OrderFile.objects.select_for_update().get(pk=file.pk)
    if file.is_running:
        stands = (
            f"。{file.so_far}，点「接着导入」把剩下的导完，不会重复"
            if file.begun
            else "。什么也没有登记，可以再导一次"
        )
        file.pulse_at, file.message = None, f"{message[:200]}{stands}"
        file.save(update_fields=["pulse_at", "message"])
    return file


@transaction.atomic
def rescue(file: OrderFile, *, alone: bool = False, by: Any = None) -> bool:
    """Goes on with a file whose job died, where it stopped; after several deaths gives it back. True when it did.

    A bite holds the row until it is written; whoever gets the row here and still finds it at work, with no pulse,
    knows that the job is gone. A worker that is `alone` at the database knows it at once. Should the job live all the
    same, nothing is taken twice: orders are known by their number.
    """
    if not file.is_running or progress.is_queued(jobs.__name__, file.pk):
        return False
    fresh = OrderFile.objects.select_for_update().get(pk=file.pk)
    heard = min(fresh.silence, progress.silence(file.key))
    if not fresh.is_running or (heard < progress.SILENT_AFTER and not alone):
        return False
    record("governance.orders_rescue", target=fresh, community=fresh.community, tries=fresh.tries, by=by)
    if fresh.tries < TRIES:
        fresh.tries += 1
        _enqueued(fresh)
    else:
        _back(fresh, f"导入断了 {TRIES} 次，没有导完")
    return True
