"""Views that people keep."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from liren.core.duty import Refused
from liren.core.facts.reading import read, tests_in, tree_of
from liren.core.pages import found, refused_response, say
from liren.core.pages.permits import needs

from ..actions import drop_view, keep_view
from ..asking import Asked, asked_by, code_of
from ..models import SavedView


@require_POST
@needs("people.see")
def view_keep(request: HttpRequest) -> HttpResponse:
    """Keeps what is asked for now under a name."""
    asked = asked_by(request, QueryDict(request.POST.get("asked", "").removeprefix("?")))
    try:
        view = keep_view(
            name=request.POST.get("name", ""),
            text=asked.text,
            conditions=tree_of(asked.condition)["all"] if asked.condition else [],
            columns=asked.columns,
            sort=asked.sort,
            shared=request.POST.get("shared") == "1",
            by=request.user,
        )
    except Refused as refusal:
        return refused_response(request, refusal, back=reverse("registry:register") + asked.address())
    say(request, f"已存为视图「{view.name}」")
    return redirect(reverse("registry:register") + asked.address())


@needs("people.see")
def view_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the register as the view asks for it; what the reader may not ask by is said there."""
    view: Any = found(SavedView.objects, request.user, pk=pk)
    condition = read(view.condition) if view.condition else None
    asked = Asked(
        text=view.text,
        codes=tuple(code_of(test) for test in tests_in(condition)) if condition else (),
        columns=tuple(view.columns),
        sort=view.sort,
    )
    return redirect(reverse("registry:register") + asked.address())


@require_POST
@needs("people.see")
def view_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets go of a view."""
    view: Any = found(SavedView.objects, request.user, pk=pk)
    try:
        drop_view(view, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal)
    say(request, f"视图「{view.name}」已删掉，居民档案一条没动")
    return redirect("registry:register")
