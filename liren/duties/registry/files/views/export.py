"""Export."""

from django.http import HttpRequest, HttpResponse

from liren.core.pages.permits import needs


@needs("people.export")
def export(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")
