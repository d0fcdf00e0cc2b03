"""Wording (文字与勾选): labels, living status and people named in passing – from remarks, ticks and colours."""

import re
from bisect import bisect
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from liren.core.people import labelling
from liren.core.people.naming import read_name
from liren.core.sheets.workbook import text_of

from .frame import Frame
from .freetext import members_in
from .legends import Legend
from .records import Contact, Label, ReadPerson
from .telling import tell
from .titles import caption
from .unfold import split_names

CONTACT_ROLES = ("guardian", "landlord", "contact", "spouse", "parent")
# a certificate carries the number of the paper, then category and level (GB/T 26341)
CERTIFICATE = re.compile(r"(?P<paper>\d{17}[\dXx])(?P<category>[1-7])(?P<level>[1-4])(?:B\d)?")
REMARKED = re.compile(r"[(（\[【□]")
ENDINGS = (("death", "deceased"), ("moved_out", "moved_out"))


def set_words(frame: Frame, people: list[ReadPerson]) -> None:
    """Everything that is written in words or ticks."""
    _set_name_remarks(frame, people)
    for key in ("labels", "remark"):
        for place, text in _filled(frame, key):
            _set_remark(frame, people[place], place, key, text)
    for place, text in _filled(frame, "members"):
        _report_members(frame, place, "members", text)
    _set_status(frame, people)
    for key, columns in frame.columns.items():
        if key.startswith("label:"):
            _set_ticks(frame, people, key[6:], columns)
    _set_certified(frame, people)
    _set_disability(frame, people)
    _set_title(frame, people)
    _set_captions(frame, people)


def _set_name_remarks(frame: Frame, people: list[ReadPerson]) -> None:
    """What hangs on a name in brackets: 王芳(已故), 李明(党员)."""
    for place, said in enumerate(frame.raw("name") or ()):
        if type(said) is str and REMARKED.search(said) and (remark := read_name(said).remark):
            _set_remark(frame, people[place], place, "name", remark)


def _set_status(frame: Frame, people: list[ReadPerson]) -> None:
    """The columns that say who is still there."""
    for person, code in zip(people, frame.coded("status") or (), strict=False):
        person.status = code or person.status
    for key, code in ENDINGS:
        _set_ended(frame, people, key, code)


def _set_title(frame: Frame, people: list[ReadPerson]) -> None:
    """What the title says of everybody, unless a column of its own says it of each."""
    code, status = frame.setting.label, frame.setting.status
    if code and f"label:{code}" not in frame.columns:
        for person in people:
            add_label(person, code, {})
    if status:
        for person in people:
            person.status = person.status or status


def _set_captions(frame: Frame, people: list[ReadPerson]) -> None:
    """What the captions between the rows say of those under them: 一、低保户, 二、残疾人."""
    told = [(row, caption(text)) for row, text in frame.lines.notes if len(text) <= 20]
    spoken = [(row, said) for row, said in told if said is not None]
    starts = [row for row, _ in spoken]
    for row, person in zip(frame.rows if spoken else (), people, strict=False):
        key, value = spoken[place - 1][1] if (place := bisect(starts, row)) else ("", "")
        if key == "labels":
            add_label(person, value, {})
        elif key and key not in frame.columns and not getattr(person, key):
            setattr(person, key, value)


def _filled(frame: Frame, key: str) -> Iterator[tuple[int, str]]:
    """The filled cells of all columns of a kind."""
    for column in frame.columns.get(key, ()):
        for place, text in enumerate(frame.readers.texts.column(frame.cells.cells(column))):
            if text:
                yield place, text


def _set_remark(frame: Frame, person: ReadPerson, place: int, key: str, text: str) -> None:
    if key == "remark":
        person.remark = f"{person.remark}；{text}" if person.remark else text
    for found in frame.readers.labels[text]:
        add_label(person, found.code, found.attributes)
    status = frame.readers.statuses[text]
    if status:
        person.status = status
    members = frame.readers.members[text]
    if members:
        _report_members(frame, place, key, members)


def _report_members(frame: Frame, place: int, key: str, text: str) -> None:
    frame.report(place, key, "free_text_members", tell("free_text_members", said=text), said=text)


def _set_ended(frame: Frame, people: list[ReadPerson], key: str, code: str) -> None:
    raw = frame.raw(key) if key in frame.columns else None
    if raw is None:
        return
    today = frame.guide.as_of.isoformat()
    for person, day in zip(people, frame.readers.days.column(raw), strict=True):
        if day.text and day.text <= today:
            person.status = code


def _set_ticks(frame: Frame, people: list[ReadPerson], code: str, columns: list[int]) -> None:
    for column in columns:
        values = frame.cells.cells(column)
        for person, value, ticked in zip(people, values, frame.readers.ticks.column(values), strict=True):
            if ticked:
                found = next((f for f in frame.readers.labels[text_of(value)] if f.code == code), None)
                add_label(person, code, found.attributes if found else {})


def _set_disability(frame: Frame, people: list[ReadPerson]) -> None:
    kinds, levels = frame.texts("disability_kind"), frame.texts("disability_level")
    if kinds is None and levels is None:
        return
    nothing = [""] * frame.count
    ticks = frame.readers.ticks
    for person, kind, level in zip(people, kinds or nothing, levels or nothing, strict=True):
        if (kind or level) and (ticks[kind] or ticks[level]):
            about = {
                "category": labelling.disability_category(kind),
                "level": labelling.disability_level(level) or labelling.disability_level(kind),
            }
            add_label(person, "disability", {key: value for key, value in about.items() if value})


def _set_certified(frame: Frame, people: list[ReadPerson]) -> None:
    """Category and level are written in the number of the certificate itself."""
    for person, cert in zip(people, frame.texts("disability_cert") or (), strict=False):
        if found := CERTIFICATE.fullmatch(cert):
            category, level = (
                labelling.CERTIFIED[found["category"]],
                labelling.disability_level(found["level"]),
            )
            add_label(person, "disability", {"category": category, "level": level})


def set_contacts(frame: Frame, people: list[ReadPerson]) -> None:
    """Landlords, guardians and contacts stay beside the person; they are no residents of the row."""
    for role in CONTACT_ROLES:
        keys = [key for key in frame.columns if key.startswith(f"{role}.")]
        if not keys:
            continue
        columns = [frame.cells.cells(frame.columns[key][0]) for key in keys]
        for person, *given in zip(people, *columns, strict=True):
            if any(value != "" for value in given) and (contact := _contact(frame, role, keys, given)):
                person.contacts = (*person.contacts, contact)


def _contact(frame: Frame, role: str, keys: list[str], given: list[Any]) -> Contact | None:
    name, numbers, said = "", (), []
    for key, value in zip(keys, given, strict=True):
        text = frame.readers.texts[value]
        if not text:
            continue
        said.append(text)
        if not text.isalpha():
            phones = frame.readers.phones[value]
            numbers += phones.numbers
            text = phones.said
        if key.endswith(".name"):
            name = text
    return Contact(role, name, numbers, " ".join(said)) if said else None


def set_marks(frame: Frame, people: list[ReadPerson], marks: dict[int, list[Legend]]) -> None:
    """What the colours of a row mean by the legend; words in the row come before colours."""
    places = {row: place for place, row in enumerate(frame.rows)} if marks else {}
    for row, legends in marks.items():
        person = people[places[row]]
        for legend in legends:
            if legend.field == "labels":
                add_label(person, legend.value, {})
            elif legend.field == "status":
                person.status = person.status or legend.value
            else:
                person.residence_kind = person.residence_kind or legend.value


def report_names(frame: Frame, people: list[ReadPerson], raw: list[Any]) -> None:
    """Name cells that hold more than one person."""
    for place, person in enumerate(people):
        if len(person.name) <= 4 or person.name.isascii() or "·" in person.name:
            continue
        names = split_names(raw[place])
        members = "、".join(names[1:]) if names else members_in(text_of(raw[place]))
        if names:
            person.name = names[0]
        if members:
            _report_members(frame, place, "name", members)


def add_label(person: ReadPerson, code: str, attributes: dict[str, str]) -> None:
    """Add a label, or its attributes to the label that is there."""
    for label in person.labels:
        if label.code == code:
            if attributes:
                both = new_label(code, tuple({**dict(label.attributes), **attributes}.items()))
                person.labels = tuple(both if other is label else other for other in person.labels)
            return
    person.labels = (*person.labels, new_label(code, tuple(attributes.items())))


@lru_cache(maxsize=4096)
def new_label(code: str, attributes: tuple[tuple[str, str], ...]) -> Label:
    """A label with its name; equal ones are one object."""
    return Label(code, labelling.label(code).name, attributes)
