"""Oracle (对答案): what a form has to hold, worked out from the community file alone; each form brings its own blank."""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from .blank_forms import Row, book

BLANK, ANY, SEQ, FORMULA = object(), object(), object(), object()
Truth = Callable[[Row, "World"], Any]
SAME = (
    {"户主", "本人"},
    {"配偶", "妻", "夫"},
    {"本科", "大学本科"},
    {"大专", "大学专科"},
    {"硕士研究生", "研究生"},
    {"无业", "无业人员"},
)
HEADS = re.compile(r"/(?![^（(]*[）)])")


class Address(str):
    """Right when it ends as the registry's does."""


class World:
    """The community file with quick ways about it."""

    def __init__(self, said: Row) -> None:
        self.said = said
        self.people: dict[str, Row] = {each["key"]: each for each in said["persons"]}
        self.homes: dict[str, Row] = {each["key"]: each for each in said["households"]}
        self.houses: dict[str, Row] = {each["key"]: each for each in said["dwellings"]}
        self.grid_of = {each["key"]: each["grid"] for each in said["buildings"]}

    def members(self, home: str) -> list[Row]:
        """Who belongs to a household."""
        people = (self.people[key] for key in self.homes[home]["members"])
        return [each for each in people if each["status"] in ("在住", "户在人不在")]

    def head(self, home: Row) -> Row:
        return self.people[home["head"]]

    def kin(self, person: Row, kind: str) -> Row:
        return self.people.get(person.get(kind) or "", {})

    def house(self, person: Row) -> Row:
        return self.houses.get(person["dwelling"], {})

    def first(self, who: Truth) -> str:
        """The key of the first person or household of whom something holds."""
        rows = [*self.said["persons"], *self.said["households"]]
        return next(each["key"] for each in rows if who(each, self))


def is_person(row: Row) -> bool:
    return "id_number" in row


def lives(person: Row) -> bool:
    return is_person(person) and person["status"] == "在住"


def worn(person: Row, name: str) -> Row:
    return next((each for each in person["labels"] if each["label"] == name), {})


def has(person: Row, *names: str) -> bool:
    return any(worn(person, name) for name in names)


def say(key: str) -> Truth:
    return lambda row, world: row.get(key) or ""


def phone(person: Row, world: Any = None) -> Any:
    return set(person.get("phones") or []) or ""


def address(person: Row, world: Any = None) -> Any:
    return Address(person["address"])


def hukou(person: Row, world: Any = None) -> Any:
    return Address(person["hukou_address"] or "")


def age(person: Row, world: Any = None) -> int:
    return int(person["age"])


def dated(get: Truth, pattern: str = "{y}-{m}-{d}") -> Truth:
    """A date in the form's own way."""

    def truth(row: Row, world: World) -> str:
        said = get(row, world)
        if not said:
            return ""
        year, month, day = (*said.split("-"), "", "")[:3]
        return pattern.format(y=year, m=month, d=day)

    return truth


def born(pattern: str) -> Truth:
    return dated(say("birth_date"), pattern)


def label(name: str, key: str) -> Truth:
    return lambda person, world: worn(person, name).get(key) or ""


def wears(name: str, yes: str = "是", no: str = "否") -> Truth:
    return lambda person, world: yes if worn(person, name) else no


def of(kind: str, get: Truth) -> Truth:
    """The same of a relative."""
    return lambda person, world: get(world.kin(person, kind), world) if world.kin(person, kind) else ""


def coded(get: Truth, table: Row) -> Truth:
    return lambda row, world: table.get(get(row, world), "")


NAME, SEX, ID = say("name"), say("sex"), say("id_number")


def flat(value: Any) -> str:
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return re.sub(r"\s", "", "" if value is None else str(value))


def agrees(want: Any, got: Any) -> bool:
    """Whether a cell says what it has to."""
    text = flat(got)
    if want is ANY:
        return True
    if want is BLANK:
        return not text
    if want is FORMULA:
        return text.startswith("=")
    if isinstance(want, set | tuple):
        return any(agrees(each, got) for each in want)
    said = flat(want)
    if isinstance(want, Address) and said:
        return bool(text) and (text.endswith(said) or said.endswith(text))
    return said == text or any({said, text} <= group for group in SAME)


def first_sheet(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


@dataclass
class Listing:
    """A form with a line for each person, house, household or matter; columns as (heading/levels, truth)."""

    title: str
    heads: Sequence[tuple[str, Any]]
    who: Truth
    rows_of: str = "persons"
    notes: tuple[str, ...] = ()
    sub: str = ""
    # Rows between the headings and the blanks.
    between: Sequence[Sequence[Any]] = ()
    blanks: int = 5
    framed: bool = True
    dress: Any = None
    match: tuple[int, ...] = (1,)
    # What has to stand among the doubts about the population.
    doubts: str = ""
    target: Any = field(default=None)

    @property
    def depth(self) -> int:
        return max(len(HEADS.split(words)) for words, _ in self.heads)

    @property
    def top(self) -> int:
        return 3 if self.sub else 2

    @property
    def content(self) -> bytes:
        """The blank, with its headings merged as offices merge them."""
        width, last = len(self.heads), get_column_letter(len(self.heads))
        above = [[self.title], *([[self.sub]] if self.sub else [])]
        heads, merges = self._headings()
        rows = [*above, *heads, *self.between, *[[None] * width for _ in range(self.blanks)]]
        bottom = len(rows) if self.framed else len(above) + self.depth
        merges += [f"A{row}:{last}{row}" for row in range(1, self.top)]
        merges += [f"A{row}:{last}{row}" for row in range(len(rows) + 1, len(rows) + 1 + len(self.notes))]
        rows += [[note] for note in self.notes]
        return book(rows, frame=(self.top, 1, bottom, width), merges=merges, dress=self.dress)

    def _headings(self) -> tuple[list[list[Any]], list[str]]:
        paths = [HEADS.split(words) for words, _ in self.heads]
        grid: list[list[Any]] = [[None] * len(paths) for _ in range(self.depth)]
        merges = []
        for level in range(self.depth):
            for column, path in enumerate(paths):
                if len(path) <= level or (
                    column and len(path) - 1 > level and paths[column - 1][: level + 1] == path[: level + 1]
                ):
                    continue
                grid[level][column] = path[level]
                end, below = column, self.depth - 1 if level == len(path) - 1 else level
                while len(path) - 1 > level and [each[: level + 1] for each in paths[end + 1 : end + 2]] == [
                    path[: level + 1]
                ]:
                    end += 1
                if (end, below) != (column, level):
                    first, last = get_column_letter(column + 1), get_column_letter(end + 1)
                    merges.append(f"{first}{self.top + level}:{last}{self.top + below}")
        return grid, merges

    def wrong(self, done: Any, world: World) -> Iterator[Any]:
        """What is not as it has to be."""
        table = {"persons": "persons", "houses": "dwellings", "homes": "households", "matters": "matters"}[
            self.rows_of
        ]
        truth = [
            [each if each in (BLANK, ANY, SEQ) else each(row, world) for _, each in self.heads]
            for row in world.said[table]
            if self.who(row, world)
        ]
        pool = list(self._lines(first_sheet(done.content)))
        if len(pool) != len(truth):
            yield "lines", len(truth), len(pool)
        for line in truth:
            fitting = [each for each in pool if all(agrees(line[place], each[place]) for place in self.match)]
            best = max(fitting, key=lambda each: sum(map(agrees, line[1:], each[1:])), default=None)
            if best is None:
                yield "missing", line
                continue
            pool.remove(best)
            for (words, _), want, got in zip(self.heads, line, best, strict=True):
                if want is not SEQ and not agrees(want, got):
                    yield words, want, got
        said = [doubt for note in done.report.populations for doubt in note.doubts]
        if self.doubts and not any(re.search(self.doubts, doubt) for doubt in said):
            yield "no doubt", self.doubts, said

    def _lines(self, page: Any) -> Iterator[list[Any]]:
        for row in range(self.top + self.depth + len(self.between), page.max_row + 1):
            values = [page.cell(row, column).value for column in range(1, len(self.heads) + 1)]
            if flat(values[0]) in (*map(flat, self.notes), "合计"):
                return
            written = [
                value for value, (_, truth) in zip(values, self.heads, strict=True) if truth is not SEQ
            ]
            if any(value not in (None, "") for value in written):
                yield values


@dataclass
class Cells:
    """A card or a counting form: what must stand in which cell."""

    rows: Sequence[Sequence[Any]]
    frame: tuple[int, int, int, int]
    merges: Sequence[str]
    # (person or household, world) → truth by cell.
    cells: Callable[[Row, World], dict[str, Any]]
    who: Truth | None = None

    @property
    def content(self) -> bytes:
        return book(self.rows, frame=self.frame, merges=self.merges)

    def target(self, world: World) -> str | None:
        return world.first(self.who) if self.who else None

    def wrong(self, done: Any, world: World) -> Iterator[Any]:
        page = first_sheet(done.content)
        key = self.target(world)
        about = world.people.get(key or "") or world.homes.get(key or "") or {}
        for place, want in self.cells(about, world).items():
            if not agrees(want, page[place].value):
                yield place, want, page[place].value


def crossed(rows: Sequence[Any], columns: Sequence[Any], top: int, left: int, base: Any = lives) -> Any:
    """The truth of a cross table: how many of the base meet both; ("homes", test) counts households."""

    def cells(_: Row, world: World) -> dict[str, Any]:
        people = [each for each in world.said["persons"] if base(each)]
        found: dict[str, Any] = {}
        for row, down in enumerate(rows, top):
            for column, across in enumerate(columns, left):
                place = f"{get_column_letter(column)}{row}"
                if down in (BLANK, FORMULA) or across in (BLANK, FORMULA):
                    found[place] = BLANK if BLANK in (down, across) else FORMULA
                elif down and across:
                    found[place] = _counted(people, down, across)
        return found

    return cells


def _counted(people: list[Row], down: Any, across: Any) -> int:
    tests = [each[1] if isinstance(each, tuple) else each for each in (down, across)]
    chosen = [each for each in people if all(test(each) for test in tests)]
    if isinstance(down, tuple) or isinstance(across, tuple):
        return len({each["household"] for each in chosen})
    return len(chosen)
