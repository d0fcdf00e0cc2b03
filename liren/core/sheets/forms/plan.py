"""Plan (填表方案): the shape of a form with the meaning of each heading — what goes where, how sure, what is asked back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from .grid import Box, Form, Grid
from .headings import LIKELY
from .inline import Inline, inlines
from .lexicon import Lexicon, Reading, plain
from .offered import Option, in_brackets, list_for, lists_in, ticks_in
from .shapes import Column, Shape, Slot, Table, shape_of
from .telling import by_options, without_options

SEQ = re.compile(r"^(序号|序|编号|行号|no|顺序号|排序|号)$")
# Facts that a label in the middle of a row asks of whoever the row began with.
HANDED_ON = {
    "phone",
    "id_number",
    "relation_to_target",
    "work_unit",
    "age",
    "sex",
    "birth",
    "birth_month",
    "education",
    "political",
    "ethnicity",
    "employment",
    "full_address",
    "address",
    "hukou_address",
    "marital",
    "id_kind",
    "health",
}
# Of these only when the person of the form was asked for them already.
ONLY_AGAIN = HANDED_ON - {"phone", "id_number", "relation_to_target", "health"}
KIN = re.compile(r"[父母夫妻儿女子孙媳婿亲友兄弟姐妹伴邻师医]|人员|[员长者]姓名|干部|负责|责任|单位|队")
COUNTING = re.compile(r"统计|汇总|情况表|人口表|报表|月报|季报|年报|分布|构成|底数|一览")

# How to fill a form, wherever it stands: it limits who is meant, as notes do, and is no title.
TELLING = re.compile(r"^\s*(?:填表|填报|填写)?(?:说明|须知|要求)\s*[:：]|^\s*注\s*[:：]")


@dataclass(slots=True)
class Asked:
    """One place of a form: a column, a blank, a tick cell. `key` is its name when a mapping is remembered."""

    key: str
    path: tuple[str, ...]
    reading: Reading
    options: tuple[Option, ...] = ()
    seq: bool = False
    # The user said so, now or the last time.
    told: bool = False
    # What an example line shows here.
    example: str = ""

    @property
    def heading(self) -> str:
        """监护人 / 姓名."""
        return " / ".join(part.replace("\n", "") for part in self.path)


@dataclass(slots=True)
class TablePlan:
    """A table and what its columns ask: `list` a line for each, `count` figures, `kin` a relative in each line, `pair`
    a person in each column.
    """

    table: Table
    kind: str
    columns: list[tuple[Column, Asked]]
    corner: str = ""

    @property
    def keys(self) -> list[str]:
        """What the columns ask, as far as it is sure."""
        return [asked.reading.asked for _, asked in self.columns if asked.reading.is_sure]


@dataclass(slots=True)
class SlotPlan:
    """A blank beside its label."""

    slot: Slot
    asked: Asked


@dataclass(slots=True)
class TickPlan:
    """A cell whose options are ticked."""

    sheet: str
    box: Box
    asked: Asked
    options: tuple[Option, ...]


@dataclass(slots=True)
class InlinePlan:
    """A blank inside a line of words."""

    sheet: str
    box: Box
    inline: Inline
    reading: Reading
    # Whether people sign in the same line: then nothing but a date is filled.
    signed: bool = False
    options: tuple[Option, ...] = ()

    @property
    def is_ruled(self) -> bool:
        """A ruled blank, nobody's signature."""
        return not self.signed and bool(re.fullmatch(r"[\s　]*[_＿]{2,}[\s_＿　]*", self.inline.blank))


@dataclass(slots=True)
class SheetPlan:
    """One sheet."""

    grid: Grid
    titles: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tables: list[TablePlan] = field(default_factory=list)
    slots: list[SlotPlan] = field(default_factory=list)
    ticks: list[TickPlan] = field(default_factory=list)
    inlines: list[InlinePlan] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing to fill: a sheet of explanations."""
        return not (self.tables or self.slots or self.ticks or len(self.lines) > 1)

    @property
    def lines(self) -> list[InlinePlan]:
        """姓名：________: blanks in lines of words that ask for something known."""
        return [each for each in self.inlines if each.is_ruled and each.reading.is_sure]


@dataclass(slots=True)
class Plan:
    """A whole form."""

    sheets: list[SheetPlan]

    @property
    def all_notes(self) -> list[str]:
        """What the form explains anywhere."""
        return [note for sheet in self.sheets for note in sheet.notes]

    @property
    def definitions(self) -> list[str]:
        """Sheets of explanations only."""
        return [text for sheet in self.sheets if sheet.is_empty for text in (*sheet.titles, *sheet.notes)]

    def places(self) -> Iterable[Asked]:
        """Every place that asks something, in the order of the form."""
        for sheet in self.sheets:
            yield from (each.asked for each in sheet.slots)
            yield from (each.asked for each in sheet.ticks)
            for table in sheet.tables:
                yield from (asked for _, asked in table.columns if not asked.seq)


def plan_of(form: Form, lexicon: Lexicon, told: dict[str, str] | None = None) -> Plan:
    """Reads a form; `told` is what the user said of its places, by their keys ("" for: leave blank)."""
    shapes = [shape_of(grid) for grid in form.grids if not grid.hidden]
    plan = Plan([_sheet(shape, lexicon) for shape in shapes])
    lists = lists_in(
        [*plan.all_notes, *plan.definitions, *(t for sheet in plan.sheets for t in sheet.titles)]
    )
    for sheet in plan.sheets:
        _offer(sheet, lists, lexicon)
    for asked in plan.places():
        if told and asked.key in told:
            asked.told = True
            asked.reading = _told(told[asked.key])
    return plan


def _told(said: str) -> Reading:
    role, _, key = said.rpartition(".")
    return Reading(key, role, 1.0, "按您上次的选择") if said else Reading(unknown=True, why="您选了留空")


def read_table(table: TablePlan, lexicon: Lexicon) -> None:
    """Reads the columns of a table anew by the words of another lexicon (that of matters)."""
    for _, asked in table.columns:
        if not asked.seq and not asked.told:
            asked.reading = lexicon.read_path(asked.path)


def _sheet(shape: Shape, lexicon: Lexicon) -> SheetPlan:
    grid = shape.grid
    sheet = SheetPlan(grid)
    first = min(
        [*(table.top for table in shape.tables), *(slot.box.top for slot in shape.slots), grid.rows + 1]
    )
    sheet.titles = [*grid.around, *(_titles(shape, first))]
    sheet.notes = [
        box.text.strip()
        for box, _ in shape.texts
        if (box.top > first and (len(box.text) > 14 or box.is_wide))
        or first > grid.rows
        or TELLING.match(box.text)
    ]
    for table in shape.tables:
        sheet.tables.append(_table(table, lexicon, sheet, grid))
    _slots(sheet, shape.slots, lexicon)
    _texts(sheet, shape, lexicon)
    return sheet


def _titles(shape: Shape, first: int) -> list[str]:
    found = []
    for box, _ in shape.texts:
        if box.top >= first or re.fullmatch(r"附件?\s*[\d一二三四五六七八九十]*[:：]?", box.text.strip()):
            continue
        if TELLING.match(box.text) or _is_fill_in(box.text):
            continue
        if not inlines(box.text) or len(box.text) > 40:
            found.append(box.text.strip())
    name = shape.grid.name
    if found or re.fullmatch(r"(?i)sheet\d*|附件\d*|表\d*|工作表\d*", name):
        return found
    return [name]


def _is_fill_in(text: str) -> bool:
    """填报单位（盖章）：    填报日期：  年  月  日: blanks after labels, however far apart, and no title."""
    return bool(
        re.match(r"^\s*(?:填报|填表|制表|报送|上报|编制)(?:单位|部门|人|日期|时间)[^:：]{0,6}[:：]", text)
    )


def _table(table: Table, lexicon: Lexicon, sheet: SheetPlan, grid: Grid) -> TablePlan:
    columns = []
    for column in table.columns:
        key = f"{table.sheet}|{'/'.join(column.path)}|{column.left}"
        asked = Asked(key, column.path, Reading())
        leaf = plain(column.path[-1]) if column.path else ""
        asked.seq = bool(SEQ.match(leaf)) and column is table.columns[0] and not table.stubs
        if not asked.seq and not column.hidden:
            role = next((role for text in table.context if (role := lexicon.role_of(text))), "")
            asked.reading = lexicon.read_path(column.path, "" if role == "self" else role)
        offered = grid.options(table.first, column.left)
        asked.options = tuple(_as_option(word) for word in offered)
        asked.example = table.example.get(column.left, "")
        columns.append((column, asked))
    _hand_on(columns)
    _only_name([asked for _, asked in columns])
    kind = "list"
    if table.stubs:
        roles = [lexicon.role_of(line.stub[-1]) for line in table.lines if line.stub]
        kin = sum(bool(role) and role != "self" for role in roles) * 2 > len(roles)
        kind = "kin" if kin and sum(asked.reading.is_sure for _, asked in columns) >= 1 else "count"
        if kind == "count" and _is_pair(table, lexicon):
            kind = "pair"
    return TablePlan(table, kind, columns, "".join(table.corner))


def _is_pair(table: Table, lexicon: Lexicon) -> bool:
    """女方 | 男方 over lines that ask for facts: a card for two."""
    people = [bool(column.path) and bool(lexicon.role_of(column.path[-1])) for column in table.columns]
    asked = [lexicon.read(line.stub[-1]).is_sure for line in table.lines if line.stub]
    return len(people) <= 3 and all(people) and sum(asked) * 2 > len(table.lines)


def _hand_on(columns: list[tuple[Column, Asked]]) -> None:
    """监护人姓名 | 与儿童关系 | 联系电话 without a group above: the columns behind a role speak of it."""
    role, named = "", ""
    own: set[str] = set()
    for _, asked in columns:
        reading = asked.reading
        if reading.role:
            role, named = (reading.role, asked.heading) if len(asked.path) == 1 else ("", "")
        elif reading.key in HANDED_ON and role:
            again = reading.key in own
            if again or reading.key not in ONLY_AGAIN:
                sure = 0.95 if again or reading.key == "relation_to_target" else 0.8
                why = f"前面一列写的是“{named}”"
                asked.reading = replace(reading, role=role, sure=min(reading.sure, sure), why=why)
        else:
            role = ""
        own.update([reading.key] if reading.key and not reading.role else [])


def _only_name(places: list[Asked]) -> None:
    """选民姓名, where nobody else's name is asked: that of whom the line is about, to be looked at."""
    names = [asked for asked in places if asked.reading.key == "name"]
    if len(names) == 1 and not names[0].reading.is_sure and not names[0].reading.role:
        if not KIN.search(names[0].path[-1]):
            names[0].reading = replace(names[0].reading, sure=LIKELY, why="表里只有这一个姓名")


def _as_option(word: str) -> Option:
    found = re.match(r"^(\d{1,2}|[A-H])[.、．:：\-](.+)$", word)
    return Option(found[2].strip(), word) if found else Option(word, word)


def _slots(sheet: SheetPlan, slots: list[Slot], lexicon: Lexicon) -> None:
    asked_of_self: set[str] = set()
    for slot in slots:
        reading = lexicon.read_path(slot.path)
        if reading.key and not reading.role and reading.key in HANDED_ON:
            role = _row_role(slot, lexicon)
            again = reading.key in asked_of_self
            section = lexicon.role_of(slot.section) if slot.section and again else ""
            if role and (again or reading.key not in ONLY_AGAIN):
                sure = 0.95 if again else 0.8
                reading = replace(
                    reading,
                    role=role,
                    sure=min(reading.sure, sure),
                    why=f"同一行前面写的是“{slot.before[0]}”",
                )
            elif section and section not in ("self", "worker"):
                reading = replace(
                    reading, role=section, sure=min(reading.sure, 0.8), why=f"在“{slot.section}”一节里"
                )
        if reading.key and not reading.role:
            asked_of_self.add(reading.key)
        key = f"{slot.sheet}|{'/'.join(slot.path)}|{slot.box.address}"
        asked = Asked(key, slot.path, reading)
        asked.options = tuple(_as_option(word) for word in sheet.grid.options(slot.box.top, slot.box.left))
        if ticks := ticks_in(slot.box.text):
            asked.reading = by_options(ticks, lexicon, reading)
            sheet.ticks.append(TickPlan(slot.sheet, slot.box, asked, ticks))
        else:
            sheet.slots.append(SlotPlan(slot, asked))


def _row_role(slot: Slot, lexicon: Lexicon) -> str:
    """Whom the labels before it in the same row speak of."""
    for text in reversed(slot.before):
        reading = lexicon.read(text)
        if reading.role:
            return reading.role
        if reading.key == "name":
            return ""
    return ""


def _texts(sheet: SheetPlan, shape: Shape, lexicon: Lexicon) -> None:
    known = {id(plan.box) for plan in sheet.ticks}
    for box, before in shape.texts:
        if id(box) in known:
            continue
        ticks = ticks_in(box.text)
        found = inlines(box.text)
        labelled = next(
            (each for each in found if ticks and each.end >= ticks[0].start > each.start - 1), None
        )
        if ticks and not _is_note(box.text):
            label = labelled.label if labelled else _label_before(box.text, ticks)
            path = (*before, label) if label else before
            asked = Asked(f"{sheet.grid.name}|{'/'.join(path)}|{box.address}", path, lexicon.read_path(path))
            asked.reading = by_options(ticks, lexicon, asked.reading)
            sheet.ticks.append(TickPlan(sheet.grid.name, box, asked, ticks))
            continue
        signed = any(each.kind == "signature" for each in found)
        for each in found:
            reading = lexicon.read(each.label)
            sheet.inlines.append(InlinePlan(sheet.grid.name, box, each, reading, signed))


def _is_note(text: str) -> bool:
    return bool(re.match(r"^\s*(注|说明|备注|填表说明|填报说明)\s*[:：]", text)) or len(text) > 200


def _label_before(text: str, ticks: tuple[Option, ...]) -> str:
    """性别：□男 □女 — what stands before the first option."""
    head = text[: ticks[0].start]
    found = re.match(r"^\s*([^:：□(（]{1,16})[:：]", head)
    return found[1].strip() if found else ""


def _offer(sheet: SheetPlan, lists: dict[str, tuple[Option, ...]], lexicon: Lexicon) -> None:
    """The answers that headings, notes and code lists allow."""
    places = [each.asked for each in sheet.slots] + [a for table in sheet.tables for _, a in table.columns]
    for asked in places:
        if asked.options or asked.seq or not asked.path:
            continue
        asked.options = list_for(asked.path, lists) or in_brackets(asked.path[-1])
        if asked.options and not asked.told:
            asked.reading = by_options(asked.options, lexicon, without_options(asked, lexicon))
