"""Files (照片和附件): what a form brought, and the addresses under which their owner sees them again."""

from typing import Any

from django.http import HttpRequest

from liren.core.documents.links import link_for
from liren.core.documents.models import Document

# A phone sends a photo of at most some ten megabytes; more of them at once than any rule allows is no phone.
MOST_FIELDS = 20


def sent_files(request: HttpRequest, field: str = "photos") -> list[tuple[str, bytes]]:
    """Name and content of each file of a form; empty ones, as browsers send them for nothing chosen, left out."""
    files = request.FILES.getlist(field)[:MOST_FIELDS]
    return [(str(file.name), file.read()) for file in files if file.size]


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
