"""A roster (名册) as a whole: every sheet, its tables and cards, then the people that two rows tell about."""

import re
from pathlib import Path
from typing import Any

from liren.core.sheets.cards import find_cards
from liren.core.sheets.guarded import without_collector
from liren.core.sheets.headers import LIKELY, Vocabulary, fingerprint, match
from liren.core.sheets.layout import Layout, Table
from liren.core.sheets.tables import find_tables, without_header
from liren.core.sheets.turned import find_turned
from liren.core.sheets.workbook import Sheet, Workbook, open_workbook, text_of

from .frame import Frame, Setting
from .guide import Guide
from .homes import Homes
from .legends import Legend, colour_keys, find_legends, marked_rows
from .lines import Lines, classify
from .people import read_people
from .promoting import by_key, promoted
from .recasting import recast
from .records import Problem, Reading, ReadTable
from .same import settle_doubles
from .telling import tell
from .titles import caption, residence_kind, title_label
from .unfold import unfold
from .values import Readers
from .vocabulary import roster_vocabulary

SAMPLES = 60
TELLING = (
    "id_number",
    "phones",
    "sex",
    "birth",
    "age",
    "ethnicity",
    "relation",
    "education",
    "marital",
    "political",
)
FILE_ENDING = re.compile(r"\.\w{1,5}$|^\d{1,3}[_\-.、 ]+")
LANE = re.compile(r"\d+弄")
PAIR = re.compile(r"([^\s:：,，;；]{1,8})\s*[:：]\s*([^\s:：]{1,30})")
CONSTANTS = frozenset(
    ("address", "building", "unit", "room", "lane", "household", "residence_kind", "head.name")
)


def read_roster(path: str | Path, guide: Guide, *, name: str = "") -> Reading:
    """Read one file; raises Unreadable with one sentence when it cannot be opened."""
    return read_workbook(open_workbook(path), guide, name or Path(path).name)


def read_workbook(book: Workbook, guide: Guide, name: str) -> Reading:
    """Read a workbook that is open already."""
    with without_collector():
        return _RosterReader(book, guide, name).read()


class _RosterReader:
    def __init__(self, book: Workbook, guide: Guide, name: str) -> None:
        self.book, self.guide = book, guide
        self.reading = Reading(name, book.kind, notes=list(book.notes))
        self.vocabulary = roster_vocabulary()
        self.readers = Readers(guide.as_of)
        self.homes = Homes(guide.book)
        self.people: list[Any] = []
        self.said_ids: list[str] = []
        self.from_cards: set[int] = set()
        self.other_legends: list[Legend] = []

    def read(self) -> Reading:
        found = [(sheet, self._tables(sheet)) for sheet in self.book.sheets]
        self.other_legends = find_legends(
            text for sheet, tables in found if not tables and not sheet.hidden for text in _all_texts(sheet)
        )
        for sheet, tables in found:
            if sheet.hidden and sheet.rows:
                message = tell("hidden_sheet", said=sheet.name)
                self.reading.add(Problem(sheet.name, 0, "", "hidden_sheet", message, said=sheet.name))
                continue
            for table in tables:
                self._read_table(sheet, table)
        outcome = settle_doubles(self.people, self.said_ids, self.from_cards)
        self.reading.people = outcome.people
        self.reading.problems.extend(outcome.problems)
        return self.reading

    def _tables(self, sheet: Sheet) -> list[Table]:
        layout = Layout(sheet, self.vocabulary)
        if (turned := find_turned(layout, "name")) is not None:
            return [turned]
        tables = find_tables(layout)
        cards = find_cards(layout, tables, ("name", "head.name"))
        if cards is not None and (not tables or _tells_of_people(cards, self.vocabulary)):
            tables.append(cards)
        if not tables and not sheet.hidden:
            tables = without_header(layout)
        return tables

    def _read_table(self, sheet: Sheet, table: Table) -> None:
        mark = fingerprint([path for _, path in table.columns])
        recast(table, self.vocabulary)
        samples = _samples(table)
        matches = match(table.columns, samples, self.vocabulary, self.guide.remembered.get(mark))
        matches, whose = promoted(matches, samples)
        columns = by_key(matches)
        told = ReadTable(
            sheet.name, table.kind, _title(table), table.first + 1, table.last,
            (table.header[0] + 1, table.header[1] + 1), mark, matches,
        )  # fmt: skip
        self.reading.tables.append(told)
        if "name" not in columns or not _is_of_people(columns):
            told.kind = "statistics"
            return
        telling = {column for key in TELLING for column in columns.get(key, ())}
        unfold(table, columns["name"][0], telling)
        lines = classify(table, columns["name"][0], telling)
        setting = self._setting(sheet, table, columns)
        if whose in OWN_RELATION and "relation" not in columns:
            setting.constants["relation"] = OWN_RELATION[whose]
        told.skipped = {row + 1: reason for row, reason in lines.skipped.items()}
        frame = Frame(table, columns, lines, setting, self.guide, self.readers, self.homes)
        harvest = read_people(frame, self._marks(table, lines, columns["name"][0], told))
        told.people = len(harvest.people)
        self.people.extend(harvest.people)
        if table.kind == "cards":
            self.from_cards.update(map(id, harvest.people))
        self.said_ids.extend(harvest.said_ids)
        self.reading.problems.extend(harvest.problems)

    def _setting(self, sheet: Sheet, table: Table, columns: dict[str, list[int]]) -> Setting:
        setting = Setting(sheet.name)
        texts = [text for _, text in table.above]
        # the name of the file is a last resort, for lists that tell rooms and no building
        file = (
            []
            if columns.keys() & {"building", "address", "lane"}
            else [FILE_ENDING.sub("", self.reading.file)]
        )
        for text in [*_common_groups(table), *texts[::-1], sheet.name, *file]:
            building, unit = self.homes.building_in(text)
            setting.home_unit = setting.home_unit or unit
            if building:
                setting.home = building
                break
        self._set_kinds(setting, texts, columns)
        pairs = [(label, value) for _, label, value in table.context]
        pairs += [pair for text in texts for pair in PAIR.findall(text)]
        for label, value in pairs:
            key, confidence, _ = self.vocabulary.read(label)
            if key in CONSTANTS and confidence >= LIKELY and key not in columns:
                setting.constants.setdefault(key, value)
        if not setting.home and "lane" not in columns and (lane := _lane([*texts[::-1], sheet.name])):
            setting.constants.setdefault("lane", lane)
        return setting

    def _set_kinds(self, setting: Setting, texts: list[str], columns: dict[str, list[int]]) -> None:
        """What titles and the sheet's name say of everybody: kind of residents, label, living status."""
        for text in [*texts, setting.sheet, self.reading.file]:
            if "residence_kind" not in columns and not _mixed(text) and (kind := residence_kind(text)):
                setting.residence_kind = kind
                break
        setting.label = title_label([*texts, *([setting.sheet] if not texts else [])])
        told = caption(setting.sheet)
        if told is not None and told[0] == "status" and "status" not in columns:
            setting.status = told[1]

    def _marks(self, table: Table, lines: Lines, name: int, told: ReadTable) -> dict[int, list[Legend]]:
        sheet = table.sheet
        texts = [*table.above, *lines.notes, *_outside(table, lines)]
        legends = find_legends(text for _, text in texts) + colour_keys(sheet, texts)
        legends = legends or self.other_legends
        told.legends = [legend.said for legend in legends]
        if not legends or not sheet.looks or table.kind in ("cards", "turned"):
            return {}
        if table.lines is None:
            return marked_rows(legends, sheet, lines.people, name, table.right + 1)
        # several people folded into one row share its look
        of_sheet = {line: table.line_rows[line] for line in lines.people}
        marked = marked_rows(legends, sheet, sorted(set(of_sheet.values())), name, table.right + 1)
        return {line: marked[row] for line, row in of_sheet.items() if row in marked}


OWN_RELATION = {"head": "户主", "spouse": "配偶"}


def _tells_of_people(cards: Table, vocabulary: Vocabulary) -> bool:
    """Cards above lists of members count as people only when they tell more than a name and an address."""
    keys = {vocabulary.read(path[0])[0].rpartition(".")[2] for _, path in cards.columns}
    return not keys.isdisjoint(("id_number", "sex", "birth"))


def _common_groups(table: Table) -> list[str]:
    """Headings that stand over the whole table, such as the title of one of two lists side by side."""
    paths = [path for _, path in table.columns if path]
    return [group for group in paths[0][:-1] if all(group in path[:-1] for path in paths)] if paths else []


def _lane(texts: list[str]) -> str:
    """The lane (12弄) that a title or sheet name speaks of, when it is only one."""
    for text in texts:
        if len(lanes := set(LANE.findall(text))) == 1 and len(text) <= 30:
            return lanes.pop()
    return ""


def _mixed(text: str) -> bool:
    return bool(re.search(r"户籍.*(流动|外来)|(流动|外来).*户籍|实有人口", text))


def _outside(table: Table, lines: Lines) -> list[tuple[int, str]]:
    """Texts of rows that are no people: legends may stand in a footer or in a subtotal line."""
    found: list[tuple[int, str]] = []
    for row, reason in lines.skipped.items():
        if reason in ("footer", "note", "subtotal", "section") and table.lines is None:
            cells = table.sheet.rows[row]
            found.extend((row, text_of(cell)) for cell in cells if type(cell) is str and len(cell) > 3)
    return found


def _all_texts(sheet: Sheet) -> list[str]:
    return [cell for row in sheet.rows[:200] for cell in row if type(cell) is str and len(cell) > 3]


def _samples(table: Table) -> dict[int, list[str]]:
    """Some values of each column, spread over the table."""
    rows = table.lines if table.lines is not None else table.sheet.rows[table.first : table.last]
    step = max(1, len(rows) // SAMPLES)
    some = [row for row in rows[::step] if row][: SAMPLES * 2]
    return {
        column: [text for row in some if len(row) > column and (text := text_of(row[column]))]
        for column, _ in table.columns
    }


def _title(table: Table) -> str:
    return max((text for _, text in table.above), key=len, default="")[:80]


def _is_of_people(columns: dict[str, list[int]]) -> bool:
    known = [key for key in columns if key not in ("serial", "ignored", "remark")]
    return len(known) >= 2


__all__ = ["Vocabulary", "read_roster", "read_workbook"]
