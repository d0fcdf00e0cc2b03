"""Answers (作答): one thing a form asks of one person — the value, where it comes from, when it was last verified."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from liren.core.areas.models import Area
from liren.core.people import codes
from liren.core.places.models import House
from liren.core.privacy.cipher import unseal

from ..labelling import CATALOGUE
from ..persons import Person
from .dossiers import Dossier, Dossiers, age_on
from .dwelling import HEAD

HERE, STREET, DISTRICT, FAR = "1", "2", "3", "4"
WHERE = {
    HERE: "本村（居）委会",
    STREET: "本乡（镇、街道）其他村（居）委会",
    DISTRICT: "本县（市、区）其他乡（镇、街道）",
    FAR: "其他县（市、区）",
}
ALONE, COUPLE, CHILDREN, OTHERS = "alone", "couple", "children", "others"
MODES = {ALONE: "独居", COUPLE: "夫妻同住", CHILDREN: "与子女同住", OTHERS: "其他"}
DOWN = (
    "20",
    "21",
    "22",
    "23",
    "24",
    "25",
    "26",
    "27",
    "30",
    "31",
    "32",
    "33",
    "34",
    "35",
    "36",
    "37",
    "28",
    "38",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the register says: a value (text, whole number, ISO date, yes or no), and its code where it has one."""

    value: Any = None
    code: str = ""
    source: str = ""
    verified: datetime.date | None = None
    person: int | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is anything to write."""
        return self.value not in (None, "", [])


NOTHING = Answer()


class Answers:
    """Asks dossiers by the keys of asked.toml: "phone", "guardian.phone", "is:disability"."""

    def __init__(self, dossiers: Dossiers) -> None:
        self.dossiers = dossiers
        self.on = dossiers.on

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
        return Answer(value, code, self.dossiers.source(dossier), person.verified_on, person.pk)

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
        for kind, code in (("spouse", "10"), ("father", "51"), ("mother", "52")):
            relation = about.relations.get(kind) if about else None
            if relation and relation.other_id == dossier.person.pk:
                return codes.name("relation", code), code
        if about and about.residence and about.residence.relation == HEAD and dossier.residence.relation:
            if about.residence.household_id == dossier.residence.household_id:
                return codes.name("relation", dossier.residence.relation), dossier.residence.relation
        for kind in ("father", "mother"):
            relation = dossier.relations.get(kind)
            if relation and relation.other_id == target:
                code = "20" if dossier.plain["sex"] == "1" else "30"
                return codes.name("relation", code), code
        return None, ""

    def _of_role(self, dossier: Dossier, role: str, key: str) -> Answer:
        if role == "head":
            head = self.dossiers.head(dossier)
            return self._of(head, key) if head else NOTHING
        if role == "tenant":
            tenants = [each for each in self.dossiers.household(dossier) if self._wears(each, "tenant")]
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


def owner_of(house: House | None, key: str) -> Answer:
    """What is known of the owner of a house."""
    if house is None or key not in ("name", "phone"):
        return NOTHING
    value = (
        house.owner_name
        if key == "name"
        else (unseal(house.owner_phone_sealed) if house.owner_phone_sealed else "")
    )
    return Answer(value, "", "房屋登记", house.verified_on) if value else NOTHING


ROLE_SAYS = {"father": "父亲", "mother": "母亲", "spouse": "配偶"}
CODED = {
    "sex": "sex",
    "ethnicity": "ethnicity",
    "education": "education",
    "marital": "marital",
    "political": "political",
    "employment": "employment",
}


def address_of(house: House | None) -> str:
    """里仁路88弄1号楼1单元101室: the street, the building, the unit, the room."""
    if house is None:
        return ""
    building = house.building
    street = building.address or building.name
    unit = f"{house.unit}单元" if house.unit else ""
    room = f"{house.room}室" if house.room[-1:].isdigit() else house.room
    return f"{street}{unit}{room}"


def area_named(person: Person | None, level: str, area: Area | None = None) -> str:
    """The area of a level above somebody."""
    node: Area | None = area or (person.area if person else None)
    while node is not None and node.level != level:
        node = node.parent
    return node.name if node else ""


def city_of(community: Area) -> str:
    """海东市, as far as the address of the community begins with it."""
    found = re.match(r"^(?:.{2,8}?(?:省|自治区))?(.{2,6}?市)", community.address_prefix)
    return found[1] if found else ""


def _full_address(house: House | None, community: Area) -> str:
    known = address_of(house)
    return f"{community.address_prefix}{known}" if known else ""


def _phone(answers: Answers, dossier: Dossier) -> str:
    """The mobile first; several are not asked for."""
    numbers = [phone.number for phone in dossier.phones]
    mobile = [number for number in numbers if number.startswith("1") and len(number) == 11]
    return next(iter(mobile or numbers), "")


def _paper(answers: Answers, dossier: Dossier) -> str:
    papers = sorted(dossier.papers, key=lambda paper: paper.kind != "resident_id")
    return papers[0].number if papers else ""


def _paper_kind(answers: Answers, dossier: Dossier) -> tuple[str, str]:
    papers = sorted(dossier.papers, key=lambda paper: paper.kind != "resident_id")
    return (codes.name("id_kind", papers[0].kind), papers[0].kind) if papers else ("", "")


def _relation(answers: Answers, dossier: Dossier) -> tuple[str, str]:
    code = dossier.residence.relation if dossier.residence else ""
    return codes.name("relation", code), code


def _moved_in(answers: Answers, dossier: Dossier) -> str:
    stay = dossier.residence
    if stay is None:
        return ""
    return stay.from_on.isoformat() if stay.from_on else stay.from_said


def _where(answers: Answers, dossier: Dossier) -> tuple[str, str]:
    """Where somebody is registered, seen from here."""
    hukou = dossier.hukou
    if hukou is None or hukou.here is None:
        return "", ""
    if hukou.here:
        return WHERE[HERE], HERE
    if not hukou.address:
        return "", ""
    for level, code in (("street", STREET), ("district", DISTRICT)):
        name = area_named(dossier.person, level)
        if name and name in hukou.address:
            return WHERE[code], code
    return WHERE[FAR], FAR


def _mode(answers: Answers, dossier: Dossier) -> tuple[str, str]:
    """With whom somebody lives."""
    if dossier.residence is None or dossier.residence.household_id is None:
        return "", ""
    others = [each for each in answers.dossiers.at_home(dossier) if each is not dossier]
    if not others:
        return MODES[ALONE], ALONE
    spouse = dossier.relations.get("spouse")
    mates = {each.person.pk for each in others}
    if spouse and spouse.other_id and mates == {spouse.other_id}:
        return MODES[COUPLE], COUPLE
    relations = {dossier.residence.relation, *(each.residence.relation for each in others if each.residence)}
    if len(others) == 1 and {HEAD} < relations <= {HEAD, "10", "11", "12"}:
        return MODES[COUPLE], COUPLE
    children = {
        each.person.pk
        for each in others
        for kind in ("father", "mother")
        if (kin := each.relations.get(kind)) and kin.other_id == dossier.person.pk
    }
    if children or (dossier.residence.relation in (HEAD, "10", "11", "12") and relations & set(DOWN)):
        return MODES[CHILDREN], CHILDREN
    if dossier.residence.relation in ("51", "52", "53", "54", "55", "56"):
        return MODES[CHILDREN], CHILDREN
    return MODES[OTHERS], OTHERS


def _size(answers: Answers, dossier: Dossier) -> int:
    return len(answers.dossiers.household(dossier))


def _of_sex(code: str) -> Callable[[Answers, Dossier], int]:
    return lambda answers, dossier: sum(
        each.plain["sex"] == code for each in answers.dossiers.household(dossier)
    )


def _members(answers: Answers, dossier: Dossier) -> str:
    return "、".join(each.person.name for each in answers.dossiers.household(dossier) if each is not dossier)


SUPPORTS = ("minimum_living", "minimum_living_margin", "destitute", "rigid_spending")


def _support(answers: Answers, dossier: Dossier) -> str:
    worn = {code for each in answers.dossiers.household(dossier) for code in each.labels}
    return "、".join(CATALOGUE[code].name for code in SUPPORTS if code in worn)


# A process of an office rather than something about a person.
NOT_SAID = {"pension_check"}


def _labels(answers: Answers, dossier: Dossier) -> str:
    """Labels as worn and as reckoned."""
    worn = [
        code for code in dossier.labels if code in CATALOGUE and code not in DERIVED and code not in NOT_SAID
    ]
    reckoned = [code for code in ("senior", "lives_alone", "empty_nest") if DERIVED[code](answers, dossier)]
    return "、".join(CATALOGUE[code].name for code in (*reckoned, *worn))


def _ended(status: str) -> Callable[[Answers, Dossier], str]:
    """The day on which somebody left or died."""

    def day(answers: Answers, dossier: Dossier) -> str:
        on = dossier.person.status_on
        return on.isoformat() if on and dossier.plain["status"] == status else ""

    return day


def _lives_alone(answers: Answers, dossier: Dossier) -> bool:
    alone = _mode(answers, dossier)[1] == ALONE
    return alone and dossier.has_turned(60, answers.on)


def _empty_nest(answers: Answers, dossier: Dossier) -> bool:
    home = answers.dossiers.at_home(dossier)
    return len(home) > 1 and all(each.has_turned(60, answers.on) for each in home)


def _from_house(attribute: str) -> Callable[[Answers, Dossier], Any]:
    return lambda answers, dossier: house_value(dossier.house, attribute)


def house_value(house: House | None, key: str) -> Any:
    """One thing a form asks about a door."""
    if house is None:
        return None
    return HOUSE_WAYS[key](house)


def _whole(number: Any) -> Any:
    if number is None:
        return None
    return int(number) if number == int(number) else float(number)


HOUSE_WAYS: dict[str, Callable[[House], Any]] = {
    "address": address_of,
    "full_address": lambda house: _full_address(house, house.community),
    "estate": lambda house: house.building.estate.name if house.building.estate else "",
    "building": lambda house: house.building.name,
    "unit": lambda house: house.unit,
    "floor": lambda house: house.floor,
    "room": lambda house: house.room,
    "grid": lambda house: area_named(None, "grid", house.area),
    "area": lambda house: _whole(house.square_metres),
    "ownership": lambda house: house.ownership,
    "house_use": lambda house: (
        (house.get_use_display(), house.use) if house.use != House.Use.UNKNOWN else None
    ),
    "lease_start": lambda house: house.lease_from.isoformat() if house.lease_from else "",
    "lease_end": lambda house: house.lease_to.isoformat() if house.lease_to else "",
    "building_head": lambda house: house.building.head_name,
}

WAYS: dict[str, Callable[[Answers, Dossier], Any]] = {
    **{key: _from_house(key) for key in HOUSE_WAYS},
    "name": lambda answers, dossier: dossier.plain["name"],
    "former_name": lambda answers, dossier: dossier.plain["former_name"],
    "birth": lambda answers, dossier: dossier.plain["birth"],
    "birth_month": lambda answers, dossier: dossier.plain["birth"][:7],
    "birth_year": lambda answers, dossier: (
        int(dossier.plain["birth"][:4]) if dossier.plain["birth"] else None
    ),
    "age": lambda answers, dossier: age_on(dossier.plain["birth"], answers.on),
    "id_number": _paper,
    "id_kind": _paper_kind,
    "phone": _phone,
    "nationality": lambda answers, dossier: dossier.plain["nationality"],
    "work_unit": lambda answers, dossier: dossier.plain["work_unit"],
    "residence_kind": lambda answers, dossier: (
        (codes.name("residence_kind", dossier.plain["kind"]), dossier.plain["kind"])
        if dossier.plain["kind"] != "unknown"
        else None
    ),
    "status": lambda answers, dossier: (
        codes.name("status", dossier.plain["status"]),
        dossier.plain["status"],
    ),
    "hukou_address": lambda answers, dossier: dossier.hukou.address if dossier.hukou else "",
    "hukou_here": lambda answers, dossier: dossier.hukou.here if dossier.hukou else None,
    "hukou_mismatch": lambda answers, dossier: (
        (dossier.hukou.here is False) == (dossier.plain["status"] == "living")
        if dossier.hukou and dossier.hukou.here is not None
        else None
    ),
    "hukou_where": _where,
    "community": lambda answers, dossier: dossier.person.community.name,
    "street": lambda answers, dossier: area_named(dossier.person, "street"),
    "district": lambda answers, dossier: area_named(dossier.person, "district"),
    "city": lambda answers, dossier: city_of(dossier.person.community),
    "move_in": _moved_in,
    "years_here": lambda answers, dossier: age_on(_moved_in(answers, dossier), answers.on),
    "tenure": lambda answers, dossier: (
        (codes.name("tenure", dossier.residence.tenure), dossier.residence.tenure)
        if dossier.residence and dossier.residence.tenure != "unknown"
        else None
    ),
    "living_mode": _mode,
    "relation": _relation,
    "is_head": lambda answers, dossier: (
        dossier.residence.relation == HEAD if dossier.residence and dossier.residence.relation else None
    ),
    "household_number": lambda answers, dossier: (
        dossier.residence.household.number if dossier.residence and dossier.residence.household else ""
    ),
    "household_kind": lambda answers, dossier: (
        (("集体户", "2") if dossier.residence.household.collective else ("家庭户", "1"))
        if dossier.residence and dossier.residence.household
        else None
    ),
    "household_size": _size,
    "household_men": _of_sex("1"),
    "household_women": _of_sex("2"),
    "household_registered": lambda answers, dossier: sum(
        each.plain["kind"] == "registered" for each in answers.dossiers.household(dossier)
    ),
    "household_living": lambda answers, dossier: len(answers.dossiers.at_home(dossier)),
    "left_on": _ended("moved_out"),
    "died_on": _ended("deceased"),
    "household_members": _members,
    "household_support": _support,
    "labels": _labels,
    "verified": lambda answers, dossier: (
        dossier.person.verified_on.isoformat() if dossier.person.verified_on else ""
    ),
}

DERIVED: dict[str, Callable[[Answers, Dossier], Any]] = {
    "lives_alone": _lives_alone,
    "empty_nest": _empty_nest,
    "senior": lambda answers, dossier: dossier.has_turned(80, answers.on),
    "newborn": lambda answers, dossier: age_on(dossier.plain["birth"], answers.on) == 0,
    "under_three": lambda answers, dossier: (age_on(dossier.plain["birth"], answers.on) or 0) < 3,
    "tenant": lambda answers, dossier: (
        "tenant" in dossier.labels or bool(dossier.residence and dossier.residence.tenure == "tenant")
    ),
}


def _attribute(name: str) -> Callable[[Any, datetime.date], Any]:
    return lambda label, on: label.attributes.get(name)


def _evidence(label: Any, on: datetime.date) -> str:
    return str(label.attributes.get("cert_no") or label.attributes.get("number") or label.evidence or "")


def _began(*names: str) -> Callable[[Any, datetime.date], str]:
    def found(label: Any, on: datetime.date) -> str:
        said = next((label.attributes[name] for name in names if label.attributes.get(name)), "")
        return str(said or (label.from_on.isoformat() if label.from_on else ""))

    return found


def _both(label: Any, on: datetime.date) -> str:
    return "".join(str(label.attributes.get(name) or "") for name in ("category", "level"))


OF_LABELS: dict[str, tuple[str, Callable[[Any, datetime.date], Any]]] = {
    "disability_cert": ("disability", _evidence),
    "disability_category": ("disability", _attribute("category")),
    "disability_level": ("disability", _attribute("level")),
    "disability_both": ("disability", _both),
    "disability_issued": ("disability", _began("issue_date")),
    "minimum_cert": ("minimum_living", _evidence),
    "minimum_start": ("minimum_living", _began("start_date")),
    "minimum_persons": ("minimum_living", _attribute("persons")),
    "minimum_amount": ("minimum_living", _attribute("monthly_amount")),
    "margin_cert": ("minimum_living_margin", _evidence),
    "destitute_mode": ("destitute", _attribute("support_mode")),
    "destitute_care": ("destitute", _attribute("care")),
    "disabled_elder_level": ("disabled_elder", _attribute("level")),
    "veteran_kind": ("veteran", _attribute("kind")),
    "veteran_enlisted": ("veteran", _attribute("enlist_date")),
    "veteran_discharged": ("veteran", _attribute("discharge_date")),
    "bereaved_kind": ("bereaved", _attribute("kind")),
    "bereaved_when": ("bereaved", _attribute("event_date")),
    "child_kind": ("child_in_need", _attribute("kind")),
    "left_behind_parents": ("child_left_behind", _attribute("parents")),
    "expectant_due": ("expectant", _attribute("due_date")),
    "expectant_gravidity": ("expectant", _attribute("gravidity")),
    "unemployed_since": ("unemployed", _began("register_date")),
    "unemployed_cert": ("unemployed", _evidence),
    "unemployed_reason": ("unemployed", _attribute("reason")),
    "unemployed_wish": ("unemployed", _attribute("intention")),
    "party_joined": ("party_member", _began("join_date")),
    "party_branch": ("party_member", _attribute("branch")),
    "party_years": (
        "party_member",
        lambda label, on: age_on(_began("join_date")(label, on), on),
    ),
    "volunteer_number": ("volunteer", _evidence),
    "volunteer_team": ("volunteer", _attribute("team")),
    "volunteer_hours": ("volunteer", _attribute("hours")),
    "volunteer_since": ("volunteer", _began("register_date")),
    "mental_diagnosis": ("mental_disorder", _attribute("diagnosis")),
    "mental_risk": ("mental_disorder", _attribute("risk_level")),
    "mental_followup": ("mental_disorder", _attribute("last_followup")),
    "corrections_kind": ("corrections", _attribute("kind")),
    "corrections_start": ("corrections", _attribute("start_date")),
    "corrections_end": ("corrections", _attribute("end_date")),
    "pension_kind": ("pension_check", _attribute("pension")),
    "pension_due": ("pension_check", _attribute("due_date")),
    "pension_state": ("pension_check", _attribute("state")),
    "pension_method": ("pension_check", _attribute("method")),
}
