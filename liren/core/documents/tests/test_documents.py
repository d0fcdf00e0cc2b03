"""Documents: sealed on the disk, given back whole, destroyed for good."""

import pytest

from liren.core.audit.models import Trace
from liren.core.documents import actions
from liren.core.documents.models import Document
from liren.core.duty import Refused

pytestmark = pytest.mark.django_db
CONTENT = "姓名,身份证号\n方秀英,310199194403121324\n".encode()


@pytest.fixture
def document(village):
    return actions.receive(
        CONTENT, name="名册.csv", community=village.community, purpose="导入居民名册", by=village.secretary
    )


def test_a_file_lies_sealed_and_comes_back_whole(document):
    on_disk = document.path.read_bytes()
    assert b"310199194403121324" not in on_disk and "方秀英".encode() not in on_disk
    assert actions.content_of(document) == CONTENT
    assert document.size == len(CONTENT) and str(document) == "名册.csv"
    assert not list(document.path.parent.glob("*.part"))
    assert Trace.objects.order_by("-id").first().action == "documents.receive"


def test_the_same_file_twice_lies_twice(document, village):
    again = actions.receive(
        CONTENT, name="名册.csv", community=village.community, purpose="导入居民名册", by=None
    )
    assert again.sha256 == document.sha256 and again.path != document.path


def test_empty_and_oversized_files_are_refused(village, monkeypatch):
    facts = {"community": village.community, "purpose": "导入居民名册", "by": None}
    with pytest.raises(Refused, match=r"「名册\.csv」是空文件"):
        actions.receive(b"", name="名册.csv", **facts)
    monkeypatch.setattr(actions, "LARGEST", 10)
    with pytest.raises(Refused, match="请拆开再传"):
        actions.receive(CONTENT, name="名册.csv", **facts)
    assert not Document.objects.exists()


def test_what_was_altered_on_the_disk_is_not_given_out(document):
    altered = bytearray(document.path.read_bytes())
    altered[-1] ^= 1
    document.path.write_bytes(bytes(altered))
    with pytest.raises(Refused, match="被改动过"):
        actions.content_of(document)


def test_what_is_gone_from_the_disk_is_said(document):
    document.path.unlink()
    with pytest.raises(Refused, match="不在磁盘上了"):
        actions.content_of(document)


def test_destroying_keeps_the_entry_only(document, village, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.dispose(document, by=village.secretary)
    assert not document.path.exists()
    document.refresh_from_db()
    assert document.disposed_at and document.sha256
    with pytest.raises(Refused, match="已按期销毁"):
        actions.content_of(document)
    with pytest.raises(Refused, match="已经销毁过了"):
        actions.dispose(document, by=village.secretary)


def test_documents_are_seen_by_who_works_in_the_whole_community(document, village):
    def seen(who):
        return document in Document.objects.visible_to(village[who])

    assert seen("secretary") and seen("line_worker") and seen("street_section")
    assert not any(seen(who) for who in ("grid_worker", "outsider", "system_admin", "auditor"))
