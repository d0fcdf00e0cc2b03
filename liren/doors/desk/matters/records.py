"""Records (工作记录) about a matter, as lines of its timeline: written once in the work log, shown here as well."""

from typing import Any

from django.urls import reverse

from liren.core.logbook.models import WorkRecord
from liren.core.matters.models import Matter

from .story import Line


def records_of(matter: Matter, user: Any) -> list[Line]:
    """What was written in the work log about this matter and was not taken back, as far as this user may read it."""
    rows = WorkRecord.objects.visible_to(user).standing().filter(matter=matter)
    return [_line(each) for each in rows.select_related("written_by").prefetch_related("kinds")]


def with_records(lines: list[Line], records: list[Line]) -> list[Line]:
    """Both in one timeline, the newest first."""
    return sorted([*lines, *records], key=lambda line: line.at, reverse=True) if records else lines


def _line(record: WorkRecord) -> Line:
    took = (f"用时 {record.minutes} 分钟",) if record.minutes else ()
    return Line(
        at=record.written_at, icon="pencil", tone="", name="工作记录", who=record.written_by.name, note=record.text,
        tags=(*record.kind_names, *took), url=reverse("ledgers:record", args=[record.pk]),
    )  # fmt: skip
