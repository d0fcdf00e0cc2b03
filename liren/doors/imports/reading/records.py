"""Records (读到的内容): what a reading hands on – tables, people, problems. Small and plain, made by the 10,000."""

from dataclasses import dataclass, field
from typing import Any

from liren.core.sheets.headers import Match


@dataclass(frozen=True, slots=True)
class Source:
    """A row of the file as the user sees it: sheet name ("" for csv) and row number from 1."""

    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Label:
    """A label (标签) found in a tick column, a remark or a colour, with what was said about it."""

    code: str
    name: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody named in the row who is not its resident: landlord, guardian, contact."""

    role: str
    name: str = ""
    phones: tuple[str, ...] = ()
    said: str = ""


@dataclass(slots=True)
class ReadPerson:
    """A person (居民) as the roster tells; codes of the national tables, "" where it is silent."""

    name: str
    sex: str = ""
    birth: str = ""
    id_kind: str = ""
    id_number: str = ""
    phones: tuple[str, ...] = ()
    ethnicity: str = ""
    education: str = ""
    marital: str = ""
    political: str = ""
    employment: str = ""
    nationality: str = ""
    work_unit: str = ""
    hukou_address: str = ""
    residence_kind: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""
    address_said: str = ""
    relation: str = ""
    head_name: str = ""
    household: str = ""
    moved_in: str = ""
    status: str = ""
    tenure: str = ""
    remark: str = ""
    labels: tuple[Label, ...] = ()
    contacts: tuple[Contact, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to tell the user about a row: reason (a key of the import's catalogue), sentence, mend."""

    sheet: str
    row: int
    field: str
    reason: str
    message: str
    column: int | None = None
    said: str = ""
    proposal: str = ""


@dataclass(slots=True)
class ReadTable:
    """A table that was found: where it is, what its columns mean, and which rows are no people and why."""

    sheet: str
    kind: str
    title: str
    first_row: int
    last_row: int
    header_rows: tuple[int, int]
    fingerprint: str
    columns: list[Match] = field(default_factory=list)
    skipped: dict[int, str] = field(default_factory=dict)
    legends: list[str] = field(default_factory=list)
    people: int = 0


@dataclass(slots=True)
class Reading:
    """All that a file told: its tables, people and problems, and notes about the file itself."""

    file: str
    kind: str = ""
    tables: list[ReadTable] = field(default_factory=list)
    people: list[ReadPerson] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)


Cells = list[Any]
