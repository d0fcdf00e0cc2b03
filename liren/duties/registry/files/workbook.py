"""The workbook of an export (导出): constant memory, texts as texts, who took it for what on every page."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter

from liren.core.sheets.outgoing import harmless

WIDTHS = {"证件号": 22, "姓名": 12, "电话": 16, "标签": 24, "户籍地址": 36, "工作单位": 24, "楼室": 14}


def write(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, mark: str, numbers: Sequence[int] = ()
) -> bytes:
    """An .xlsx with the mark in its first line, header and footer; columns in `numbers` hold figures when they are."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.xlsx"
        book = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "tmpdir": folder,
            },
        )
        _fill(book, heads, rows, mark, set(numbers))
        book.close()
        return path.read_bytes()


def _fill(
    book: xlsxwriter.Workbook,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    mark: str,
    numbers: set[int],
) -> None:
    sheet = book.add_worksheet("居民名册")
    faint = book.add_format({"font_color": "#66737A", "italic": True})
    bold = book.add_format({"bold": True, "bottom": 2})
    text = book.add_format({"num_format": "@"})
    for place, head in enumerate(heads):
        sheet.set_column(place, place, WIDTHS.get(head, 12), text)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    # & begins a code in headers and footers, so a written one has to be doubled.
    doubled = mark.replace("&", "&&")[:240]
    sheet.set_header(f"&L{doubled}")
    sheet.set_footer(f"&L{doubled[:200]}&R第 &P 页，共 &N 页")
    sheet.write_string(0, 0, harmless(mark), faint)
    for place, head in enumerate(heads):
        sheet.write_string(1, place, head, bold)
    sheet.freeze_panes(2, 1)
    for line, row in enumerate(rows, 2):
        for place, value in enumerate(row):
            if place in numbers and value.isdecimal():
                sheet.write_number(line, place, int(value))
            elif value:
                sheet.write_string(line, place, harmless(value), text)
