"""Recasting (整列): columns that share one fact are joined, and a column that holds two is split."""

import re
from collections.abc import Iterator
from typing import Any

from liren.core.people import codes, labelling
from liren.core.sheets.headers import LIKELY, SURE, Vocabulary, plain
from liren.core.sheets.layout import Table
from liren.core.sheets.workbook import Row, text_of

from .frame import CODED
from .values import NO, YES

JOINED = re.compile(r"[/、,，;；|\n\r及和与+＋&]+")
PIECES = re.compile(r"[/、,，;；|\n\r()（）【】\[\]]+")
ADDRESS = frozenset(("lane", "building", "unit", "floor", "room", "address"))
PAPERS = frozenset(("id_number", "id_kind", "disability_cert"))


def recast(table: Table, vocabulary: Vocabulary) -> None:
    """Bring the columns of a list into the form of one fact each; works on the rows in memory."""
    if table.lines is None and not table.wide:
        for key, columns in _choices(table, vocabulary):
            _join(table, key, columns)
        for column, path in list(table.columns):
            if path and (parts := _parts(path, vocabulary)):
                _split(table, column, parts, vocabulary)


def _rows(table: Table) -> Iterator[Row]:
    for number in range(table.first, table.last):
        if number not in table.repeats:
            yield table.sheet.rows[number]


def _choices(table: Table, vocabulary: Vocabulary) -> Iterator[tuple[str, dict[int, str]]]:
    """Groups of columns to be ticked: 婚姻状况 over 未婚, 已婚 …; 男 and 女 need no group."""
    groups: dict[tuple[str, ...], dict[int, str]] = {}
    for column, path in table.columns:
        if path and path[-1] in ("男", "女"):
            groups.setdefault(("性别",), {})[column] = path[-1]
        elif len(path) > 1:
            groups.setdefault(path[:-1], {})[column] = path[-1]
    for path, columns in groups.items():
        key = vocabulary.read(path[-1])[0]
        if len(columns) > 1 and all(_is_option(key, leaf) for leaf in columns.values()):
            said = [
                text_of(row[c]).lower()
                for row in _rows(table)
                for c in columns
                if len(row) > c and row[c] != ""
            ]
            # a hint such as 打√ may stand in the first line
            if sum(1 for text in said if text in MARKS) >= 0.9 * len(said):
                yield path[-1], columns


MARKS = YES | NO | {""}


def _is_option(key: str, word: str) -> bool:
    if key == "disability_kind":
        return bool(labelling.disability_category(word))
    return key in CODED and codes.read(CODED[key], word) is not None


def _join(table: Table, heading: str, columns: dict[int, str]) -> None:
    first = min(columns)
    for row in _rows(table):
        ticked = [word for c, word in columns.items() if len(row) > c and text_of(row[c]).lower() in YES]
        if len(row) > first:
            row[first] = ticked[0] if len(ticked) == 1 else ""
        for column in columns:
            if column != first and len(row) > column:
                row[column] = ""
    table.columns = [
        (column, (heading,) if column == first else path)
        for column, path in table.columns
        if column == first or column not in columns
    ]


def _parts(path: tuple[str, ...], vocabulary: Vocabulary) -> list[str]:
    """The facts that one heading names side by side (姓名/性别), [] when it is one fact."""
    leaf = path[-1]
    if plain(leaf) in vocabulary.labels:
        return []
    words = [word.strip() for word in JOINED.split(leaf) if word.strip()]
    found = [vocabulary.read(word) for word in words]
    keys = {key for key, confidence, _ in found if confidence >= LIKELY}
    if not 2 <= len(words) <= 3 or len(keys) != len(words) or any(one[1] < SURE for one in found):
        return []
    return ["住址"] if keys <= ADDRESS else [] if keys <= PAPERS or any("." in key for key in keys) else words


def _split(table: Table, column: int, parts: list[str], vocabulary: Vocabulary) -> None:
    width = max([table.right + 1, *(len(row) for row in _rows(table))])
    if len(parts) > 1 and width > table.right + 1:
        # something stands to the right of this list
        return
    for row in _rows(table):
        if len(parts) > 1 and len(row) > column and text_of(row[column]):
            pieces = _pieces(row[column], parts, vocabulary)
            row.extend("" for _ in range(width - len(row)))
            row[column] = pieces[0]
            row.extend(pieces[1:])
    more: list[tuple[int, tuple[str, ...]]] = [
        (width + number, (part,)) for number, part in enumerate(parts[1:])
    ]
    table.columns = [(c, (parts[0],) if c == column else path) for c, path in table.columns] + more


def _pieces(value: Any, parts: list[str], vocabulary: Vocabulary) -> list[Any]:
    """The pieces of a cell in the order of its headings; a lone piece goes where it looks right."""
    if not isinstance(value, str):
        return [value, *("" for _ in parts[1:])]
    pieces = [piece.strip() for piece in PIECES.split(value) if piece.strip()]
    if len(pieces) < len(parts) and len(pieces) == 1:
        pieces = value.split()
    if len(pieces) == len(parts):
        return pieces
    placed: list[Any] = ["" for _ in parts]
    for piece in pieces:
        free = [n for n, said in enumerate(placed) if said == ""]
        at = next(
            (n for n in free if _looks(parts[n], piece, vocabulary)), free[0] if free else len(parts) - 1
        )
        placed[at] = f"{placed[at]} {piece}".strip()
    return placed


def _looks(part: str, piece: str, vocabulary: Vocabulary) -> bool:
    offer = vocabulary.offers.get(vocabulary.read(part)[0])
    return offer is not None and offer.evidence is not None and offer.evidence(piece)
