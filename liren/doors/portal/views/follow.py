"""Following (办到哪了): one's own matters, the page of each, and what one can say about them."""

import base64
import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from liren.core.accounts.devices import address_of
from liren.core.documents.links import served
from liren.core.duty import Refused
from liren.core.matters.models import Entry
from liren.core.pages import say
from liren.core.privacy.cipher import Unsealable, seal, unseal

from .. import actions
from ..accounts import token_hash
from ..actions.following import may_rate, way_back, way_out
from ..entrance import PortalRequest, SignedIn, home, page, portal, to
from ..files import sent_files, shown
from ..floods import TooMany, count_up
from ..forms import AgainForm, ClaimForm, DropForm, RatingForm, WordsForm
from ..progress import lines, standing
from ..submissions import Submission, claim_hash, handed_in_by, one_of
from .say import token_of

CLAIM, CLAIM_SECONDS = "liren_claim", 3600


@require_GET
@portal(signed_in=True)
def mine(request: SignedIn) -> HttpResponse:
    """What one has handed in, what is being done first."""
    rows = [standing(each) for each in handed_in_by(request.resident)]
    context = {
        "tab": "mine",
        "say_url": to(request, "say_1"),
        "open": [row for row in rows if row.is_open],
        "closed": [row for row in rows if not row.is_open],
    }
    return page(request, "mine", context)


def _own(request: SignedIn, submission: Submission | None) -> Submission:
    """One's own submission; 404 for anything else."""
    if submission is None:
        raise Http404
    submission.community = submission.matter.community = request.community
    return submission


def _claimed(request: PortalRequest) -> Submission | None:
    """The submission whose code was typed in this browser within the hour."""
    try:
        hashed = unseal(base64.urlsafe_b64decode(request.COOKIES.get(CLAIM, "")))
    except (Unsealable, ValueError):
        return None
    found = Submission.objects.select_related("community", "matter__community", "matter__merged_into")
    return found.filter(claim_hash=hashed, community=request.community).exclude(claim_hash="").first()


@require_GET
@portal(signed_in=True)
def progress(request: SignedIn, pk: int) -> HttpResponse:
    """One matter: where it stands and what came before."""
    submission = _own(request, one_of(request.resident, pk))
    return _progress(request, submission, "mine", f"portal-mine:{request.resident.pk}")


def _progress(request: PortalRequest, submission: Submission, owner: str, holder: str) -> HttpResponse:
    sent = submission.public_files

    def files(entry: Entry) -> list[dict[str, Any]]:
        documents = sent.get(entry.pk, ())
        return [shown(d, code=request.community.code, owner=owner, holder=holder) for d in documents]

    matter, begun = submission.matter, timezone.now()
    context = {
        "tab": "mine",
        "row": standing(submission),
        "lines": lines(submission, files),
        "words": WordsForm(),
        "rating": RatingForm() if may_rate(matter) else None,
        "again": AgainForm() if way_back(submission) else None,
        "drop": DropForm() if way_out(submission) else None,
        # A token of these forms: a double click does it once.
        "once": uuid.uuid4().hex,
        "acts": _acts(request, submission),
    }
    response = page(request, "progress", context)
    # Read was what stood there before the page was made; a look at nothing new writes nothing.
    if getattr(submission, "news", True):
        actions.note_read(submission, at=begun, by=None)
    return response


def _acts(request: PortalRequest, submission: Submission) -> dict[str, str]:
    names = ("more", "rate", "again", "drop")
    if submission.account_id:
        return {name: to(request, f"progress_{name}", submission.matter_id) for name in names}
    return {name: to(request, f"tip_{name}") for name in names}


def _act(request: PortalRequest, submission: Submission, what: str) -> None:
    """One of the things that the one who asked can do; says what came of it on the next page."""
    once = request.POST.get("once", "")[:32]
    try:
        count_up("word_account", who=f"{submission.pk}", area=request.community)
        said = {"more": _more, "rate": _rate, "again": _again, "drop": _drop}[what](request, submission, once)
    except TooMany:
        raise
    except Refused as refusal:
        say(request, str(refusal), bad=True)
    else:
        say(request, said, bad=not said.endswith(("。", "了")))


def _more(request: PortalRequest, submission: Submission, once: str) -> str:
    form = WordsForm(request.POST)
    if not form.is_valid():
        return "写得太长，短一点"
    actions.say_more(
        submission,
        words=form.cleaned_data["words"],
        files=sent_files(request, area=request.community),
        once=once,
        by=None,
    )
    return "补充的话办事的人看得到了"


def _rate(request: PortalRequest, submission: Submission, once: str) -> str:
    form = RatingForm(request.POST)
    if not form.is_valid():
        return "请选解决了没有、几颗星"
    actions.rate(submission, **form.cleaned_data, once=once, by=None)
    return "谢谢您，评价收到了"


def _again(request: PortalRequest, submission: Submission, once: str) -> str:
    form = AgainForm(request.POST)
    if not form.is_valid():
        return "请说说哪里没办好"
    actions.ask_again(submission, words=form.cleaned_data["words"], once=once, by=None)
    return "已经请社区再办了"


def _drop(request: PortalRequest, submission: Submission, once: str) -> str:
    form = DropForm(request.POST)
    if not form.is_valid():
        return "请说一句为什么不用办了"
    actions.drop_matter(submission, words=form.cleaned_data["words"], once=once, by=None)
    return "撤回了"


@require_POST
@portal(signed_in=True)
def act(request: SignedIn, pk: int, what: str) -> HttpResponse:
    """More words, a rating, once more please, or no more."""
    rows = Submission.objects.of(request.resident).filter(matter_id=pk).select_related("matter").order_by()
    _act(request, _own(request, next(iter(rows), None)), what)
    return HttpResponseRedirect(to(request, "progress", pk))


@portal()
def claim(request: PortalRequest) -> HttpResponse:
    """The code of a report without a name. Wrong ones count."""
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        hashed = claim_hash(form.cleaned_data["claim"])
        known = (
            bool(hashed)
            and Submission.objects.filter(community=request.community, claim_hash=hashed).exists()
        )
        if known:
            response = HttpResponseRedirect(to(request, "tip_progress"))
            sealed = base64.urlsafe_b64encode(seal(hashed)).decode()
            response.set_cookie(
                CLAIM, sealed, max_age=CLAIM_SECONDS, path=home(request),
                secure=settings.BEHIND_TLS, httponly=True, samesite="Lax",
            )  # fmt: skip
            return response
        count_up("claim_address", who=address_of(request), area=request.community)
        form.add_error("claim", "没有这个查询码，对照着再输一次")
    return page(request, "claim", {"form": form})


@require_GET
@portal()
def tip_progress(request: PortalRequest) -> HttpResponse:
    """The matter of a claim code."""
    submission = _claimed(request)
    if submission is None:
        return HttpResponseRedirect(to(request, "claim"))
    return _progress(request, submission, "claim", f"portal-claim:{submission.claim_hash}")


@require_POST
@portal()
def tip_act(request: PortalRequest, what: str) -> HttpResponse:
    """The same without a name."""
    submission = _claimed(request)
    if submission is None:
        return HttpResponseRedirect(to(request, "claim"))
    _act(request, submission, what)
    return HttpResponseRedirect(to(request, "tip_progress"))


@require_GET
@portal()
def file(request: PortalRequest, owner: str, token: str) -> HttpResponse:
    """A photo or file, for the browser that may see it."""
    if owner == "mine" and request.resident:
        return served(request, token, f"portal-mine:{request.resident.pk}")
    if owner == "draft" and token_of(request):
        return served(request, token, f"portal-draft:{token_hash(token_of(request))}")
    if owner == "claim" and (submission := _claimed(request)):
        return served(request, token, f"portal-claim:{submission.claim_hash}")
    raise Http404
