"""Dwellings (居住): which house each person of a table lives in, and which household they belong to."""

from collections.abc import Iterable
from itertools import repeat

from liren.core.places.addresses import Address
from liren.core.sheets.workbook import text_of

from .frame import HEAD_CODES, Frame
from .homes import SAME_AS_HUKOU
from .records import ReadPerson
from .telling import tell
from .values import NO, YES, is_ticked

TICKS = YES | NO
HOUSE_PARTS = ("lane", "building", "unit", "floor", "room")


def set_homes(frame: Frame, people: list[ReadPerson]) -> None:
    """Building, unit and room of each person; addresses that name no house are told."""
    for place, (person, address) in enumerate(zip(people, _addresses(frame), strict=False)):
        person.building = address.building or ""
        person.unit, person.room = address.unit or "", address.room or ""
        person.address_said = address.said
        if address.problem:
            _report(frame, place, person, address)


def set_households(frame: Frame, people: list[ReadPerson]) -> None:
    """Relation, name of the head, and a mark that the members of a household share."""
    head_names = _heads(frame, people)
    given = frame.texts("household") or repeat("")
    relations = frame.relations or repeat("")
    number, before = 0, None
    lead = f"{frame.setting.sheet}#{frame.table.header[0]}."
    for person, relation, head, told in zip(people, relations, head_names, given, strict=False):
        person.relation = relation
        person.head_name = head
        mark = (person.building, person.unit, person.room, head, told)
        if mark != before or relation in HEAD_CODES:
            number += 1
            before = mark
        person.household = f"{lead}{number}"


def _heads(frame: Frame, people: list[ReadPerson]) -> Iterable[str]:
    """The name of the head for each row; where heads are only ticked, the name of the row ticked last."""
    heads = frame.raw("head.name")
    if heads is None:
        return repeat("")
    own = frame.cells.cells(frame.columns["head.name"][0]) if "head.name" in frame.columns else []
    said = {text_of(value).lower() for value in own} - {""}
    if not said or not said <= TICKS:
        return frame.readers.names.column(heads)
    names, head, before = [], "", ("", "", "")
    for person, value in zip(people, own, strict=True):
        home = (person.building, person.unit, person.room)
        if is_ticked(value):
            head = person.name
        elif home != before:
            head = ""
        before = home
        names.append(head)
    return names


def _addresses(frame: Frame) -> list[Address]:
    whole = frame.raw("address")
    parts = [frame.raw(key) for key in HOUSE_PARTS]
    told = whole is not None or any(part is not None for part in parts)
    if not told and not frame.setting.home and not frame.lines.sections:
        return []
    hukou = frame.raw("hukou_address")
    surroundings = _surroundings(frame) or repeat(
        (frame.setting.home, frame.setting.home_unit, ""), frame.count
    )
    streams = [part if part is not None else repeat("") for part in parts]
    found = []
    for place, ((home, unit, said), address, *given) in enumerate(
        zip(surroundings, whole or repeat(""), *streams, strict=False)
    ):
        if hukou is not None and type(address) is str and SAME_AS_HUKOU.match(address):
            address = hukou[place]
        if said and address == "" and given[4] == "":
            address = said
        found.append(frame.homes.read(home, unit, address, given))
    return found


def _surroundings(frame: Frame) -> list[tuple[str, str, str]] | None:
    """Building, unit and whole address that the section rows give to the rows below them."""
    sections = [
        (row, *frame.homes.section(text, frame.setting.constants.get("lane", "")))
        for row, text in frame.lines.sections
    ]
    sections = [section for section in sections if any(section[1:])]
    if not sections:
        return None
    found = []
    home, unit, said = frame.setting.home, frame.setting.home_unit, ""
    upcoming = iter(sections)
    following = next(upcoming, None)
    for row in frame.rows:
        while following is not None and following[0] < row:
            home, unit, said = following[1] or home, following[2], following[3]
            following = next(upcoming, None)
        found.append((home, unit, said))
    return found


def _report(frame: Frame, place: int, person: ReadPerson, address: Address) -> None:
    reason = address.problem or ""
    if reason == "address_missing" and not frame.columns.keys() & {"address", "room"}:
        return
    if reason == "address_unknown":
        person.building = person.unit = person.room = ""
    key = next((k for k in ("room", "address", "building") if k in frame.columns), "address")
    said, proposal = address.said, address.proposal or ""
    frame.report(place, key, reason, tell(reason, said=said, proposal=proposal), said=said, proposal=proposal)
