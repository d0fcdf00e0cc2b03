"""Progress (进度) of a job, in a small file beside the database.

The job writes in one transaction, and nobody sees into a transaction before it ends; so what has been done so far is
said outside the database. The file is a courtesy: nothing depends on it.
"""

import json
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


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


def _path(batch: int) -> Path:
    folder = Path(settings.DATA_DIR) / "progress"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder / f"import-{batch}.json"


def say(batch: int, doing: str, done: int = 0, total: int = 0) -> None:
    """Says how far a batch is."""
    path = _path(batch)
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps([doing, done, total, time.time()]), encoding="utf-8")
    draft.replace(path)


def said(batch: int) -> Progress | None:
    """How far a batch is; None when nothing was said."""
    try:
        doing, done, total, _at = json.loads(_path(batch).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return Progress(doing, done, total)


def silence(batch: int) -> float:
    """Seconds since a batch was last heard of; infinity when never."""
    try:
        return time.time() - _path(batch).stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def forget(batch: int) -> None:
    """Removes the file."""
    _path(batch).unlink(missing_ok=True)
