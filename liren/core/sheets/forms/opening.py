"""Opening a form (打开空表): whatever came in the chat group — .xlsx, .xls, .docx — as grids, and written back alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from ..safety import MEBIBYTE, Unreadable, kind_of
from .grid import Form
from .leaving import lost_of_old, without_macros
from .package import Package, open_package
from .reading import read_form
from .shifting import Shift
from .writing import Entries, write

MAX_FORM = 20 * MEBIBYTE
WORD_MAIN = "word/document.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(slots=True)
class Opened:
    """A form that was opened: its package, and its sheets as grids."""

    kind: str
    package: Package
    form: Form
    # What of the file does not come along, in words: 宏, 图片.
    lost: tuple[str, ...] = ()

    @property
    def ending(self) -> str:
        """What the filled file is called at the end."""
        return "docx" if self.kind == "docx" else "xlsx"

    def fill(self, entries: Mapping[str, Entries]) -> dict[str, Shift]:
        """Writes values by sheet; returns how the rows moved."""
        if self.kind == "docx":
            from .word import write_word

            return write_word(self.package, entries)
        return write(self.package, entries)

    def written(self) -> bytes:
        """The file again."""
        return self.package.written()


def open_form(content: bytes) -> Opened:
    """Opens a form by what it is, not by its name. Refuses with a sentence what is none."""
    if not content:
        raise Unreadable("这个文件是空的，没有任何内容。")
    if len(content) > MAX_FORM:
        raise Unreadable(f"文件有 {len(content) // MEBIBYTE} MB，一张空表不会这么大，请核对后再传。")
    if content.startswith(b"PK"):
        package = open_package(content)
        if WORD_MAIN in package.parts:
            from .word import read_word

            lost = without_macros(package)
            return Opened("docx", package, read_word(package), lost)
    if content.startswith(OLE) and "WordDocument".encode("utf-16-le") in content:
        raise Unreadable("这是旧格式的 Word 文档（.doc），请用 Word 或 WPS 另存为 .docx 再传。")
    package, lost = _book(content)
    form = read_form(package)
    if not any(grid.boxes for grid in form.grids):
        raise Unreadable("表里没有任何内容（所有工作表都是空的）。")
    return Opened("xlsx", package, form, lost)


def _book(content: bytes) -> tuple[Package, tuple[str, ...]]:
    """A workbook, whatever its format, and what of it is lost."""
    kind = _kind(content)
    if kind == "xls":
        from .oldbook import as_package

        return open_package(as_package(content)), lost_of_old(content)
    if kind != "xlsx":
        raise Unreadable("能自动填的是 Excel（.xlsx、.xls）和 Word（.docx）表，请另存为其中一种再传。")
    package = open_package(content)
    return package, without_macros(package)


def _kind(content: bytes) -> str:
    with NamedTemporaryFile(suffix=".form") as file:
        file.write(content)
        file.flush()
        return kind_of(Path(file.name))


def put(entries: dict[str, Entries], sheet: str, row: int, column: int, value: Any) -> None:
    """One value for one cell."""
    entries.setdefault(sheet, Entries()).cells[row, column] = value
