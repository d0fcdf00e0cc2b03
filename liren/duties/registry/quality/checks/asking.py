"""What several checks ask with: who is on the register, ages, rows that hold today."""

from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, Value
from django.db.models.functions import Cast, NullIf, Substr

from liren.core.people.models import Person, Residence

HEAD = "02"


def people(user: Any) -> Any:
    """Everybody on the register whom this user may see."""
    return Person.objects.visible_to(user).present()


def living_in(field: str) -> Exists:
    """Somebody lives in the house, or belongs to the household, of a record today."""
    return Exists(Residence.objects.open().filter(**{field: OuterRef("pk")}))


def year_of(field: str) -> Any:
    """The year of a date of which perhaps only the beginning is known; NULL when nothing is."""
    return Cast(NullIf(Substr(field, 1, 4), Value("")), IntegerField())
