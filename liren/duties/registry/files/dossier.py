"""Dossier (一人一档): everything that one page shows of a person, today or as of a past day."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from liren.core import rules
from liren.core.people.codes import name as code_name
from liren.core.people.labelling import CATALOGUE
from liren.core.people.models import Change, Household, Label, Merge, Person, Relation, Residence
from liren.core.people.pastday import Standing, facts_on, standing_on
from liren.core.privacy.cipher import unseal
from liren.core.privacy.masks import mask_phone
from liren.core.privacy.tiers import Tier

from .care import care_of, toned
from .history import fact_name, fact_words
from .register import CARE

# The facts of the card 基本, in this order.
CARD = (
    "former_name",
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
class Fact:
    """One fact on the card: its name, its words, and where it came from when it was corrected since."""

    name: str
    words: str
    source: str = ""


@dataclass(frozen=True)
class LabelRow:
    """One label with its name, how it stands, and what is said of it."""

    label: Label
    name: str
    kind: str
    details: str
    restricted: bool


@dataclass(frozen=True)
class Member:
    """Somebody of the same household: the residence and the relation in words."""

    residence: Residence
    relation: str


@dataclass(frozen=True)
class Contact:
    """A guardian or contact: who, what, the masked telephone."""

    relation: Relation
    name: str
    phone: str


@dataclass(frozen=True)
class Dossier:
    """A person's file as of a day."""

    person: Person
    day: datetime.date
    standing: Standing
    facts: list[Fact]
    name: str
    guarded: bool

    @property
    def is_past(self) -> bool:
        """Whether this is the file of a past day."""
        return self.day < timezone.localdate()


def dossier_of(person: Person, day: datetime.date) -> Dossier:
    """The file of a person as of a day."""
    held = facts_on(person, day) if day < timezone.localdate() else None
    values = held or {name: getattr(person, name) for name in (*CARD, "name")}
    changed = _sources(person, day)
    facts = [
        Fact(fact_name(name), fact_words(name, values[name]), changed.get(name, ""))
        for name in CARD
        if values[name] or name in ("ethnicity", "kind")
    ]
    return Dossier(person, day, standing_on(person, day), facts, values["name"], is_guarded(person))


def _sources(person: Person, day: datetime.date) -> dict[str, str]:
    """Where the facts came from that were corrected since they were entered."""
    found: dict[str, str] = {}
    for change in (
        Change.objects.filter(person=person, on__lte=day).select_related("source__user").order_by("id")
    ):
        who = str(change.source.user or change.source.get_kind_display())
        found[change.fact] = f"{who} · {change.on.month}月{change.on.day}日"
    return found


def is_guarded(person: Person) -> bool:
    """Whether the person is a child whose data the law calls sensitive."""
    age = person.age()
    return age is not None and age < rules.number("people.guarded_age", area=person.community)


def labels_of(person: Person, user: Any, day: datetime.date) -> list[LabelRow]:
    """The labels that hold on a day, as far as the reader may know of them; what is restricted keeps its name back."""
    rows = Label.objects.visible_to(user).filter(person=person).on(day).select_related("source__user")
    return [_label_row(row, day) for row in rows.order_by("tier", "id")]


def _label_row(row: Label, day: datetime.date) -> LabelRow:
    known = CATALOGUE.get(row.code)
    restricted = row.tier == Tier.T3
    kind = "stale" if row.is_due(day) else ("care" if row.code in CARE else "")
    name = "限定标签" if restricted else (known.name if known else row.code)
    details = "" if restricted else "、".join(str(v) for v in row.attributes.values() if v)
    return LabelRow(row, name, kind, details, restricted)


def derived_of(person: Person, standing: Standing, day: datetime.date) -> list[tuple[str, str]]:
    """Labels that follow from age and who lives together."""
    return toned(care_of([person.pk], day).get(person.pk, [])) if standing.is_present else []


def members_of(household: Household | None, user: Any, day: datetime.date) -> list[Member]:
    """Who belonged to a household on a day, the head first."""
    if household is None:
        return []
    rows = Residence.objects.visible_to(user).on(day).filter(household=household)
    rows = rows.select_related("person__house__building").order_by("pk")
    members = [Member(row, code_name("relation", row.relation)) for row in rows]
    return sorted(members, key=lambda m: (not m.residence.is_head, m.residence.relation or "99"))


def contacts_of(person: Person, day: datetime.date) -> list[Contact]:
    """Guardians and contacts that hold on a day."""
    rows = (
        person.relations.on(day).exclude(other__merged_into=person).select_related("other__house__building")
    )
    return [
        Contact(row, row.other.name if row.other else row.other_name, _masked(row.other_phone_sealed))
        for row in rows.order_by("id")
    ]


def _masked(sealed: Any) -> str:
    return mask_phone(unseal(sealed)) if sealed else ""


def merges_of(person: Person, user: Any) -> list[Merge]:
    """The records that went into this one and can be taken apart again."""
    rows = Merge.objects.visible_to(user).filter(kept=person, undone_at=None)
    return list(rows.select_related("gone", "user").order_by("-id"))


def namesakes_of(person: Person, user: Any) -> list[Person]:
    """Others of the same name whom the reader may see; the one who writes must not mix them up."""
    return list(Person.objects.visible_to(user).namesakes(person).with_place().order_by("-present", "id")[:6])
