"""RegisterIndex (比对索引): what the register knows of a community, held in memory while a roster is compared with it.

A handful of queries for any size; a row of the roster then costs look-ups only.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from liren.core.areas.models import Area
from liren.core.people.lookalikes import Lookalikes, Match, Sketch
from liren.core.people.models import Hukou, IdentityPaper, Label, Person, Phone
from liren.core.privacy.cipher import unseal

# What is compared fact by fact, what likeness is judged by first; the rest of a person has rows of its own.
PLAIN = (
    "name",
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
    "status",
)
BITE = 5000


@dataclass(slots=True)
class Known:
    """One person of the register, as far as comparing needs it."""

    pk: int
    # The values of PLAIN; a dictionary for each of a hundred thousand people would take half a kilobyte.
    plain: tuple[str, ...]
    house: int | None
    paper: str = ""
    phones: list[str] = field(default_factory=list)
    labels: frozenset[str] = frozenset()
    hukou: str = ""

    @property
    def facts(self) -> dict[str, str]:
        """The plain facts by name."""
        return dict(zip(PLAIN, self.plain, strict=True))


class RegisterIndex:
    """The register of one community, found by number and by likeness; or `only` some people of it, to look again."""

    def __init__(self, community: Area, *, only: Collection[int] | None = None) -> None:
        self.community = community
        self.only = only
        self.people: dict[int, Known] = {}
        self.by_paper: dict[str, int] = {}
        self._load(community)
        self._likenesses: Lookalikes | None = None

    def _load(self, community: Area) -> None:
        rows = Person.objects.filter(community=community, merged_into=None)
        here: dict[str, Any] = {"community": community}
        if self.only is not None:
            rows, here = rows.filter(pk__in=self.only), here | {"person__in": self.only}
        # Most people share their words with others: each word is kept once.
        once: dict[str, str] = {}
        for pk, house, *facts in rows.values_list("pk", "house_id", *PLAIN).iterator(chunk_size=BITE):
            self.people[pk] = Known(pk, tuple([once.setdefault(word, word) for word in facts]), house)
        if self.people:
            self._load_numbers(here)
            self._load_rows(here)

    def _load_numbers(self, here: dict[str, Any]) -> None:
        open_papers = IdentityPaper.objects.filter(ended_on=None, **here)
        for pk, mark in open_papers.values_list("person_id", "hash").iterator():
            self.by_paper[mark] = pk
            if known := self.people.get(pk):
                known.paper = mark
        open_phones = Phone.objects.filter(ended_on=None, **here)
        for pk, sealed in open_phones.values_list("person_id", "sealed").iterator():
            if known := self.people.get(pk):
                known.phones.append(unseal(sealed))

    def _load_rows(self, here: dict[str, Any]) -> None:
        open_rows = {"to_on": None, **here}
        for pk, code in Label.objects.filter(**open_rows).values_list("person_id", "code").iterator():
            if known := self.people.get(pk):
                known.labels |= {code}
        for pk, address in Hukou.objects.filter(**open_rows).values_list("person_id", "address").iterator():
            if known := self.people.get(pk):
                known.hukou = address

    def holder(self, paper: str) -> Known | None:
        """Who carries the number with this keyed hash."""
        pk = self.by_paper.get(paper) if paper else None
        return self.people.get(pk) if pk else None

    def known(self, match: Match) -> Known:
        """The person a match speaks of."""
        return self.people[int(str(match.key))]

    def like(self, person: Sketch) -> list[Match]:
        """Who might be meant, best first, with the evidence."""
        if not self.people:
            return []
        if self._likenesses is None:
            self._likenesses = Lookalikes(self._sketches())
        return self._likenesses.find(person, limit=3)

    def _sketches(self) -> Iterator[Sketch]:
        for known in self.people.values():
            name, sex, birth, *_ = known.plain
            yield Sketch(known.pk, name, sex, birth, known.house, None, tuple(known.phones), known.paper)
