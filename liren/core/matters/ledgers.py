"""Ledgers of matters (事项台账): the columns that every kind has, and what a room needs to declare its own ledger.

A room writes ten lines in its `ledgers.py` and its duty offers them as ``Duty(ledgers=(APPEALS,))``:

    APPEALS = ledger_of_kind(
        "governance.appeal",
        name="诉求台账",
        title="居民诉求办理台账",
        detail="appeal",
        columns=columns(
            "number", "opened", "source",
            Column("outer", "12345 工单号", "appeal.outer_number", width=9),
            "asker", "phone", "where", "title", "holder", "due", "closed", "outcome", "solved",
        ),
    )

Rows are matters; `detail` names the table that the room keeps beside (its fields are reached as ``appeal.…``), so that
one query brings both. Restricted matters stand in no ledger: paper goes farther than any circle.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from liren.core.privacy.masks import mask_phone
from liren.core.privacy.tiers import Tier
from liren.core.sheets.ledger import Column, Ledger
from liren.core.sheets.narrowing import Filter, Period, State, Within, Words

from .matters import Matter, kind_choices
from .parties import Party
from .seeking import STATES, sought

UNNAMED = "（不公开）"
NOTE = "限定知情的事项不列入本台账。"


def _asker(matter: Any) -> Party | None:
    """The one who asked, as `matters_for` has fetched."""
    return next(iter(matter.askers), None)


def _asker_name(matter: Matter) -> str:
    party = _asker(matter)
    return "" if party is None else UNNAMED if party.keeps_name else party.shown


def _asker_phone(matter: Matter) -> str:
    party = _asker(matter)
    # By a number one is known as well as by a name; on the page of the matter it stands for whoever has to call.
    return party.phone if party and not party.keeps_name else ""


def _due(matter: Matter) -> Any:
    todo = matter.main_todo
    return todo.due_at if todo else None


def _stage(matter: Matter) -> str:
    todo = matter.main_todo
    return matter.at_stage.name + ("（逾期）" if todo and todo.is_overdue else "")


def _in_time(matter: Matter) -> Any:
    return matter.closed_in_time if matter.closed_at else None


CATALOGUE: dict[str, Column] = {
    column.key: column
    for column in (
        Column("number", "编号", "number", width=8, link=True),
        Column("opened", "登记日期", "opened_at", width=6, day=True),
        Column("kind", "类别", "of_kind.name", width=7),
        Column("title", "事由", "title", width=16),
        Column("body", "情况", "body", width=22),
        Column("where", "地点", "where", width=10),
        Column("asker", "诉求人", _asker_name, width=6),
        Column("phone", "联系电话", _asker_phone, width=9, tier=Tier.T2, mask=mask_phone),
        Column("source", "来源", "get_source_display", width=6),
        Column("cause", "原因", "cause_name", width=7),
        Column("urgency", "缓急", "get_urgency_display", width=3, align="center"),
        Column("holder", "承办人", "holder.name", width=5),
        Column("stage", "现状", _stage, width=7),
        Column("due", "办理时限", _due, width=6, day=True),
        Column("contacted", "首次联系", "contacted_at", width=6, day=True),
        Column("closed", "办结日期", "closed_at", width=6, day=True),
        Column("in_time", "按时", _in_time, width=3, align="center"),
        Column("outcome", "办理结果", "outcome_name", width=7),
        Column("solved", "是否解决", "get_solved_display", width=4, align="center"),
        Column("satisfied", "是否满意", "get_satisfied_display", width=4, align="center"),
    )
}


def columns(*wanted: str | Column) -> tuple[Column, ...]:
    """Columns that every matter has, by key, and the room's own, in the order of the paper."""
    return tuple(CATALOGUE[each] if isinstance(each, str) else each for each in wanted)


USUAL = columns(
    "number", "opened", "kind", "urgency", "title", "where", "asker", "source", "holder", "stage", "due", "closed",
    "outcome",
)  # fmt: skip
PERIOD = Period("opened_at", timed=True)
STATE = State(
    tuple((key, STATES[key]) for key in ("open", "today", "overdue", "waiting", "closed")),
    by=lambda rows, key: sought(rows, {"state": key}),
)
WORDS = Words(("number", "title", "place"))
FILTERS: tuple[Filter, ...] = (PERIOD, Within(), STATE, WORDS)


def matters_for(user: Any, *, detail: str = "") -> Any:
    """Every matter that may stand on paper, with all that the columns touch, in a constant number of queries."""
    askers = Prefetch(
        "parties", Party.objects.filter(role="asker").read_by(user).select_related("person"), "askers"
    )
    rows = Matter.objects.visible_to(user).filter(restricted=False, merged_into=None)
    rows = rows.for_list().prefetch_related(askers)
    return rows.select_related(detail) if detail else rows


def page_of_matter(matter: Matter) -> str:
    """Where a matter is worked on."""
    return reverse("desk:matter", args=[matter.pk])


def ledger_of_kind(
    kind: str,
    *,
    name: str,
    title: str = "",
    detail: str = "",
    columns: tuple[Column, ...] = USUAL,
    filters: tuple[Filter, ...] = FILTERS,
    rows: Callable[[Any], Any] | None = None,
    empty: str = "",
    footnote: str = "",
) -> Ledger:
    """The ledger of one kind. `rows(queryset)` narrows or prefetches further what the room's own columns touch."""

    def of_kind(user: Any) -> Any:
        found = matters_for(user, detail=detail).filter(kind=kind)
        return rows(found) if rows else found

    return Ledger(
        key=f"{kind}.all",
        name=name,
        title=title,
        ability="people.see",
        rows=of_kind,
        columns=columns,
        filters=filters,
        order=("opened_at", "key"),
        link=page_of_matter,
        counted="件",
        empty=empty or "这段时间一件也没有登记。",
        footnote=footnote or NOTE,
    )


ALL_MATTERS = Ledger(
    key="matters.all",
    name="事项总台账",
    ability="people.see",
    rows=matters_for,
    columns=USUAL,
    filters=(
        PERIOD,
        Within(),
        STATE,
        State(kind_choices, field="kind", parameter="kind", name="类别"),
        WORDS,
    ),
    order=("opened_at", "key"),
    link=page_of_matter,
    counted="件",
    empty="这段时间一件事也没有登记。",
    footnote=NOTE,
)

LEDGERS: tuple[Ledger, ...] = (ALL_MATTERS,)
