"""One hazard beside its page in the ledger: photos, grade and party, dissuasions, papers."""

import secrets
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from liren.core.documents.links import link_to
from liren.core.documents.receiving import cleaned_uploads
from liren.core.duty import Refused
from liren.core.matters.models import Attachment
from liren.core.pages import found, say, show
from liren.core.pages.permits import needs

from .. import actions
from ..forms import CorrectForm, DissuadeForm, ServeForm
from ..models import Dissuasion, Hazard, HazardPaper
from ..photos import photos_after, photos_before


def the_hazard(request: HttpRequest, pk: int) -> Hazard:
    """The hazard with its matter; one 404 for missing, foreign and other kinds alike."""
    hazard: Hazard = found(
        Hazard.objects.select_related("matter__area", "matter__community"), request.user, pk=pk
    )
    return hazard


def shown(rows: Any, user: Any) -> list[dict[str, Any]]:
    """Photos with the links that this user may open for some minutes."""
    return [
        {
            "row": row,
            "url": link_to(row.document, user=user),
            "small": link_to(row.document, user=user, thumbnail=True),
        }
        for row in rows
    ]


@needs("matters.see")
def photos(request: HttpRequest, pk: int) -> HttpResponse:
    """Before and after, side by side; each takes one more."""
    hazard, user = the_hazard(request, pk), request.user
    may = user.can("matters.work", hazard.matter.area) and hazard.matter.archived_at is None  # type: ignore[union-attr]
    problem = ""
    if request.method == "POST":
        try:
            files = cleaned_uploads(request.FILES.getlist("files"), area=hazard.matter.area)
            role, once = request.POST.get("role", ""), request.POST.get("once", "")[:40]
            kept = actions.add_photos(hazard.matter, photos=files, role=role, once=once, by=user)
        except Refused as refusal:
            problem = str(refusal)
        else:
            say(request, f"存了 {len(kept)} 张照片")
            return redirect("governance:hazard_photos", pk)
    context = {
        "hazard": hazard,
        "matter": hazard.matter,
        "before": shown(photos_before(hazard.matter), user),
        "after": shown(photos_after(hazard.matter), user),
        "may": may,
        "problem": problem,
        "once": secrets.token_urlsafe(12),
    }
    return show(request, "governance/hazards/photos.html", context, status=422 if problem else 200)


@needs("matters.work")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Kind, grade and who is to set it right."""
    hazard = the_hazard(request, pk)
    initial = {
        "cause": hazard.matter.cause,
        "grade": hazard.grade,
        "responsible_kind": hazard.responsible_kind,
        "responsible_name": hazard.responsible_name,
    }
    form = CorrectForm(request.POST or None, initial=initial)

    def act(facts: dict[str, Any]) -> None:
        actions.correct_hazard(hazard.matter, by=request.user, **facts)

    return _one_form(request, hazard, form, act, title="改等级和责任方", verb="存", said="改好了")


@needs("matters.work")
def dissuade(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes down one dissuasion, below those of before."""
    hazard = the_hazard(request, pk)
    tried = Dissuasion.objects.visible_to(request.user).filter(matter=hazard.matter).select_related("by")
    form = DissuadeForm(request.POST or None, initial={"whom": hazard.responsible_name})

    def act(facts: dict[str, Any]) -> None:
        actions.dissuade(hazard.matter, by=request.user, **facts)

    return _one_form(
        request, hazard, form, act, title="记一次劝阻", verb="记下", said="劝阻记下了", tried=tried,
        lead="居委会没有处罚权，劝阻、记录、报告都算数。移送的时候，劝阻记录会附在移送函里。",
    )  # fmt: skip


def _one_form(
    request: HttpRequest, hazard: Hazard, form: Any, act: Any, *, title: str, verb: str, said: str, lead: str = "",
    **context: Any,
) -> HttpResponse:  # fmt: skip
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                say(request, said)
                return redirect("desk:matter", hazard.matter_id)
    facts = {
        "form": form,
        "hazard": hazard,
        "matter": hazard.matter,
        "title": title,
        "verb": verb,
        "lead": lead,
    }
    return show(request, "governance/hazards/form.html", {**facts, **context}, status=status)


@needs("matters.see")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper as it lies on the table."""
    one = the_paper(request, pk)
    user = request.user
    keys = {key: one.words.get(key, []) for key in ("photos", "after")}
    wanted = [pk for each in keys.values() for pk in each]
    rows = Attachment.objects.visible_to(user).filter(pk__in=wanted).select_related("document", "entry")
    photos = {each["row"].pk: each for each in shown(rows.filter(document__disposed_at=None), user)}
    context = {
        "paper": one,
        "matter": one.matter,
        "words": one.words,
        "unit": one.community.organisation or f"{one.community.name}居民委员会",
        "deadline": _day(one.words.get("deadline", "")),
        "found_on": _day(one.words.get("found_on", "")),
        "notice_on": _day(one.words.get("notice_on", "")),
        "before": [photos[pk] for pk in keys["photos"] if pk in photos],
        "after": [photos[pk] for pk in keys["after"] if pk in photos],
        "may": user.can("matters.work", one.matter.area),  # type: ignore[union-attr]
    }
    return show(request, f"governance/hazards/papers/{one.kind}.html", context)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def the_paper(request: HttpRequest, pk: int) -> HazardPaper:
    """A paper with its matter, or the one 404."""
    rows = HazardPaper.objects.select_related("matter__area", "community", "by", "served_by")
    one: HazardPaper = found(rows, request.user, pk=pk)
    return one


@needs("matters.work")
def serve(request: HttpRequest, pk: int) -> HttpResponse:
    """How it reached them (送达回证)."""
    one = the_paper(request, pk)
    hazard = the_hazard(request, one.matter_id)

    def act(facts: dict[str, Any]) -> None:
        actions.serve_paper(one, by=request.user, **facts)

    form = ServeForm(request.POST or None, initial={"receiver": one.words.get("to", ""), "served": "hand"})
    return _one_form(
        request, hazard, form, act, title=f"{one}：记送达", verb="记下", said="送达记下了",
        lead="送达回证上的字由对方手写。对方拒绝签字的，请一位见证人在场，拍照留存。",
    )  # fmt: skip
