"""Sweeping (通查): goes through a whole community in memory for what no query can find: doubles, papers that do not fit.

Nothing is written here; a handful of queries for any number of people.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.people.identity import birth_in, sex_in
from liren.core.people.lookalikes import Lookalikes, Sketch
from liren.core.people.models import IdentityPaper, Person, Phone
from liren.core.privacy.cipher import unseal

BITE = 5000


@dataclass(frozen=True)
class Double:
    """Two records that may be one person."""

    one: int
    other: int
    score: float
    evidence: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True)
class Misfit:
    """A paper whose number says something else than the register."""

    paper: int
    birth: str
    sex: str


def doubles(community: Area) -> tuple[int, list[Double]]:
    """How many records were compared, and every pair that a person has to look at. Two who are both gone from the
    register bother nobody.
    """
    present = dict(
        Person.objects.filter(community=community, merged_into=None).values_list("pk", "present").order_by()
    )
    sketches = list(_sketches(community))
    index, found = Lookalikes(sketches), {}
    for sketch in sketches:
        for match in index.find(sketch):
            one, other = sorted((int(str(sketch.key)), int(str(match.key))))
            if present.get(one) or present.get(other):
                like = match.likeness
                found[one, other] = Double(one, other, like.score, like.evidence, like.against)
    return len(sketches), list(found.values())


def _sketches(community: Area) -> Iterator[Sketch]:
    here = {"community": community, "ended_on": None}
    papers = {
        pk: (mark, tail)
        for pk, mark, tail in IdentityPaper.objects.filter(kind="resident_id", **here)
        .values_list("person_id", "hash", "tail")
        .iterator(BITE)
    }
    phones: dict[int, list[str]] = defaultdict(list)
    for pk, sealed in Phone.objects.filter(**here).values_list("person_id", "sealed").iterator(BITE):
        phones[pk].append(unseal(sealed))
    rows = Person.objects.filter(community=community, merged_into=None).order_by()
    columns = ("pk", "name", "sex", "birth", "house_id", "house__building_id")
    for pk, name, sex, birth, house, building in rows.values_list(*columns).iterator(BITE):
        paper, tail = papers.get(pk, ("", ""))
        yield Sketch(pk, name, sex, birth, house, building, tuple(phones.get(pk, ())), paper, tail)


def misfits(community: Area) -> Iterator[Misfit]:
    """The open identity numbers that contradict birth or sex of their holder."""
    papers = IdentityPaper.objects.filter(
        community=community, kind="resident_id", ended_on=None, person__merged_into=None
    )
    today = timezone.localdate()
    rows = papers.values_list("pk", "sealed", "person__birth", "person__sex")
    for pk, sealed, birth, sex in rows.iterator(BITE):
        number = unseal(sealed)
        born = birth_in(number, on=today)
        if born is None:
            continue
        said = born.isoformat()
        wrong_sex = sex in ("1", "2") and sex != sex_in(number)
        if wrong_sex or (birth and not said.startswith(birth)):
            yield Misfit(pk, said, sex_in(number))
