"""Answers (作答): one thing a form asks of one person — the value, where it comes from, when it was last verified."""

import datetime
from typing import Any

from liren.core.people import codes
from liren.core.privacy.cipher import unseal

from .answer import NOTHING, Answer
from .dossiers import Dossier, Dossiers
from .dwelling import HEAD
from .ofhouses import owner_of
from .oflabels import OF_LABELS
from .origins import origin_of
from .ways import DERIVED, WAYS

__all__ = ["NOTHING", "Answer", "Answers"]

ROLE_SAYS = {"father": "父亲", "mother": "母亲", "spouse": "配偶"}
CODED = {
    "sex": "sex",
    "ethnicity": "ethnicity",
    "education": "education",
    "marital": "marital",
    "political": "political",
    "employment": "employment",
}


class Answers:
    """Asks dossiers by the keys of asked.toml: "phone", "guardian.phone", "is:disability"."""

    def __init__(self, dossiers: Dossiers) -> None:
        self.dossiers: Dossiers = dossiers
        self.on: datetime.date = dossiers.on

    def ask(self, pk: int, asked: str, target: int | None = None) -> Answer:
        """The answer of one person, or of somebody who stands to them in a role."""
        dossier = self.dossiers.get(pk)
        if dossier is None:
            return NOTHING
        role, _, key = asked.rpartition(".")
        if role:
            return self._of_role(dossier, role, key)
        return self._of(dossier, key, target)

    def _of(self, dossier: Dossier, key: str, target: int | None = None) -> Answer:
        value, code = self._value(dossier, key, target)
        if value in (None, ""):
            return NOTHING
        person = dossier.person
        return Answer(
            value, code, self.dossiers.source(dossier, origin_of(dossier, key)), person.verified_on, person.pk
        )

    def _value(self, dossier: Dossier, key: str, target: int | None) -> tuple[Any, str]:
        if key.startswith("is:"):
            return self._wears(dossier, key[3:]), ""
        if key == "relation_to_target":
            return self._relation_to(dossier, target)
        if key in CODED:
            code = dossier.plain.get(CODED[key], "")
            return (codes.name(key, code) if code not in ("", "unknown") else "", code)
        if key in OF_LABELS:
            label = dossier.labels.get(OF_LABELS[key][0])
            return (OF_LABELS[key][1](label, self.on) if label else None), ""
        found = WAYS[key](self, dossier) if key in WAYS else None
        return found if isinstance(found, tuple) else (found, "")

    def _wears(self, dossier: Dossier, code: str) -> Any:
        if code in DERIVED:
            return DERIVED[code](self, dossier)
        return code in dossier.labels

    def _relation_to(self, dossier: Dossier, target: int | None) -> tuple[Any, str]:
        """What somebody is to the person the form is about."""
        if target is None or dossier.residence is None:
            return None, ""
        if target == dossier.person.pk:
            return "本人", "01"
        about = self.dossiers.get(target)
        code = self._kin_code(dossier, about) if about else ""
        return (codes.name("relation", code), code) if code else (None, "")

    def _kin_code(self, dossier: Dossier, about: Dossier) -> str:
        for kind, code in (("spouse", "10"), ("father", "51"), ("mother", "52")):
            relation = about.relations.get(kind)
            if relation and relation.other_id == dossier.person.pk:
                return code
        if (
            about.residence
            and about.residence.relation == HEAD
            and dossier.residence
            and dossier.residence.relation
        ):
            if about.residence.household_id == dossier.residence.household_id:
                return dossier.residence.relation
        for kind in ("father", "mother"):
            relation = dossier.relations.get(kind)
            if relation and relation.other_id == about.person.pk:
                return "20" if dossier.plain["sex"] == "1" else "30"
        return ""

    def _of_role(self, dossier: Dossier, role: str, key: str) -> Answer:
        if role == "head":
            head = self.dossiers.head(dossier)
            return self._of(head, key) if head else NOTHING
        if role == "tenant":
            home = [dossier, *self.dossiers.household(dossier)]
            tenants = [each for each in home if self._wears(each, "tenant")]
            return self._of(tenants[0], key) if tenants else NOTHING
        relation = dossier.relations.get(role)
        if role == "landlord" and (relation is None or not relation.other_name):
            return self._owner(dossier, key)
        if relation is None:
            return NOTHING
        if relation.other_id:
            other = self.dossiers.get(relation.other_id)
            if key == "relation_to_target":
                return self._said(relation, relation.said or ROLE_SAYS.get(role, ""), dossier)
            return self._of(other, key) if other else NOTHING
        told = {
            "name": lambda: relation.other_name,
            "phone": lambda: unseal(relation.other_phone_sealed) if relation.other_phone_sealed else "",
            "relation_to_target": lambda: relation.said or ROLE_SAYS.get(role, ""),
        }
        return self._said(relation, told[key]() if key in told else "", dossier)

    def _said(self, relation: Any, value: str, dossier: Dossier) -> Answer:
        if not value:
            return NOTHING
        return Answer(value, "", self.dossiers.source(dossier), dossier.person.verified_on, dossier.person.pk)

    def _owner(self, dossier: Dossier, key: str) -> Answer:
        return owner_of(dossier.house, key)
