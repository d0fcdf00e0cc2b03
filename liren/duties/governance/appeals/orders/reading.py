"""Reading (读工单): a hotline's export in any layout, to orders in our own words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from liren.core.sheets import guarded
from liren.core.sheets.cards import find_cards
from liren.core.sheets.headers import match
from liren.core.sheets.layout import Layout, Table
from liren.core.sheets.safety import Unreadable
from liren.core.sheets.tables import find_tables
from liren.core.sheets.turned import find_turned
from liren.core.sheets.workbook import Sheet, Workbook, open_workbook, text_of

from .. import causes
from ..opening import tidy_number
from . import values, wordtables
from .vocabulary import order_vocabulary

SAMPLES = 60
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
TOTALS = ("合计", "总计", "小计", "共计")


@dataclass
class Order:
    """One order as the file tells it. `problem` says why it cannot be taken, `notes` what was doubtful."""

    sheet: str
    row: int
    number: str = ""
    title: str = ""
    content: str = ""
    caller: str = ""
    phone: str = ""
    address: str = ""
    community: str = ""
    cause: str = ""
    urgency_class: str = ""
    dispatched_at: datetime | None = None
    due_at: datetime | None = None
    solved: str = ""
    satisfied: str = ""
    keeps_private: bool = False
    asked_reply: bool = True
    problem: str = ""
    notes: list[str] = field(default_factory=list)

    def said(self) -> dict[str, str]:
        """What a later export is compared with; neither name nor phone."""
        return {
            "title": self.title,
            "content": self.content,
            "address": self.address,
            "urgency_class": self.urgency_class,
            "due_at": values.stamp(self.due_at),
            "solved": self.solved,
            "satisfied": self.satisfied,
        }


@dataclass
class Reading:
    """Everything a file says: its orders, how its columns were understood, and what was passed over."""

    orders: list[Order] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_orders(path: Path) -> Reading:
    """Reads one file; raises Unreadable with a sentence when it cannot be opened, or holds no orders."""
    if wordtables.is_word(path):
        target = "liren.duties.governance.appeals.orders.wordtables:read"
        book = wordtables.as_workbook(guarded.stream(target, str(path), path.name))
    else:
        book = open_workbook(path)
    return read_book(book)


def read_book(book: Workbook) -> Reading:
    """Reads a workbook that is open already."""
    reading = Reading(notes=list(book.notes))
    for sheet in book.sheets:
        if sheet.hidden and sheet.rows:
            reading.notes.append(f"工作表「{sheet.name}」是隐藏的，没有读")
            continue
        for table in _tables(sheet):
            _read_table(reading, sheet, table)
    if not reading.orders:
        raise Unreadable("没有找到工单：表头里要有工单编号、诉求标题或诉求内容这样的列。文件没有收。")
    _tell_doubles(reading.orders)
    return reading


def _tables(sheet: Sheet) -> list[Table]:
    layout = Layout(sheet, order_vocabulary())
    if (turned := find_turned(layout, "number")) is not None:
        return [turned]
    tables = find_tables(layout)
    cards = find_cards(layout, tables, ("number",))
    return [*tables, *([cards] if cards else [])]


def _read_table(reading: Reading, sheet: Sheet, table: Table) -> None:
    lines = list(_lines(sheet, table))
    samples = {
        column: [text_of(line[column]) for _, line in lines[:SAMPLES] if column < len(line)]
        for column, _ in table.columns
    }
    matches = match(table.columns, samples, order_vocabulary())
    columns: dict[str, list[int]] = {}
    for found in sorted(matches, key=lambda found: (-found.confidence, found.column)):
        if found.key:
            columns.setdefault(found.key, []).append(found.column)
    if "number" not in columns and not {"title", "content"} & columns.keys():
        return
    offers = order_vocabulary().offers
    reading.columns.extend(
        (found.heading, offers[found.key].name if found.key in offers else "")
        for found in matches
        if found.heading
    )
    for row, line in lines:
        order = _order(sheet, row, line, columns)
        if order is not None:
            reading.orders.append(order)


def _lines(sheet: Sheet, table: Table) -> Iterator[tuple[int, list[Any]]]:
    """Row numbers as the user sees them, and their cells."""
    if table.lines is not None:
        yield from ((row + 1, line) for row, line in zip(table.line_rows, table.lines, strict=True))
        return
    for row in range(table.first, min(table.last, len(sheet.rows))):
        if row not in table.repeats:
            yield row + 1, sheet.rows[row]


def _order(sheet: Sheet, row: int, line: list[Any], columns: Mapping[str, list[int]]) -> Order | None:
    """One line; None for an empty one or a total."""

    def cell(key: str) -> Any:
        cells = (line[column] for column in columns.get(key, ()) if column < len(line))
        return next((value for value in cells if text_of(value)), "")

    def text(key: str) -> str:
        return CONTROL.sub("", text_of(cell(key)))

    number, title, content = tidy_number(text("number")), text("title"), text("content")
    filled = [text_of(value) for value in line if text_of(value)]
    if not (number or title or content) or (len(filled) < 2 and not content) or filled[0].startswith(TOTALS):
        return None
    order = Order(sheet.name, row, number.lstrip("'‘"), _title(title, content), content or title)
    order.problem = (
        "工单编号被表格改成了科学记数，后几位丢了，请导出成文本再放一次" if _lost(cell("number")) else ""
    )
    order.caller, order.phone = values.name_in(text("caller")), values.phone_in(cell("phone"))
    order.address, order.community = text("address"), text("community")
    order.cause = causes.cause_called(text("cause")) or causes.guess(title, text("cause"), content)
    order.keeps_private = bool(values.is_yes(text("private")))
    order.asked_reply = values.is_yes(text("wanted")) is not False
    _times(order, cell("dispatched"), cell("due"), text("urgency"))
    visit = text("visit")
    order.solved = values.solved_in(text("solved") or visit) or values.plain_answer(text("solved"))
    order.satisfied = values.satisfied_in(text("satisfied") or visit) or values.plain_answer(
        text("satisfied")
    )
    order.problem = order.problem or _problem(order)
    return order


def _lost(number: Any) -> bool:
    """Whether a spreadsheet took a long number for a figure: it keeps fifteen places and no more."""
    if isinstance(number, int | float):
        return abs(number) >= 1e15
    return bool(SCIENTIFIC.fullmatch(text_of(number)))


def _title(title: str, content: str) -> str:
    """The heading; without one the beginning of the story, as far as its first stop."""
    if title:
        return title[:80]
    first = content.replace("\n", " ").strip()
    for mark in "。；！？":
        first = first.split(mark)[0]
    return first[:40]


def _times(order: Order, dispatched: Any, due: Any, urgency: str) -> None:
    order.dispatched_at = values.moment_in(dispatched)
    if text_of(dispatched) and order.dispatched_at is None:
        order.notes.append(f"派单时间「{text_of(dispatched)[:20]}」看不懂，没有记")
    said = text_of(due)
    length = values.length_in(said) if isinstance(due, str) else None
    order.urgency_class = values.class_in(urgency) or (values.class_in(said) if length else "")
    if length and order.dispatched_at:
        order.due_at = values.due_after(order.dispatched_at, *length)
    elif not length:
        order.due_at = values.moment_in(due, late=True, near=order.dispatched_at)
        if said and order.due_at is None:
            order.notes.append(f"办理时限「{said[:20]}」看不懂，按办理时限分类算")
    if order.due_at and order.dispatched_at and order.due_at < order.dispatched_at:
        order.notes.append("办理时限比派单时间还早，按办理时限分类算")
        order.due_at = None


def _problem(order: Order) -> str:
    if not order.number:
        return "没有工单编号，认不出是哪一张，请补上编号再导"
    if len(order.number) > 60:
        return f"工单编号有 {len(order.number)} 个字，不像编号"
    return "" if order.title else "没有标题也没有内容"


def _tell_doubles(orders: list[Order]) -> None:
    """The same number twice in one file: the first counts, the second says where the first stands."""
    seen: dict[str, Order] = {}
    for order in orders:
        first = seen.setdefault(order.number, order) if order.number else order
        if first is not order and not order.problem:
            order.problem = f"和第 {first.row} 行是同一张工单，只收前面那一行"
