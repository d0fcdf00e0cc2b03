"""Once (一次): a form that comes twice, one after the other or at the same moment, opens, says and attaches once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from liren.core.documents.cleaning import cleaned
from liren.core.documents.models import Document
from liren.core.documents.tests import files
from liren.core.duty import Refused
from liren.core.matters import actions
from liren.core.matters.models import Attachment, Entry, Matter

FINDING = "governance.finding"


def photos() -> list[tuple[str, Any]]:
    return [(name, cleaned(files.jpeg((64, 48)), name=name)) for name in ("门口.jpg", "楼道.jpg")]


def opened(village: Any) -> Matter:
    return actions.open_matter(
        FINDING, community=village.community, title="楼道灯不亮", files=photos(), once="f1", by=village.deputy
    )


@pytest.mark.django_db
def test_opened_twice_it_has_its_photos_once(village: Any) -> None:
    first, second = opened(village), opened(village)
    assert first == second
    assert (
        Attachment.objects.filter(matter=first, entry__what="open").count() == Document.objects.count() == 2
    )


@pytest.mark.django_db
@pytest.mark.parametrize("deed", ["comment", "attach_files"])
def test_said_or_attached_twice_the_photos_are_there_once(village: Any, deed: str) -> None:
    matter = actions.open_matter(FINDING, community=village.community, title="灯", by=village.deputy)
    for _ in range(2):
        if deed == "comment":
            actions.comment(matter, "去看过了", files=photos(), once="c1", by=village.deputy)
        else:
            kept = actions.attach_files(matter, files=photos(), once="c1", by=village.deputy)
            assert len(kept) == 2
    assert Attachment.objects.filter(matter=matter).count() == Document.objects.count() == 2
    assert Entry.objects.filter(matter=matter, once="c1").count() == 1


@pytest.mark.django_db
def test_what_is_refused_leaves_no_file(village: Any) -> None:
    matter = actions.open_matter(FINDING, community=village.community, title="灯", by=village.deputy)
    with pytest.raises(Refused):
        actions.attach_files(matter, files=photos(), by=village.outsider)
    with pytest.raises(Refused, match="没有收到文件"):
        actions.attach_files(matter, files=[], by=village.deputy)
    assert not Document.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one(village: Any) -> None:
    if connection.vendor == "sqlite":
        pytest.skip(
            "the database of these tests lives in one connection; SQLite lets one write at a time anyway"
        )
    ready, got = threading.Barrier(2), []

    def send() -> None:
        ready.wait()
        try:
            matter = opened(village)
            actions.comment(matter, "去看过了", files=photos(), once="c1", by=village.deputy)
            got.append(matter.pk)
        finally:
            connections.close_all()

    at_once(send, send)
    assert len(got) == 2 and len(set(got)) == 1
    assert Matter.objects.get().number.endswith("-0001")
    assert Attachment.objects.count() == 4 and Entry.objects.count() == 2
    later = actions.open_matter(FINDING, community=village.community, title="又一件", by=village.deputy)
    assert later.number.endswith("-0002"), "the number of the second sending was given back"


def at_once(*works: Callable[[], None]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
