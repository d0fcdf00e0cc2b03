"""Nothing (空字符): text with NUL in it is refused at the door. No keyboard types it, and PostgreSQL keeps none."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from liren.core.pages.errors import bad_request

NUL = "\0"


class RefuseNul:
    """Middleware: 400 for NUL in an address, a parameter, a cookie or a field of a form; files may hold what they like.

    It stands behind the one that checks tokens of forms, so that nothing is read earlier than it would be anyway.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        texts = [request.path_info, *_words(request.GET), *request.COOKIES.values()]
        if any(NUL in text for text in texts):
            return bad_request(request)
        return self.answer(request)

    def process_view(self, request: HttpRequest, *unused: Any) -> HttpResponse | None:
        """After it is known which page it is for."""
        if request.method == "POST" and any(NUL in text for text in _words(request.POST)):
            return bad_request(request)
        return None


def _words(given: Any) -> list[str]:
    return [text for name, values in given.lists() for text in (name, *values)]
