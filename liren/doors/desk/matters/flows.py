"""Flows (流程): how each kind of matter goes, drawn from its table, with the ground of every limit beside."""

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from liren.core.matters.flowbook import chapters
from liren.core.pages import show
from liren.core.pages.permits import needs


@require_GET
@needs("matters.see")
def flows(request: HttpRequest) -> HttpResponse:
    """The flows, each with the kinds that go by it; the drawing escapes every name itself."""
    drawn = [(each, mark_safe(each.drawing())) for each in chapters()]  # noqa: S308
    return show(request, "desk/matters/flows.html", {"chapters": drawn})
