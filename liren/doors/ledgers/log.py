"""The work log (工作记录): the newest first, one record, and writing one in ten seconds."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from liren.core.documents.links import link_to
from liren.core.duty import Refused
from liren.core.logbook.actions import correct_record, withdraw_record, write_record
from liren.core.logbook.kinds import KINDS
from liren.core.logbook.models import WorkRecord
from liren.core.matters.ledgers import page_of_matter
from liren.core.matters.models import Matter
from liren.core.pages import found, refused_response, say, show
from liren.core.pages.paging import page_of
from liren.core.pages.permits import needs
from liren.core.people.models import Person
from liren.core.people.search import find_people
from liren.core.places.models import Building, House
from liren.core.places.search import find_buildings, find_houses

from .log_forms import RecordForm, first_of, now_in, place_picked

FOUND = 6
LONGEST = 60


@needs("people.see")
def log(request: HttpRequest) -> HttpResponse:
    """The records of one's areas, or only one's own; with a box to write the next one."""
    user: Any = request.user
    own = request.GET.get("who") != "all"
    kind = request.GET.get("kind", "")
    records = WorkRecord.objects.visible_to(user).standing()
    records = records.filter(written_by=user) if own else records
    records = records.of_kind(kind) if kind in KINDS else records
    page = page_of(records.with_particulars(user), request)
    context = {
        "page": page,
        "rows": [(each, _pictures(each, user)) for each in page],
        "own": own,
        "kind": kind if kind in KINDS else "",
        "kinds": KINDS.values(),
        "form": RecordForm(user=user, initial=first_of([kind])),
        "once": secrets.token_hex(16),
        "may_write": user.can("logbook.write"),
    }
    return show(request, "ledgers/log/list.html", context, fragment="records")


@needs("people.see")
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One record, with what was corrected."""
    user: Any = request.user
    one = found(WorkRecord.objects.all().with_particulars(user), user, pk=pk)
    context = {
        "record": one,
        "pictures": _pictures(one, user),
        "matter_url": page_of_matter(one.matter) if one.matter else "",
        "corrections": one.corrections.select_related("by"),
        "own": one.is_written_by(user),
        "may_withdraw": one.is_written_by(user) or user.can("logbook.tend", one.area),
    }
    return show(request, "ledgers/log/record.html", context)


@needs("logbook.write")
def record_new(request: HttpRequest) -> HttpResponse:
    """Writes one; ``?kind=meeting`` ticks the kind, ``?person=`` names whom it is about."""
    user: Any = request.user
    if request.method == "POST" and "find" not in request.POST:
        form = RecordForm(request.POST, _files(request), user=user)
        if form.is_valid():
            facts = form.facts()
            try:
                written = write_record(**facts, by=user)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                say(request, "记下了", undo="")
                return HttpResponseRedirect(_after(written))
    else:
        form = RecordForm(user=user, initial=_first(request))
    context = {"form": form, "title": "写工作记录", "verb": "记下", "back": reverse("ledgers:log")}
    once = request.POST.get("once") or secrets.token_hex(16)
    return show(request, "ledgers/log/form.html", context | _picked(request, form) | {"once": once})


@needs("logbook.write")
def record_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrects what one wrote oneself."""
    user: Any = request.user
    one = found(WorkRecord.objects.all(), user, pk=pk)
    url = reverse("ledgers:record", args=[pk])
    if not one.is_written_by(user):
        return refused_response(request, Refused("别人写的记录，只有本人能改"), url)
    if request.method == "POST" and "find" not in request.POST:
        form = RecordForm(request.POST, _files(request), user=user)
        if form.is_valid():
            facts = form.facts()
            facts.pop("once")
            photos = facts.pop("photos")
            seen = request.POST.get("seen", "")
            try:
                correct_record(
                    one, facts=facts, photos=photos, seen=int(seen[:9]) if seen.isdecimal() else None, by=user
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                say(request, "改好了，原来怎么写的也留着")
                return HttpResponseRedirect(url)
    else:
        form = RecordForm(user=user, initial=_typed(request) or now_in(one))
    context = {"form": form, "title": "更正工作记录", "verb": "改好", "back": url, "record": one}
    return show(request, "ledgers/log/form.html", context | _picked(request, form))


@needs("logbook.write")
@require_POST
def record_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a record out of the ledgers."""
    one = found(WorkRecord.objects.all(), request.user, pk=pk)
    url = reverse("ledgers:record", args=[pk])
    try:
        withdraw_record(one, why=request.POST.get("why", ""), by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, url)
    say(request, "已撤下，各本台账里都不再有它")
    return HttpResponseRedirect(reverse("ledgers:log"))


@needs("logbook.write")
def pick(request: HttpRequest) -> HttpResponse:
    """People, doors and buildings that a word means, to be ticked; what was ticked before stays on top."""
    user: Any = request.user
    ticked = [int(pk) for pk in request.GET.getlist("people") if pk.isdecimal() and len(pk) < 18]
    context = _choices(user, ticked, request.GET.get("at", ""), request.GET.get("sought", ""))
    return show(request, "ledgers/log/picker.html", context)


def _after(written: WorkRecord) -> str:
    """Back to the matter that it is about, where it now stands among what happened; else to the record."""
    if written.matter:
        return page_of_matter(written.matter)
    return reverse("ledgers:record", args=[written.pk])


def _files(request: HttpRequest) -> Any:
    """Several files under one name, as a list."""
    return {"photos": request.FILES.getlist("photos")}


def _first(request: HttpRequest) -> dict[str, Any]:
    """What an empty form begins with; what was typed already when only somebody was looked for."""
    typed = _typed(request)
    if typed:
        return typed
    person = request.GET.get("person", "")
    people = [int(person)] if person.isdecimal() and len(person) < 18 else []
    first = first_of(request.GET.getlist("kind")) | {"people": people, "at": request.GET.get("at", "")}
    return first | {"matter": request.GET.get("matter", "")}


def _typed(request: HttpRequest) -> dict[str, Any]:
    if request.method != "POST":
        return {}
    lists = {name: request.POST.getlist(name) for name in ("kinds", "people")}
    return request.POST.dict() | lists


def _picked(request: HttpRequest, form: RecordForm) -> dict[str, Any]:
    """The picker as it stands in the form."""
    user: Any = request.user
    people = [int(str(pk)[:18]) for pk in form["people"].value() or [] if str(pk).isdecimal()]
    picked = _choices(user, people, form["at"].value() or "", request.POST.get("sought", ""))
    key = str(form["matter"].value() or "")
    about = Matter.objects.visible_to(user).filter(pk=int(key)) if key.isdecimal() and len(key) < 19 else None
    return picked | {"about": about.first() if about is not None else None}


def _choices(user: Any, ticked: list[int], at: str, sought: str) -> dict[str, Any]:
    """Who and where to choose from: what is ticked, then what the word means."""
    sought = " ".join(sought.replace("\0", " ").split())[:LONGEST]
    known = list(Person.objects.visible_to(user).filter(pk__in=ticked).with_place()) if ticked else []
    there = place_picked(user, at)
    places: list[House | Building] = [there] if there else []
    people: list[Person] = []
    if sought:
        people = [person for person in find_people(user, sought, FOUND) if person.pk not in ticked]
        met: list[Building | House] = [*find_buildings(user, sought, 2), *find_houses(user, sought, 4)]
        places += [place for place in met if place != there]
    return {
        "ticked": known,
        "people": people,
        "places": [(f"{place._meta.model_name}:{place.pk}", str(place)) for place in places],
        "at": f"{there._meta.model_name}:{there.pk}" if there else "",
        "sought": sought,
        "nothing": bool(sought) and not people and len(places) == bool(there),
    }


def _pictures(record: WorkRecord, user: Any) -> list[tuple[str, str, str]]:
    """Photos of a record that the user may read: small and whole address, name. Links last for minutes only."""
    return [
        (link_to(photo, user=user, thumbnail=True), link_to(photo, user=user), photo.name)
        for photo in record.photos.all()
        if not photo.disposed_at
    ]
