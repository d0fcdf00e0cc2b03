"""Outgoing workbooks (带出的表): texts as texts, nothing that runs, and on every page who took it, when and what for."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

import msoffcrypto.format.ooxml
import xlsxwriter

from .ledger import Look, Value

# What a spreadsheet program would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# A cell holds no more.
LONGEST = 32_767


def harmless(text: str) -> str:
    """Text that no spreadsheet program runs, even after somebody saves it as .csv: ``=1+1`` becomes ``'=1+1``."""
    return (f"'{text}" if text.startswith(FORMULA) else text)[:LONGEST]


def locked(plain: bytes, password: str) -> bytes:
    """The workbook under a password (agile encryption, as Office itself writes it)."""
    closed = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(plain)).encrypt(password, closed)
    return closed.getvalue()


@dataclass(frozen=True)
class Form:
    """What stands around the rows of a ledger: unit, period, who made it and who looked it through."""

    unit: str
    span: str
    maker: str
    reviewer: str
    day: str
    mark: str


def mark_of(user: Any, when: datetime, deed: str, purpose: str, receiver: str = "") -> str:
    """Who took it, when, what for and to whom: ``苏敏 2026-11-23 17:30 导出 · 用途：… · 交给：… · 用后删除``."""
    to = f" · 交给：{receiver}" if receiver else ""
    return f"{user.name} {when:%Y-%m-%d %H:%M} {deed} · 用途：{purpose}{to} · 含个人信息，用后收好"


def write_ledger(look: Look, rows: Iterable[Any], form: Form) -> tuple[IO[bytes], int]:
    """The ledger as .xlsx on the disk, and how many rows it has. Memory stays the same for any number of rows."""
    # Without a name on the disk from the first moment: nobody finds it later.
    file = TemporaryFile()
    with TemporaryDirectory() as folder:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": folder,
        }
        book = xlsxwriter.Workbook(file, options)
        count = _Sheet(book, look, form).fill(look.lines(rows))
        book.close()
    file.seek(0)
    return file, count


class _Sheet:
    """The one sheet: title, unit and period, mark, headings, rows, signatures."""

    HEAD = 3

    def __init__(self, book: xlsxwriter.Workbook, look: Look, form: Form) -> None:
        self.look, self.form = look, form
        self.sheet = book.add_worksheet(_tab(look.ledger.name))
        self.last = len(look.columns)
        self.title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        self.faint = book.add_format({"font_color": "#66737A", "italic": True})
        self.head = book.add_format(
            {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        )
        self.number = book.add_format({"border": 1, "align": "center", "valign": "vcenter"})
        self.cells = [
            book.add_format(
                {
                    "num_format": "@" if column.align != "end" else "General",
                    "border": 1,
                    "text_wrap": True,
                    "valign": "vcenter",
                    "align": {"start": "left", "end": "right"}.get(column.align, "center"),
                }
            )
            for column in look.columns
        ]

    def fill(self, lines: Iterable[Sequence[Value]]) -> int:
        """Everything from top to bottom, once; the number of rows."""
        self._set_up()
        self._above()
        line = self.HEAD
        for line, cells in enumerate(lines, self.HEAD + 1):
            self.sheet.write_number(line, 0, line - self.HEAD, self.number)
            for place, value in enumerate(cells, 1):
                self._write(line, place, value)
        self._below(line + 1)
        return line - self.HEAD

    def _set_up(self) -> None:
        ledger = self.look.ledger
        self.sheet.set_column(0, 0, 5)
        for place, column in enumerate(self.look.columns, 1):
            self.sheet.set_column(place, place, column.width * 2 + 1)
        if ledger.landscape:
            self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(self.HEAD)
        self.sheet.freeze_panes(self.HEAD + 1, 2)
        # & begins a code in headers and footers, so a written one has to be doubled.
        doubled = self.form.mark.replace("&", "&&")[:200]
        self.sheet.set_header(f"&L{doubled}")
        self.sheet.set_footer(f"&L{doubled}&R第 &P 页，共 &N 页")

    def _above(self) -> None:
        form = self.form
        self.sheet.set_row(0, 28)
        self.sheet.merge_range(0, 0, 0, self.last, "", self.title)
        self.sheet.write_string(0, 0, harmless(self.look.ledger.heading), self.title)
        self.sheet.write_string(1, 0, harmless(f"单位：{form.unit}    期间：{form.span}"))
        self.sheet.write_string(2, 0, harmless(form.mark), self.faint)
        for place, heading in enumerate(["序号", *(column.heading for column in self.look.columns)]):
            self.sheet.write_string(self.HEAD, place, heading, self.head)

    def _write(self, line: int, place: int, value: Value) -> None:
        cell = self.cells[place - 1]
        if isinstance(value, int | Decimal):
            self.sheet.write_number(line, place, value, cell)
        else:
            self.sheet.write_string(line, place, harmless(value), cell)

    def _below(self, line: int) -> None:
        form = self.form
        if self.look.ledger.footnote:
            self.sheet.write_string(line, 0, harmless(f"注：{self.look.ledger.footnote}"), self.faint)
            line += 1
        signed = f"制表人：{form.maker}        审核人：{form.reviewer}        日期：{form.day}"
        self.sheet.write_string(line + 1, 0, harmless(signed))


def _tab(name: str) -> str:
    """A name that a sheet may have: 31 characters, without the seven that stand for something else."""
    return "".join(each for each in name if each not in "[]:*?/\\")[:31]
