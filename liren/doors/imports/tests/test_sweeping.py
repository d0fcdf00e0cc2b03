"""What the schedule does once a day: rosters are not kept longer than the rule says, dead jobs are found."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from liren.core.duty import Refused
from liren.core.people.models import Person
from liren.doors.imports import actions, jobs
from liren.doors.imports.models import ImportBatch
from liren.doors.imports.sweeping import let_go_of_old, put_back_interrupted

from .conftest import Drop
from .rosters import FAMILY, workbook

pytestmark = pytest.mark.django_db
State = ImportBatch.State


def older(batch: ImportBatch, days: int) -> ImportBatch:
    """The same batch, as if all had happened so many days ago."""
    then = timezone.now() - timedelta(days=days)
    ImportBatch.objects.filter(pk=batch.pk).update(pulse_at=then, started_at=then)
    ImportBatch.objects.filter(pk=batch.pk, applied_at__isnull=False).update(applied_at=then)
    batch.refresh_from_db()
    return batch


def test_the_roster_goes_and_the_register_stays(village: Any, written: Drop) -> None:
    batch = older(written(workbook(*FAMILY)), 31)
    let_go_of_old()
    batch.refresh_from_db()
    assert batch.counts["erased"]
    assert batch.files.get().document.disposed_at
    assert not batch.rows.exists()
    assert Person.objects.filter(name="闻人松").exists()
    let_go_of_old()
    assert batch.state == State.APPLIED


def test_young_batches_and_those_at_work_stay(village: Any, written: Drop, read: Drop) -> None:
    young, waiting = older(written(workbook(*FAMILY)), 29), older(read(workbook(*FAMILY)), 29)
    let_go_of_old()
    assert young.rows.exists()
    assert waiting.rows.exists()
    with pytest.raises(Refused, match="还不到"):
        actions.erase(waiting, by=None)


def test_what_nobody_wrote_is_given_up(village: Any, read: Drop) -> None:
    batch = older(read(workbook(*FAMILY)), 31)
    let_go_of_old()
    batch.refresh_from_db()
    assert batch.state == State.ABANDONED
    assert batch.files.get().document.disposed_at


def test_a_dead_job_is_found_and_one_in_the_queue_is_not_dead(village: Any, read: Drop) -> None:
    batch = actions.start_applying(read(workbook(*FAMILY)), by=village.secretary)
    older(batch, 1)
    actions.batches.progress.forget(batch.key)
    jobs.apply.enqueue(batch.pk)
    put_back_interrupted()
    batch.refresh_from_db()
    assert batch.state == State.APPLYING
    DBTaskResult.objects.all().delete()
    put_back_interrupted()
    batch.refresh_from_db()
    assert batch.state == State.READY
