"""Saying something (我有事要说): three steps with a name, or the same without one."""

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import urlencode

from liren.core.accounts.devices import address_of
from liren.core.duty import Refused
from liren.core.pages import say

from .. import actions
from ..accounts import token_hash
from ..bindings import person_of
from ..entrance import PortalRequest, home, page, portal, to
from ..files import sent_files, shown
from ..floods import TooMany, count_up
from ..forms import MoreForm, ReachForm
from ..offers import offer, promise, shelves
from ..submissions import Draft, Submission, claim_code, claim_hash, new_token

DRAFT = "liren_draft"
SHOWN = datetime.timedelta(minutes=10)


def token_of(request: PortalRequest) -> str:
    """The secret of this browser's draft; empty without one."""
    token = request.COOKIES.get(DRAFT, "")
    return token if len(token) < 100 else ""


def draft_of(request: PortalRequest, *, anonymous: bool) -> Draft | None:
    """The draft of this browser in this community."""
    if not (token := token_of(request)):
        return None
    held = Draft.objects.select_related("community", "building")
    return held.filter(token_hash=token_hash(token), community=request.community, anonymous=anonymous).first()


def _step(anonymous: bool, number: int) -> str:
    return f"{'tip' if anonymous else 'say'}_{number}"


@portal()
def first(request: PortalRequest, anonymous: bool = False) -> HttpResponse:
    """What it is about."""
    draft = draft_of(request, anonymous=anonymous)
    chosen = f"{draft.kind}:{draft.cause}" if draft and draft.cause else draft.kind if draft else ""
    context = {"shelves": shelves(anonymous=anonymous), "chosen": chosen, "anonymous": anonymous}
    if request.method != "POST":
        return page(request, "say_1", context)
    # A draft that was begun goes on; another way of saying it, or a new one, gets a secret of its own.
    token = token_of(request) if draft else new_token()
    if draft is None:
        count_up("draft_address", who=address_of(request), area=request.community)
    try:
        actions.choose_kind(
            request.community, token=token, chosen=request.POST.get("kind", ""), anonymous=anonymous, by=None
        )
    except Refused as refusal:
        return page(request, "say_1", context | {"wrong": str(refusal)})
    response = HttpResponseRedirect(to(request, _step(anonymous, 2)))
    response.set_cookie(
        DRAFT, token, max_age=3 * 24 * 3600, path=home(request),
        secure=settings.BEHIND_TLS, httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


@portal()
def second(request: PortalRequest, anonymous: bool = False) -> HttpResponse:
    """What happened, photos, where."""
    draft = draft_of(request, anonymous=anonymous)
    if draft is None:
        return HttpResponseRedirect(to(request, _step(anonymous, 1)))
    bound = not anonymous and person_of(request.resident) is not None
    initial = {
        "words": draft.words,
        "at_home": draft.at_home,
        "building": draft.building,
        "place": draft.place,
    }
    form = MoreForm(request.community, bound, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _told(request, draft, form, anonymous)
    return _second(request, draft, form, anonymous)


def _second(request: PortalRequest, draft: Draft, form: MoreForm, anonymous: bool) -> HttpResponse:
    holder = f"portal-draft:{draft.token_hash}"
    photos = [
        {"pk": each.pk, **shown(each.document, code=request.community.code, owner="draft", holder=holder)}
        for each in draft.photos.select_related("document")
    ]
    return page(request, "say_2", {"form": form, "photos": photos, "anonymous": anonymous, "draft": draft})


def _told(request: PortalRequest, draft: Draft, form: MoreForm, anonymous: bool) -> HttpResponse:
    """What was typed is kept first; then photos come or go; then on, when nothing is missing."""
    try:
        actions.tell_more(draft, **form.facts(), by=None)
        _photos(request, draft)
    except TooMany:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _second(request, draft, form, anonymous)
    if "remove" in request.POST or "upload" in request.POST:
        return HttpResponseRedirect(to(request, _step(anonymous, 2)) + "#photos")
    for field, missing, words in _missing(form):
        if missing:
            form.add_error(field, words)
    if form.errors:
        return _second(request, draft, form, anonymous)
    return HttpResponseRedirect(to(request, _step(anonymous, 3)))


def _photos(request: PortalRequest, draft: Draft) -> None:
    """One photo goes, or those that were chosen come."""
    if removed := request.POST.get("remove", ""):
        pk = int(removed) if removed.isdecimal() and len(removed) < 19 else 0
        if photo := draft.photos.filter(pk=pk).select_related("document").first():
            actions.drop_photo(photo, by=None)
        return
    if files := sent_files(request, area=request.community):
        actions.add_photos(draft, files=files, by=None)


def _missing(form: MoreForm) -> list[tuple[str, bool, str]]:
    said = form.facts()
    return [
        ("words", len(said["words"].strip()) < 4, "请写两句是怎么回事"),
        ("place", not (said["at_home"] or said["building"] or said["place"].strip()), "请写一下在哪里"),
    ]


@portal()
def third(request: PortalRequest) -> HttpResponse:
    """How to reach whom, and hand it in."""
    if request.resident is None:
        return HttpResponseRedirect(f"{to(request, 'sign_in')}?{urlencode({'next': to(request, 'say_3')})}")
    draft = draft_of(request, anonymous=False)
    if draft is None:
        return _gone(request)
    initial = {
        "called": draft.called or request.resident.called,
        "when": draft.when,
        "keeps_name": draft.keeps_name,
    }
    form = ReachForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        count_up("matter_account", who=str(request.resident.pk), area=request.community)
        try:
            actions.say_how_to_reach(draft, **form.cleaned_data, by=None)
            submission = actions.submit(draft, account=request.resident, by=None)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, "收到了，办到哪一步这里都看得到")
            return HttpResponseRedirect(to(request, "progress", submission.matter_id))
    return page(request, "say_3", _summary(request, draft) | {"form": form})


def _gone(request: PortalRequest) -> HttpResponse:
    """A second click after it was handed in leads to what came of the first."""
    if request.method == "POST" and request.resident:
        last = Submission.objects.of(request.resident).first()
        if last:
            return HttpResponseRedirect(to(request, "progress", last.matter_id))
    return HttpResponseRedirect(to(request, "say_1"))


def _summary(request: PortalRequest, draft: Draft) -> dict[str, Any]:
    chosen = f"{draft.kind}:{draft.cause}" if draft.cause else draft.kind
    found = offer(chosen, anonymous=draft.anonymous)
    return {
        "draft": draft,
        "what": found.name if found else "",
        "soon": promise(found.kind, request.community) if found else "",
        "photo_count": draft.photos.count(),
    }


@portal()
def tip_third(request: PortalRequest) -> HttpResponse:
    """Without a name: once more what was said, then the code by which it is followed, shown this once."""
    draft, token = draft_of(request, anonymous=True), token_of(request)
    if request.method == "POST" and token:
        # A second click shows it once more; whoever takes up the phone later does not see it.
        fresh = timezone.now() - SHOWN
        known = Submission.objects.filter(claim_hash=claim_hash(claim_code(token)), made_at__gt=fresh).first()
        if known is None and draft is not None:
            count_up("tip_address", who=address_of(request), area=request.community)
            count_up("tip_community", who=request.community.code, area=request.community)
            try:
                known = actions.submit_without_name(draft, token=token, by=None)
            except Refused as refusal:
                return page(request, "tip_3", _summary(request, draft) | {"wrong": str(refusal)})
        if known is not None:
            return page(request, "tip_done", {"claim": claim_code(token)})
    if draft is None:
        return HttpResponseRedirect(to(request, "tip_1"))
    return page(request, "tip_3", _summary(request, draft))
