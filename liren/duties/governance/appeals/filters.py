"""What lists of appeals may be narrowed by beside what every matter knows; each is a parameter of `seeking.sought`."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F, Q

from liren.core.matters.models import Party

from .models import Appeal

Filter = Callable[[str, Any], Q]


def _rated(value: str, user: Any) -> Q:
    """Whether the rates count it: what was exempted, sent back, withdrawn, or joined to another is left out."""
    left_out = (
        Q(pk__in=Appeal.objects.exclude(exempt_ground="").values("matter_id"))
        | Q(stage="returned")
        | Q(merged_into__isnull=False)
        | Q(outcome="withdrawn")
    )
    return {"yes": ~left_out, "no": left_out}[value]


def _exempt(value: str, user: Any) -> Q:
    exempt = Q(pk__in=Appeal.objects.exclude(exempt_ground="").values("matter_id"))
    return {"yes": exempt, "no": ~exempt}[value]


def _reachable(value: str, user: Any) -> Q:
    known = Party.objects.filter(~Q(person=None) | ~Q(phone_hash=""), role="asker").values("matter_id")
    return {"yes": Q(pk__in=known), "no": ~Q(pk__in=known)}[value]


def _class(value: str, user: Any) -> Q:
    return Q(pk__in=Appeal.objects.filter(urgency_class__in=value.split(",")).values("matter_id"))


def _gridless(value: str, user: Any) -> Q:
    loose = Q(area_id=F("community_id"))
    return {"yes": loose, "no": ~loose}[value]


def _causeless(value: str, user: Any) -> Q:
    return {"yes": Q(cause=""), "no": ~Q(cause="")}[value]


def _houseless(value: str, user: Any) -> Q:
    return {"yes": Q(house=None), "no": ~Q(house=None)}[value]


FILTERS: Mapping[str, Filter] = {
    "rated": _rated,
    "exempt": _exempt,
    "reachable": _reachable,
    "class": _class,
    "gridless": _gridless,
    "causeless": _causeless,
    "houseless": _houseless,
}
