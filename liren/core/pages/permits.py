"""Permits (权限): which ability a page asks for. Where it holds is another question: `found` and `visible_to`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from liren.core import duty

View = Callable[..., HttpResponseBase]


def needs(ability: str) -> Callable[[View], View]:
    """``@needs("people.edit")`` on a view: 403 with a warm page for posts that do not allow it."""

    def wrapped(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.can(ability):  # type: ignore[union-attr]
                name = duty.abilities()[ability].name
                raise PermissionDenied(f"您的岗位还不能「{name}」。要用的话，请本社区的管理员给您加上。")
            return view(request, *args, **kwargs)

        asked.ability = ability  # type: ignore[attr-defined]
        return asked

    return wrapped
