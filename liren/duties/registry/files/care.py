"""Care (重点人群): who needs a knock on the door. Worked out by the catalogue of facts, in one query for any number."""

import datetime
from collections.abc import Iterable

from liren.core.people.facts import EMPTY_NEST, INFANT, LIVES_ALONE, SENIOR
from liren.core.people.models import Person

# What is said on cards and cells, the most telling first.
SAID = (("独居老人", LIVES_ALONE), ("空巢老人", EMPTY_NEST), ("高龄老人", SENIOR), ("三岁以下", INFANT))


def care_of(ids: Iterable[int], day: datetime.date) -> dict[int, list[str]]:
    """What can be said of each of these persons on a day; what is not known for sure is not said."""
    asked = {f"care_{place}": fact.expression(day) for place, (_, fact) in enumerate(SAID)}
    rows = Person.objects.filter(pk__in=list(ids)).annotate(**asked).values_list("pk", *asked)
    return {row[0]: [name for (name, _), yes in zip(SAID, row[1:], strict=True) if yes] for row in rows}
