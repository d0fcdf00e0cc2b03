"""Ledgers of the work log (工作日志): one record, written once, stands in every ledger whose kind it has."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from liren.core.sheets.ledger import Column, Ledger
from liren.core.sheets.narrowing import Period, State, Within, Words

from .kinds import KINDS, WorkKind
from .models import WorkRecord

WHEN = Column("when", "日期", "when", width=8, link=True)
WHERE = Column("where", "地点", "where", width=10)
TEXT = Column("text", "内容", "text", width=30)
PEOPLE = Column("people", "涉及居民", lambda record: [each.name for each in record.people_seen], width=9)
COMPANIONS = Column("companions", "参加人员", "companions", width=10)
HEADCOUNT = Column("headcount", "人数", "headcount", width=4, align="end")
MINUTES = Column("minutes", "用时（分钟）", "minutes", width=5, align="end")
PHOTOS = Column("photos", "照片", lambda record: len(record.photos.all()) or "", width=4, align="end")
WRITER = Column("writer", "记录人", "written_by.name", width=6)
KIND = Column("kinds", "类别", "kind_names", width=7)

COLUMNS: dict[str, tuple[Column, ...]] = {
    "visit": (WHEN, WHERE, PEOPLE, TEXT, COMPANIONS, PHOTOS, WRITER),
    "meeting": (WHEN, WHERE, TEXT, COMPANIONS, HEADCOUNT, PHOTOS, WRITER),
    "study": (WHEN, WHERE, TEXT, COMPANIONS, HEADCOUNT, PHOTOS, WRITER),
    "publicity": (WHEN, WHERE, TEXT, HEADCOUNT, PHOTOS, WRITER),
    "activity": (WHEN, WHERE, TEXT, COMPANIONS, HEADCOUNT, PHOTOS, WRITER),
    "patrol": (WHEN, WHERE, TEXT, COMPANIONS, PHOTOS, WRITER),
    "shift": (WHEN, WHERE, TEXT, COMPANIONS, WRITER),
}
FILTERS = (Period("on"), Within(), Words(("text", "place", "companions", "written_by__name")))


def _records(user: Any) -> Any:
    return WorkRecord.objects.visible_to(user).standing().for_paper().with_particulars(user)


def _of_kind(key: str) -> Callable[[Any], Any]:
    return lambda user: _records(user).of_kind(key)


def _page(record: WorkRecord) -> str:
    return reverse("ledgers:record", args=[record.pk])


def _adding(query: str) -> Callable[[Any], str]:
    return lambda user: reverse("ledgers:record_new") + query if user.can("logbook.write") else ""


WORK_LOG = Ledger(
    key="logbook.all",
    name="工作日志",
    ability="people.see",
    rows=_records,
    columns=(WHEN, KIND, WHERE, TEXT, PEOPLE, COMPANIONS, MINUTES, WRITER),
    filters=(
        *FILTERS,
        State(
            tuple((kind.key, kind.name) for kind in KINDS.values()),
            by=lambda rows, key: rows.of_kind(key),
            parameter="kind",
            name="类别",
        ),
    ),
    order=("on", "begun", "pk"),
    link=_page,
    add=_adding(""),
    empty="这段时间还没有人写工作记录。做完一件事顺手写一句，就在这里了。",
)


def _ledger_of(kind: WorkKind) -> Ledger:
    return Ledger(
        key=f"logbook.{kind.key}",
        name=kind.ledger,
        title=kind.title,
        ability="people.see",
        rows=_of_kind(kind.key),
        columns=COLUMNS[kind.key],
        filters=FILTERS,
        order=("on", "begun", "pk"),
        link=_page,
        add=_adding(f"?kind={kind.key}"),
        empty=f"这段时间没有归到「{kind.name}」的工作记录。",
    )


LEDGERS: tuple[Ledger, ...] = (WORK_LOG, *(_ledger_of(kind) for kind in KINDS.values()))
