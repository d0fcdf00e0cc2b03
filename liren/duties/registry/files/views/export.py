"""Export: asks what for and to whom, then gives the workbook."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from liren.core.duty import Refused
from liren.core.facts.wording import in_words
from liren.core.pages import show
from liren.core.pages.permits import needs

from ..asking import asked_by
from ..exporting import BIG, MOST_WHOLE, export_people, people_to_export
from ..forms.export import ExportForm
from .register import communities_asked_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs("people.export")
def export(request: HttpRequest) -> HttpResponse:
    """The questions; with answers that will do, the file."""
    user: Any = request.user
    asked = asked_by(request)
    people = people_to_export(user, asked, communities_asked_for(user, asked))
    size = people.order_by().count()
    first = ExportForm.first(asked.columns)
    form = ExportForm(request.POST or None, user=user, big=size > BIG, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            content = export_people(people, asked=asked, by=user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return as_file(content)
    context = {
        "form": form,
        "asked": asked,
        "size": size,
        "most_whole": MOST_WHOLE,
        "sentence": in_words(asked.condition) if asked.condition else "",
        "back": reverse("registry:register") + asked.address(),
    }
    return show(request, "registry/files/export.html", context)


def as_file(content: bytes) -> HttpResponse:
    """The workbook as a download that nobody keeps on the way."""
    response = HttpResponse(content, content_type=XLSX)
    name = f"jumin-{timezone.localtime():%Y%m%d-%H%M}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
