"""As of a day (某日的档案): what the register held true of a person on a past day.

Residences, labels and registrations carry their dates; plain facts are found by walking the changes back.
"""

import datetime
from dataclasses import dataclass

from .persons import Person
from .records import Change
from .residences import Residence

# Facts whose changes keep the plain value; those of numbers keep masks, and places have rows of their own.
WALKED = (
    "name",
    "former_name",
    "sex",
    "birth",
    "ethnicity",
    "nationality",
    "education",
    "marital",
    "political",
    "employment",
    "work_unit",
    "kind",
    "remark",
)


@dataclass(frozen=True)
class Standing:
    """How somebody stood on a day: living, away, moved_out, deceased; empty when nothing was known yet."""

    status: str
    residence: Residence | None

    @property
    def is_present(self) -> bool:
        """Whether the person stood on the register as one who is here."""
        return self.status in Person.PRESENT

    @property
    def words(self) -> str:
        """In words, for the page."""
        return Person.Status(self.status).label if self.status else "那天还没有登记"


def facts_on(person: Person, day: datetime.date) -> dict[str, str]:
    """The plain facts as the register held them at the end of a day."""
    facts = {name: getattr(person, name) for name in WALKED}
    later = Change.objects.filter(person=person, on__gt=day, fact__in=WALKED).order_by("-on", "-id")
    for change in later:
        facts[change.fact] = change.before
    return facts


def standing_on(person: Person, day: datetime.date) -> Standing:
    """Where and how somebody stood on a day, by residences and by the changes of status."""
    rows = person.residences.on(day).select_related("house__building", "household")
    residence = rows.order_by("-from_on").first()
    if person.birth and day.isoformat() < person.birth:
        return Standing("", None)
    status = _status_on(person, day)
    if status in Person.PRESENT and residence is None and person.residences.exists():
        status = ""
    return Standing(status, residence)


def _status_on(person: Person, day: datetime.date) -> str:
    """Walks the changes of status back; each says `status day` before and after."""
    if person.status_on is None or person.status_on <= day:
        return person.status
    later = Change.objects.filter(person=person, fact="status", on__gt=day).order_by("-on", "-id")
    befores = [change.before.split(" ")[0] for change in later]
    return befores[-1] if befores else Person.Status.LIVING
