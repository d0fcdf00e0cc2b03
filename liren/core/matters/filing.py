"""Filing (收附件): files that come with an entry of a matter, kept as documents and put to it in one go."""

from collections.abc import Sequence
from typing import Any

from liren.core.documents.actions import receive_attachment
from liren.core.documents.kinds import Clean
from liren.core.documents.models import Document

from .models import Attachment, Entry, Matter

Files = Sequence[tuple[str, Clean]]
PURPOSE = "事项附件"


def kept(
    matter: Matter, files: Files, *, purpose: str = PURPOSE, keep_time: bool = False, by: Any
) -> list[Document]:
    """Cleaned files as documents; of a restricted matter even that one came is known to who sent it alone."""
    return [
        receive_attachment(
            clean, name=name, community=matter.community, purpose=purpose, keep_time=keep_time,
            hidden=matter.restricted, by=by,
        )
        for name, clean in files
    ]  # fmt: skip


def put_to(
    entry: Entry, documents: Sequence[Document], *, role: str = "", caption: str = ""
) -> list[Attachment]:
    """Documents that belong to an entry."""
    return Attachment.objects.bulk_create(
        [
            Attachment(matter=entry.matter, entry=entry, document=document, role=role, caption=caption[:80])
            for document in documents
        ]
    )
