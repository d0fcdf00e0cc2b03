"""Care (重点人群): who needs a knock on the door, worked out from age and who lives together; never typed."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from liren.core import rules
from liren.core.areas.models import Area
from liren.core.people.models import Person


@dataclass(frozen=True)
class Ages:
    """The ages at which care begins, as they hold in a community."""

    elder: int
    senior: int
    infant: int


def ages_in(community: Area) -> Ages:
    """Asked once for a page, whatever the number of people on it."""
    keys = ("people.elder_age", "people.senior_age", "people.infant_age")
    return Ages(*(rules.number(key, area=community) for key in keys))


def care_of(person: Person, together: Iterable[Person], day: datetime.date, ages: Ages) -> list[str]:
    """What can be said of a person, given everybody in the same house: 独居老人, 空巢老人, 高龄老人, 三岁以下."""
    age = person.age(day)
    if age is None:
        return []
    words = []
    others = [other.age(day) for other in together]
    # An age that nobody knows might be that of a grown-up child: then nothing is said of living alone.
    if others and age >= ages.elder and all(other is not None and other >= ages.elder for other in others):
        words.append("独居老人" if len(others) == 1 else "空巢老人")
    if age >= ages.senior:
        words.append("高龄老人")
    if 0 <= age < ages.infant:
        words.append("三岁以下")
    return words
