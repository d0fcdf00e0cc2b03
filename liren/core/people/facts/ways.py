"""Ways (取法): how each thing that forms ask of a person is found in the dossiers."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from liren.core.people import codes

from ..labelling import CATALOGUE
from .dossiers import Dossier, age_on
from .dwelling import HEAD
from .ofhouses import HOUSE_WAYS, area_named, city_of, house_value

if TYPE_CHECKING:
    from .answers import Answers

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


def _phone(answers: "Answers", dossier: Dossier) -> str:
    """The mobile first; several are not asked for."""
    numbers = [phone.number for phone in dossier.phones]
    mobile = [number for number in numbers if number.startswith("1") and len(number) == 11]
    return next(iter(mobile or numbers), "")


def _paper(answers: "Answers", dossier: Dossier) -> str:
    papers = sorted(dossier.papers, key=lambda paper: paper.kind != "resident_id")
    return papers[0].number if papers else ""


def _paper_kind(answers: "Answers", dossier: Dossier) -> tuple[str, str]:
    papers = sorted(dossier.papers, key=lambda paper: paper.kind != "resident_id")
    return (codes.name("id_kind", papers[0].kind), papers[0].kind) if papers else ("", "")


def _relation(answers: "Answers", dossier: Dossier) -> tuple[str, str]:
    code = dossier.residence.relation if dossier.residence else ""
    return codes.name("relation", code), code


def _moved_in(answers: "Answers", dossier: Dossier) -> str:
    stay = dossier.residence
    if stay is None:
        return ""
    return stay.from_on.isoformat() if stay.from_on else stay.from_said


def _where(answers: "Answers", dossier: Dossier) -> tuple[str, str]:
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


def _mode(answers: "Answers", dossier: Dossier) -> tuple[str, str]:
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


def _size(answers: "Answers", dossier: Dossier) -> int:
    return len(answers.dossiers.household(dossier))


def _of_sex(code: str) -> Callable[["Answers", Dossier], int]:
    return lambda answers, dossier: sum(
        each.plain["sex"] == code for each in answers.dossiers.household(dossier)
    )


def _members(answers: "Answers", dossier: Dossier) -> str:
    return "、".join(each.person.name for each in answers.dossiers.household(dossier) if each is not dossier)


SUPPORTS = ("minimum_living", "minimum_living_margin", "destitute", "rigid_spending")


def _support(answers: "Answers", dossier: Dossier) -> str:
    worn = {code for each in answers.dossiers.household(dossier) for code in each.labels}
    return "、".join(CATALOGUE[code].name for code in SUPPORTS if code in worn)


# A process of an office rather than something about a person.
NOT_SAID = {"pension_check"}


def _labels(answers: "Answers", dossier: Dossier) -> str:
    """Labels as worn and as reckoned."""
    worn = [
        code for code in dossier.labels if code in CATALOGUE and code not in DERIVED and code not in NOT_SAID
    ]
    reckoned = [code for code in ("senior", "lives_alone", "empty_nest") if DERIVED[code](answers, dossier)]
    return "、".join(CATALOGUE[code].name for code in (*reckoned, *worn))


def _ended(status: str) -> Callable[["Answers", Dossier], str]:
    """The day on which somebody left or died."""

    def day(answers: "Answers", dossier: Dossier) -> str:
        on = dossier.person.status_on
        return on.isoformat() if on and dossier.plain["status"] == status else ""

    return day


def _lives_alone(answers: "Answers", dossier: Dossier) -> bool:
    alone = _mode(answers, dossier)[1] == ALONE
    return alone and dossier.has_turned(60, answers.on)


def _empty_nest(answers: "Answers", dossier: Dossier) -> bool:
    home = answers.dossiers.at_home(dossier)
    return len(home) > 1 and all(each.has_turned(60, answers.on) for each in home)


def _from_house(attribute: str) -> Callable[["Answers", Dossier], Any]:
    return lambda answers, dossier: house_value(dossier.house, attribute)


WAYS: dict[str, Callable[["Answers", Dossier], Any]] = {
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

DERIVED: dict[str, Callable[["Answers", Dossier], Any]] = {
    "lives_alone": _lives_alone,
    "empty_nest": _empty_nest,
    "senior": lambda answers, dossier: dossier.has_turned(80, answers.on),
    "newborn": lambda answers, dossier: age_on(dossier.plain["birth"], answers.on) == 0,
    "under_three": lambda answers, dossier: (age_on(dossier.plain["birth"], answers.on) or 0) < 3,
    "tenant": lambda answers, dossier: (
        "tenant" in dossier.labels or bool(dossier.residence and dossier.residence.tenure == "tenant")
    ),
}
