"""Receiving (收附件): files of a form are counted and measured before one of them is taken into memory."""

from collections.abc import Iterable, Sequence
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile

from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.rules import number

from .cleaning import MB, cleaned, most_bytes
from .kinds import FAMILIES, Clean


def uploads(files: Sequence[UploadedFile], *, area: Area | None = None) -> list[tuple[str, bytes]]:
    """The names and contents of ``request.FILES.getlist("files")``. Refuses too many, and any that is too large."""
    most = number("documents.at_once", area=area)
    if len(files) > most:
        raise Refused(f"一次最多传 {most} 个附件，请分几次传")
    largest = max(most_bytes(family, area) for family in FAMILIES)
    for file in files:
        if (file.size or 0) > largest:
            raise Refused(f"「{name_of(file)}」超过 {largest // MB} MB，请剪短或缩小再传")
    return [(name_of(file), _read(file)) for file in files]


def _read(file: UploadedFile) -> bytes:
    file.seek(0)
    content: bytes = file.read()
    return content


def cleaned_uploads(files: Sequence[UploadedFile], *, area: Area | None = None) -> list[tuple[str, Clean]]:
    """The same, cleaned: one refusal refuses them all, before anything is written."""
    return [(name, cleaned(content, name=name, area=area)) for name, content in uploads(files, area=area)]


def name_of(file: UploadedFile) -> str:
    """The name as it was sent, without folders and without what cannot be printed."""
    sent = PurePath((file.name or "").replace("\\", "/")).name
    return "".join(letter for letter in sent if letter.isprintable())[:200] or "附件"


def accepted(families: Iterable[str] = FAMILIES) -> str:
    """What a file field asks a browser for. HEIC is not in it, so that iPhones send their photos as JPEG."""
    asked = {
        "photo": "image/jpeg,image/png,image/webp,image/gif",
        "paper": ".pdf,.docx,.xlsx,.doc,.xls",
        "sound": "audio/*,.mp3,.m4a,.aac,.amr,.wav,.ogg",
        "film": "video/mp4,video/quicktime",
    }
    return ",".join(asked[family] for family in families)
