"""What is left on the disk: files whose row never came, or has gone, are swept up; living ones never."""

import os
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from liren.core.documents import actions
from liren.core.documents.models import Document
from liren.core.documents.sweeping import DAY, sweep

from . import files

pytestmark = pytest.mark.django_db


class Crash(Exception):
    """The machine, going down."""


@pytest.fixture(autouse=True)
def clean_disk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def received(village):
    facts = {"community": village.community, "purpose": "事项附件", "by": village.secretary}
    return actions.receive_attachment(files.jpeg((400, 300)), name="现场.jpg", **facts)


def lying():
    return sorted(path for path in Path(settings.MEDIA_ROOT).glob("*/*") if path.is_file())


def let_a_day_pass():
    for path in lying():
        os.utime(path, (time.time() - DAY - 60,) * 2)


def test_a_crash_before_the_row_is_committed_leaves_a_file_that_is_swept(village):
    kept = received(village)
    with pytest.raises(Crash), transaction.atomic():
        received(village)
        raise Crash
    assert Document.objects.count() == 1 and len(lying()) == 4
    assert sweep() == 0, "it may belong to a transaction that is still open"
    let_a_day_pass()
    assert sweep() == 2
    assert lying() == sorted([kept.path, kept.thumbnail_path])


def test_no_row_is_committed_without_its_file(village, monkeypatch):
    def no_room(path, content):
        raise OSError("no space left on device")

    monkeypatch.setattr(actions, "_write", no_room)
    with pytest.raises(OSError, match="no space"):
        received(village)
    assert not Document.objects.exists()


def test_disposing_takes_the_small_picture_along(village, django_capture_on_commit_callbacks):
    document = received(village)
    with django_capture_on_commit_callbacks(execute=True):
        actions.dispose(document, by=village.secretary)
    assert not lying()


def test_a_crash_after_disposing_leaves_a_file_that_is_swept(village):
    actions.dispose(received(village), by=village.secretary)
    assert len(lying()) == 2
    let_a_day_pass()
    assert sweep() == 2 and not lying()


def test_half_written_drafts_go_and_strange_files_stay(village):
    document = received(village)
    draft = document.path.with_suffix(".part")
    strange = document.path.parent / "读我.txt"
    draft.write_bytes(b"half")
    strange.write_bytes(b"not ours")
    let_a_day_pass()
    assert sweep() == 1
    assert not draft.exists() and strange.exists() and document.path.exists()
