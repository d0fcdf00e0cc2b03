"""Sweeping (打扫): what lies on the disk and belongs to no document that still has its content.

A file is written before its row is committed, and goes after its row says so; a crash between the two leaves the file.
"""

import re
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from .models import Document

# Younger ones may belong to a transaction that is still open.
DAY = 24 * 3600
NAME = re.compile(r"[0-9a-f]{64}-(\d{1,18})\.(?:thumb\.)?(?:sealed|part)", re.ASCII)
AT_ONCE = 500


def sweep() -> int:
    """Removes files without a living document and drafts of a day ago; says how many."""
    swept = 0
    for some in _portions(_old_files()):
        keys = {int(found[1]) for path in some if (found := NAME.fullmatch(path.name))}
        kept = Document.objects.filter(pk__in=keys, disposed_at=None)
        needed = {path for document in kept for path in (document.path, document.thumbnail_path)}
        for path in some:
            if path not in needed:
                path.unlink(missing_ok=True)
                swept += 1
    return swept


def _old_files() -> Iterator[Path]:
    before = time.time() - DAY
    for path in sorted(Path(settings.MEDIA_ROOT).glob("??/*")):
        if NAME.fullmatch(path.name) and path.stat().st_mtime < before:
            yield path


def _portions(paths: Iterator[Path]) -> Iterator[list[Path]]:
    some: list[Path] = []
    for path in paths:
        some.append(path)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some
