"""Outline (导入的步骤): where a batch stands, in words and figures, for its page."""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import ImportBatch, ImportRow, ImportTable

State = ImportBatch.State
# The order in which verdicts are looked through: what needs a decision first.
SHOWN = (
    ImportRow.Verdict.ASK,
    ImportRow.Verdict.LEAVING,
    ImportRow.Verdict.CHANGED,
    ImportRow.Verdict.NEW,
    ImportRow.Verdict.BLOCKED,
    ImportRow.Verdict.SAME,
)
PLACE = {
    State.READING: 2,
    State.FAILED: 2,
    State.READY: 4,
    State.APPLYING: 5,
    State.APPLIED: 6,
    State.UNDOING: 6,
    State.UNDONE: 7,
    State.ABANDONED: 7,
}


def outline(batch: ImportBatch) -> int:
    """Which of the six steps is current, from 1; 7 when all is over."""
    return PLACE[State(batch.state)]


def steps(batch: ImportBatch) -> list[tuple[str, str]]:
    """The six steps with a word on each."""
    counts, over = batch.counts, batch.state == State.UNDONE
    people, problems = counts.get("people", 0), counts.get("problems", 0)
    written = counts.get("written_new", 0) + counts.get("written_changed", 0)
    return [
        ("选文件", f"{people} 人" if people else "收到了"),
        ("对列", "自动认，可以改"),
        ("改问题", f"剩 {problems} 处" if problems else "没有要改的" if people else "读完再看"),
        ("试跑看变化", "不写入"),
        ("写入", f"写了 {written} 人" if batch.applied_at and not over else "全部成功才算数"),
        ("可撤销", "撤销了" if over else "整批撤回"),
    ]


def tabs(batch: ImportBatch) -> list[tuple[str, str, int]]:
    """(verdict, name, how many) for those that occur, decisions first."""
    rows = [
        (str(verdict), verdict.label.split("，")[0], batch.counts.get(str(verdict), 0)) for verdict in SHOWN
    ]
    return [row for row in rows if row[2]] or [(str(SHOWN[3]), SHOWN[3].label, 0)]


def figures(batch: ImportBatch) -> list[dict[str, object]]:
    """The strip of figures above the dry run."""
    counts = batch.counts
    verdict = ImportRow.Verdict
    return [
        {"name": "新增", "value": counts.get(verdict.NEW, 0), "unit": "人", "icon": "plus"},
        {"name": "变更", "value": counts.get(verdict.CHANGED, 0), "unit": "人", "icon": "pencil"},
        {"name": "不变", "value": counts.get(verdict.SAME, 0), "unit": "人", "icon": "check"},
        {"name": "迁出、去世", "value": counts.get(verdict.LEAVING, 0), "unit": "人", "icon": "arrow-right"},
        {"name": "疑似重复", "value": counts.get(verdict.ASK, 0), "unit": "人，等您定", "icon": "users"},
        {
            "name": "问题",
            "value": counts.get("problems", 0),
            "unit": "处",
            "icon": "alert-triangle",
            "hot": True,
        },
    ]


@dataclass
class Card:
    """Tables with the same headings, shown once."""

    table: ImportTable
    sheets: list[str]
    people: int


def cards(tables: Iterable[ImportTable]) -> list[Card]:
    """The tables of a batch by their headings: a roster of twenty sheets is often one table twenty times."""
    found: dict[str, Card] = {}
    for table in tables:
        card = found.setdefault(table.fingerprint or table.key, Card(table, [], 0))
        card.people += table.people
        if table.sheet and table.sheet not in card.sheets:
            card.sheets.append(table.sheet)
    return list(found.values())
