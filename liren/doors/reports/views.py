"""The page of figures."""

from django.http import HttpRequest, HttpResponse

from liren.core.pages import show
from liren.core.pages.permits import needs


@needs("matters.see")
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of one period and one scope."""
    return show(request, "reports/figures.html", {})
