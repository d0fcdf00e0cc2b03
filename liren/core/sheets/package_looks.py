"""Looks of a package (.xlsx 的格式): hidden rows, fills, font colours and strike-through, by a light pass.

openpyxl needs 12 s for what this reads in well under one: only the style numbers that carry a colour are
looked for in the sheets, by a pattern over the raw XML. Values are none of its business.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .colours import INDEXED, colour_name, tinted
from .safety import RESAVE, Unreadable
from .workbook import MAX_COLUMNS, Look, Row

MAX_PART_BYTES = 48 * 1024 * 1024
PLAIN = Look()
ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
ROW_NUMBER = re.compile(rb'\br="(\d+)"')
CELL_NUMBER = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
STYLE = re.compile(rb'\bs="(\d+)"')
LAST_CELL = re.compile(rb'<(?:\w+:)?c\b[^>/]*\br="([A-Z]{1,3})(\d+)"[^>/]*>')
CUT = re.compile(rb"</(?:\w+:)?row>|<(?:\w+:)?row\b[^>]*/>")
CHUNK = 8 * 1024 * 1024


@dataclass(slots=True)
class SheetLooks:
    """What one sheet's look says, and how far its values reach."""

    hidden_rows: frozenset[int] = frozenset()
    looks: dict[int, dict[Look, int]] = field(default_factory=dict)
    last_row: int = 0
    last_column: int = 0
    errors: int = 0


def look_at(path: Path) -> "Looks":
    """Open the package for its looks; refuses torn archives and XML with entities of its own."""
    try:
        return Looks(path)
    except (zipfile.BadZipFile, OSError, EOFError, KeyError, NotImplementedError, RuntimeError):
        raise Unreadable(f"文件已损坏，无法打开，{RESAVE}") from None
    except (ParseError, ValueError):
        raise Unreadable(f"文件的内部结构已损坏，无法打开，{RESAVE}") from None


class Looks:
    """The looks of one package, read sheet by sheet on demand."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.archive = zipfile.ZipFile(path)
        self.parts = {name.replace("\\", "/").lstrip("/").lower(): name for name in self.archive.namelist()}
        self._check_entities()
        self.notes = []
        if "xl/vbaproject.bin" in self.parts:
            self.notes.append("文件里带有宏；只读取了数据，宏没有运行。")
        self.sheets = self._sheet_parts()
        self.palette = self._theme()
        self.styles = self._styles()

    def sheet(self, name: str) -> SheetLooks | None:
        part = self.sheets.get(name)
        if part is None or part not in self.parts:
            return None
        try:
            return _scan(self._chunks(part), self.styles)
        except (zipfile.BadZipFile, OSError, EOFError, RuntimeError):
            raise Unreadable(f"文件已损坏，无法打开，{RESAVE}") from None

    def sparse_rows(self, name: str) -> Iterator[Row]:
        """Rows of a sheet whose values lie far apart: slower, but it never holds the whole rectangle."""
        import openpyxl  # takes half a second to load, and few files need it
        from openpyxl.worksheet._reader import WorkSheetParser

        book = openpyxl.load_workbook(self.path, read_only=True, data_only=True)
        sheet = book[name]
        with sheet._get_source() as source:
            parser = WorkSheetParser(
                source,
                sheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            before = 0
            for number, cells in parser.parse():
                yield from ([] for _ in range(before + 1, number))
                before = number
                yield _row_of(cells)

    def _check_entities(self) -> None:
        for name in self.archive.namelist():
            if name.lower().endswith((".xml", ".rels")):
                with self.archive.open(name) as part:
                    head = part.read(4096)
                if b"<!ENTITY" in head or (
                    b"<!DOCTYPE" in head and b"[" in head.split(b"<!DOCTYPE")[1][:200]
                ):
                    raise Unreadable("文件里有不安全的 XML 定义，为安全起见没有打开。")

    def _part(self, name: str) -> Element | None:
        actual = self.parts.get(name.lower())
        if actual is None or self.archive.getinfo(actual).file_size > MAX_PART_BYTES:
            return None
        try:
            return fromstring(self.archive.read(actual), forbid_dtd=False)
        except DefusedXmlException:
            raise Unreadable("文件里有不安全的 XML 定义，为安全起见没有打开。") from None

    def _sheet_parts(self) -> dict[str, str]:
        book_name = next((name for name in self.parts if re.fullmatch(r"xl/\w*workbook\w*\.xml", name)), "")
        folder = posixpath.dirname(book_name)
        rels = self._part(f"{folder}/_rels/{posixpath.basename(book_name)}.rels")
        book = self._part(book_name) if book_name else None
        if rels is None or book is None:
            return {}
        targets = {rel.get("Id"): rel.get("Target", "") for rel in rels}
        found = {}
        for node in book.iter():
            if _tag(node) == "sheet":
                key = next((value for key, value in node.attrib.items() if key.endswith("}id")), None)
                target = targets.get(key, "")
                path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
                found[node.get("name", "")] = posixpath.normpath(path).lower()
        return found

    def _chunks(self, part: str) -> Iterator[bytes]:
        """The XML of a sheet in portions that end at the end of a row."""
        rest = b""
        with self.archive.open(self.parts[part]) as stream:
            while block := stream.read(CHUNK):
                rest += block
                end = rest.rfind(b"</row>") + 6
                if end < 6:
                    end = max((found.end() for found in CUT.finditer(rest)), default=0)
                if end:
                    yield rest[:end]
                    rest = rest[end:]
                elif len(rest) > MAX_PART_BYTES:
                    return
        yield rest

    def _theme(self) -> list[str]:
        theme = self._part("xl/theme/theme1.xml")
        colours: list[str] = []
        for node in theme.iter() if theme is not None else ():
            if _tag(node) == "clrScheme":
                for child in node:
                    inner = next(iter(child), None)
                    colours.append("" if inner is None else inner.get("lastClr") or inner.get("val") or "")
        # files number them light 1, dark 1, light 2, dark 2; the theme lists dark first
        return [colours[n] for n in (1, 0, 3, 2)] + colours[4:] if len(colours) >= 4 else colours

    def _styles(self) -> dict[int, Look]:
        root = self._part("xl/styles.xml")
        if root is None:
            return {}
        lists = {_tag(child): list(child) for child in root}
        fonts = [self._font(node) for node in lists.get("fonts", [])]
        fills = [self._fill(node) for node in lists.get("fills", [])]
        styles: dict[int, Look] = {}
        for number, node in enumerate(lists.get("cellXfs", [])):
            font = _at(fonts, node.get("fontId"), ("", False))
            look = Look(_at(fills, node.get("fillId"), ""), font[0], font[1])
            if look != PLAIN:
                styles[number] = look
        return styles

    def _font(self, node: Element) -> tuple[str, bool]:
        colour, strike = "", False
        for child in node:
            if _tag(child) == "color":
                colour = self._colour(child)
            elif _tag(child) == "strike":
                strike = child.get("val", "1") not in ("0", "false")
        return colour, strike

    def _fill(self, node: Element) -> str:
        for pattern in node:
            kind = pattern.get("patternType", "none")
            if _tag(pattern) == "patternFill" and kind not in ("none", "gray125"):
                for child in pattern:
                    if _tag(child) == ("fgColor" if kind == "solid" else "bgColor"):
                        return self._colour(child)
        return ""

    def _colour(self, node: Element) -> str:
        rgb = (node.get("rgb") or "")[-6:]
        if not rgb and (number := _number(node.get("theme"))) is not None:
            # the text colours of a theme are black and white whatever their name
            rgb = _at(self.palette, str(number), "") if number > 1 or node.get("tint") else ""
        elif not rgb and (number := _number(node.get("indexed"))) is not None and number < 64:
            rgb = INDEXED[number]
        if len(rgb) != 6:
            return ""
        try:
            return colour_name(tinted(rgb, float(node.get("tint") or 0)))
        except ValueError:
            return ""


def _row_of(cells: list[dict[str, Any]]) -> Row:
    row: Row = []
    for cell in cells:
        column = cell["column"] - 1
        if column < MAX_COLUMNS and cell["value"] is not None:
            row.extend("" for _ in range(column + 1 - len(row)))
            row[column] = cell["value"]
    return row


def _tag(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


def _at(items: list[Any], number: str | None, default: Any) -> Any:
    index = _number(number)
    return items[index] if index is not None and index < len(items) else default


def _scan(chunks: Iterator[bytes], styles: dict[int, Look]) -> SheetLooks:
    """Hidden rows, coloured cells and the reach of one sheet."""
    result = SheetLooks()
    hidden: set[int] = set()
    pattern = _coloured(styles)
    pool: dict[tuple[tuple[Look, int], ...], dict[Look, int]] = {}
    for chunk in chunks:
        if b"hidden=" in chunk:
            hidden.update(_hidden_rows(chunk))
        if pattern is not None:
            _collect(chunk, pattern, styles, result.looks)
        result.errors += chunk.count(b' t="e"')
        _reach(chunk, result)
    for row, looks in result.looks.items():
        # many rows look alike: let them share one dictionary
        result.looks[row] = pool.setdefault(tuple(looks.items()), looks)
    result.hidden_rows = frozenset(hidden)
    return result


def _coloured(styles: dict[int, Look]) -> re.Pattern[bytes] | None:
    if not styles or len(styles) > 5_000:
        return None
    numbers = b"|".join(str(number).encode() for number in sorted(styles, reverse=True))
    return re.compile(rb"<(?:\w+:)?c\b([^>]*?\bs=\"(?:" + numbers + rb")\"[^>]*)>")


def _hidden_rows(chunk: bytes) -> Iterator[int]:
    for found in ROW.finditer(chunk):
        if HIDDEN.search(found[1]) and (number := ROW_NUMBER.search(found[1])):
            yield int(number[1]) - 1


def _collect(
    chunk: bytes, pattern: re.Pattern[bytes], styles: dict[int, Look], looks: dict[int, dict[Look, int]]
) -> None:
    columns: dict[bytes, int] = {}
    for found in pattern.finditer(chunk):
        place, style = CELL_NUMBER.search(found[1]), STYLE.search(found[1])
        if place is None or style is None:
            continue
        letters = place[1]
        if letters not in columns:
            columns[letters] = _column(letters)
        if columns[letters] < MAX_COLUMNS:
            cell = looks.setdefault(int(place[2]) - 1, {})
            look = styles[int(style[1])]
            cell[look] = cell.get(look, 0) | 1 << columns[letters]


def _reach(chunk: bytes, result: SheetLooks) -> None:
    """The last cell of the chunk that holds something, from its end backwards."""
    tail = chunk[-200_000:]
    for found in LAST_CELL.finditer(tail):
        result.last_row = max(result.last_row, int(found[2]))
        result.last_column = max(result.last_column, _column(found[1]))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
