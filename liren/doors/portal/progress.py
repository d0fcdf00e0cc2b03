"""Progress (办到哪一步): how a matter stands in a resident's words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.matters.flow import Flow
from liren.core.matters.models import Entry

from .submissions import Submission


@dataclass(frozen=True)
class Standing:
    """Where a submission stands: what was asked, the stage in plain words, by when an answer was promised."""

    submission: Submission
    title: str
    number: str
    stage: str
    look: str
    is_open: bool
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    late: bool
    paused: str
    holder: User | None
    outcome: str
    stars: int | None
    news: bool


def standing(submission: Submission) -> Standing:
    """Reads it from the matter, or from the one that it was put together with; of that one only how far it is."""
    matter, leading = submission.matter, submission.leading
    stage = leading.at_stage
    todo = leading.main_todo
    paused = bool(todo and todo.paused_at)
    due = None if todo is None or paused else todo.due_at
    late = bool(due and due < timezone.now())
    open_now = leading.is_open
    words = stage.said or stage.name
    if matter.merged_into_id and open_now:
        words = f"与相同的事项一起办：{words}"
    return Standing(
        submission=submission,
        title=matter.title,
        number=matter.number,
        stage=words,
        look="done" if not open_now else "late" if late else "wait" if paused or stage.waits else "go",
        is_open=open_now,
        opened_at=matter.opened_at,
        closed_at=leading.closed_at,
        due_at=due,
        late=late,
        paused="正在等别人，等到了接着办" if paused else "",
        holder=leading.holder if open_now else None,
        outcome=leading.outcome_name,
        stars=matter.stars,
        news=getattr(submission, "news", False),
    )


@dataclass(frozen=True)
class Line:
    """One line of the story."""

    at: datetime
    head: str
    words: str = ""
    quote: bool = False
    icon: str = "message"
    key: bool = False
    files: list[dict[str, Any]] = field(default_factory=list)


def lines(submission: Submission, files: Callable[[Entry], list[dict[str, Any]]]) -> list[Line]:
    """The public story, the newest first, in a resident's words."""
    flow = submission.matter.flow
    return [_line(entry, files(entry), flow) for entry in submission.public_entries]


def _line(entry: Entry, files: list[dict[str, Any]], flow: Flow) -> Line:
    own = entry.by_id is None
    if entry.what == "open":
        return Line(entry.at, "收到您的反映", entry.note, True, "flag", True, files)
    if entry.what == "appraise":
        stars = entry.particulars.get("stars")
        head = f"您评了 {stars} 星" if stars else "您评价了"
        return Line(entry.at, head, entry.note, True, "star", False, files)
    if entry.is_move:
        stage = flow.stage(entry.stage)
        head = "您请社区再办一次" if own else stage.said or stage.name
        return Line(entry.at, head, entry.note, own, "circle-check" if stage.is_end else "check", True, files)
    if own:
        return Line(entry.at, "您补充", entry.note, True, "user", False, files)
    return Line(entry.at, f"{entry.teller}回话", entry.note, False, "message", False, files)
