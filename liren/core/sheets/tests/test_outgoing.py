"""Workbooks that leave: opened again, nothing runs, everything says who took it."""

import io
import tracemalloc
from types import SimpleNamespace

import openpyxl
import pytest

from liren.core.sheets.ledger import Column, Ledger, Look
from liren.core.sheets.outgoing import LONGEST, Form, harmless, locked, write_ledger

FORM = Form("里仁社区居委会", "2026年11月", "苏敏", "高原", "2026年11月23日", "苏敏 导出 · 用途：检查 & 备查")
ONE = Ledger(
    key="try.out",
    name="试一试：[台账]*?",
    title="试一试台账",
    ability="people.see",
    rows=list,
    columns=(Column("text", "内容", "text", width=20), Column("count", "人数", "count", align="end")),
    footnote="人数只数到场的。",
)
NOBODY = SimpleNamespace(current_posts=[])


def opened(rows, one=ONE):
    file, count = write_ledger(Look(one, NOBODY), rows, FORM)
    with file:
        return openpyxl.load_workbook(io.BytesIO(file.read())).active, count


def row(text, count=1):
    return SimpleNamespace(text=text, count=count)


def test_the_sheet_is_a_form():
    sheet, count = opened([row("甲", 3), row("乙", 4)])
    values = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert count == 2
    assert values[0][0] == "试一试台账"
    assert "里仁社区居委会" in values[1][0] and "2026年11月" in values[1][0]
    assert values[3] == ["序号", "内容", "人数"]
    assert values[4:6] == [[1, "甲", 3], [2, "乙", 4]]
    below = "".join(str(cell) for line in values[6:] for cell in line if cell)
    for part in ("注：人数只数到场的。", "制表人：苏敏", "审核人：高原", "日期：2026年11月23日"):
        assert part in below


def test_it_prints_on_a4_with_the_headings_on_every_page():
    sheet, _ = opened([row("甲")])
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$4:$4" and sheet.freeze_panes == "C5"
    assert sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage
    footer = sheet.oddFooter
    assert "用途：检查 && 备查" in footer.left.text and footer.right.text == "第 &P 页，共 &N 页"
    upright = Ledger(**{**ONE.__dict__, "landscape": False})
    assert opened([row("甲")], upright)[0].page_setup.orientation != "landscape"


@pytest.mark.parametrize(
    "danger", ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")']
)
def test_nothing_in_the_file_is_a_formula(danger):
    cell = opened([row(danger)])[0]["B5"]
    assert cell.data_type == "s" and cell.value.startswith("'") and cell.hyperlink is None
    assert harmless(danger) == f"'{danger}"


def test_figures_stay_figures_and_digits_stay_text():
    sheet, _ = opened([row("0012345678901234567890", 7)])
    assert sheet["C5"].data_type == "n" and sheet["C5"].value == 7
    assert sheet["B5"].data_type == "s" and sheet["B5"].number_format == "@"


def test_a_cell_never_grows_past_what_a_sheet_can_hold():
    assert len(opened([row("长" * (LONGEST + 9))])[0]["B5"].value) == LONGEST


def test_an_empty_ledger_is_a_sheet_too():
    sheet, count = opened([])
    assert count == 0 and sheet["A4"].value == "序号"


def test_a_password_locks_it():
    file, _ = write_ledger(Look(ONE, NOBODY), [row("甲")], FORM)
    with file:
        closed = locked(file.read(), "wu-tong-2026")
    with pytest.raises(Exception, match="zip"):
        openpyxl.load_workbook(io.BytesIO(closed))


def _peak(rows):
    tracemalloc.start()
    file, count = write_ledger(Look(ONE, NOBODY), (row(f"第 {n} 条") for n in range(rows)), FORM)
    file.close()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == rows
    return peak


def test_memory_stays_the_same_for_more_rows():
    _peak(50)  # what is imported or kept once
    assert _peak(6_000) < _peak(600) + 400_000
