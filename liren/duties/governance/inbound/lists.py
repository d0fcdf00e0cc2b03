"""Duty lists (三张清单): the usual items to begin with, and reading them from a sheet."""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from liren.core.duty import Refused
from liren.core.sheets.safety import Unreadable
from liren.core.sheets.workbook import open_workbook, text_of

from .models import LISTS

HERE = Path(__file__).parent
MOST = 500
COLUMNS: dict[str, tuple[str, ...]] = {
    "kind": ("清单", "清单类别", "清单类型", "哪张清单", "类别", "类型"),
    "title": ("事项", "事项名称", "工作事项", "工作内容", "名称", "证明名称", "内容", "职责"),
    "words": ("关键词", "认得它的词"),
    "unit": ("牵头部门", "责任部门", "主管部门", "部门", "牵头单位", "责任单位"),
    "basis": ("依据", "法律依据", "政策依据", "设定依据", "文件依据"),
    "instead": ("去哪里办", "办理渠道", "替代方式", "去处"),
    "from_on": ("起始日期", "生效日期", "从哪天起", "实施日期"),
}
KIND_WORDS = (
    ("negative", r"负面|不得|不应|禁入|证明"),
    ("assist", r"协助|配合"),
    ("own", r"依法|履职|自治|主责"),
)


@lru_cache(maxsize=1)
def usual_items() -> tuple[dict[str, Any], ...]:
    """What most communities begin with, and the twenty certificates of 民发〔2020〕20号 that none may issue."""
    book = tomllib.loads((HERE / "duty_lists.toml").read_text(encoding="utf-8"))
    found = [{"kind": kind, **row} for kind in ("own", "assist", "negative") for row in book[kind]]
    law, since = book["certificates"]["basis"], book["certificates"]["from_on"]
    for row in book["certificates"]["list"]:
        found.append({"kind": "negative", "basis": law, "from_on": since, **row})
    return tuple(found)


@dataclass
class Sheet:
    """Rows of a sheet as they were understood; `problems` by row number."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


def text_of_file(content: bytes, name: str) -> str:
    """The first sheet of a file as lines with tabs between the cells, so that one can mend them before they are taken.

    Refuses a file that cannot be read, with its sentence.
    """
    with NamedTemporaryFile(suffix=Path(name).suffix.lower()) as file:
        file.write(content)
        file.flush()
        try:
            book = open_workbook(file.name)
        except Unreadable as fault:
            raise Refused(str(fault)) from None
    sheet = next(sheet for sheet in book.sheets if sheet.rows)
    lines = [[re.sub(r"[\t\r\n]+", " ", text_of(cell)) for cell in row] for row in sheet.rows]
    return "\n".join("\t".join(line) for line in lines if any(line))


def rows_of(text: str) -> Sheet:
    """Lines with tabs (or commas) as items of the lists; the head is found by its words. Refuses what has no head."""
    lines = [_cells(line) for line in text.splitlines() if line.strip()]
    head, places = _head(lines)
    sheet = Sheet()
    kind = ""
    for number, cells in enumerate(lines[head + 1 :], head + 2):
        said = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
        if not said.get("title"):
            continue
        kind = _kind(said.get("kind", "")) or kind
        row, why = _row(said, kind)
        if why:
            sheet.problems.append((number, why))
        else:
            sheet.rows.append(row)
        if len(sheet.rows) > MOST:
            raise Refused(f"一次最多 {MOST} 条，请拆开再放")
    return sheet


def _cells(line: str) -> list[str]:
    return line.split("\t") if "\t" in line else re.split(r"[,，]", line)


def _head(lines: list[list[str]]) -> tuple[int, dict[str, int]]:
    for number, cells in enumerate(lines[:10]):
        names = [re.sub(r"\s", "", cell) for cell in cells]
        places = {
            key: names.index(word) for key, words in COLUMNS.items() for word in words[::-1] if word in names
        }
        if "title" in places and "basis" in places:
            return number, places
    raise Refused("没找到表头。第一行要有「清单」「事项」「依据」这几列")


def _kind(said: str) -> str:
    return next((key for key, words in KIND_WORDS if re.search(words, said)), "")


def _row(said: dict[str, str], kind: str) -> tuple[dict[str, Any], str]:
    if not kind:
        return {}, f"「{said['title']}」没写是哪张清单：{'、'.join(name for _, name in LISTS)}"
    if not said.get("basis"):
        return {}, f"「{said['title']}」没写依据"
    day: date | None = None
    if text := said.get("from_on", ""):
        found = re.match(r"(20\d\d)\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})", text)
        try:
            day = date(*(int(part) for part in found.groups())) if found else None
        except ValueError:
            day = None
        if day is None:
            return {}, f"「{said['title']}」的日期「{text}」看不懂，写成 2026-01-01"
    return {**said, "kind": kind, "from_on": day}, ""
