"""Workbooks that go back to the office: the problem rows as they stood, and the list of changes."""

import io
import tempfile
from pathlib import Path
from typing import Any

import xlsxwriter
from django.conf import settings
from django.db import transaction

from liren.core.audit.actions import record
from liren.core.documents.actions import content_of
from liren.core.sheets.workbook import Sheet, open_workbook, text_of

from ..models import ImportBatch, ImportFile, ImportProblem, ImportRow
from ..reasons import REASONS

WIDE = 14


class _Book:
    """A workbook being written: every cell is text, so that numbers keep their digits and nothing runs."""

    def __init__(self) -> None:
        self.stream = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book = xlsxwriter.Workbook(self.stream, options)
        self.plain = self.book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.head = self.book.add_format(
            {"bold": True, "num_format": "@", "bg_color": "#F1EEE6", "border": 1}
        )
        self.bad = self.book.add_format({"num_format": "@", "bg_color": "#F8E3DE", "font_color": "#A5321E"})

    def write(self, sheet: Any, row: int, cells: list[str], style: Any = None) -> None:
        """One row of texts."""
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, style or self.plain)

    def close(self) -> bytes:
        """The file."""
        self.book.close()
        return self.stream.getvalue()


@transaction.atomic
def error_sheet(batch: ImportBatch, *, by: Any) -> bytes:
    """The rows with open problems as they stood in the original, with reason, sentence and mend in front.

    Refuses when the original was disposed of.
    """
    book = _Book()
    for file in batch.files.select_related("document"):
        _copy_problems(book, batch, file)
    if not book.book.worksheets():
        book.write(book.book.add_worksheet("没有问题"), 0, ["这一批没有待处理的问题"])
    record("imports.error_sheet", target=batch, purpose="更正原表", by=by)
    return book.close()


def _copy_problems(book: _Book, batch: ImportBatch, file: ImportFile) -> None:
    problems = batch.problems.filter(file=file, serious=True, state=ImportProblem.State.OPEN)
    by_sheet: dict[str, dict[int, list[ImportProblem]]] = {}
    for problem in problems:
        by_sheet.setdefault(problem.sheet, {}).setdefault(problem.row, []).append(problem)
    if not by_sheet:
        return
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        path = Path(folder) / f"roster{Path(file.name).suffix[:8]}"
        path.write_bytes(content_of(file.document))
        sheets = {sheet.name: sheet for sheet in open_workbook(path).sheets}
    for name, rows in by_sheet.items():
        if name in sheets:
            _copy_sheet(book, batch, file, sheets[name], rows)


def _copy_sheet(
    book: _Book, batch: ImportBatch, file: ImportFile, source: Sheet, rows: dict[int, list[ImportProblem]]
) -> None:
    taken = {sheet.get_name() for sheet in book.book.worksheets()}
    sheet = book.book.add_worksheet(_free_name(source.name or "名册", taken))
    table = batch.tables.filter(file=file, sheet=source.name[:100]).first()
    columns = table.columns if table else []
    book.write(
        sheet, 0, ["原表行号", "问题", "说明", "建议改成", *(c["heading"] for c in columns)], book.head
    )
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 3 + len(columns), WIDE)
    sheet.freeze_panes(1, 4)
    for line, (row, problems) in enumerate(sorted(rows.items()), 1):
        words = [problem.words for problem in problems]
        cells = source.rows[row - 1] if 0 < row <= len(source.rows) else []
        said = [text_of(cells[c["index"]]) if c["index"] < len(cells) else "" for c in columns]
        reasons = "；".join(REASONS.get(problem.reason, problem.reason) for problem in problems)
        head = [str(row), reasons, "；".join(w[0] for w in words), "；".join(w[2] for w in words if w[2])]
        book.write(sheet, line, [*head, *said])
        wrong = {word[1] for word in words if word[1]}
        for column, text in enumerate(said, 4):
            if text and text in wrong:
                sheet.write_string(line, column, text, book.bad)


def _free_name(name: str, taken: set[str]) -> str:
    clean = "".join("_" if each in "[]:*?/\\'" else each for each in name)[:27] or "名册"
    number = 1
    free = clean
    while free in taken:
        number += 1
        free = f"{clean}({number})"
    return free


@transaction.atomic
def change_sheet(batch: ImportBatch, *, by: Any) -> bytes:
    """What changes, one fact a line, numbers masked."""
    book = _Book()
    sheet = book.book.add_worksheet("变化清单")
    sheet.set_column(0, 6, WIDE)
    book.write(sheet, 0, ["来自", "姓名", "怎么处理", "内容", "现在", "导入后", "采用"], book.head)
    line = 0
    rows = batch.rows.exclude(verdict=ImportRow.Verdict.SAME).order_by("id")
    for row in rows.iterator(chunk_size=2000):
        for _fact, name, before, after in row.diff or [["", "", "", ""]]:
            line += 1
            cells = [
                row.place,
                row.name,
                row.get_verdict_display(),
                name,
                before,
                after,
                "是" if row.take else "否",
            ]
            book.write(sheet, line, cells)
    record("imports.change_sheet", target=batch, purpose="核对变化", lines=line, by=by)
    return book.close()
