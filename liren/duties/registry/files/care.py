"""Care (重点人群): who needs a knock on the door. What it means is declared once, in the catalogue of facts; today's
answer for one page is worked out in memory, because building the questions costs more than asking them, and a test
holds both equal.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from liren.core import rules
from liren.core.people.facts import EMPTY_NEST, INFANT, LIVES_ALONE, SENIOR
from liren.core.people.facts.ages import limit
from liren.core.people.models import Person, Residence

# What is said on cards and cells, the most telling first.
SAID = (("独居老人", LIVES_ALONE), ("空巢老人", EMPTY_NEST), ("高龄老人", SENIOR), ("三岁以下", INFANT))

# Those at whose door somebody should knock first; the others are said, but not in red.
FIRST = frozenset({"独居老人"})


def toned(names: Iterable[str]) -> list[tuple[str, str]]:
    """Each name with the tone of its tag."""
    return [(name, "care" if name in FIRST else "") for name in names]


def care_of(ids: Iterable[int], day: datetime.date) -> dict[int, list[str]]:
    """What can be said of each of these persons on a day; what is not known for sure is not said."""
    wanted = list(ids)
    return asked(wanted, day) if day < timezone.localdate() else worked_out(wanted, day)


def asked(ids: list[int], day: datetime.date) -> dict[int, list[str]]:
    """The answers of the catalogue itself."""
    columns = {f"care_{place}": fact.expression(day) for place, (_, fact) in enumerate(SAID)}
    rows = Person.objects.filter(pk__in=ids).annotate(**columns).values_list("pk", *columns)
    return {row[0]: [name for (name, _), yes in zip(SAID, row[1:], strict=True) if yes] for row in rows}


@dataclass(frozen=True)
class Turning:
    """The day on which one had to be born to be a certain age."""

    day: str

    def is_past(self, birth: str) -> bool:
        """Surely that old, however little of the birth is known."""
        return "" < birth <= self.day and birth not in (self.day[:4], self.day[:7])

    def is_ahead(self, birth: str) -> bool:
        """Surely younger."""
        return birth > self.day


def worked_out(ids: list[int], day: datetime.date) -> dict[int, list[str]]:
    """The same answers for today, from two plain lists."""
    elder, senior, infant = (
        Turning(limit(rules.number(f"people.{key}_age", on=day), day))
        for key in ("elder", "senior", "infant")
    )
    births = dict(Person.objects.filter(pk__in=ids).values_list("pk", "birth"))
    homes = Residence.objects.open().filter(
        person__status=Person.Status.LIVING,
        household__collective=False,
        household__in=Residence.objects.open().filter(person__in=ids).values("household"),
    )
    together: dict[int | None, dict[int, str]] = defaultdict(dict)
    lives_in: dict[int, int | None] = {}
    for household, person, birth in homes.values_list("household_id", "person_id", "person__birth"):
        together[household][person] = birth
        lives_in[person] = household
    found: dict[int, list[str]] = {}
    for pk, birth in births.items():
        words = found.setdefault(pk, [])
        family = together[lives_in[pk]] if pk in lives_in else {}
        if elder.is_past(birth) and family and all(elder.is_past(other) for other in family.values()):
            words.append("独居老人" if len(family) == 1 else "空巢老人")
        if senior.is_past(birth):
            words.append("高龄老人")
        if infant.is_ahead(birth):
            words.append("三岁以下")
    return found
