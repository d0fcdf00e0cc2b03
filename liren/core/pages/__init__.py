"""Pages (页面): how a record is found, how a page is shown, and how an action's refusal is said.

`found` is the only way to one record: what is missing and what one may not see are the same 404.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from .toasts import refused_response, say

__all__ = ["found", "is_fragment", "refused_response", "say", "show"]


def found(source: Any, user: Any, **which: Any) -> Any:
    """The one record that `user` may see; 404 for missing and forbidden alike."""
    try:
        return source.visible_to(user).get(**which)
    except (ObjectDoesNotExist, ValidationError, ValueError, OverflowError) as nothing:
        raise Http404 from nothing


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page; going back in history wants the whole."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not (htmx.boosted or htmx.history_restore_request)


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    fragment: str | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page, or for htmx the partial called `fragment` of the same template."""
    name = f"{template}#{fragment}" if fragment and is_fragment(request) else template
    response = render(request, name, dict(context or {}), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
