"""Tallying (汇总): the figures of counting forms — age band × sex × grid × label × month, formulas left alone."""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter

from liren.core.duty import Refused
from liren.core.facts.reading import read
from liren.core.facts.wording import in_words
from liren.core.people.facts.numerals import plain
from liren.core.people.facts.population import NOBODY_NAMED
from liren.core.people.facts.worded import AMONG, SHARE, band
from liren.core.sheets.forms.plan import COUNTING, Asked, SheetPlan, TablePlan
from liren.core.sheets.forms.shapes import Column, Line

from .board import Board
from .counting import keys_of
from .headed import UNIT, Heading, heading, nest, rest_of
from .report import FILLED, UNKNOWN, UNREAD, CellNote, PopulationNote

if TYPE_CHECKING:
    from .filling import Work

BORN = "person.birth"
PARTED = {
    "person.age",
    "house.grid",
    "house.building",
    "person.sex",
    "person.education",
    "person.marital",
    "person.kind",
}


def is_counting(work: "Work", sheet: SheetPlan, table: TablePlan) -> bool:
    """A table without words before its lines whose columns are figures: 总人口 | 男 | 女 over one blank line."""
    columns = [asked for _, asked in table.columns if not asked.seq]
    if len(table.table.lines) > 3 or table.table.stubs or not columns:
        return False
    heads = [heading(asked.path, work, "") for asked in columns]
    figures = sum(head.understood for head in heads)
    facts = sum(asked.reading.is_sure and asked.reading.key != "household_size" for asked in columns)
    titled = any(COUNTING.search(title) for title in sheet.titles)
    return figures * 3 >= len(columns) * 2 and figures > facts and (titled or figures == len(columns))


def tally(work: "Work", sheet: SheetPlan, table: TablePlan, kind: str) -> None:
    """Every blank of a cross table."""
    from .filling import wanted_of

    wanted = wanted_of(sheet, work.plan, work.setting)
    tree = work.setting.people_told.get(sheet.grid.name) or wanted.tree
    titles = "".join(sheet.titles)
    rows = [(line, heading(line.stub, work, table.corner, titles)) for line in table.table.lines]
    columns = [
        (column, asked, heading(asked.path, work, table.corner, titles)) for column, asked in table.columns
    ]
    nest([row for _, row in rows], [_stub_of(sheet, line) for line, _ in rows], work)
    nest([head for _, _, head in columns], [asked.path for _, asked, _ in columns], work)
    rest_of([row for _, row in rows], [line.stub for line, _ in rows])
    rest_of([head for _, _, head in columns], [asked.path for _, asked, _ in columns])
    for head in (*(row for _, row in rows), *(head for _, _, head in columns)):
        hold_back(work, head)
    if not table.table.stubs:
        rows = [(line, Heading(total=True)) for line in table.table.lines[:1]]
    _note_unread(work, sheet, rows, columns)
    board = Board(work, tree, wanted, [row for _, row in rows], [head for _, _, head in columns])
    note = PopulationNote(sheet.grid.name, "count", in_words(read(tree)), tree)
    note.on, note.count = work.on.isoformat(), board.counter(None).size()
    note.words = [words for _, words in wanted.parts]
    # Whom a cross table counts stands in its headings.
    note.doubts = [doubt for doubt in wanted.doubts if doubt != NOBODY_NAMED]
    work.report.populations.append(note)
    figures: dict[tuple[int, int], int] = {}
    cells = board.cells([row for _, row in rows], [head for _, _, head in columns])
    for (line, row), values in zip(rows, cells, strict=True):
        for (column, _, _), value in zip(columns, values, strict=True):
            if value is not None and (not row.is_plain_total or not table.table.stubs):
                figures[line.row, column.left] = value
    if table.table.stubs:
        _totals(work, sheet, rows, columns, figures, board, note)
    _write(work, sheet, figures, rows, columns, tree)


def _stub_of(sheet: SheetPlan, line: Line) -> tuple[str, ...]:
    """The words of a line, the last that names something with the blanks before it."""
    words = [text for text in line.stub if not UNIT.match(plain(text))]
    drawn = [box.text for box in sheet.grid.line(line.row) if words and box.text.strip() == words[-1]]
    return (*words[:-1], *drawn[:1])


def hold_back(work: "Work", head: Heading) -> None:
    """What the asker's post may not count by stays blank; the rest of the form is filled."""
    try:
        for tree in head.trees:
            read(tree, work.setting.user)
    except Refused as refusal:
        head.understood, head.why = False, str(refusal)


def _totals(
    work: "Work",
    sheet: SheetPlan,
    rows: Sequence[tuple[Line, Heading]],
    columns: Sequence[tuple[Column, Asked, Heading]],
    figures: dict[tuple[int, int], int],
    board: "Board",
    note: PopulationNote,
) -> None:
    """合计: the sum of the lines where they part the people, else everybody of the base."""
    parts = [(line, row) for line, row in rows if not row.total and row.understood]
    # A line that nobody understood is missing from the sum.
    whole_of_them = all(row.understood for _, row in rows)
    for line, row in rows:
        if not row.is_plain_total:
            continue
        for column, _, head in columns:
            if not head.understood:
                continue
            whole = board.count(row, head)
            if parts and whole_of_them and _part_each_other([each for _, each in parts]):
                value = sum(figures.get((each.row, column.left), 0) for each, _ in parts)
                if whole is not None and value != whole and not head.households:
                    note.doubts.append(
                        f"{head.label}：各行加起来是 {value}，按条件一共 {whole}，有 {whole - value} 人不在任何一行里"
                    )
                figures[line.row, column.left] = value
            elif whole is not None:
                figures[line.row, column.left] = whole


def _part_each_other(rows: Sequence[Heading]) -> bool:
    """Lines of one fact (ages, grids, months) share nobody; lines of labels may."""
    if all(row.month for row in rows):
        return True
    keys = [frozenset(keys_of(row.trees)) for row in rows]
    return bool(keys) and all(len(key) >= 1 and key == keys[0] and key <= PARTED for key in keys)


def _note_unread(
    work: "Work",
    sheet: SheetPlan,
    rows: Sequence[tuple[Line, Heading]],
    columns: Sequence[tuple[Column, Asked, Heading]],
) -> None:
    for line, row in rows:
        if not row.understood and row.label:
            work.report.cells.append(_unread(sheet, f"{line.row}", row))
    for column, asked, head in columns:
        if not head.understood and not asked.reading.neutral:
            note = _unread(sheet, get_column_letter(column.left), head)
            if asked.reading.unknown:
                note.state, note.why = UNKNOWN, asked.reading.why
            work.report.cells.append(note)


def _unread(sheet: SheetPlan, cell: str, head: Heading) -> CellNote:
    why = head.why or "没看懂按什么数，整行（列）留空"
    return CellNote(sheet.grid.name, cell, head.label, state=UNKNOWN if head.why else UNREAD, why=why)


def _write(
    work: "Work",
    sheet: SheetPlan,
    figures: dict[tuple[int, int], int],
    rows: Sequence[tuple[Line, Heading]],
    columns: Sequence[tuple[Column, Asked, Heading]],
    tree: Any,
) -> None:
    names = {line.row: row for line, row in rows}
    heads = {column.left: head for column, _, head in columns}
    base = json.dumps(tree, sort_keys=True)
    said = {id(head): list(map(str, head.trees)) for head in (*names.values(), *heads.values())}
    for (row, column), value in figures.items():
        box = sheet.grid.at(row, column)
        if box is not None and (box.formula or box.text.strip()):
            continue
        work.put(sheet.grid.name, row, column, value)
        one, other = names[row], heads[column]
        counted = [
            sorted([*said[id(one)], *said[id(other)]]),
            one.households or other.households,
            one.month or other.month,
        ]
        work.report.figures.append(
            {
                "sheet": sheet.grid.name,
                "cell": f"{get_column_letter(column)}{row}",
                "label": " × ".join(part for part in (one.label, other.label) if part),
                "value": value,
                "key": hashlib.sha256(f"{base}{json.dumps(counted)}".encode()).hexdigest()[:24],
            }
        )
    if figures:
        first = min(figures)
        note = CellNote(sheet.grid.name, f"{get_column_letter(first[1])}{first[0]}", "统计数", sure=1.0)
        note.fact, note.rows, note.state = "按条件数出来的人数", len(figures), FILLED
        work.report.cells.append(note)


def tally_matters(work: "Work", sheet: SheetPlan, table: TablePlan, kind: str) -> None:
    """A cross table over matters: by grid, sort, state, month."""
    from .filling import wanted_of
    from .listing import records_of, sentence_of

    wanted = wanted_of(sheet, work.plan, work.setting)
    rows = records_of(work, kind, wanted, sheet)
    note = PopulationNote(
        sheet.grid.name,
        "matters",
        sentence_of(work, kind, wanted, sheet),
        None,
        work.on.isoformat(),
        len(rows),
    )
    work.report.populations.append(note)
    for line in table.table.lines:
        for column, asked in table.columns:
            box = sheet.grid.at(line.row, column.left)
            if box is not None and (box.formula or box.text.strip()):
                continue
            if SHARE.search(plain(asked.path[-1])) or SHARE.search(plain(line.stub[-1] if line.stub else "")):
                continue
            tests = [_matter_test(text, work) for text in (*line.stub, *asked.path)]
            if any(test is None for test in (tests[len(line.stub) - 1], tests[-1])):
                continue
            known = [test for test in tests if test is not None]
            value = sum(all(test(row) for test in known) for row in rows)
            work.put(sheet.grid.name, line.row, column.left, value)
            cell = f"{get_column_letter(column.left)}{line.row}"
            label = f"{' / '.join(line.stub)} × {asked.heading}"
            work.report.figures.append(
                {"sheet": sheet.grid.name, "cell": cell, "label": label, "value": value}
            )


DONE = re.compile(r"已化解|化解数|已整改|整改完成|办结|已结|化解成功|调解成功|已调处|已解决")
UNDONE = re.compile(r"未化解|化解中|整改中|未整改|未办结|办理中|在办|正在")
# Of matters no sort is called so.
NO_SORT = re.compile(r"[数率量额次]$|其他|其它|金额|天数|时限|合格")
ALL = re.compile(
    r"排查数|发现(?:隐患|问题)?数|总数|合计|总计|小计|件数|数量|发生数|受理数|起数|排查.*件|总件数|排查总数"
)


def _matter_test(text: str, work: "Work") -> Any:
    """What one heading asks of a matter; None when it is not understood."""
    bare = AMONG.sub("", plain(text))
    if UNDONE.search(bare):
        return lambda row: not row.get("finished")
    if DONE.search(bare):
        return lambda row: bool(row.get("finished"))
    one = band(text, work.setting.places_known)
    if one is not None and one.month:
        return lambda row: int(str(row.get("found", "0000-00"))[5:7] or 0) == one.month
    if one is not None and isinstance(one.tree, list) and one.tree[0] in ("house.grid", "house.building"):
        key = "grid" if one.tree[0] == "house.grid" else "building"
        return lambda row: row.get(key) == one.tree[2]
    if (one is not None and one.total) or ALL.search(bare):
        return lambda row: True
    name = re.sub(r"(纠纷|矛盾|类|隐患|问题)+$", "", bare)
    if NO_SORT.search(bare):
        return None
    return (lambda row: name in plain(str(row.get("category", "")))) if len(name) >= 2 else None
