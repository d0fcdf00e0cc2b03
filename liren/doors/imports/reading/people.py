"""People of a table (逐行成人): columns of cells become people, and what is doubtful becomes problems."""

from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

from liren.core.people import identity
from liren.core.people.dates import PartialDate
from liren.core.people.identity import IdentityCheck
from liren.core.sheets.workbook import text_of

from .dwellings import set_homes, set_households
from .frame import Frame
from .homes import SAME_AS_HOME
from .legends import Legend
from .records import Problem, ReadPerson, Source
from .telling import tell
from .wording import CERTIFICATE, report_names, set_contacts, set_marks, set_words

PLAIN_CODES = ("ethnicity", "education", "marital", "political", "employment", "tenure", "residence_kind")
NO_ID = IdentityCheck()
NO_DATE = PartialDate()
SEX_NAMES = {"1": "男", "2": "女"}


@dataclass(slots=True)
class Harvest:
    """The people of one table with the numbers as written, and its problems."""

    people: list[ReadPerson] = field(default_factory=list)
    said_ids: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_people(frame: Frame, marks: dict[int, list[Legend]]) -> Harvest:
    """All people of a table; `marks` are the legends that apply to its rows by their look."""
    raw_names = frame.raw("name") or []
    checks, said_ids = _ids(frame)
    people = [
        ReadPerson(
            name,
            id_kind=check.kind or "" if check.number else "",
            id_number=check.number or "",
            sources=(Source(frame.setting.sheet, number + 1),),
        )
        for name, check, number in zip(
            frame.readers.names.column(raw_names), checks, frame.numbers, strict=True
        )
    ]
    _set_identity(frame, people, checks)
    set_homes(frame, people)
    _set_plain(frame, people)
    _set_phones(frame, people)
    set_households(frame, people)
    set_words(frame, people)
    set_contacts(frame, people)
    set_marks(frame, people, marks)
    report_names(frame, people, raw_names)
    _report_rows(frame)
    named = [(person, said) for person, said in zip(people, said_ids, strict=True) if person.name]
    for place, person in enumerate(people):
        if not person.name:
            said = frame.said("name", place)
            frame.report(place, "name", "name_missing", tell("name_missing"), said=said)
    return Harvest([person for person, _ in named], [said for _, said in named], frame.problems)


def _ids(frame: Frame) -> tuple[list[IdentityCheck], list[str]]:
    """The checked papers and the numbers as written ("" where none was)."""
    raw = _with_certificates(frame, frame.raw("id_number"))
    if raw is None:
        return [NO_ID] * frame.count, [""] * frame.count
    for column in frame.columns.get("id_number", ())[1:]:
        # a passport column beside the one for resident papers
        raw = [one if one != "" else other for one, other in zip(raw, frame.cells.cells(column), strict=True)]
    checks = frame.readers.ids.column(raw)
    said = [check.number or text_of(value) for check, value in zip(checks, raw, strict=True)]
    for place, check in enumerate(checks):
        if not check.problem:
            continue
        check = _mended(frame, place, raw[place], check)
        if check.problem == "id_missing":
            said[place] = ""
        # an old number of 15 digits was made longer with certainty
        if check.number is None:
            message = check.message.rstrip("。") + "。"
            reason = check.problem or ""
            frame.report(place, "id_number", reason, message, said=said[place], proposal=check.proposal or "")
    return checks, said


def _mended(frame: Frame, place: int, said: Any, check: IdentityCheck) -> IdentityCheck:
    """The birth column may tell which digit of a wrong number slipped."""
    if check.proposal or check.problem not in ("id_checksum", "id_length") or not frame.columns.get("birth"):
        return check
    born = frame.readers.births[frame.cells.raw(frame.columns["birth"][0])[place]]
    return identity.check(said, on=frame.guide.as_of, birth=born.text) if born.text else check


def _with_certificates(frame: Frame, raw: list[Any] | None) -> list[Any] | None:
    """A certificate of disability begins with the number of the paper; it stands in where that is missing."""
    certificates = frame.texts("disability_cert")
    if certificates is None:
        return raw
    found = [CERTIFICATE.fullmatch(text) for text in certificates]
    if raw is None and not any(found):
        return None
    papers = [one["paper"] if one else "" for one in found]
    return [one if one != "" else paper for one, paper in zip(raw or repeat(""), papers, strict=False)]


def _set_identity(frame: Frame, people: list[ReadPerson], checks: list[IdentityCheck]) -> None:
    """Birth and sex: a trusted number wins over the columns, and the row is told."""
    raw = frame.raw("birth")
    births = repeat(NO_DATE) if raw is None else frame.readers.births.column(raw)
    sexes = frame.coded("sex") or repeat("")
    for place, (person, check, birth, sex) in enumerate(zip(people, checks, births, sexes, strict=False)):
        person.sex = sex
        person.birth = birth.text
        if check.number and check.birth is not None:
            person.birth = check.birth.isoformat()
            if birth.text != person.birth and birth is not NO_DATE and (birth.text or birth.problem):
                _compare_birth(frame, place, person.birth, birth)
        elif birth.problem:
            _report_birth(frame, place, birth)
        if check.number and check.sex:
            person.sex = check.sex
            if sex and sex != check.sex:
                _report_sex(frame, place, sex, check.sex)


def _compare_birth(frame: Frame, place: int, exact: str, birth: PartialDate) -> None:
    if not any(exact.startswith(choice) for choice in birth.choices or (birth.text,) if choice):
        said = frame.said("birth", place)
        message = tell("id_birth_mismatch", said=said, proposal=exact)
        frame.report(place, "birth", "id_birth_mismatch", message, said=said, proposal=exact)


def _report_birth(frame: Frame, place: int, birth: PartialDate) -> None:
    said, choices = frame.said("birth", place), "或".join(birth.choices)
    message = tell(birth.problem or "", said=said, choices=choices)
    frame.report(place, "birth", birth.problem or "", message, said=said, proposal=choices)


def _report_sex(frame: Frame, place: int, sex: str, right: str) -> None:
    said, proposal = SEX_NAMES.get(sex, sex), SEX_NAMES[right]
    message = tell("id_sex_mismatch", said=said, proposal=proposal)
    frame.report(place, "sex", "id_sex_mismatch", message, said=said, proposal=proposal)


def _set_plain(frame: Frame, people: list[ReadPerson]) -> None:
    for key in PLAIN_CODES:
        _set(people, key, frame.coded(key))
    for key in ("work_unit", "nationality"):
        _set(people, key, frame.texts(key))
    moved = frame.raw("moved_in")
    if moved is not None:
        days = frame.readers.days.column(moved)
        _set(people, "moved_in", [day.text or min(day.choices, default="") for day in days])
    if frame.setting.residence_kind:
        for person in people:
            person.residence_kind = person.residence_kind or frame.setting.residence_kind
    _set_hukou(frame, people)


def _set(people: list[ReadPerson], name: str, values: list[Any] | None) -> None:
    if values is not None:
        for person, value in zip(people, values, strict=True):
            setattr(person, name, value)


def _set_hukou(frame: Frame, people: list[ReadPerson]) -> None:
    for person, text in zip(people, frame.texts("hukou_address") or (), strict=False):
        if text and text[0] in "同与人户" and SAME_AS_HOME.match(text):
            text = frame.guide.full_address(person.building, person.unit, person.room) or text
        person.hukou_address = text


def _set_phones(frame: Frame, people: list[ReadPerson]) -> None:
    columns = frame.columns.get("phones", [])
    for column in columns:
        given = frame.readers.phones.column(frame.cells.cells(column))
        for place, (person, phones) in enumerate(zip(people, given, strict=True)):
            if phones.numbers:
                person.phones = person.phones + phones.numbers if person.phones else phones.numbers
            if phones.bad:
                said = "、".join(phones.bad)
                frame.report(place, "phones", "phone_invalid", tell("phone_invalid", said=said), said=said)
    if len(columns) > 1:
        for person in people:
            person.phones = tuple(dict.fromkeys(person.phones))


def _report_rows(frame: Frame) -> None:
    hidden = frame.table.sheet.hidden_rows
    if hidden:
        for place, number in enumerate(frame.numbers):
            if number in hidden:
                frame.report(place, "row", "hidden_row", tell("hidden_row"))
    for row in frame.lines.nameless:
        number = frame.table.line_rows[row] if frame.table.lines is not None else row
        column = frame.columns["name"][0]
        frame.problems.append(
            Problem(frame.setting.sheet, number + 1, "name", "name_missing", tell("name_missing"), column)
        )
