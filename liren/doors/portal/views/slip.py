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


def _slip(request: HttpRequest, handoff: Handoff, form: SlipForm) -> HttpResponse:
    return page(request, "slip", {"handoff": handoff, "form": form, "house": handoff.matter.community})


def _answered(request: HttpRequest, handoff: Handoff, token: str) -> HttpResponse:
    form = SlipForm(request.POST)
    if handoff.returned_at is None and form.is_valid():
        try:
            files = sent_files(request, area=handoff.matter.community)
            actions.answer_slip(handoff, **form.cleaned_data, files=files, by=None)
        except TooMany:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
    elif handoff.returned_at is None:
        return _slip(request, handoff, form)
    if form.errors:
        return _slip(request, handoff, form)
    return HttpResponseRedirect(reverse("portal:slip", args=[token]))
