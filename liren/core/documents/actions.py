"""Receiving files and disposing of them."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.privacy.cipher import Unsealable, seal_bytes, unseal_bytes

from .models import Document

# A roster of 100,000 rows is about 15 MB; what is larger is a mistake or an attack.
LARGEST = 64 * 1024 * 1024


@transaction.atomic
def receive(content: bytes, *, name: str, community: Area, purpose: str, by: Any) -> Document:
    """Keeps a file sealed on the disk. Refuses an empty one and one that is too large."""
    if not content:
        raise Refused(f"「{name}」是空文件")
    if len(content) > LARGEST:
        raise Refused(f"「{name}」超过 {LARGEST // 1024 // 1024} MB，请拆开再传")
    document = Document.objects.create(
        community=community,
        name=name[:200],
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        purpose=purpose,
        received_by=by,
    )
    document.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = document.path.with_suffix(".part")
    draft.write_bytes(seal_bytes(content))
    draft.rename(document.path)
    record("documents.receive", target=document, community=community, size=document.size, by=by)
    return document


def content_of(document: Document) -> bytes:
    """The content again. Refuses a file that was disposed of or is gone from the disk."""
    if document.disposed_at:
        raise Refused(f"「{document.name}」已按期销毁，只留下了登记")
    try:
        return unseal_bytes(document.path.read_bytes())
    except FileNotFoundError:
        raise Refused(f"「{document.name}」不在磁盘上了，请重新上传") from None
    except Unsealable:
        raise Refused(f"「{document.name}」在磁盘上被改动过，打不开了，请重新上传") from None


@transaction.atomic
def dispose(document: Document, *, by: Any) -> Document:
    """Destroys the content, once; that there was a file, its size and hash stay."""
    if document.disposed_at:
        raise Refused(f"「{document.name}」已经销毁过了")
    document.disposed_at = timezone.now()
    document.save(update_fields=["disposed_at"])
    record("documents.dispose", target=document, community=document.community, by=by)
    transaction.on_commit(lambda: document.path.unlink(missing_ok=True))
    return document
