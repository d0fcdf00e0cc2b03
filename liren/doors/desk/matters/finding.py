"""Finding (找): people and matters for the forms of the ledger, and what may be the same matter twice."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from liren.core.duty import Hit
from liren.core.matters.models import Matter, Party
from liren.core.matters.seeking import sought
from liren.core.pages import show
from liren.core.pages.permits import needs
from liren.core.people.models import Person
from liren.core.people.search import find_people

from .opening import kind_of
from .places import Where, read_where
from .steps import the_matter, worker

FEW = 6
LONGEST = 60


@require_GET
@needs("matters.open")
def people(request: HttpRequest) -> HttpResponse:
    """People of the register as choices, found as the palette finds them."""
    text = " ".join((request.GET.get("find") or request.GET.get("q", "")).split())[:LONGEST]
    found = find_people(worker(request), text, FEW) if text else []
    return show(request, "desk/matters/people.html", {"people": found, "sought": text, "field": "person"})


@require_GET
@needs("matters.work")
def others(request: HttpRequest, pk: int) -> HttpResponse:
    """Other matters as choices: by number or words, of the same community."""
    matter, user = the_matter(request, pk), worker(request)
    text = " ".join((request.GET.get("find") or request.GET.get("q", "")).split())[:LONGEST]
    found = candidates(matter, user, text)
    return show(request, "desk/matters/others.html", {"others": found[:FEW], "sought": text})


def candidates(matter: Matter, user: Any, text: str) -> Any:
    """What a matter may be linked with or merged into; without words, what lies at the same place."""
    known = Matter.objects.visible_to(user).filter(
        community_id=matter.community_id, restricted=matter.restricted
    )
    known = known.exclude(pk=matter.pk).select_related("house__building", "building")
    if text:
        return sought(known, {"q": text})
    if matter.house_id:
        return known.filter(house_id=matter.house_id)
    return known.filter(building_id=matter.building_id) if matter.building_id else known.none()


@require_GET
@needs("matters.open")
def doubles(request: HttpRequest, kind_key: str) -> HttpResponse:
    """How the place was understood, and what is open there already."""
    user, of = worker(request), kind_of(kind_key)
    text = request.GET.get("where", "").strip()[:120]
    place = read_where(text, user.community, user) if user.community else Where()
    context = {
        "said": text,
        "place": place,
        "of": of,
        "open": open_at(user, place, _person(request), of.restricted)[:FEW],
    }
    return show(request, "desk/matters/doubles.html", context)


def in_palette(user: Any, text: str, limit: int) -> Iterator[Hit]:
    """Matters for the palette: open ones by their words, any by its whole number."""
    if len(text) < 2 or not user.can("matters.see"):
        return
    known = Matter.objects.visible_to(user).select_related("house__building", "building")
    numbered = known.filter(number__iexact=text)[:1]
    rows = list(numbered) or list(sought(known.open(), {"q": text}).order_by("-key")[:limit])
    for one in rows:
        note = f"{one.number} · {one.at_stage.name}"
        yield Hit("事项", one.title, note, reverse("desk:matter", args=[one.pk]), icon="notebook")


def _person(request: HttpRequest) -> Person | None:
    pk = request.GET.get("person", "")
    return Person.objects.visible_to(worker(request)).filter(pk=pk[:18]).first() if pk.isdecimal() else None


def open_at(user: Any, place: Where, person: Person | None, restricted: bool) -> Any:
    """Open matters at this home or in this building as a whole, and those of this person."""
    same = Q(pk__in=[])
    if place.house:
        same |= Q(house=place.house)
    elif place.building:
        same |= Q(building=place.building, house=None)
    if person:
        same |= Q(pk__in=Party.objects.visible_to(user).filter(person=person).values("matter_id"))
    known = Matter.objects.visible_to(user).open().filter(same, restricted=restricted)
    return known.select_related("house__building", "building", "holder")
