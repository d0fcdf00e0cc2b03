"""Story (经过): the entries of a matter as lines of its timeline, and the steps of its flow with their days."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from liren.core.documents.links import holder_of, link_for
from liren.core.matters.actions.telling import HOW
from liren.core.matters.models import Attachment, Entry, Matter
from liren.core.matters.outcomes import ANSWERS, OUTCOMES, SOURCES
from liren.core.pages import words
from liren.core.rules import number

ICONS = {
    "open": "clipboard-list", "comment": "message", "contact": "phone", "assign": "user", "attach": "paperclip",
    "hand_off": "send", "urge": "bell", "return": "arrow-back-up", "pause": "clock", "resume": "refresh",
    "triage": "adjustments-horizontal", "merge": "link", "absorb": "link", "split": "share", "follow": "arrow-right",
    "party": "user-plus", "link": "link", "appraise": "star", "archive": "bookmark", "circle": "lock",
    "due": "calendar-event", "place": "map-pin", "retitle": "pencil", "remind": "bell", "overdue": "alert-triangle",
    "cause": "filter",
}  # fmt: skip
# What the one who asked said is shown as said, not as told by us.
QUOTED = {"comment", "appraise", "reopen"}


@dataclass(frozen=True)
class Line:
    """One line of the timeline."""

    at: datetime
    icon: str
    tone: str
    name: str
    who: str
    note: str = ""
    quoted: bool = False
    tags: tuple[str, ...] = ()
    files: tuple["File", ...] = ()
    of: str = ""  # the number of the merged matter to which it belongs
    public: bool = False
    url: str = ""  # where it stands in full


@dataclass(frozen=True)
class File:
    """One attachment with the links that this user may open for some minutes."""

    name: str
    url: str
    thumbnail: str
    family: str
    size: int
    at: datetime
    who: str
    role: str = ""


@dataclass(frozen=True)
class Step:
    """One step of the flow as the page shows it."""

    name: str
    note: str
    state: str = ""  # past · now · later


@dataclass
class Story:
    """Everything that the middle of the page shows."""

    lines: list[Line] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


def story_of(matter: Matter, user: Any) -> Story:
    """The history of a matter and of those merged into it, as far as this user may know of them."""
    entries = list(Entry.objects.visible_to(user).story(matter))
    files = files_of(Attachment.objects.visible_to(user).filter(entry__in=[e.pk for e in entries]), user)
    lines = [line_of(entry, matter, files.get(entry.pk, ())) for entry in entries]
    own = [entry for entry in entries if entry.matter_id == matter.pk]
    kept = [file for entry in entries for file in files.get(entry.pk, ())]
    return Story(lines, kept, steps_of(matter, own))


def files_of(rows: Any, user: Any) -> dict[int, tuple[File, ...]]:
    """Attachments by the entry with which they came."""
    found: dict[int, tuple[File, ...]] = {}
    facts: dict[str, Any] = {"holder": holder_of(user), "minutes": number("documents.link_minutes")}
    for row in rows.select_related("document", "entry__by"):
        document = row.document
        photo = document.family == "photo"
        file = File(
            name=row.caption or document.file_name,
            url=link_for(document, **facts),
            thumbnail=link_for(document, thumbnail=True, **facts) if photo else "",
            family=document.family,
            size=document.size,
            at=document.received_at,
            who=row.entry.teller,
            role=row.get_role_display() if row.role else "",
        )
        found[row.entry_id] = (*found.get(row.entry_id, ()), file)
    return found


def line_of(entry: Entry, matter: Matter, files: Iterable[File] = ()) -> Line:
    """One entry in words."""
    step = matter.flow.move(entry.what)
    return Line(
        at=entry.at,
        icon=step.icon if step else ICONS.get(entry.what, "info-circle"),
        tone=tone_of(entry),
        name=NAMED.get(entry.what, lambda facts: entry.name)(entry.particulars),
        who=entry.teller,
        note=entry.note,
        quoted=entry.by_id is None and entry.what in QUOTED,
        tags=tuple(tags_of(entry, step)),
        files=tuple(files),
        of=entry.matter.number if entry.matter_id != matter.pk else "",
        public=entry.public,
    )


def tone_of(entry: Entry) -> str:
    """``key`` for what brought it on, ``hot`` for what went wrong."""
    if entry.what in ("overdue", "urge"):
        return "hot"
    return "key" if entry.is_move or entry.what == "open" else ""


def _contacted(facts: dict[str, Any]) -> str:
    """``电话联系，没联系上``."""
    return f"{HOW.get(facts.get('how', ''), '')}联系，{'联系上了' if facts.get('reached') else '没联系上'}"


def _assigned(facts: dict[str, Any]) -> str:
    """``派给方亮``, ``请方亮协办``."""
    to = facts.get("to_name", "")
    return f"请{to}协办" if facts.get("beside") else f"派给{to}"


NAMED: dict[str, Callable[[dict[str, Any]], str]] = {
    "contact": _contacted,
    "assign": _assigned,
    "hand_off": lambda facts: f"转给{facts.get('name', '')}",
    "urge": lambda facts: f"督办{facts.get('name', '')}，第 {facts.get('times', 1)} 次",
    "return": lambda facts: f"{facts.get('name', '')}回复：{facts.get('result', '')}",
}


def tags_of(entry: Entry, step: Any) -> Iterable[str]:
    """The particulars that people want to read, in words."""
    facts = entry.particulars
    if step is None:
        yield from TOLD.get(entry.what, lambda facts: ())(facts)
        return
    if outcome := OUTCOMES.get(facts.get("outcome", "")):
        yield outcome
    for ask in step.asks:
        if facts.get(ask.key) not in (None, "") and ask.input != "user":
            yield f"{ask.name}：{_said(ask, facts[ask.key])}"


def _answers(facts: dict[str, Any]) -> Iterable[str]:
    said = dict(ANSWERS)
    yield f"解决了：{said.get(facts.get('solved', ''), '')}"
    yield f"满意：{said.get(facts.get('satisfied', ''), '')}"
    if stars := facts.get("stars"):
        yield f"{stars} 星"


def _said(ask: Any, value: Any) -> str:
    """The value of one ask as people say it."""
    if ask.choices:
        return str(dict(ask.choices).get(value, value))
    if ask.input == "date":
        return words.day(datetime.fromisoformat(str(value)))
    if ask.input == "moment":
        return words.moment(datetime.fromisoformat(str(value)))
    return {True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def steps_of(matter: Matter, entries: list[Entry]) -> list[Step]:
    """The ordinary way, with the days on which it was walked; a stage beside the way stands where it was entered."""
    path, now = [stage.key for stage in matter.flow.steps()], matter.stage
    walked = {entry.stage: entry.at for entry in reversed(entries) if entry.is_move or entry.what == "open"}
    if now not in path:
        behind = max((place for place, key in enumerate(path) if key in walked), default=-1)
        if matter.closed_at:
            path = [*path[: behind + 1], now]
        else:
            path.insert(behind + 1, now)
    here = path.index(now)
    steps = []
    for place, key in enumerate(path):
        stage = matter.flow.stage(key)
        state = "past" if place < here else "now" if place == here else "later"
        known = walked.get(key) or (matter.closed_at if stage.is_end and state == "now" else None)
        note = words.day(known) if known and state != "later" else ("跳过" if state == "past" else "未到")
        steps.append(Step(stage.name, note, state))
    return steps


def _numbered(facts: dict[str, Any]) -> Iterable[str]:
    return (facts.get("into") or facts.get("number") or "",)


TOLD: dict[str, Callable[[dict[str, Any]], Iterable[str]]] = {
    "open": lambda facts: (dict(SOURCES).get(facts.get("source", ""), ""),),
    "appraise": _answers,
    **dict.fromkeys(("merge", "absorb", "split", "follow", "link"), _numbered),
}
