"""How far a job is: said outside the database, read again, and missed when it falls silent."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django_tasks import task

from liren.core.duty import progress


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@task()
def wait(_record: int) -> None:
    """A job that nobody begins."""


def test_what_was_said_is_read_again_and_forgotten() -> None:
    assert progress.said("orders-1") is None
    progress.say("orders-1", "正在登记", 30, 120)
    progress.say("imports-1", "正在读表")
    told = progress.said("orders-1")
    assert told == progress.Progress("正在登记", 30, 120) and told.percent == 25
    assert progress.Progress("正在读表").percent == 0 and progress.Progress("", 9, 3).percent == 100
    progress.forget("orders-1")
    progress.forget("orders-1")
    assert progress.said("orders-1") is None and progress.said("imports-1") is not None


def test_a_torn_file_says_nothing(tmp_path: Path) -> None:
    progress.say("orders-1", "正在登记")
    (tmp_path / "progress" / "orders-1.json").write_text('["正在')
    assert progress.said("orders-1") is None


@pytest.mark.django_db
def test_a_job_is_missed_only_when_it_is_silent_and_not_in_the_queue(tmp_path: Path) -> None:
    assert progress.is_silent("orders-7", jobs=__name__, number=7)
    progress.say("orders-7", "正在登记")
    assert not progress.is_silent("orders-7", jobs=__name__, number=7)
    then = time.time() - progress.SILENT_AFTER - 1
    os.utime(tmp_path / "progress" / "orders-7.json", (then, then))
    assert progress.is_silent("orders-7", jobs=__name__, number=7)
    wait.enqueue(7)
    assert not progress.is_silent("orders-7", jobs=__name__, number=7)
    assert progress.is_silent("orders-7", jobs=__name__, number=8)
    assert progress.is_silent("orders-7", jobs="liren.elsewhere", number=7)
