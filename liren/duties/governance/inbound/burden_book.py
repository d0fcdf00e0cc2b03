"""The burden report as a workbook: the numbers with what they mean, each sender on a line, then the tasks one by one."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.utils import timezone

from liren.core.duty import Section
from liren.core.sheets.outgoing import harmless

from .burden import COUNTS, Report
from .models import InboundTask

TASK_HEADS = (
    "编号", "收到", "来件单位", "事由", "依据", "对照清单", "准入", "准入说明", "表（张）",
    "用时（分钟）", "要求时限", "上报", "现状",
)  # fmt: skip


def workbook(
    report: Report,
    sentences: Sequence[str],
    tasks: Iterable[InboundTask],
    mark: str,
    sections: Iterable[Section] = (),
) -> bytes:
    """The file; what other duties have to say of the burden stands on sheets of its own."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("负担报告")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 11, 11)
    last = len(COUNTS) + 2
    sheet.merge_range(0, 0, 0, last, f"{report.span.words}上级交办负担报告", title)
    sheet.merge_range(1, 0, 1, last, mark)
    sheet.merge_range(2, 0, 2, last, "\n".join(sentences), wrap)
    sheet.set_row(2, 20 + 18 * len(sentences))
    _row(sheet, 4, ["来件单位", *(name for _, name, _ in COUNTS), "表（张）", "用时"], head)
    for number, line in enumerate([*report.senders, report.whole], 5):
        _row(
            sheet,
            number,
            [line.name, *(figure.count for figure in line.figures), line.forms, line.hours],
            cell,
        )
    _tasks(book.add_worksheet("任务明细"), tasks, head, cell)
    for section in sections:
        _section(book.add_worksheet(section.title[:31]), section, head, cell)
    book.close()
    return kept.getvalue()


def _row(sheet: Any, number: int, values: Iterable[Any], form: Any) -> None:
    for place, value in enumerate(values):
        if isinstance(value, int):
            sheet.write_number(number, place, value, form)
        else:
            sheet.write_string(number, place, harmless(str(value)), form)


def _tasks(sheet: Any, tasks: Iterable[InboundTask], head: Any, cell: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, len(TASK_HEADS) - 1, 14)
    _row(sheet, 0, TASK_HEADS, head)
    for number, task in enumerate(tasks, 1):
        matter = task.matter
        values = (
            matter.number, _day(matter.opened_at), task.sender, matter.title, task.basis,
            task.item.title if task.item else "", task.get_admission_display() or "还没定", task.admission_reason,
            task.forms, task.minutes, _day(task.due_at), _day(task.reported_at), matter.at_stage.name,
        )  # fmt: skip
        _row(sheet, number, values, cell)


def _section(sheet: Any, section: Section, head: Any, cell: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, max(len(section.heads) - 1, 0), 26)
    for number, words in enumerate(section.words):
        sheet.write_string(number, 0, harmless(words))
    first = len(section.words) + 1
    _row(sheet, first, section.heads, head)
    for number, line in enumerate(section.lines, first + 1):
        _row(sheet, number, line, cell)


def _day(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
