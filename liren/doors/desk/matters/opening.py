"""Opening (登记事项): first which kind, then one line of what it is; everything else may come later."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from liren.core.areas.models import Area
from liren.core.documents.receiving import cleaned_uploads
from liren.core.duty import Refused
from liren.core.matters import actions
from liren.core.matters.kinds import Kind, all_kinds, kind
from liren.core.matters.models import Matter
from liren.core.pages import say, show
from liren.core.pages.permits import needs
from liren.core.pages.templatetags.pages import SEALS

from .opening_form import OpeningForm
from .places import read_where
from .steps import files_sent, matter_url, new_token, once_of, sent, worker


@needs("matters.open")
def choose(request: HttpRequest) -> HttpResponse:
    """Which kind: by duty, each with a word of what belongs there."""
    groups: dict[str, list[Kind]] = {}
    for each in all_kinds():
        if each.by_hand:
            groups.setdefault(each.seal, []).append(each)
    named = [(seal, groups[seal]) for seal in _order(groups)]
    return show(request, "desk/matters/choose.html", {"groups": named, "query": request.GET.urlencode()})


def _order(groups: dict[str, list[Kind]]) -> list[str]:
    return [seal for seal in SEALS if seal in groups]


@needs("matters.open")
def new(request: HttpRequest, kind_key: str) -> HttpResponse:
    """The form of one kind."""
    of = kind_of(kind_key)
    form = OpeningForm(
        sent(request), files_sent(request), of=of, user=worker(request), initial=_begun(request)
    )
    own = of.form(sent(request), prefix="own") if of.form else None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() & (own is None or own.is_valid()):
            try:
                matter = opened(request, of, form, own.cleaned_data if own else {})
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                say(request, f"登记好了，编号 {matter.number}")
                return redirect(matter_url(matter))
    context = {
        "of": of, "form": form, "own": own, "once": once_of(request) or new_token(),
        "chosen": form.chosen(),
        "begun": any(form[name].errors for name in form.more if name in form.fields) or bool(own and own.errors),
    }  # fmt: skip
    return show(request, "desk/matters/new.html", context, status=status)


def kind_of(key: str) -> Kind:
    """The kind of an address; 404 for one that is not opened by hand."""
    try:
        of = kind(key)
    except KeyError as nothing:
        raise Http404 from nothing
    if not of.by_hand:
        raise Http404
    return of


def _begun(request: HttpRequest) -> dict[str, Any]:
    """What the address already says: a place, a person, a line of words."""
    return {name: request.GET[name] for name in ("title", "where", "person", "source") if name in request.GET}


def opened(request: HttpRequest, of: Kind, form: OpeningForm, own: dict[str, Any]) -> Matter:
    """Opens the matter from what was said."""
    said, user = form.cleaned_data, worker(request)
    area: Area = said["area"]
    files = cleaned_uploads(said["files"], area=area)
    community = area.community() or area
    place = read_where(said["where"], community, user)
    return actions.open_matter(
        of.key, community=community, area=area, title=said["title"], body=said["body"], house=place.house,
        building=place.building, place=place.words, source=said["source"], cause=said.get("cause", ""),
        danger=said["danger"], holder=said["holder"], parties=form.parties(), details=own, files=files,
        once=once_of(request), by=user,
    )  # fmt: skip
