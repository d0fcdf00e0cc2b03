"""Flows (流程): how each kind of matter goes, drawn from its table."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from liren.core.matters.kinds import all_kinds
from liren.core.pages import show
from liren.core.pages.permits import needs


@require_GET
@needs("matters.see")
def flows(request: HttpRequest) -> HttpResponse:
    """The flows, each with the kinds that go by it."""
    return show(request, "desk/matters/flows.html", {"kinds": all_kinds()})
