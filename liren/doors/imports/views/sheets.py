"""Files to take along: the rows with problems as they stood, marked; and the list of changes."""

from django.http import HttpRequest, HttpResponse

from liren.core.duty import Refused
from liren.core.pages import found, refused_response
from liren.core.pages.permits import needs

from .. import actions
from ..models import ImportBatch

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename={name}"
    response["Cache-Control"] = "no-store"
    return response


@needs("imports.run")
def errors(request: HttpRequest, pk: int) -> HttpResponse:
    """The original rows that have problems, each marked with the reason and the mend."""
    batch = found(ImportBatch.objects.select_related("community"), request.user, pk=pk)
    try:
        content = actions.error_sheet(batch, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal)
    return _file(content, f"import-{batch.pk}-problems.xlsx")


@needs("imports.run")
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What the batch changes, numbers masked."""
    batch = found(ImportBatch.objects.select_related("community"), request.user, pk=pk)
    return _file(actions.change_sheet(batch, by=request.user), f"import-{batch.pk}-changes.xlsx")
