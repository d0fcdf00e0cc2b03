"""Delimited text (CSV): the encoding and the delimiter are found, not asked."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .safety import RESAVE, Unreadable, unmarked_utf16
from .workbook import Row, Sheet, frames

DELIMITERS = ",\t;|"
QUOTED_FORMULA = re.compile(r'^="(.*)"$', re.DOTALL)
# One cell of a roster never holds more; the csv module needs a bound to stop at an unclosed quote.
MAX_CELL_CHARACTERS = 1_000_000


def read(path: Path) -> Iterator[tuple[str, Any]]:
    """The frames of a delimited text file: one sheet with an empty name; a record may hold line breaks."""
    text = decode(path.read_bytes())
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    delimiter = _delimiter(text)
    if not delimiter:
        raise Unreadable("这是普通文本，里面没有表格（找不到逗号、分号或制表符分隔的列）。")
    rows = csv.reader(_lines(text), delimiter=delimiter)
    try:
        yield from frames(Sheet(""), (_clean(row) for row in rows))
    except csv.Error:
        raise Unreadable(f"文本表格的引号不配对，读不下去，{RESAVE}") from None


def decode(data: bytes) -> str:
    """Text of UTF-8 (with or without mark), UTF-16 or GB18030 bytes."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\x00" in data[:4096]:
        return data.decode(unmarked_utf16(data[:4096]) or "utf-16-le", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        # one torn character at the end of a cut file is no reason to refuse the rest
        text = data.decode("gb18030", "replace")
    if text.count("\ufffd") > len(text) // 100 + 5:
        raise Unreadable("认不出这个文本文件的编码，请另存为 .xlsx 或 UTF-8 编码的 .csv 再导入。")
    return text


def _lines(text: str) -> Iterator[str]:
    start = 0
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _delimiter(text: str) -> str:
    """The delimiter whose count per line is the most common and steady in the first lines."""
    first = text[:20_000].splitlines()[:60]
    if first and first[0].lower().startswith("sep="):
        return first[0][4:5]
    best, score = "", 0.0
    for candidate in DELIMITERS:
        counts = Counter(line.count(candidate) for line in first if candidate in line)
        if counts:
            width, lines = counts.most_common(1)[0]
            if (weight := lines * min(width, 8) + sum(counts.values())) > score:
                best, score = candidate, weight
    return best


def _clean(row: Row) -> Row:
    for number, cell in enumerate(row):
        if cell[:2] == '="' and (found := QUOTED_FORMULA.match(cell)):
            row[number] = found[1].replace('""', '"')
        elif cell[:1] == "\t" or cell[-1:] == "\t":
            row[number] = cell.strip("\t")
    return row
