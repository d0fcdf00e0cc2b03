"""Reveal (看完整号码): one masked value for a reason, for a minute, with a trace that the resident can be shown."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from liren.core import rules
from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.pages import found, show
from liren.core.pages.permits import needs
from liren.core.people.labelling import CATALOGUE
from liren.core.people.models import IdentityPaper, Label, Person, Phone, Relation
from liren.core.places.models import House
from liren.core.privacy.cipher import unseal

from ..dossier import is_guarded
from ..looks import REASONS, WHAT
from .steps import allow, worker


class Value:
    """What lies behind one eye: whose it is, what it is called, and how it is opened."""

    def __init__(self, owner: Person | House, name: str, text: Any, back: str):
        self.owner, self.name, self.text, self.back = owner, name, text, back

    @property
    def area(self) -> Area:
        """Where the right to look has to hold."""
        return self.owner.area


def _value(request: HttpRequest, what: str, pk: int) -> Value:
    user = worker(request)
    if what == "owner":
        house = found(House.objects.select_related("area", "community", "building"), user, pk=pk)
        if not house.owner_phone_sealed:
            raise Http404
        back = reverse("registry:house", args=[pk])
        return Value(house, "产权人电话", lambda: unseal(house.owner_phone_sealed), back)
    models: dict[str, Any] = {"paper": IdentityPaper, "phone": Phone, "contact": Relation, "label": Label}
    if what not in models:
        raise Http404
    row = found(models[what].objects.select_related("person__area", "person__community"), user, pk=pk)
    if what == "contact" and not row.other_phone_sealed:
        raise Http404
    ways: dict[str, Callable[[Any], str]] = {"contact": _contact, "label": _label}
    opened = ways.get(what, _number)
    name = WHAT[what] + ("(未满14岁)" if is_guarded(row.person) else "")
    return Value(row.person, name, lambda: opened(row), reverse("registry:person", args=[row.person_id]))


def _number(row: Any) -> str:
    return str(row.number)


def _contact(row: Relation) -> str:
    return unseal(row.other_phone_sealed or b"")


def _label(row: Label) -> str:
    known = CATALOGUE.get(row.code)
    details = "、".join(str(v) for v in row.attributes.values() if v)
    return " ".join(part for part in (known.name if known else row.code, details, row.evidence) if part)


@needs("people.reveal")
@never_cache
def reveal(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Asks for the reason; when one is given, writes the trace and shows the value, once."""
    value = _value(request, what, pk)
    allow(worker(request), "people.reveal", value.area)
    wants_json = "application/json" in request.headers.get("Accept", "")
    context = {"value": value, "reasons": REASONS, "seconds": seconds_for(value.area)}
    if request.method != "POST":
        return show(request, "registry/files/reveal.html", context)
    reason = REASONS.get(request.POST.get("reason", ""))
    if reason is None:
        if wants_json:
            return JsonResponse({"error": "请选为什么要看"}, status=422)
        return show(request, "registry/files/reveal.html", {**context, "missing": True}, status=422)
    note = request.POST.get("note", "").strip()[:100]
    purpose = f"{reason}：{note}" if note else reason
    record(
        "people.reveal",
        target=value.owner,
        community=value.owner.community,
        purpose=purpose,
        by=worker(request),
        what=what,
    )
    shown = value.text()
    if wants_json:
        return JsonResponse({"value": shown, "seconds": context["seconds"]})
    return show(request, "registry/files/reveal.html", {**context, "shown": shown})


def seconds_for(area: Area) -> int:
    """For how long a value stays open."""
    return rules.number("people.reveal_seconds", area=area)
