"""The pages of figures: of work, and of people."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from liren.core.figures.periods import this_month
from liren.core.pages import show
from liren.core.pages.permits import needs

from . import people, sections
from .asking import Asked, asked_by, periods_offered, sizes


@needs("matters.see")
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of one period and one scope."""
    asked = asked_by(request)
    return show(request, "reports/figures.html", _frame(request, asked) | sections.context_of(asked))


@needs("people.see")
def population(request: HttpRequest) -> HttpResponse:
    """The figures of the register."""
    asked = asked_by(request)
    return show(request, "reports/people.html", _frame(request, asked) | people.context_of(asked))


def _frame(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """What stands around both: what may be asked, and the ways out."""
    user: Any = request.user
    last = asked.period.last if asked.period.is_over() else this_month().before.first
    return {
        "asked": asked,
        "sizes": sizes(asked),
        "periods": periods_offered(asked),
        "here": asked.address(),
        "brief": asked.address(period="", month=f"{last:%Y-%m}"),
        "brief_of": f"{last.month}月",
        "may_export": user.can("reports.export"),
        "may_people": user.can("people.see"),
    }
