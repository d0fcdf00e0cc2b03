"""Pages for what went wrong (出错): each says what was not done, what was not lost, and what to do now.

They stand in the plain frame, ask nothing of the database and need no signed-in user.
"""

import datetime
import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone


def _page(name: str, status: int, **facts: Any) -> HttpResponse:
    return HttpResponse(render_to_string(f"pages/errors/{name}.html", facts), status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, for what is missing and for what one may not see."""
    return _page("not_found", 404, path=request.path)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the page exists, the post does not allow it. The exception's text may say who can help."""
    return _page("forbidden", 403, reason=str(exception or ""))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what arrived was not a form of ours, or too big."""
    return _page("bad_request", 400)


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """413: the upload says it is larger than anything we take; not a byte of it was read."""
    return _page("too_large", 413, most=most)


def failed(request: HttpRequest) -> HttpResponse:
    """500: nothing was written, because every action is one transaction."""
    return _page("failed", 500, at=time.strftime("%H:%M"))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or cookies are off."""
    return _page("csrf", 403, path=request.path)


def locked_out(request: HttpRequest, *unused: Any, **particulars: Any) -> HttpResponse:
    """429: too many wrong passwords; says for how long."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    until = timezone.localtime() + datetime.timedelta(minutes=minutes)
    return _page("locked_out", 429, minutes=minutes, until=f"{until:%H:%M}")
