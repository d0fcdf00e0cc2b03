"""Keeping (保存期限) no longer than needed: the originals and what was read of them go; the register and the trace stay."""

from typing import Any

from django.db import transaction

from liren.core.audit.actions import record
from liren.core.documents.actions import dispose
from liren.core.duty import Refused

from ..models import ImportBatch

ERASED = "erased"


@transaction.atomic
def erase(batch: ImportBatch, *, by: Any) -> ImportBatch:
    """Destroys the files of a batch that is over and every cell read from them; how many there were stays."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in (ImportBatch.State.APPLIED, ImportBatch.State.UNDONE):
        raise Refused(f"这一批现在是「{batch.get_state_display()}」，还不到销毁的时候")
    forget_rows(batch)
    dispose_files(batch, by=by)
    batch.counts = batch.counts | {ERASED: True}
    batch.save(update_fields=["counts"])
    record("imports.erase", target=batch, by=by)
    return batch


@transaction.atomic
def forget_rows(batch: ImportBatch) -> None:
    """Everything that was read; part of a larger step, which leaves the trace."""
    batch.problems.all().delete()
    batch.rows.all().delete()


@transaction.atomic
def dispose_files(batch: ImportBatch, *, by: Any) -> None:
    """The originals, each with a trace of its own."""
    for file in batch.files.filter(document__disposed_at=None).select_related("document"):
        dispose(file.document, by=by)
