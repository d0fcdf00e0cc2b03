"""Queue (今日队列): the todos of one user, by what has to be done first; read in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, Value, When, Window
from django.utils import timezone

from liren.core import duty
from liren.core.duty.prepared import Prepared, key
from liren.core.matters.countdown import Countdown, countdown
from liren.core.matters.flow import Move
from liren.core.matters.models import Handoff, Matter, Todo
from liren.core.matters.seeking import counted, counted_each
from liren.core.rules.workdays import Calendar, add_workdays, calendar

FIRST, TODAY, SOON, LATER, WAITING = range(5)
NAMES = ("先办", "今天到期", "两个工作日内", "往后", "等别人")
# The day's work fits on one screen and a bit; the rest is one click away in the ledger.
LENGTH, EACH = 36, (14, 12, 8, 6, 6)
# What a line shows, and what says which move comes next.
OF_TODO = (
    "seal", "is_main", "what", "limit", "holder", "done_at", "due_at", "unit", "paused_at", "pause_reason",
)  # fmt: skip
OF_MATTER = (
    "kind", "flow_version", "stage", "number", "title", "urgency", "restricted", "merged_into", "place",
    "area__level", "area__path", "area__name", "building__name",
    "house__code", "house__unit", "house__room", "house__building__name",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One row of the queue: the todo, its matter and clock, and the move that usually comes next."""

    todo: Todo
    clock: Countdown | None
    step: Move | None

    @property
    def matter(self) -> Matter:
        """What it belongs to."""
        return self.todo.matter


@dataclass
class Group:
    """The rows of one heading, and how many there are beyond those shown."""

    name: str
    count: int
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Figure:
    """A number over the queue, and the list that it counts."""

    name: str
    value: str
    unit: str
    url: str
    hot: bool = False
    note: str = ""


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _bucket(now: datetime, days: Calendar) -> Case:
    """Under which heading a todo stands; a matter of 急 comes first whatever its time."""
    tonight = _midnight(timezone.localdate(now) + timedelta(days=1))
    soon = _midnight(add_workdays(now, 2).date() + timedelta(days=1))
    return Case(
        When(Q(paused_at__isnull=False), then=Value(WAITING)),
        When(Q(due_at__lt=now) | Q(rank=1), then=Value(FIRST)),
        When(Q(waits=True), then=Value(WAITING)),
        When(Q(due_at__lt=tonight), then=Value(TODAY)),
        When(Q(due_at__lt=soon), then=Value(SOON)),
        default=Value(LATER),
        output_field=IntegerField(),
    )


_SHOWN = Prepared(
    lambda: (
        Todo.objects.filter(pk__in=[key(f"todo_{n}") for n in range(LENGTH)])
        .select_related("matter__area", "matter__house__building", "matter__building")
        .only(*OF_TODO, *(f"matter__{name}" for name in OF_MATTER))
        .order_by()
    )
)


def _shown(chosen: Iterable[int]) -> list[Todo]:
    """What the lines of these todos show. Where there are fewer, the rest of the question asks for no todo."""
    pks = [*chosen, *[0] * LENGTH][:LENGTH]
    return _SHOWN(**{f"todo_{n}": pk for n, pk in enumerate(pks)})


def queue_of(user: Any, seal: str = "") -> tuple[list[Group], dict[str, int]]:
    """The groups of the day, and how many todos of each seal there are. A fixed number of queries."""
    days, now = calendar(), timezone.now()
    todos = Todo.objects.open().for_user(user).annotate(bucket=_bucket(now, days))
    seals: dict[str, int] = {}
    sizes = dict.fromkeys(range(len(NAMES)), 0)
    for row in todos.order_by().values("seal", "bucket").annotate(n=Count("pk")):
        seals[row["seal"]] = seals.get(row["seal"], 0) + row["n"]
        if not seal or row["seal"] == seal:
            sizes[row["bucket"]] += row["n"]
    if seal:
        todos = todos.filter(seal=seal)
    groups = {number: Group(NAMES[number], size) for number, size in sizes.items() if size}
    # Thousands are put in order by what orders them alone; what a line shows is fetched for those that are shown.
    order = todos.order_by("bucket", "rank", "due_at", "matter_id").values_list("pk", "bucket")[:LENGTH]
    shown: dict[int, list[int]] = {}
    for pk, bucket in order:
        shown.setdefault(bucket, []).append(pk)
    chosen = {pk: bucket for bucket, pks in shown.items() for pk in pks[: EACH[bucket]]}
    rows = {todo.pk: todo for todo in _shown(chosen)}
    for pk, bucket in chosen.items():
        if todo := rows.get(pk):
            groups[bucket].lines.append(Line(todo, countdown(todo, days), _usual(todo, user)))
    return [groups[number] for number in sorted(groups)], seals


def _usual(todo: Todo, user: Any) -> Move | None:
    """The first move of the table that this post allows: what the button of the row does."""
    if not todo.is_main:
        return None
    moves = todo.matter.flow.from_stage(todo.matter.stage)
    return next((move for move in moves if user.can(move.ability, todo.matter.area)), None)


def seal_chips(seals: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    """The seals that occur in the queue, in the order of the seven."""
    names = {each.seal: each.name for each in duty.all_duties()}
    order = [*names, *seals]
    return [
        {"seal": seal, "name": names.get(seal, ""), "n": seals[seal], "on": seal == chosen}
        for seal in dict.fromkeys(order)
        if seals.get(seal)
    ]


def figures_of(user: Any) -> list[Figure]:
    """The strip over the queue. Each number is a set of filters: it opens the list that it counts, and equals it."""
    today = timezone.localdate()
    monday, month = today - timedelta(days=today.weekday()), f"{today:%Y-%m}"
    mine = {"holder": "me"}
    late, tonight = {"state": "overdue", **mine}, {"state": "today", **mine}
    own = counted_each(user, {"state": "open", **mine}, {"late": late, "tonight": tonight})
    opened = {"opened": f"{monday}..{today}"}
    closed, in_time = {"closed": f"{monday}..{today}"}, {"closed": month, "on_time": "yes"}
    # The week may have begun in the month before.
    since = {"closed": f"{min(monday, today.replace(day=1))}..{month}"}
    asked = {"closed": closed, "known": {**in_time, "on_time": "known"}, "kept": in_time}
    ended = counted_each(user, since, asked)
    figures = [
        _figure("我的已逾期", own["late"], late, hot=True),
        _figure("我今天到期", own["tonight"], tonight),
        _figure("没人接手", counted(user, {"state": "free"}), {"state": "free"}, hot=True),
        _figure("本周新来", counted(user, opened), {**opened, "state": "all"}),
        _figure("本周办结", ended["closed"], closed),
    ]
    known, kept = ended["known"], ended["kept"]
    share = f"{kept / known:.1%}".rstrip("%") if known else "—"
    figures.append(
        Figure("本月按时办结", share, "%" if known else "", _address(in_time), note=f"{kept} / {known} 件")
    )
    return figures


def _figure(name: str, value: int, params: dict[str, str], *, hot: bool = False) -> Figure:
    return Figure(name, f"{value:,}", "件", _address(params), hot and value > 0)


def _address(params: dict[str, str]) -> str:
    return "/matters/?" + "&".join(f"{key}={value}" for key, value in params.items())


def out_of_house(user: Any, most: int = 5) -> tuple[list[Handoff], int]:
    """What was given out for matters of one's own and is not back yet; the longest out first."""
    rows = Handoff.objects.visible_to(user).out().filter(matter__closed_at=None)
    rows = rows.filter(Q(matter__holder_id=user.pk) | Q(by_id=user.pk)).select_related("matter")
    # How many there are comes with the first of them.
    first = list(rows.annotate(all_of_them=Window(Count("pk"))).order_by("at")[:most])
    return first, first[0].all_of_them if first else 0


def newly_come(user: Any, most: int = 5) -> list[Matter]:
    """What came in since yesterday, whoever holds it."""
    since = _midnight(timezone.localdate() - timedelta(days=1))
    rows = Matter.objects.visible_to(user).open().filter(opened_at__gte=since).exclude(source="calendar")
    return list(rows.select_related("holder", "area").order_by("-key")[:most])
