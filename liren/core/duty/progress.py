"""Progress (进度) of a job of the worker, in a small file beside the database.

A job may write for a long time in one transaction, and nobody sees into a transaction before it ends; so what has been
done so far is said outside the database. The file is a courtesy: nothing that is written depends on it.

A job has a key of its own (``import-7``). Whoever waits for it learns here how far it is, and whether it still lives:
a killed one cannot say so itself.
"""

import json
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django_tasks_db.models import DBTaskResult

SILENT_AFTER = 45  # seconds without a word after which a job is looked after


@dataclass(frozen=True)
class Progress:
    """What is being done, and how far it is: `done` of `total` (0 when the length is not known)."""

    doing: str
    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        """0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total else 0


def _path(key: str) -> Path:
    folder = Path(settings.DATA_DIR) / "progress"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder / f"{key}.json"


def say(key: str, doing: str, done: int = 0, total: int = 0) -> None:
    """Says how far a job is."""
    path = _path(key)
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps([doing, done, total, time.time()]), encoding="utf-8")
    draft.replace(path)


def said(key: str) -> Progress | None:
    """How far a job is; None when nothing was said."""
    try:
        doing, done, total, _at = json.loads(_path(key).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return Progress(doing, done, total)


def silence(key: str) -> float:
    """Seconds since a job was last heard of; infinity when never."""
    try:
        return time.time() - _path(key).stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def forget(key: str) -> None:
    """Removes the file."""
    _path(key).unlink(missing_ok=True)


def is_queued(jobs: str, number: int) -> bool:
    """Whether a job of this module about this record stands in the queue and nobody has begun it: it is not dead, it
    has its turn to come.
    """
    queued = DBTaskResult.objects.ready().filter(task_path__startswith=f"{jobs}.")
    return any(args.get("args") == [number] for args in queued.values_list("args_kwargs", flat=True))


def is_silent(key: str, *, jobs: str, number: int) -> bool:
    """Whether a job that should be at work was not heard of for too long and is not waiting for its turn either."""
    return silence(key) >= SILENT_AFTER and not is_queued(jobs, number)
