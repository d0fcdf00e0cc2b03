"""Steps (一步办理): a form that does one thing to a matter, as a drawer on its page or as a page of its own."""

import secrets
from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from liren.core.accounts.models import User
from liren.core.duty import Refused
from liren.core.matters.models import Matter
from liren.core.pages import found, refused_response, say, show

STEP = "desk/matters/step.html"


def worker(request: HttpRequest) -> User:
    """Who has signed in; the house lets nobody else as far as this."""
    return cast(User, request.user)


def the_matter(request: HttpRequest, pk: int) -> Matter:
    """The matter with what its page shows; one 404 for missing, foreign and restricted alike."""
    rows = Matter.objects.select_related(
        "community", "area", "house__building", "building", "holder", "parent", "merged_into"
    )
    matter: Matter = found(rows, worker(request), pk=pk)
    return matter


def matter_url(matter: Matter) -> str:
    """Where its page stands."""
    return reverse("desk:matter", args=[matter.pk])


def new_token() -> str:
    """A token of one form: what it does is done once."""
    return secrets.token_urlsafe(12)


def once_of(request: HttpRequest) -> str:
    """The token with which a form came, kept short of what a column holds."""
    return request.POST.get("once", "")[:40]


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, be it nothing; None for who only looks at the form."""
    return request.POST if request.method == "POST" else None


def files_sent(request: HttpRequest) -> Any:
    """The files that were sent; None for who only looks at the form."""
    return request.FILES if request.method == "POST" else None


def gone_on(request: HttpRequest, url: str) -> HttpResponse:
    """Goes on to a page, from a drawer as well."""
    if getattr(request, "htmx", None):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = url
        return response
    return HttpResponseRedirect(url)


def one_step(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str,
    verb: str,
    back: str,
    act: Callable[[dict[str, Any]], Any],
    done: Callable[[Any], str],
    lead: str = "",
    onward: Callable[[Any], str] | None = None,
    template: str = STEP,
    fragment: str | None = "drawer",
    **context: Any,
) -> HttpResponse:
    """Shows the form; when it is sent and right, acts, says what was done and goes on.

    A refusal is a toast over the drawer, which keeps what was typed; on a page of its own it stands on the form.
    """
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                result = act(form.cleaned_data)
            except Refused as refusal:
                if getattr(request, "htmx", None):
                    return refused_response(request, refusal)
                form.add_error(None, str(refusal))
                status = 409
            else:
                say(request, done(result))
                return gone_on(request, onward(result) if onward else back)
    for first in form.visible_fields()[:1]:
        first.field.widget.attrs["autofocus"] = True
    facts = {
        "form": form, "title": title, "verb": verb, "back": back, "lead": lead,
        "once": once_of(request) or new_token(), "upload": form.is_multipart(), **context,
    }  # fmt: skip
    return show(request, template, facts, fragment=fragment, status=status)


def one_deed(request: HttpRequest, matter: Matter, act: Callable[[], Any], said: str) -> HttpResponse:
    """A button without a form: acts, says it, and goes back to the page of the matter."""
    try:
        act()
    except Refused as refusal:
        return refused_response(request, refusal, back=matter_url(matter))
    say(request, said)
    return gone_on(request, matter_url(matter))
