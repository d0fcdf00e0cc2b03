"""Taking and leaving rows, and saying who a doubtful one is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from liren.core.duty import Refused
from liren.core.pages import found, refused_response, say
from liren.core.pages.permits import needs
from liren.core.people.models import Person

from .. import actions
from ..models import ImportBatch, ImportRow


def _back(pk: int, request: HttpRequest) -> str:
    shown = request.POST.get("show", "")
    query = f"?show={shown}" if shown in ImportRow.Verdict.values else ""
    return reverse("imports:batch", args=[pk]) + query


@needs("imports.run")
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows of this page that are ticked are taken, the others left."""
    batch = found(ImportBatch.objects, request.user, pk=pk)
    ticked = {int(each) for each in request.POST.getlist("row") if each.isdecimal() and len(each) < 19}
    on_page = {int(each) for each in request.POST.getlist("on_page") if each.isdecimal() and len(each) < 19}
    try:
        actions.take_rows(batch, rows=sorted(ticked & on_page), take=True, by=request.user)
        actions.take_rows(batch, rows=sorted(on_page - ticked), take=False, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, _back(pk, request))
    say(request, f"记下了：这一页采用 {len(ticked & on_page)} 行")
    return redirect(_back(pk, request))


@needs("imports.run")
@require_POST
def decide_row(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody new, or one of the people listed."""
    row = found(ImportRow.objects.select_related("batch"), request.user, pk=pk)
    chosen = request.POST.get("person", "")
    try:
        person = found(Person.objects, request.user, pk=chosen) if chosen.isdecimal() else None
        actions.decide(row, person=person, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, _back(row.batch_id, request))
    say(request, f"{row.name}按{'已有的档案' if person else '新的人'}处理")
    return redirect(_back(row.batch_id, request))
