"""Forms bench (填表测速): a list of three thousand lines and a cross table of 40 × 30, against writing the same cells with
the plain library.
"""

import datetime
import io
import resource
import time
from typing import Any

import openpyxl
from django.utils import timezone
from openpyxl.styles import Border, Side

from liren.core.areas.models import Area
from liren.core.people.facts.ages import has_turned
from liren.core.people.models import Person
from liren.core.places.models import Building
from liren.duties.registry.onesheet.filling import Filled, fill
from liren.duties.registry.onesheet.setting import Setting

from .machine import database

LINES, BANDS, GROUPS = 3000, 40, 10
HEADS = "序号 姓名 性别 民族 出生日期 年龄 身份证号码 文化程度 婚姻状况 政治面貌 户籍地址 现住址 楼号 室号 联系电话".split()
SIDE = Side(style="thin")
FRAME = Border(left=SIDE, right=SIDE, top=SIDE, bottom=SIDE)
TIMES = 3


def measure() -> dict[str, Any]:
    """Seconds, peak memory and the ratio to the plain library, for both forms."""
    community = Area.objects.communities().order_by("pk")[0]
    people = Person.objects.filter(community=community)
    found: dict[str, Any] = {"database": database(), "people": people.count()}
    for name, blank in (("list", _list(people)), ("cross", _cross(community))):
        seconds, cpu, done = _best(lambda blank=blank: fill(blank, Setting(community, timezone.localdate())))
        plain, plain_cpu, cells = _best(lambda blank=blank, done=done: _plain(blank, done))
        found[name] = {
            "lines": len(done.report.lines),
            "figures": len(done.report.figures),
            "cells": cells,
            "seconds": round(seconds, 2),
            "plain_seconds": round(plain, 2),
            "ratio": round(seconds / plain, 2),
            "cpu": round(cpu, 2),
            "plain_cpu": round(plain_cpu, 2),
            "cpu_ratio": round(cpu / plain_cpu, 2),
        }
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


def _best(work: Any) -> tuple[float, float, Any]:
    """The least time by the clock, the least of the processor, and what was made."""
    best, cpu, made = float("inf"), float("inf"), None
    for _ in range(TIMES):
        began, worked = time.perf_counter(), time.process_time()
        made = work()
        best, cpu = min(best, time.perf_counter() - began), min(cpu, time.process_time() - worked)
    return best, cpu, made


def _plain(blank: bytes, done: Filled) -> int:
    """The same cells once more, with nothing known and nothing asked: read the blank, set the values, save."""
    filled = openpyxl.load_workbook(io.BytesIO(done.content))
    values = [
        (cell.row, cell.column, cell.value)
        for row in filled.active.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    book = openpyxl.load_workbook(io.BytesIO(blank))
    sheet: Any = book.active
    for row, column, value in values:
        if not isinstance(sheet.cell(row, column), openpyxl.cell.MergedCell):
            sheet.cell(row, column).value = value
            sheet.cell(row, column).border = FRAME
    book.save(io.BytesIO())
    return len(values)


def _list(people: Any) -> bytes:
    """A blank whose title means about three thousand people."""
    today: datetime.date = timezone.localdate()
    counts = {
        years: people.filter(has_turned(years, today), status="living").count() for years in range(50, 100)
    }
    years = min(counts, key=lambda each: abs(counts[each] - LINES))
    rows: list[list[Any]] = [
        [f"{years}周岁以上老年人花名册"],
        list(HEADS),
        *[[None] * len(HEADS) for _ in range(20)],
    ]
    return _saved(rows, len(HEADS))


def _cross(community: Area) -> bytes:
    """Ages of two years each, by building and sex."""
    buildings = list(
        Building.objects.filter(community=community).order_by("sort").values_list("name", flat=True)
    )
    names = buildings[:GROUPS]
    heads: list[list[Any]] = [["年龄"], [None]]
    for name in names:
        heads[0] += [name, None, None]
        heads[1] += ["小计", "男", "女"]
    width = 1 + 3 * len(names)
    rows = [["常住人口分年龄统计表"], *heads]
    rows += [[f"{2 * band}-{2 * band + 1}岁"] + [None] * (width - 1) for band in range(BANDS)]
    merges = [(2, 2 + 3 * place, 2, 4 + 3 * place) for place in range(len(names))] + [(2, 1, 3, 1)]
    return _saved(rows, width, merges)


def _saved(rows: list[list[Any]], width: int, merges: list[tuple[int, int, int, int]] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    for row in sheet.iter_rows(min_row=2, max_row=len(rows), max_col=width):
        for cell in row:
            cell.border = FRAME
    for top, left, bottom, right in merges or []:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
