"""Starting, correcting and giving up a batch."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.documents.actions import receive
from liren.core.duty import Refused, progress

from .. import jobs
from ..models import HeaderMemory, ImportBatch, ImportFile, ImportTable
from .keeping import dispose_files, forget_rows

MOST_FILES = 12


@transaction.atomic
def start_batch(files: Sequence[tuple[str, bytes]], *, community: Area, by: Any) -> ImportBatch:
    """Takes the files dropped together and has them read in the background. Refuses none, too many, and empty ones."""
    if not by.can("imports.run", community):
        raise Refused("您的岗位不能导入名册，请找书记或条线社工")
    if not files:
        raise Refused("先选一个文件")
    if len(files) > MOST_FILES:
        raise Refused(f"一次最多 {MOST_FILES} 个文件，请分几次导")
    title = files[0][0] if len(files) == 1 else f"{files[0][0]} 等 {len(files)} 个文件"
    batch = ImportBatch.objects.create(community=community, title=title[:200], started_by=by)
    for name, content in files:
        document = receive(content, name=name, community=community, purpose="导入居民名册", by=by)
        ImportFile.objects.create(batch=batch, document=document, name=name[:200])
    record("imports.start", target=batch, files=len(files), by=by)
    _enqueue(batch, jobs.read)
    return batch


def _enqueue(batch: ImportBatch, job: Any) -> None:
    transaction.on_commit(lambda: job.enqueue(batch.pk))


def locked(batch: ImportBatch, *states: str) -> ImportBatch:
    """The batch, locked, in one of these states; otherwise refuses with what it is doing."""
    fresh = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if fresh.state not in states:
        raise Refused(f"这一批现在是「{fresh.get_state_display()}」，这一步做不了")
    return fresh


@transaction.atomic
def correct_columns(table: ImportTable, *, columns: dict[int, str], by: Any) -> ImportBatch:
    """Says what columns mean ("" = leave out), remembers it for the next roster of the same headings, reads again."""
    batch = locked(table.batch, ImportBatch.State.READY, ImportBatch.State.FAILED)
    memory, _ = HeaderMemory.objects.get_or_create(
        community=batch.community, fingerprint=table.fingerprint, defaults={"set_by": by}
    )
    memory.mapping |= {str(index): offer for index, offer in columns.items()}
    memory.set_by, memory.set_at = by, timezone.now()
    memory.save()
    record("imports.correct_columns", target=batch, columns=len(columns), by=by)
    return _again(batch)


@transaction.atomic
def read_again(batch: ImportBatch, *, by: Any) -> ImportBatch:
    """Reads the files once more: after a failure, or after the register has changed."""
    batch = locked(batch, ImportBatch.State.READY, ImportBatch.State.FAILED)
    record("imports.read_again", target=batch, by=by)
    return _again(batch)


def _again(batch: ImportBatch) -> ImportBatch:
    batch.state, batch.message, batch.pulse_at = ImportBatch.State.READING, "", timezone.now()
    batch.save(update_fields=["state", "message", "pulse_at"])
    _enqueue(batch, jobs.read)
    return batch


@transaction.atomic
def start_applying(batch: ImportBatch, *, by: Any) -> ImportBatch:
    """Has the batch written in the background. A second click finds it busy and is refused."""
    if not by.can("imports.run", batch.community):
        raise Refused("您的岗位不能导入名册")
    batch = locked(batch, ImportBatch.State.READY)
    batch.state, batch.message = ImportBatch.State.APPLYING, ""
    batch.applied_by, batch.pulse_at = by, timezone.now()
    batch.save(update_fields=["state", "message", "applied_by", "pulse_at"])
    progress.say(batch.key, "排队等候")
    _enqueue(batch, jobs.apply)
    return batch


@transaction.atomic
def start_undoing(batch: ImportBatch, *, by: Any) -> ImportBatch:
    """Has the whole batch taken back in the background. Refuses after the days that the rule allows."""
    from liren.core.rules import number

    if not by.can("imports.undo", batch.community):
        raise Refused("撤销整批要书记或副主任来办")
    batch = locked(batch, ImportBatch.State.APPLIED)
    days = number("imports.undo_days", area=batch.community)
    if batch.applied_at and (timezone.now() - batch.applied_at).days > days:
        raise Refused(f"写入已经超过 {days} 天，不能整批撤销了，请逐条更正")
    batch.state, batch.message, batch.pulse_at = ImportBatch.State.UNDOING, "", timezone.now()
    batch.save(update_fields=["state", "message", "pulse_at"])
    progress.say(batch.key, "排队等候")
    record("imports.start_undoing", target=batch, by=by)
    _enqueue(batch, jobs.undo)
    return batch


@transaction.atomic
def abandon(batch: ImportBatch, *, by: Any) -> ImportBatch:
    """Gives a batch up before it is written: what was read is erased, the files are destroyed."""
    batch = locked(batch, ImportBatch.State.READY, ImportBatch.State.FAILED)
    forget_rows(batch)
    batch.tables.all().delete()
    dispose_files(batch, by=by)
    batch.state = ImportBatch.State.ABANDONED
    batch.save(update_fields=["state"])
    record("imports.abandon", target=batch, by=by)
    return batch


# Where a batch goes back to when its job was killed, and what the user is told.
RESCUED = {
    ImportBatch.State.READING: (ImportBatch.State.FAILED, "读表被打断了，登记册没有动过。可以再读一次"),
    ImportBatch.State.APPLYING: (ImportBatch.State.READY, "写入被打断了，登记册还是原来的样子。可以再写一次"),
    ImportBatch.State.UNDOING: (
        ImportBatch.State.APPLIED,
        "撤销被打断了，登记册还是写入后的样子。可以再撤一次",
    ),
}


@transaction.atomic
def rescue(batch: ImportBatch, *, by: Any = None) -> bool:
    """Puts a batch whose job died back to where it was. True when it did.

    The job holds the row (in SQLite: the database) until it has committed; whoever gets the row here and still finds
    it busy, with no pulse, knows that the job is gone and its transaction with it.
    """
    if not batch.is_busy or not progress.is_silent(batch.key, jobs=jobs.__name__, number=batch.pk):
        return False
    fresh = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if not fresh.is_busy or (timezone.now() - fresh.pulse_at).total_seconds() < progress.SILENT_AFTER:
        return False
    fresh.state, fresh.message = RESCUED[fresh.state]
    fresh.save(update_fields=["state", "message"])
    progress.forget(fresh.key)
    record("imports.rescue", target=fresh, state=fresh.state, by=by)
    return True


def fingerprint_mapping(memories: Any) -> dict[str, dict[int, str]]:
    """The remembered columns as a reading wants them."""
    return {m.fingerprint: {int(k): v for k, v in m.mapping.items()} for m in memories}


def note_look(batch: ImportBatch, *, by: Any) -> None:
    """Keeps that somebody looked at the cells of a batch that are wrong, which hold whole numbers."""
    record("imports.look_at_problems", target=batch, purpose="核对名册里的问题", by=by)
