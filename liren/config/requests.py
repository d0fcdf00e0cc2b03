"""What is noted of each request: a number of its own, the route, the answer and the time it took."""

import secrets
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from liren.core.duty.asked import one_request

log = structlog.get_logger("liren.request")
SILENT = {"healthz", "static"}


def note_requests(
    answer: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: binds the request's number to every line written meanwhile and returns it as X-Request-Id."""

    def noted(request: HttpRequest) -> HttpResponseBase:
        number = secrets.token_hex(6)
        with structlog.contextvars.bound_contextvars(request=number), one_request():
            start = time.perf_counter()
            response = answer(request)
            took = round((time.perf_counter() - start) * 1000, 1)
            if request.path.lstrip("/").split("/", 1)[0] not in SILENT:
                log.info(
                    "answered",
                    method=request.method,
                    route=_route(request),
                    status=response.status_code,
                    ms=took,
                )
        response["X-Request-Id"] = number
        return response

    return noted


def _route(request: HttpRequest) -> str:
    """The pattern rather than the address: what stands in an address that matched nothing is anybody's guess."""
    match = request.resolver_match
    return match.route if match else "?"
