"""Documents (附件): opened by whoever they were linked for, and by nobody else."""

from django.http import HttpRequest, HttpResponse

from liren.core.documents.links import holder_of, served


def document(request: HttpRequest, token: str) -> HttpResponse:
    """One document by its signed link; the page that gave the link has asked who may see it."""
    return served(request, token, holder_of(request.user))
