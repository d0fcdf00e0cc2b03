"""House file (一房一档): who lives and lived behind the door; correcting what is known of it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from liren.core.pages import found, show
from liren.core.pages.permits import needs
from liren.core.places.actions import correct_house
from liren.core.places.models import House

from ..forms.places import HouseForm
from ..housefile import house_file, lived_before
from .steps import allow, asked_day, one_step, worker


def _the_house(request: HttpRequest, pk: int) -> House:
    houses = House.objects.select_related("building__estate", "area", "community")
    house: House = found(houses, worker(request), pk=pk)
    return house


@needs("people.see")
def house(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, today or as of ``?on=``."""
    the_house, day, user = _the_house(request, pk), asked_day(request), worker(request)
    context = {
        "house": the_house,
        "file": house_file(the_house, user, day),
        "before": lived_before(the_house, user, day),
        "day": day,
        "is_past": day < timezone.localdate(),
        "can_edit": user.can("people.edit", the_house.area),
        "can_build": user.can("places.edit", the_house.area),
        "can_reveal": user.can("people.reveal", the_house.area),
    }
    return show(request, "registry/files/house.html", context)


@needs("places.edit")
def house_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrects what is known of the house."""
    the_house = _the_house(request, pk)
    allow(worker(request), "places.edit", the_house.area)
    form = HouseForm(request.POST or None, initial=HouseForm.of(the_house))
    return one_step(
        request,
        form,
        title=f"改{the_house.spelt}的情况",
        verb="存",
        back=reverse("registry:house", args=[pk]),
        act=lambda data: correct_house(the_house, by=worker(request), **form.changed()),
        done=lambda changed: f"已更新{the_house.spelt}",
    )
