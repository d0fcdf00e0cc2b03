"""The page of figures."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from liren.core.figures.periods import this_month
from liren.core.pages import show
from liren.core.pages.permits import needs

from . import sections
from .asking import asked_by, periods_offered, sizes


@needs("matters.see")
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of one period and one scope."""
    user: Any = request.user
    asked = asked_by(request)
    last = asked.period.last if asked.period.is_over() else this_month().before.first
    month = f"{last:%Y-%m}"
    context = {
        "asked": asked,
        "sizes": sizes(asked),
        "periods": periods_offered(asked),
        "here": asked.address(),
        "brief": asked.address(period="", month=month),
        "brief_of": f"{last.month}月",
        "may_export": user.can("reports.export"),
        **sections.context_of(asked),
    }
    return show(request, "reports/figures.html", context)
