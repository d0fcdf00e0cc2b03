"""Toasts (提示): what was done and how to take it back, or what was refused and why."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


def say(request: HttpRequest, text: str, *, undo: str = "", bad: bool = False) -> None:
    """Says it on the next page; `undo` is the address to which 撤销 posts."""
    level = messages.ERROR if bad else messages.SUCCESS
    messages.add_message(request, level, text, extra_tags=undo)


def say_now(response: HttpResponse, text: str, *, undo: str = "", bad: bool = False) -> HttpResponse:
    """Says it beside the fragment that htmx receives."""
    particulars: dict[str, Any] = {"text": text, "bad": bad} | ({"undo": undo} if undo else {})
    response["HX-Trigger"] = json.dumps(
        {"toast": particulars}
    )  # escaped to ASCII: a header carries nothing else
    return response


def way_back(request: HttpRequest, otherwise: str = "/") -> str:
    """The page from which one came when it is one of ours."""
    came_from = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if came_from and safe else otherwise


def refused_response(request: HttpRequest, refusal: Exception, back: str = "") -> HttpResponse:
    """A refusal as an answer: 409 with its sentence for htmx, else the page before with the sentence on it."""
    if getattr(request, "htmx", None):
        response = HttpResponse(status=409)
        response["HX-Reswap"] = "none"
        return say_now(response, str(refusal), bad=True)
    say(request, str(refusal), bad=True)
    return HttpResponseRedirect(back or way_back(request))
