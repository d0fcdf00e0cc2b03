"""People of a table (逐行成人): columns of cells become people, and what is doubtful becomes problems."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from typing import Any

from liren.core.people import codes, labelling
from liren.core.people.dates import PartialDate
from liren.core.people.identity import IdentityCheck
from liren.core.people.phones import Phones
from liren.core.places.addresses import Address, spell
from liren.core.sheets.tables import Table
from liren.core.sheets.workbook import text_of

from .columns import MOSTLY, Columns, share_filled
from .freetext import members_in
from .guide import Guide
from .homes import SAME_AS_HOME, SAME_AS_HUKOU, Homes
from .legends import Legend
from .lines import Lines
from .records import Contact, Label, Problem, ReadPerson, Source
from .telling import tell
from .values import Readers, no_date

CODED = {
    "sex": "sex",
    "ethnicity": "ethnicity",
    "education": "education",
    "marital": "marital",
    "political": "political",
    "employment": "employment",
    "residence_kind": "residence_kind",
    "relation": "relation",
    "status": "status",
    "tenure": "tenure",
}
HEAD_COLUMNS = frozenset(("lane", "building", "unit", "room", "address", "head.name", "household"))
HOUSE_PARTS = ("lane", "building", "unit", "floor", "room")
CONTACT_ROLES = ("guardian", "landlord", "contact", "spouse", "parent")
HEAD_CODES = frozenset(("01", "02"))
NO_PHONES = Phones()
NO_ID = IdentityCheck()
ABSENT = no_date()
SEX_NAMES = {"1": "男", "2": "女"}


@dataclass(slots=True)
class Setting:
    """What a table's surroundings tell about all its rows."""

    sheet: str
    home: str = ""
    home_unit: str = ""
    residence_kind: str = ""
    head_name: str = ""
    address: Any = ""
    constants: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Harvest:
    """The people of one table with the numbers as written, and its problems."""

    people: list[ReadPerson] = field(default_factory=list)
    said_ids: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class TableReader:
    """Reads the people of one table whose columns are understood (`columns`: key -> column numbers)."""

    def __init__(
        self,
        table: Table,
        columns: dict[str, list[int]],
        lines: Lines,
        setting: Setting,
        guide: Guide,
        readers: Readers,
        homes: Homes,
    ) -> None:
        self.table, self.columns, self.lines, self.setting = table, columns, lines, setting
        self.guide, self.readers, self.homes = guide, readers, homes
        self.rows = lines.people
        self.cells = Columns(table, self.rows)
        self.numbers = [table.line_rows[row] for row in self.rows] if table.lines is not None else self.rows
        self.harvest = Harvest()
        self.count = len(self.rows)
        self.relations = self._coded("relation")
        self.serial_gaps = self._serial_gaps()

    # --- columns ---------------------------------------------------------------------------------

    def _raw(self, key: str) -> list[Any] | None:
        found = self.columns.get(key)
        if not found:
            constant = self.setting.constants.get(key)
            return [constant] * self.count if constant else None
        return self.cells.cells(found[0], fill=self._filler(key, found[0]))

    def _filler(self, key: str, column: int) -> Callable[[int], bool] | None:
        """Where an empty cell of a head column takes the value above."""
        if key not in HEAD_COLUMNS:
            return None
        raw = self.cells.raw(column)
        sparse = share_filled(raw) < MOSTLY and column not in self.cells.merged
        relations, gaps = self.relations, self.serial_gaps
        if sparse and key in ("lane", "building", "unit"):
            # written once for a whole block; a new building without a unit has none
            outer = [self.cells.raw(c) for k in ("lane", "building") if key == "unit" for c in self.columns.get(k, ())]
            return lambda place: all(values[place] == "" for values in outer)

        def fill(place: int) -> bool:
            if relations is not None and relations[place]:
                return relations[place] not in HEAD_CODES
            return gaps[place] if gaps is not None and not sparse else sparse

        return fill

    def _serial_gaps(self) -> list[bool] | None:
        """Where the serial number is missing although households are numbered: members of the one above."""
        found = self.columns.get("serial")
        if not found:
            return None
        values = self.cells.raw(found[0])
        share = share_filled(values)
        return [value == "" for value in values] if 0.1 < share < 1 else None

    def _texts(self, key: str) -> list[str] | None:
        raw = self._raw(key)
        return None if raw is None else self.readers.texts.column(raw)

    def _coded(self, key: str) -> list[str] | None:
        raw = self._raw(key) if key != "relation" else self._relation_cells()
        if raw is None:
            return None
        found = self.readers.coded[CODED[key]].column(raw)
        if "" in found:
            self._report_unknown(key, raw, found)
        return found

    def _relation_cells(self) -> list[Any] | None:
        found = self.columns.get("relation")
        if not found:
            constant = self.setting.constants.get("relation")
            return [constant] * self.count if constant else None
        return self.cells.cells(found[0])

    def _report_unknown(self, key: str, raw: list[Any], found: list[str]) -> None:
        if key in ("residence_kind", "status", "tenure", "employment"):
            return
        for place, (value, code) in enumerate(zip(raw, found, strict=True)):
            if not code and value != "" and (said := self.readers.texts[value]):
                title = codes.TABLES[CODED[key]].title
                self._report(place, key, "other", tell("unknown_word", said=said, table=title), said=said)

    # --- problems --------------------------------------------------------------------------------

    def _report(
        self, place: int, key: str, reason: str, message: str, *, said: str = "", proposal: str = ""
    ) -> None:
        found = self.columns.get(key) or [None]
        self.harvest.problems.append(
            Problem(
                self.setting.sheet, self.numbers[place] + 1, FIELDS.get(key, key), reason, message, found[0], said,
                proposal,
            )
        )  # fmt: skip

    # --- the table -------------------------------------------------------------------------------

    def read(self, marks: dict[int, list[Legend]]) -> Harvest:
        """All people of the table."""
        sources = [Source(self.setting.sheet, number + 1) for number in self.numbers]
        raw_names = self._raw("name") or []
        names = self.readers.names.column(raw_names)
        ids, said_ids = self._ids()
        births, sexes = self._births(), self._coded("sex")
        addresses = self._addresses()
        people = [
            ReadPerson(name, id_kind=check.number and check.kind or "", id_number=check.number or "", sources=(source,))
            for name, check, source in zip(names, ids, sources, strict=True)
        ]
        self._set_identity(people, ids, births, sexes)
        self._set_home(people, addresses)
        self._set_plain(people)
        self._set_phones(people)
        self._set_household(people)
        self._set_words(people)
        self._set_contacts(people)
        self._set_marks(people, marks)
        self._check_names(people, raw_names)
        self.harvest.people = people
        self.harvest.said_ids = said_ids
        self._report_rows()
        return self.harvest

    def _ids(self) -> tuple[list[IdentityCheck], list[str]]:
        raw = self._raw("id_number")
        if raw is None:
            return [NO_ID] * self.count, [""] * self.count
        for column in self.columns.get("id_number", ())[1:]:
            # a passport column beside the one for resident papers
            raw = [one if one != "" else other for one, other in zip(raw, self.cells.cells(column), strict=True)]
        checks = self.readers.ids.column(raw)
        said = [check.number or text_of(value) for check, value in zip(checks, raw, strict=True)]
        for place, check in enumerate(checks):
            if check.problem:
                if check.problem == "id_missing":
                    said[place] = ""
                if check.problem == "id_length" and check.number:
                    continue
                self._report(
                    place, "id_number", check.problem, check.message.rstrip("。") + "。", said=said[place],
                    proposal=check.proposal or "",
                )  # fmt: skip
        return checks, said

    def _births(self) -> list[PartialDate]:
        raw = self._raw("birth")
        return [ABSENT] * self.count if raw is None else self.readers.births.column(raw)

    def _set_identity(
        self,
        people: list[ReadPerson],
        ids: list[IdentityCheck],
        births: list[PartialDate],
        sexes: list[str] | None,
    ) -> None:
        """Birth and sex: a trusted number wins over the columns, and the row is told."""
        for place, (person, check, birth, sex) in enumerate(
            zip(people, ids, births, sexes or repeat(""), strict=False)
        ):
            person.sex = sex
            person.birth = birth.text
            if check.number and check.birth is not None:
                person.birth = check.birth.isoformat()
                if birth is not ABSENT and (birth.text or birth.problem):
                    self._compare_birth(place, person.birth, birth)
            elif birth.problem:
                self._report_birth(place, birth)
            if check.number and check.sex:
                if sex and sex != check.sex:
                    said, right = SEX_NAMES.get(sex, sex), SEX_NAMES[check.sex]
                    message = tell("id_sex_mismatch", said=said, proposal=right)
                    self._report(place, "sex", "id_sex_mismatch", message, said=said, proposal=right)
                person.sex = check.sex

    def _compare_birth(self, place: int, exact: str, birth: PartialDate) -> None:
        fits = any(exact.startswith(choice) for choice in birth.choices or (birth.text,) if choice)
        if not fits:
            said = self._said("birth", place)
            message = tell("id_birth_mismatch", said=said, proposal=exact)
            self._report(place, "birth", "id_birth_mismatch", message, said=said, proposal=exact)

    def _report_birth(self, place: int, birth: PartialDate) -> None:
        said = self._said("birth", place)
        choices = "或".join(birth.choices)
        message = tell(birth.problem or "", said=said, choices=choices)
        self._report(place, "birth", birth.problem or "", message, said=said, proposal=choices)

    def _said(self, key: str, place: int) -> str:
        column = self.columns[key][0] if self.columns.get(key) else None
        return "" if column is None else text_of(self.cells.raw(column)[place])

    # --- homes -----------------------------------------------------------------------------------

    def _addresses(self) -> list[Address]:
        whole = self._raw("address")
        parts = [self._raw(key) for key in HOUSE_PARTS]
        if whole is None and not any(part is not None for part in parts):
            if not self.setting.home and not self.lines.sections:
                return []
        hukou = self._raw("hukou_address")
        found = []
        empty = repeat("")
        homes = self._homes()
        streams = [part if part is not None else empty for part in parts]
        for place, (address, *given) in enumerate(zip(whole or empty, *streams, repeat(None, self.count), strict=False)):
            home, unit, said = homes[place] if homes else (self.setting.home, self.setting.home_unit, "")
            if hukou is not None and type(address) is str and SAME_AS_HUKOU.match(address):
                address = hukou[place]
            if said and address == "" and given[4] == "":
                address = said
            found.append(self.homes.read(home, unit, address, given[:5]))
        return found

    def _homes(self) -> list[tuple[str, str, str]] | None:
        """Building, unit and whole address that the section rows give to the rows below them."""
        sections = [(row, *self.homes.section(text)) for row, text in self.lines.sections]
        sections = [section for section in sections if any(section[1:])]
        if not sections:
            return None
        found = []
        home, unit, said = self.setting.home, self.setting.home_unit, ""
        upcoming = iter(sections)
        following = next(upcoming, None)
        for row in self.rows:
            while following is not None and following[0] < row:
                home, unit, said = following[1] or home, following[2], following[3]
                following = next(upcoming, None)
            found.append((home, unit, said))
        return found

    def _set_home(self, people: list[ReadPerson], addresses: list[Address]) -> None:
        for place, (person, address) in enumerate(zip(people, addresses, strict=False)):
            person.building = address.building or ""
            person.unit, person.room = address.unit or "", address.room or ""
            person.address_said = address.said
            if address.problem:
                self._report_address(place, person, address)

    def _report_address(self, place: int, person: ReadPerson, address: Address) -> None:
        reason = address.problem or ""
        if reason == "address_missing" and not self.columns.keys() & {"address", "room"}:
            return
        if reason == "address_unknown":
            person.building = person.unit = person.room = ""
        key = next((k for k in ("room", "address", "building") if k in self.columns), "address")
        said, proposal = address.said, address.proposal or ""
        message = tell(reason, said=said, proposal=proposal)
        self._report(place, key, reason, message, said=said, proposal=proposal)

    # --- the rest --------------------------------------------------------------------------------

    def _set_plain(self, people: list[ReadPerson]) -> None:
        for key in ("ethnicity", "education", "marital", "political", "employment", "tenure", "residence_kind"):
            found = self._coded(key)
            if found is not None:
                for person, value in zip(people, found, strict=True):
                    setattr(person, key, value)
        for key in ("work_unit", "nationality"):
            texts = self._texts(key)
            if texts is not None:
                for person, text in zip(people, texts, strict=True):
                    setattr(person, key, text)
        self._set_hukou(people)
        moved = self._raw("moved_in")
        if moved is not None:
            for person, day in zip(people, self.readers.days.column(moved), strict=True):
                person.moved_in = day.text or (min(day.choices) if day.choices else "")
        if self.setting.residence_kind:
            for person in people:
                person.residence_kind = person.residence_kind or self.setting.residence_kind

    def _set_hukou(self, people: list[ReadPerson]) -> None:
        texts = self._texts("hukou_address")
        if texts is None:
            return
        for person, text in zip(people, texts, strict=True):
            if text and (text[0] in "同与人户" and SAME_AS_HOME.match(text)):
                text = self.guide.full_address(person.building, person.unit, person.room) or text
            person.hukou_address = text

    def _set_phones(self, people: list[ReadPerson]) -> None:
        columns = self.columns.get("phones", [])
        found = [self.readers.phones.column(self.cells.cells(column)) for column in columns]
        for given in found:
            for place, (person, phones) in enumerate(zip(people, given, strict=True)):
                if phones.numbers:
                    person.phones = person.phones + phones.numbers if person.phones else phones.numbers
                if phones.bad:
                    said = "、".join(phones.bad)
                    self._report(place, "phones", "phone_invalid", tell("phone_invalid", said=said), said=said)
        if len(found) > 1:
            for person in people:
                person.phones = tuple(dict.fromkeys(person.phones))

    def _set_household(self, people: list[ReadPerson]) -> None:
        relations = self.relations
        heads = self._raw("head.name")
        head_names = self.readers.names.column(heads) if heads is not None else None
        given = self._texts("household")
        number, before = 0, None
        for place, person in enumerate(people):
            relation = relations[place] if relations is not None else ""
            person.relation = relation
            if head_names is not None:
                person.head_name = head_names[place]
            mark = (person.building, person.unit, person.room, person.head_name, given[place] if given else "")
            if mark != before or relation in HEAD_CODES:
                number += 1
                before = mark
            person.household = f"{self.setting.sheet}#{self.table.header[0]}.{number}"

    def _set_words(self, people: list[ReadPerson]) -> None:
        """Remarks, label columns and ticks: labels, living status, other people named in passing."""
        for key in ("labels", "remark"):
            for column in self.columns.get(key, ()):
                texts = self.readers.texts.column(self.cells.cells(column))
                for place, text in enumerate(texts):
                    if text:
                        self._set_remark(people[place], place, key, text)
        for column in self.columns.get("members", ()):
            for place, text in enumerate(self.readers.texts.column(self.cells.cells(column))):
                if text:
                    self._report_members(place, "members", text)
        statuses = self._coded("status")
        for place, code in enumerate(statuses or ()):
            if code:
                people[place].status = code
        for key, code in (("death", "deceased"), ("moved_out", "moved_out")):
            self._set_ended(people, key, code)
        for key in self.columns:
            if key.startswith("label:"):
                self._set_ticks(people, key[6:], self.columns[key])
        if "disability_kind" in self.columns or "disability_level" in self.columns:
            self._set_disability(people)

    def _set_remark(self, person: ReadPerson, place: int, key: str, text: str) -> None:
        if key == "remark":
            person.remark = f"{person.remark}；{text}" if person.remark else text
        for found in self.readers.labels[text]:
            add_label(person, found.code, found.attributes)
        status = self.readers.statuses[text]
        if status:
            person.status = status
        members = members_in(text)
        if members:
            self._report_members(place, key, members)

    def _report_members(self, place: int, key: str, text: str) -> None:
        self._report(place, key, "free_text_members", tell("free_text_members", said=text), said=text)

    def _set_ended(self, people: list[ReadPerson], key: str, code: str) -> None:
        raw = self._raw(key) if key in self.columns else None
        if raw is None:
            return
        for person, day in zip(people, self.readers.days.column(raw), strict=True):
            if day.text and day.text <= self.guide.as_of.isoformat():
                person.status = code

    def _set_ticks(self, people: list[ReadPerson], code: str, columns: Sequence[int]) -> None:
        for column in columns:
            values = self.cells.raw(column)
            for person, value, ticked in zip(people, values, self.readers.ticks.column(values), strict=True):
                if ticked:
                    found = next((f for f in self.readers.labels[text_of(value)] if f.code == code), None)
                    add_label(person, code, found.attributes if found else {})

    def _set_disability(self, people: list[ReadPerson]) -> None:
        kinds = self._texts("disability_kind") or [""] * self.count
        levels = self._texts("disability_level") or [""] * self.count
        for person, kind, level in zip(people, kinds, levels, strict=True):
            if (kind or level) and (self.readers.ticks[kind] or self.readers.ticks[level]):
                about = {
                    "category": labelling.disability_category(kind),
                    "level": labelling.disability_level(level) or labelling.disability_level(kind),
                }
                add_label(person, "disability", {key: value for key, value in about.items() if value})

    def _set_contacts(self, people: list[ReadPerson]) -> None:
        for role in CONTACT_ROLES:
            keys = [key for key in self.columns if key.startswith(f"{role}.")]
            cells = {key: self.cells.cells(column) for key in keys for column in self.columns[key][:1]}
            for place, person in enumerate(people):
                given = {key: values[place] for key, values in cells.items() if values[place] != ""}
                if given and (contact := self._contact(role, given)):
                    person.contacts = (*person.contacts, contact)

    def _contact(self, role: str, given: dict[str, Any]) -> Contact | None:
        name, numbers, said = "", (), []
        for key, value in given.items():
            text = self.readers.texts[value]
            if not text:
                continue
            said.append(text)
            numbers += self.readers.phones[value].numbers
            if key.endswith(".name"):
                name = self.readers.phones[value].said if any(c.isdigit() for c in text) else text
        return Contact(role, name, numbers, " ".join(said)) if said else None

    def _set_marks(self, people: list[ReadPerson], marks: dict[int, list[Legend]]) -> None:
        places = {row: place for place, row in enumerate(self.rows)} if marks else {}
        for row, legends in marks.items():
            if row not in places:
                continue
            person = people[places[row]]
            for legend in legends:
                if legend.field == "labels":
                    add_label(person, legend.value, {})
                elif legend.field == "status":
                    person.status = person.status or legend.value
                else:
                    person.residence_kind = person.residence_kind or legend.value

    def _check_names(self, people: list[ReadPerson], raw_names: list[Any]) -> None:
        for place, person in enumerate(people):
            if len(person.name) > 4 and not person.name.isascii() and "·" not in person.name:
                members = members_in(text_of(raw_names[place]))
                if members:
                    self._report_members(place, "name", members)

    def _report_rows(self) -> None:
        hidden = self.table.sheet.hidden_rows
        if hidden:
            for place, number in enumerate(self.numbers):
                if number in hidden:
                    self._report(place, "row", "hidden_row", tell("hidden_row"))
        for row in self.lines.nameless:
            number = self.table.line_rows[row] if self.table.lines is not None else row
            column = self.columns["name"][0]
            self.harvest.problems.append(
                Problem(self.setting.sheet, number + 1, "name", "name_missing", tell("name_missing"), column)
            )


def add_label(person: ReadPerson, code: str, attributes: dict[str, str]) -> None:
    """Add a label, or its attributes to the label that is there."""
    for label in person.labels:
        if label.code == code:
            if attributes:
                both = tuple({**dict(label.attributes), **attributes}.items())
                person.labels = tuple(
                    Label(code, label.name, both) if other is label else other for other in person.labels
                )
            return
    person.labels = (*person.labels, new_label(code, tuple(attributes.items())))


@lru_cache(maxsize=4096)
def new_label(code: str, attributes: tuple[tuple[str, str], ...]) -> Label:
    """A label with its name; equal ones are one object."""
    return Label(code, labelling.label(code).name, attributes)


def spelled(guide: Guide, person: ReadPerson) -> str:
    """The home of a person in the local form."""
    known = guide.book.buildings.get(person.building)
    return spell(known.name, person.unit, person.room) if known else person.address_said


FIELDS = {
    "birth": "birth_date",
    "marital": "marital_status",
    "political": "political_status",
    "residence_kind": "residence_type",
    "relation": "relation_to_head",
    "moved_in": "move_in_date",
}
