"""The slip (转办单): what a building head, a volunteer or a firm was given, opened by its secret link alone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from liren.core.accounts.devices import address_of
from liren.core.duty import Refused
from liren.core.matters.actions import open_slip
from liren.core.matters.models import Handoff

from .. import actions
from ..entrance import page, too_many
from ..files import sent_files
from ..floods import TooMany, count_up
from ..forms import SlipForm


@login_not_required
@never_cache
def slip(request: HttpRequest, token: str) -> HttpResponse:
    """The brief and the form for the answer; one page for a wrong link, an old one and none."""
    try:
        handoff = (
            Handoff.objects.by_token(token)
            .select_related("matter__community")
            .filter(matter__restricted=False)
            .first()
        )
        if handoff is None:
            count_up("slip_address", who=address_of(request))
            return page(request, "slip_gone", status=404)
        if request.method == "POST":
            count_up("post_address", who=address_of(request), area=handoff.matter.community)
            return _answered(request, handoff, token)
    except TooMany as flood:
        return too_many(request, flood)
    if request.method == "GET":
        open_slip(handoff)
    return _slip(request, handoff, SlipForm())


def _slip(request: HttpRequest, handoff: Handoff, form: SlipForm, *, late: bool = False) -> HttpResponse:
    context = {"handoff": handoff, "form": form, "house": handoff.matter.community, "late": late}
    return page(request, "slip", context, status=409 if late else 200)


def _answered(request: HttpRequest, handoff: Handoff, token: str) -> HttpResponse:
    form = SlipForm(request.POST)
    if handoff.returned_at is not None:
        return _answered_before(request, handoff, form, token)
    if form.is_valid():
        try:
            files = sent_files(request, area=handoff.matter.community)
            actions.answer_slip(handoff, **form.cleaned_data, files=files, by=None)
        except TooMany:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
            if _came_back_meanwhile(handoff):
                return _answered_before(request, handoff, form, token)
    if form.errors:
        return _slip(request, handoff, form)
    return HttpResponseRedirect(reverse("portal:slip", args=[token]))


def _came_back_meanwhile(handoff: Handoff) -> bool:
    """Whether another answer was quicker by a moment."""
    handoff.refresh_from_db(fields=["returned_at", "result", "answer"])
    return handoff.returned_at is not None


def _answered_before(request: HttpRequest, handoff: Handoff, form: SlipForm, token: str) -> HttpResponse:
    """A second click says nothing new. Whoever else wrote something is told that it did not arrive."""
    form.is_valid()
    said = (form.cleaned_data.get("result", ""), form.cleaned_data.get("words", "").strip())
    if said == (handoff.result, handoff.answer):
        return HttpResponseRedirect(reverse("portal:slip", args=[token]))
    return _slip(request, handoff, form, late=True)
