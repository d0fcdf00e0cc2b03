"""Leaving one appeal out of the rates, and counting it again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from liren.core.duty import Refused
from liren.core.pages import found, show
from liren.core.pages.permits import needs
from liren.core.pages.toasts import refused_response, say

from ..actions import count_again, exempt
from ..forms import ExemptForm
from ..models import Appeal


@needs("matters.assign")
def appeal_exempt(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks on what ground; then it is left out."""
    appeal: Any = found(Appeal.objects, request.user, pk=pk)
    form = ExemptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            exempt(appeal, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, f"{appeal.matter.number} 不再计入三率")
            return redirect("desk:matter", pk)
    return show(
        request, "governance/appeals/exempt.html", {"form": form, "appeal": appeal, "matter": appeal.matter}
    )


@needs("matters.assign")
@require_POST
def appeal_count(request: HttpRequest, pk: int) -> HttpResponse:
    """The rates count it again."""
    appeal: Any = found(Appeal.objects, request.user, pk=pk)
    try:
        count_again(appeal, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal)
    say(request, f"{appeal.matter.number} 恢复计入三率")
    return redirect("governance:appeal_exempt", pk)
