"""Dossiers (卷宗): what a form may ask of many people at once, answered from the register as of a day, with sources.

Loaded in a fixed number of queries for any number of people, then asked in memory: a list of three thousand people with
fifteen columns asks forty-five thousand times.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from liren.core.places.models import House

from ..pastday import WALKED
from ..persons import IdentityPaper, Person, Phone
from ..records import Change, Label, Relation, Source
from ..residences import Hukou, Residence
from .dwelling import HEAD, held
from .plain import is_past

CHUNK = 900


@dataclass(slots=True)
class Dossier:
    """One person as known on a day."""

    person: Person
    plain: dict[str, str] = field(default_factory=dict)
    papers: list[IdentityPaper] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    residence: Residence | None = None
    hukou: Hukou | None = None
    labels: dict[str, Label] = field(default_factory=dict)
    # Facts that were corrected since, with where the correction came from.
    changed: dict[str, int] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)

    @property
    def house(self) -> House | None:
        """Behind which door."""
        return self.residence.house if self.residence else None

    def has_turned(self, years: int, on: datetime.date) -> bool:
        """Surely so old on a day."""
        age = age_on(self.plain["birth"], on)
        return age is not None and age >= years


class Dossiers:
    """Many of them; households and relatives are loaded when somebody asks."""

    def __init__(self, on: datetime.date, user: Any = None, base: Any = None) -> None:
        self.on, self.user = on, user
        # Whom the asker may see at all; relatives outside of it stay unknown.
        self.people = base if base is not None else Person.objects.all()
        self.known: dict[int, Dossier] = {}
        self.members: dict[int, list[int]] = {}
        self.sources: dict[int, Source] = {}
        # Other sides of relations that the asker may not see.
        self.barred: set[int] = set()

    def __getitem__(self, pk: int) -> Dossier:
        return self.known[pk]

    def get(self, pk: int | None) -> Dossier | None:
        """One, loaded when it is not there yet; None for somebody the asker may not see."""
        if pk is None or pk in self.barred:
            return None
        if pk not in self.known:
            self.load([pk])
        return self.known.get(pk)

    def load(self, pks: Iterable[int], *, homes: bool = False, kin: bool = False) -> None:
        """Loads these, with their households and relatives when those will be asked about."""
        wanted = [pk for pk in dict.fromkeys(pks) if pk not in self.known]
        for start in range(0, len(wanted), CHUNK):
            self._load(wanted[start : start + CHUNK])
        self.barred.update(pk for pk in wanted if pk not in self.known)
        if homes:
            self._load_homes(list(dict.fromkeys(pks)))
        if kin:
            others = {
                relation.other_id
                for pk in pks
                if pk in self.known
                for relation in self.known[pk].relations.values()
                if relation.other_id
            }
            self.load(pk for pk in others if pk)

    def _load(self, pks: Sequence[int]) -> None:
        found = {
            person.pk: Dossier(person, {name: getattr(person, name) for name in (*WALKED, "status")})
            for person in self.people.filter(pk__in=pks).select_related("area", "community")
        }
        self._walk_back(found)
        ids = list(found)
        self._numbers(found, ids)
        homes = Residence.objects.filter(held(self.on), person_id__in=ids).order_by("id")
        for stay in homes.select_related("house__building__estate", "house__area", "household"):
            found[stay.person_id].residence = stay
        self._last_homes([each for each in found.values() if each.residence is None])
        for hukou in Hukou.objects.filter(held(self.on), person_id__in=ids).order_by("id"):
            found[hukou.person_id].hukou = hukou
        labels = Label.objects.on(self.on).filter(person_id__in=ids)
        for label in labels.visible_to(self.user) if self.user is not None else labels:
            found[label.person_id].labels[label.code] = label
        for relation in Relation.objects.on(self.on).filter(person_id__in=ids).order_by("-id"):
            found[relation.person_id].relations[relation.kind] = relation
        changes = Change.objects.filter(person_id__in=ids, on__lte=self.on, fact__in=WALKED).order_by(
            "on", "id"
        )
        for person, fact, source in changes.values_list("person_id", "fact", "source_id"):
            found[person].changed[fact] = source
        missing = {at for each in found.values() for at in _sources_of(each)} - set(self.sources)
        self.sources.update(Source.objects.in_bulk(missing))
        self.known.update(found)

    def _last_homes(self, gone: list[Dossier]) -> None:
        """Where those lived last who live here no more."""
        known = {each.person.pk: each for each in gone if each.plain["status"] not in Person.PRESENT}
        stays = Residence.objects.filter(person_id__in=list(known)).order_by("to_on", "id")
        for stay in stays.select_related("house__building__estate", "house__area", "household"):
            known[stay.person_id].residence = stay

    def _walk_back(self, found: dict[int, Dossier]) -> None:
        if not is_past(self.on):
            return
        later = Change.objects.filter(person_id__in=list(found), on__gt=self.on, fact__in=[*WALKED, "status"])
        for change in later.order_by("-on", "-id"):
            found[change.person_id].plain[change.fact] = (
                change.before.split(" ")[0] if change.fact == "status" else change.before
            )

    def _numbers(self, found: dict[int, Dossier], ids: list[int]) -> None:
        for model, place in ((IdentityPaper, "papers"), (Phone, "phones")):
            rows = model.objects.filter(person_id__in=ids).order_by("id")
            still = Q(ended_on=None) | Q(ended_on__gt=self.on) if is_past(self.on) else Q(ended_on=None)
            for row in rows.filter(still):
                getattr(found[row.person_id], place).append(row)

    def _load_homes(self, pks: list[int]) -> None:
        homes: set[int] = set()
        for pk in pks:
            stay = self.known[pk].residence if pk in self.known else None
            if stay is not None and stay.household_id is not None:
                homes.add(stay.household_id)
        wanted = list(homes - set(self.members))
        rows: dict[int, list[int]] = defaultdict(list)
        for start in range(0, len(wanted), CHUNK):
            stays = Residence.objects.filter(held(self.on), household_id__in=wanted[start : start + CHUNK])
            for household, person in stays.order_by("id").values_list("household_id", "person_id"):
                rows[int(household or 0)].append(person)
        self.load(pk for members in rows.values() for pk in members)
        self.members.update({home: [pk for pk in rows[home] if pk in self.known] for home in wanted})

    def household(self, dossier: Dossier) -> list[Dossier]:
        """Everybody of the same household on the day, the head first."""
        home = dossier.residence.household_id if dossier.residence else None
        if home is None:
            return [dossier]
        if home not in self.members:
            self._load_homes([dossier.person.pk])
        found = [self.known[pk] for pk in self.members.get(home, [])] or [dossier]
        return sorted(found, key=lambda each: 0 if each.residence and each.residence.relation == HEAD else 1)

    def at_home(self, dossier: Dossier) -> list[Dossier]:
        """Those of the household who really live there."""
        return [each for each in self.household(dossier) if each.plain["status"] == Person.Status.LIVING]

    def head(self, dossier: Dossier) -> Dossier | None:
        """The head of the household."""
        found = self.household(dossier)[0]
        return found if found.residence and found.residence.relation == HEAD else None

    def source(self, dossier: Dossier, at: int | None = None) -> str:
        """Where the record came from; or what the source of one thing in it is called."""
        source = self.sources.get(dossier.person.source_id if at is None else at)
        return source.title if source else ""


def _sources_of(dossier: Dossier) -> Iterator[int]:
    yield dossier.person.source_id
    yield from dossier.changed.values()
    rows = [
        *dossier.labels.values(),
        *dossier.phones[:1],
        *dossier.papers[:1],
        dossier.hukou,
        dossier.residence,
    ]
    yield from (row.source_id for row in rows if row is not None)


def age_on(birth: str, on: datetime.date) -> int | None:
    """Full years on a day; None when the birth is not known well enough to say."""
    parts = [int(part) for part in birth.split("-") if part.isdigit()]
    if not parts:
        return None
    first = datetime.date(
        parts[0], parts[1] if len(parts) > 1 else 1, min(parts[2], 28) if len(parts) > 2 else 1
    )
    if len(parts) == 3:
        return on.year - parts[0] - ((on.month, on.day) < (parts[1], parts[2]))
    oldest = on.year - first.year - ((on.month, on.day) < (first.month, first.day))
    youngest = on.year - parts[0] - ((on.month, on.day) < (parts[1] if len(parts) > 1 else 12, 31))
    return oldest if oldest == youngest else None
