"""Spreadsheets (各种表格文件): the readers behind `open_workbook`; all of this runs in the guarded child."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from . import delimited, legacy_looks, package_looks
from .safety import RESAVE, Unreadable
from .workbook import MAX_COLUMNS, MAX_ROWS, Row, Sheet, frames

Frame = tuple[str, Any]
# calamine holds the whole rectangle of a sheet; a stray cell at the far corner must not cost gigabytes.
MAX_DENSE_CELLS = 20_000_000


def read(path: str, kind: str) -> Iterator[Frame]:
    """Frames of a file of a known kind: ("sheet", Sheet), ("rows", portion) … and ("note", sentence)."""
    file = Path(path)
    if kind == "csv":
        yield from delimited.read(file)
    elif kind == "html":
        from . import markup

        yield from markup.read_html(file)
    elif kind == "xml":
        from . import markup

        yield from markup.read_spreadsheet_xml(file)
    elif kind == "biff":
        yield from _old_biff(file)
    else:
        yield from _binary(file, kind)


def _binary(path: Path, kind: str) -> Iterator[Frame]:
    looks: package_looks.Looks | legacy_looks.Looks | None = None
    if kind == "xlsx":
        looks = package_looks.look_at(path)
    elif kind == "xls":
        looks = legacy_looks.look_at(path)
    if looks is not None:
        yield from (("note", note) for note in looks.notes)
    try:
        # by path it goes by the ending of the name, which need not be true
        named = path.suffix.lower().lstrip(".") == kind
        book = CalamineWorkbook.from_path(str(path)) if named else _by_content(path)
    except PasswordError:
        raise Unreadable("文件加了密码，请先取消密码再导入。") from None
    except Exception as fault:
        # calamine names many faults by plain exceptions of its own and of its parts
        raise Unreadable(_fault_sentence(fault)) from None
    for number, meta in enumerate(book.sheets_metadata):
        if meta.typ == SheetTypeEnum.WorkSheet:
            yield from _sheet(book, number, meta, looks)


def _by_content(path: Path) -> CalamineWorkbook:
    with path.open("rb") as file:
        return CalamineWorkbook.from_filelike(file)


def _fault_sentence(fault: Exception) -> str:
    if "assword" in str(fault) or "ncrypt" in str(fault):
        return "文件加了密码，请先取消密码再导入。"
    return f"文件已损坏或格式不正确，无法打开，{RESAVE}"


def _sheet(book: CalamineWorkbook, number: int, meta: Any, looks: Any) -> Iterator[Frame]:
    sheet = Sheet(meta.name, hidden=meta.visible != SheetVisibleEnum.Visible)
    found = looks.sheet(meta.name) if looks is not None else None
    if found is not None:
        sheet.hidden_rows, sheet.looks = found.hidden_rows, found.looks
        if found.last_row * min(found.last_column + 1, 16_384) > MAX_DENSE_CELLS:
            yield from frames(sheet, looks.sparse_rows(meta.name))
            return
    try:
        source = book.get_sheet_by_index(number)
    except Exception:
        # one broken sheet (a chart in disguise, a lost part) must not hide the others
        yield "note", f"工作表“{meta.name}”无法读取，已跳过。"
        return
    if source.width > MAX_COLUMNS:
        _check_width(source)
    sheet.merges = [(a, b, c, d) for (a, b), (c, d) in source.merged_cell_ranges or [] if b < MAX_COLUMNS]
    yield from frames(sheet, _rows(source))
    if found is not None and found.errors:
        yield "note", f"工作表“{meta.name}”有 {found.errors} 个公式出错的单元格（如 #REF!），按空白处理。"


def _rows(source: CalamineSheet) -> Iterator[Row]:
    left = [""] * (source.start[1] if source.start else 0)
    for number, row in enumerate(source.iter_rows()):
        if number > MAX_ROWS and not any(cell != "" for cell in row):
            continue
        yield left + row if left else row


def _check_width(source: CalamineSheet) -> None:
    stray = 0
    for row in source.iter_rows():
        stray += sum(1 for cell in row[MAX_COLUMNS:] if cell != "")
        if stray > MAX_COLUMNS:
            raise Unreadable(
                f"工作表“{source.name}”有 {source.width} 列，不像名册（上限 {MAX_COLUMNS} 列），请删去多余的列。"
            )


def _old_biff(path: Path) -> Iterator[Frame]:
    """Excel 2 to 4: a bare stream that only xlrd knows."""
    import xlrd  # only legacy files need it

    try:
        book = xlrd.open_workbook(str(path))
    except (xlrd.XLRDError, ValueError, IndexError, KeyError, AssertionError, UnicodeError) as fault:
        raise Unreadable(_fault_sentence(fault)) from None
    for source in book.sheets():
        yield from frames(Sheet(source.name), (source.row_values(r) for r in range(source.nrows)))
