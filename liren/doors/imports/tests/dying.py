"""A worker that is killed at a chosen point, run as a process of its own: python -m liren.doors.imports.tests.dying.

It begins by looking after the batch as the office would after a restart, says the sentence it finds, and goes on.
"""

import os
import sys
from typing import Any

import django


def main(point: str, number: int) -> None:
    """Rescues, arms the point, and takes the next step of the batch."""
    from django_tasks_db.models import DBTaskResult

    from liren.core.duty import progress
    from liren.doors.imports import actions
    from liren.doors.imports.actions import applying, reading, undoing
    from liren.doors.imports.models import ImportBatch
    from liren.sample.elsewhere import killed_in

    progress.SILENT_AFTER = -1
    DBTaskResult.objects.all().delete()  # this process takes the steps itself
    batch = ImportBatch.objects.get(pk=number)
    by = batch.started_by
    rescued = point != "reading" and actions.rescue(batch, by=by)
    batch.refresh_from_db()
    print(f"{rescued} {batch.state} {batch.message}", flush=True)
    points: dict[str, tuple[Any, str, bool]] = {
        "reading": (reading, "_keep_problems", False),
        "people": (applying, "register_rows", True),
        "finish": (applying, "_finish", False),
        "undoing": (undoing, "_remove_places", False),
    }
    if point in points:
        module, name, after = points[point]
        killed_in(module, name, after=after)
    if batch.state in (ImportBatch.State.FAILED, ImportBatch.State.READING):
        if batch.state == ImportBatch.State.FAILED:
            batch = actions.read_again(batch, by=by)
        batch = actions.read_batch(batch)
    if batch.state == ImportBatch.State.READY:
        batch = actions.run_applying(actions.start_applying(batch, by=by))
    if batch.state == ImportBatch.State.APPLIED:
        batch = actions.run_undoing(actions.start_undoing(batch, by=by))
    print(batch.state, batch.message, flush=True) if batch.message else print(batch.state, flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liren.config.settings")
    django.setup()
    main(sys.argv[1], int(sys.argv[2]))
