"""Household file (一户一档): the members and their relation to the head, today or as of a day."""

from django.http import HttpRequest, HttpResponse

from liren.core.pages import found, show
from liren.core.pages.permits import needs
from liren.core.people.models import Household, Residence

from ..dossier import members_of
from .steps import asked_day, worker


@needs("people.see")
def household(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a household."""
    households = Household.objects.select_related("house__building", "area", "community", "source__user")
    the_household, day, user = found(households, worker(request), pk=pk), asked_day(request), worker(request)
    members = members_of(the_household, user, day)
    gone = Residence.objects.visible_to(user).filter(household=the_household, to_on__lte=day)
    context = {
        "household": the_household,
        "members": members,
        "head": next((m.residence.person for m in members if m.residence.is_head), None),
        "gone": gone.exclude(person__in=[m.residence.person_id for m in members])
        .select_related("person")
        .order_by("-to_on"),
        "day": day,
        "can_edit": user.can("people.edit", the_household.area),
    }
    return show(request, "registry/files/household.html", context)
