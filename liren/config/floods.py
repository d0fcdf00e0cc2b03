"""Floods (过大的上传): refused by what they say of their size, before anything reads, parses or keeps a byte of them.

Django reads a form before it asks who sent it, and its limits do not count files.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from liren.core.pages.errors import too_large

MB = 1024 * 1024
# Several rosters dropped together. One file alone is held to documents.actions.LARGEST.
LARGEST = 128 * MB
# Residents send photos, a few at a time, and have no session of the desk.
PORTAL, PORTAL_LARGEST = "/p/", 48 * MB


def refuse_floods(
    answer: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: 413 for what is too large; whoever has not signed in has no files to send at all."""

    def refused(request: HttpRequest) -> HttpResponseBase:
        said = request.META.get("CONTENT_LENGTH") or "0"
        most = _most(request)
        if not said.isdecimal() or int(said) > most:
            return too_large(request, most // MB)
        return answer(request)

    return refused


def _most(request: HttpRequest) -> int:
    if request.path_info.startswith(PORTAL):
        return PORTAL_LARGEST
    guest = settings.SESSION_COOKIE_NAME not in request.COOKIES
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE if guest else LARGEST
