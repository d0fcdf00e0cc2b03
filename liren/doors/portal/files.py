"""Files (照片和附件): what a form brought, and the addresses under which their owner sees them again."""

from typing import Any

from django.http import HttpRequest

from liren.core.accounts.devices import address_of
from liren.core.areas.models import Area
from liren.core.documents.links import link_for
from liren.core.documents.models import Document

from .floods import count_up

# A phone sends a photo of at most some ten megabytes; more of them at once than any rule allows is no phone.
MOST_FIELDS = 20


def sent_files(request: HttpRequest, *, area: Area) -> list[tuple[str, bytes]]:
    """Name and content of each photo of a form, counted for its address; empty ones, as browsers send them for nothing
    chosen, left out.
    """
    files = [file for file in request.FILES.getlist("photos")[:MOST_FIELDS] if file.size]
    for _ in files:
        count_up("photo_address", who=address_of(request), area=area)
    return [(str(file.name), file.read()) for file in files]


def shown(document: Document, *, code: str, owner: str, holder: str) -> dict[str, Any]:
    """How a page shows a document: small picture where there is one, and the whole. `owner` is the word in the address
    that says by which secret of the browser it is opened.
    """
    before = (code, owner)
    return {
        "name": document.file_name,
        "family": document.family,
        "whole": link_for(document, holder=holder, route="portal:file", before=before),
        "small": link_for(document, holder=holder, route="portal:file", before=before, thumbnail=True),
    }
