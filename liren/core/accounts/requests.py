"""What a view of the desk is given: for the type checker, nobody unknown gets past the sign-in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .models import User


class DeskRequest(HttpRequest):
    """A request of somebody who signed in; middleware lets nobody else reach a view that is not marked as open."""

    user: User
    htmx: HtmxDetails
