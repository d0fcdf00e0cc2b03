"""Kin (亲属栏): tables of a card with a relative in each line (父亲, 母亲), or a person in each column (女方 | 男方)."""

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from liren.core.people.facts.asked import lexicon
from liren.core.people.facts.numerals import plain
from liren.core.sheets.forms.lexicon import Reading
from liren.core.sheets.forms.plan import Asked, SheetPlan, TablePlan

from .asking import ask_about
from .report import CellNote
from .written import written

if TYPE_CHECKING:
    from .filling import Work

SIDES = {"女方": "2", "男方": "1"}


def list_kin(work: "Work", sheet: SheetPlan, table: TablePlan) -> None:
    """A relative in each line: 父亲, 母亲, 监护人. Without the person they are relatives of, the lines wait."""
    for line in table.table.lines if work.subject is not None else ():
        role = lexicon().role_of(line.stub[-1]) if line.stub else ""
        for column, asked in table.columns:
            if asked.reading.is_sure and role:
                of = _of(role, asked.reading)
                _put(work, sheet, asked, (line.row, column.left), of, f"{line.stub[-1]} / {asked.heading}")


def list_pair(work: "Work", sheet: SheetPlan, table: TablePlan) -> None:
    """A person in each column: 本人 | 配偶, 女方 | 男方, 父亲 | 母亲."""
    for column, about in table.columns if work.subject is not None else ():
        role = _role(work, about.path[-1])
        for line in table.table.lines:
            reading = lexicon().read(line.stub[-1]) if line.stub else Reading()
            if reading.is_sure and not reading.role:
                asked = Asked(f"{about.key}|{line.row}", (line.stub[-1],), reading)
                _put(
                    work,
                    sheet,
                    asked,
                    (line.row, column.left),
                    _of(role, reading),
                    f"{about.heading} / {line.stub[-1]}",
                )


def _of(role: str, reading: Reading) -> str:
    return reading.key if role == "self" else f"{role}.{reading.key}"


def _role(work: "Work", text: str) -> str:
    """女方 is the wife, be she whom the card is about or not."""
    side = SIDES.get(plain(text))
    if side is None:
        return lexicon().role_of(text)
    dossier = work.answers.dossiers.get(work.subject or 0)
    return "self" if dossier is not None and dossier.plain["sex"] == side else "spouse"


def _put(work: "Work", sheet: SheetPlan, asked: Asked, place: tuple[int, int], of: str, label: str) -> None:
    box = sheet.grid.at(*place)
    if box is not None and box.formula:
        return
    answer, ask = ask_about(work, work.subject, of)
    result = written(ask, answer, asked, pattern=box.pattern if box else "")
    if result.value is None:
        return
    cell = f"{get_column_letter(place[1])}{place[0]}"
    note = CellNote(sheet.grid.name, cell, label, asked.key, of, lexicon().said(of))
    note.sure, note.why, note.value = asked.reading.sure, asked.reading.why, result.value
    note.source, note.person = answer.source, answer.person
    work.put(sheet.grid.name, place[0], place[1], result.value)
    work.report.cells.append(note)
