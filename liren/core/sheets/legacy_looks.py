"""Looks of a legacy file (.xls 的格式): hidden rows, fills, font colours and strike-through by xlrd."""

import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .colours import colour_name
from .package_looks import PLAIN, SheetLooks
from .workbook import MAX_COLUMNS, Look

# xlrd keeps every cell with its style in memory: beyond this size only the values are read.
MAX_BYTES = 24 * 1024 * 1024
FAULTS = (
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    OverflowError,
    struct.error,
)


@dataclass(slots=True)
class Looks:
    """The looks of an .xls file by sheet name."""

    sheets: dict[str, SheetLooks] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def sheet(self, name: str) -> SheetLooks | None:
        return self.sheets.get(name)


def look_at(path: Path) -> Looks:
    """The looks of a legacy file; what xlrd cannot follow is left out with a note, the values are read anyway."""
    looks = Looks()
    if path.stat().st_size > MAX_BYTES:
        looks.notes.append("文件较大，没有读取颜色和隐藏行。")
        return looks
    import xlrd  # only legacy files need it

    try:
        book = xlrd.open_workbook(str(path), formatting_info=True, logfile=_Nowhere())
        styles = _styles(book)
        for sheet in book.sheets():
            looks.sheets[sheet.name] = _sheet(sheet, styles)
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, *FAULTS):
        looks.notes.append("没能读取这个旧格式文件的颜色和隐藏行，如有颜色图例请另存为 .xlsx 再导入。")
    return looks


class _Nowhere:
    """xlrd prints warnings to a log file; users have no use for them."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        return None


def _styles(book: Any) -> dict[int, Look]:
    styles = {}
    for number, style in enumerate(book.xf_list):
        font = book.font_list[style.font_index]
        background = style.background
        fill = _colour(book, background.pattern_colour_index) if background.fill_pattern else ""
        look = Look(fill, _colour(book, font.colour_index), bool(font.struck_out))
        if look != PLAIN:
            styles[number] = look
    return styles


def _colour(book: Any, index: int) -> str:
    rgb = book.colour_map.get(index)
    return colour_name("".join(f"{part:02X}" for part in rgb)) if rgb else ""


def _sheet(sheet: Any, styles: dict[int, Look]) -> SheetLooks:
    hidden = frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden)
    looks: dict[int, dict[Look, int]] = {}
    for row in range(sheet.nrows) if styles else ():
        for column, number in enumerate(sheet._cell_xf_indexes[row][:MAX_COLUMNS]):
            look = styles.get(number)
            if look is not None:
                cells = looks.setdefault(row, {})
                cells[look] = cells.get(look, 0) | 1 << column
    return SheetLooks(hidden, looks)
