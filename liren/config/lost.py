"""Lost (走错门): an address that nobody has. Residents are shown their own page, with a way back to their community."""

from django.http import HttpRequest, HttpResponse

from liren.core.pages.errors import not_found as desk_not_found
from liren.doors.portal.entrance import page

PORTAL = "/p/"


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 in the look of the door at which one stood."""
    if request.path.startswith(PORTAL):
        return page(request, "not_found", status=404)
    return desk_not_found(request, exception)
