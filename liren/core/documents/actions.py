"""Receiving files and disposing of them."""

import hashlib
import os
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.privacy.cipher import Unsealable, seal_bytes, unseal_bytes

from .cleaning import cleaned
from .kinds import Clean
from .models import Document

# A roster of 100,000 rows is about 15 MB; what is larger is a mistake or an attack.
LARGEST = 64 * 1024 * 1024


@transaction.atomic
def receive(content: bytes, *, name: str, community: Area, purpose: str, by: Any) -> Document:
    """Keeps a file as it is, sealed on the disk. Refuses an empty one and one that is too large."""
    if not content:
        raise Refused(f"「{name}」是空文件")
    if len(content) > LARGEST:
        raise Refused(f"「{name}」超过 {LARGEST // 1024 // 1024} MB，请拆开再传")
    return _kept(Document(community=community, name=name[:200], purpose=purpose, received_by=by), content)


@transaction.atomic
def receive_attachment(
    content: bytes | Clean,
    *,
    name: str,
    community: Area,
    purpose: str,
    keep_time: bool = False,
    hidden: bool = False,
    by: Any,
) -> Document:
    """Attachment (附件): cleaned, then kept sealed with its thumbnail. Refuses what it is not sure about.

    `keep_time` notes when a photo was taken; where it was taken is never kept. `hidden` keeps the trace from all but
    the sender: for what belongs to something that only a named circle may know of. Whoever holds a transaction open may
    clean the bytes beforehand with `cleaning.cleaned` and give the result.
    """
    clean = content if isinstance(content, Clean) else cleaned(content, name=name, area=community)
    document = Document(
        community=community,
        name=name[:200],
        purpose=purpose,
        received_by=by,
        family=clean.kind.family,
        mime=clean.kind.mime,
        suffix=clean.kind.suffix,
        width=clean.width,
        height=clean.height,
        seconds=clean.seconds,
        taken_at=clean.taken_at if keep_time else None,
    )
    return _kept(document, clean.content, clean.thumbnail, hidden=hidden)


def _kept(document: Document, content: bytes, thumbnail: bytes = b"", *, hidden: bool = False) -> Document:
    """The files lie on the disk before the row is committed; files without a row are swept up later."""
    document.size = len(content)
    document.sha256 = hashlib.sha256(content).hexdigest()
    document.save(force_insert=True)
    document.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(document.path, content)
    if thumbnail:
        _write(document.thumbnail_path, thumbnail)
    record(
        "documents.receive",
        target=document,
        community=document.community,
        size=document.size,
        hidden=hidden,
        by=document.received_by,
    )
    return document


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, even when the power goes."""
    draft = path.with_suffix(".part")
    with draft.open("wb") as file:
        file.write(seal_bytes(content))
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


def content_of(document: Document, *, thumbnail: bool = False) -> bytes:
    """The content again, or its small picture. Refuses a file that was disposed of or is gone from the disk."""
    if document.disposed_at:
        raise Refused(f"「{document.name}」已按期销毁，只留下了登记")
    try:
        path = document.thumbnail_path if thumbnail else document.path
        return unseal_bytes(path.read_bytes())
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
    transaction.on_commit(lambda: erase(document))
    return document


def erase(document: Document) -> None:
    """Takes what lies on the disk away."""
    for path in (document.thumbnail_path, document.path):
        path.unlink(missing_ok=True)
