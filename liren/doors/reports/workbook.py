"""The workbook of figures: a sheet for the main ones, one for each cut, one that says how each is counted."""

from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import IO

import xlsxwriter

from liren.core.figures import Figure
from liren.core.figures.book import all_figures
from liren.core.figures.cells import Cell, Line
from liren.core.figures.table import lines
from liren.core.matters.figures import CUTS, MATTERS
from liren.core.people.figures import FIGURES as OF_PEOPLE
from liren.core.sheets.outgoing import harmless

from . import people
from .asking import Asked

SHEETS = ("seal", "kind", "grid", "cause", "source", "building", "month")


def write_figures(asked: Asked, mark: str) -> IO[bytes]:
    """Every figure by every cut it allows; without restricted matters."""
    file = TemporaryFile()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(file, options)
    sheets = _Sheets(book, f"{asked.where} {asked.period.name}", mark)
    figures = [each for each in all_figures() if each.source == MATTERS]
    sheets.add("主要数字", "范围", lines(figures, asked.ask(paper=True), asked.communities), asked.where)
    for key in SHEETS:
        allowed = [each for each in figures if _allows(each, key)]
        found = lines(allowed, asked.ask(key, paper=True), asked.communities)
        name = CUTS[key].name if key in CUTS else "月份"
        sheets.add(f"按{name}", name, found)
    if asked.user.can("people.see"):
        figures += _write_people(sheets, asked)
    sheets.add_meanings(figures)
    book.close()
    file.seek(0)
    return file


def _allows(figure: Figure, cut: str) -> bool:
    """Whether a figure may be taken apart so; what is not dated has no month."""
    if cut == "month":
        return bool(figure.dated)
    return cut in figure.cuts and not (figure.measure and CUTS[cut].folds)


def _write_people(sheets: "_Sheets", asked: Asked) -> list[Figure]:
    """The sheets about people; labels of a line stay with it."""
    figures = [each for each in OF_PEOPLE if each.is_for(asked.user, paper=True)]
    pyramid = people.pyramid(asked, paper=True)
    ages = [(band.name, band.cells) for band in pyramid.bands] if pyramid else []
    sheets.add_counts("年龄和性别", ("年龄", *(pyramid.sexes if pyramid else ())), ages)
    for name, table in (
        ("各类人群", people.groups(asked, paper=True)),
        ("标签", people.labels(asked, paper=True)),
    ):
        rows = [(figure.name, [whole, *cells]) for figure, whole, cells in table.rows]
        sheets.add_counts(name, (name, "合计", *table.places), rows)
    moved = [each.cell for each in people.movement(asked, paper=True)]
    places = [(line.name, list(line.cells.values())) for line in people.movement_by_place(asked, paper=True)]
    sheets.add_counts("人口变动", ("地方", *(each.figure.name for each in moved)), [("合计", moved), *places])
    homes = [(each.name, [each.cell]) for each in people.homes(asked, paper=True)]
    sheets.add_counts("各楼人口", ("楼栋", "在册人口"), homes)
    return figures


class _Sheets:
    """The sheets: title, who took it and what for, headings, lines."""

    HEAD = 3

    def __init__(self, book: xlsxwriter.Workbook, title: str, mark: str) -> None:
        self.book, self.title, self.mark = book, title, mark
        self.bold = book.add_format({"bold": True, "font_size": 14})
        self.faint = book.add_format({"font_color": "#66737A", "italic": True})
        self.head = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True})
        self.text = book.add_format({"border": 1, "num_format": "@", "text_wrap": True, "valign": "top"})
        self.number = book.add_format({"border": 1})
        self.percent = book.add_format({"border": 1, "num_format": "0.0%"})
        self.hours = book.add_format({"border": 1, "num_format": "0.0"})

    def add(self, name: str, of: str, found: list[Line], alone: str = "") -> None:
        """A sheet of figures: shares and medians bring the number of matters that they are of."""
        sheet = self._begun(name)
        figures = [cell.figure for cell in found[0].cells.values()] if found else []
        headings = [of, *(heading for each in figures for heading in _headings(each))]
        for place, heading in enumerate(headings):
            sheet.write_string(self.HEAD, place, heading, self.head)
        for row, line in enumerate(found, self.HEAD + 1):
            sheet.write_string(row, 0, harmless(line.name or alone), self.text)
            place = 1
            for cell in line.cells.values():
                place = self._write(sheet, row, place, cell)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, max(len(headings) - 1, 1), 11)

    def add_counts(
        self, name: str, headings: Sequence[str], rows: Sequence[tuple[str, Sequence[Cell | None]]]
    ) -> None:
        """A sheet of plain counts; nobody there is nought."""
        sheet = self._begun(name)
        for place, heading in enumerate(headings):
            sheet.write_string(self.HEAD, place, harmless(heading), self.head)
        for row, (said, cells) in enumerate(rows, self.HEAD + 1):
            sheet.write_string(row, 0, harmless(said), self.text)
            for place, cell in enumerate(cells, 1):
                sheet.write_number(row, place, cell.count if cell else 0, self.number)
        sheet.set_column(0, 0, 18)

    def add_meanings(self, figures: list[Figure]) -> None:
        """How each is counted."""
        sheet = self._begun("怎么算的")
        for place, heading in enumerate(("名称", "怎么算", "依据")):
            sheet.write_string(self.HEAD, place, heading, self.head)
        for row, each in enumerate(figures, self.HEAD + 1):
            for place, words in enumerate((each.name, each.meaning, each.basis)):
                sheet.write_string(row, place, words, self.text)
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 70)
        sheet.set_column(2, 2, 40)

    def _begun(self, name: str) -> xlsxwriter.worksheet.Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, harmless(f"{self.title} {name}"), self.bold)
        sheet.write_string(1, 0, harmless(self.mark), self.faint)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{self.mark.replace('&', '&&')[:200]}&R第 &P 页，共 &N 页")
        return sheet

    def _write(self, sheet: xlsxwriter.worksheet.Worksheet, row: int, place: int, cell: Cell) -> int:
        """One figure; the column after it."""
        if cell.figure.measure:
            if cell.seconds is None:
                sheet.write_blank(row, place, None, self.hours)
            else:
                sheet.write_number(row, place, cell.seconds / 3600, self.hours)
            sheet.write_number(row, place + 1, cell.count, self.number)
            return place + 2
        if cell.figure.is_share:
            if cell.share is None:
                sheet.write_blank(row, place, None, self.percent)
            else:
                sheet.write_number(row, place, float(cell.share), self.percent)
            sheet.write_number(row, place + 1, cell.count, self.number)
            sheet.write_number(row, place + 2, cell.whole or 0, self.number)
            return place + 3
        sheet.write_number(row, place, cell.count, self.number)
        return place + 1


def _headings(each: Figure) -> list[str]:
    if each.measure:
        return [f"{each.name}（小时，中位数）", "算了几件"]
    return [each.name, "其中", "共"] if each.is_share else [each.name]
