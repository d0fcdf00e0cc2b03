"""Old book (旧格式工作簿): an .xls as an .xlsx of the same look — fonts, frames, fills, merges, widths, formulas,
print set-up, hidden parts. Pictures and macros do not come along; the caller is told.
"""

import contextlib
import io
import struct
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ..legacy_looks import FAULTS
from ..safety import RESAVE, Unreadable

LINES = (
    None, "thin", "medium", "dashed", "dotted", "thick", "double", "hair", "mediumDashed", "dashDot",
    "mediumDashDot", "dashDotDot", "mediumDashDotDot", "slantDashDot",
)  # fmt: skip
ACROSS = (None, "left", "center", "right", "fill", "justify", "centerContinuous", "distributed")
DOWN = ("top", "center", "bottom", "justify", "distributed")
FILLS = (
    None, "solid", "mediumGray", "darkGray", "lightGray", "darkHorizontal", "darkVertical", "darkDown", "darkUp",
    "darkGrid", "darkTrellis", "lightHorizontal", "lightVertical", "lightDown", "lightUp", "lightGrid",
    "lightTrellis", "gray125", "gray0625",
)  # fmt: skip
FORMULA, SHEET_START, SHEET_END = 0x0006, 0x0809, 0x000A
HEADER, FOOTER = 0x0014, 0x0015
SETUP, FIT = 0x00A1, 0x0081


def as_package(content: bytes) -> bytes:
    """The same book as an .xlsx. Refuses what cannot be read."""
    import xlrd  # only legacy files need it

    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, on_demand=True, logfile=io.StringIO()
        )
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, *FAULTS) as fault:
        sentence = (
            "文件加了密码，请先取消密码再传。"
            if "ncrypt" in str(fault)
            else f"文件已损坏，无法打开，{RESAVE}"
        )
        raise Unreadable(sentence) from None
    try:
        made = Workbook()
        made.remove(made.active)
        for number in range(book.nsheets):
            source = book.sheet_by_index(number)
            _sheet(book, source, made.create_sheet(source.name[:31]), _records(book, number))
        if all(sheet.sheet_state != "visible" for sheet in made.worksheets):
            made.worksheets[0].sheet_state = "visible"
        _areas(book, made)
        out = io.BytesIO()
        made.save(out)
    except FAULTS:
        raise Unreadable(f"这个旧格式文件的结构不完整，没能转换，{RESAVE}") from None
    return out.getvalue()


def _sheet(book: Any, source: Any, sheet: Worksheet, records: dict[str, Any]) -> None:
    styles = _Styles(book)
    formulas = records["formulas"]
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            cell = sheet.cell(row + 1, column + 1)
            number = source.cell_xf_index(row, column)
            styles.dress(cell, number)
            if (row, column) in formulas:
                cell.value = formulas[row, column]
            else:
                _value(cell, source.cell(row, column))
    for top, bottom, left, right in source.merged_cells:
        if bottom - top > 1 or right - left > 1:
            sheet.merge_cells(start_row=top + 1, end_row=bottom, start_column=left + 1, end_column=right)
    _measures(source, sheet)
    _printing(source, sheet, records)
    sheet.sheet_state = ("visible", "hidden", "veryHidden")[min(source.visibility, 2)]


def _value(cell: Any, source: Any) -> None:
    if source.ctype == 1:
        cell.value = source.value
        # what begins with = is a text here
        cell.data_type = "s"
    elif source.ctype in (2, 3):
        cell.value = int(source.value) if float(source.value).is_integer() else source.value
    elif source.ctype == 4:
        cell.value = bool(source.value)


class _Styles:
    """The looks of the old book, made once for each style number."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[int, tuple[Any, ...]] = {}

    def dress(self, cell: Any, number: int) -> None:
        if number not in self.made:
            self.made[number] = self._make(self.book.xf_list[number])
        cell.font, cell.fill, cell.border, cell.alignment, cell.number_format = self.made[number]

    def _colour(self, index: int) -> str | None:
        rgb = self.book.colour_map.get(index)
        return "".join(f"{part:02X}" for part in rgb) if rgb else None

    def _make(self, style: Any) -> tuple[Any, ...]:
        old = self.book.font_list[style.font_index]
        font = Font(
            name=old.name,
            sz=old.height / 20,
            b=bool(old.bold),
            i=bool(old.italic),
            strike=bool(old.struck_out),
            u="single" if old.underline_type else None,
            color=self._colour(old.colour_index),
        )
        ground = style.background
        fill = PatternFill()
        if ground.fill_pattern:
            kind = FILLS[ground.fill_pattern] if ground.fill_pattern < len(FILLS) else "solid"
            fill = PatternFill(
                kind,
                fgColor=self._colour(ground.pattern_colour_index) or "FFFFFF",
                bgColor=self._colour(ground.background_colour_index) or "000000",
            )
        sides = {}
        for side in ("left", "right", "top", "bottom"):
            line = getattr(style.border, f"{side}_line_style")
            colour = self._colour(getattr(style.border, f"{side}_colour_index"))
            sides[side] = Side(LINES[line] if line < len(LINES) else "thin", color=colour)
        where = style.alignment
        alignment = Alignment(
            horizontal=ACROSS[where.hor_align] if where.hor_align < len(ACROSS) else None,
            vertical=DOWN[where.vert_align] if where.vert_align < len(DOWN) else None,
            wrap_text=bool(where.text_wrapped),
            shrink_to_fit=bool(where.shrink_to_fit),
            text_rotation=where.rotation if where.rotation <= 180 or where.rotation == 255 else 0,
            indent=where.indent_level,
        )
        pattern = self.book.format_map[style.format_key].format_str
        return font, fill, Border(**sides), alignment, pattern


def _measures(source: Any, sheet: Worksheet) -> None:
    for column, info in source.colinfo_map.items():
        if column < 400:
            dimension = sheet.column_dimensions[get_column_letter(column + 1)]
            dimension.width = info.width / 256
            dimension.hidden = bool(info.hidden)
    for row, info in source.rowinfo_map.items():
        if info.height:
            sheet.row_dimensions[row + 1].height = info.height / 20
        sheet.row_dimensions[row + 1].hidden = bool(info.hidden)
    if source.panes_are_frozen:
        sheet.freeze_panes = sheet.cell(source.horz_split_pos + 1, source.vert_split_pos + 1)


def _printing(source: Any, sheet: Worksheet, records: dict[str, Any]) -> None:
    if setup := records.get("setup"):
        paper, scale, _start, wide, high, flags = struct.unpack("<HHHHHH", setup[:12])
        if not flags & 0x04:
            sheet.page_setup.paperSize = paper or 9
            sheet.page_setup.scale = scale or 100
            sheet.page_setup.orientation = "portrait" if flags & 0x02 else "landscape"
        if records.get("fit"):
            sheet.sheet_properties.pageSetUpPr.fitToPage = True
            sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = wide, high
    for name, part in (("header", sheet.oddHeader), ("footer", sheet.oddFooter)):
        if said := records.get(name):
            part.center.text = said[2:] if said.startswith("&C") else said
    breaks = source.horizontal_page_breaks
    if breaks:
        from openpyxl.worksheet.pagebreak import Break

        for entry in breaks:
            sheet.row_breaks.append(Break(id=entry[0]))


def _records(book: Any, number: int) -> dict[str, Any]:
    """Formulas and print set-up, which xlrd reads over: the records of one sheet walked by hand."""
    found: dict[str, Any] = {"formulas": {}}
    stream, at = book.mem, book._sh_abs_posn[number] if number < len(book._sh_abs_posn) else None
    if at is None or book.biff_version < 80:
        return found
    depth = 0
    while at + 4 <= len(stream):
        code, length = struct.unpack("<HH", stream[at : at + 4])
        data = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if code == SHEET_START:
            depth += 1
        elif code == SHEET_END:
            depth -= 1
            if depth == 0:
                break
        elif depth == 1:
            _take(book, code, data, found)
    return found


def _take(book: Any, code: int, data: bytes, found: dict[str, Any]) -> None:
    if code == FORMULA:
        row, column = struct.unpack("<HH", data[:4])
        if text := _formula(book, data, row, column):
            found["formulas"][row, column] = text
    elif code == SETUP:
        found["setup"] = data
    elif code == FIT:
        found["fit"] = bool(struct.unpack("<H", data[:2])[0] & 0x0100)
    elif code in (HEADER, FOOTER) and len(data) > 3:
        wide = data[2] & 1
        text = data[3:].decode("utf-16-le" if wide else "latin-1", "ignore")
        found["header" if code == HEADER else "footer"] = text


def _formula(book: Any, data: bytes, row: int, column: int) -> str:
    """The text of a formula; "" when its pieces are not understood, and the value then stands instead."""
    from xlrd.formula import FMLA_TYPE_CELL, decompile_formula

    length = struct.unpack("<H", data[20:22])[0]
    with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
        text = decompile_formula(
            book, data[22 : 22 + length], length, FMLA_TYPE_CELL, browx=row, bcolx=column, r1c1=0
        )
        if text and "#" not in text and "tExp" not in text and "?" not in text:
            return "=" + text
    return ""


def _areas(book: Any, made: Workbook) -> None:
    """The print areas, which old books keep as names."""
    from xlrd.biffh import XLRDError

    for name in book.name_obj_list:
        if name.builtin and name.name == "\x06":
            with contextlib.suppress(XLRDError, AttributeError, IndexError, TypeError, ValueError):
                sheet, top, bottom, left, right = name.area2d()
                target = made[sheet.name[:31]]
                target.print_area = (
                    f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right)}{bottom}"
                )
