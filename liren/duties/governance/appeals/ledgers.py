"""Ledgers of the room: the appeals for inspectors, and the return of closed orders to the platform that sent them."""

from typing import Any

from liren.core.matters.ledgers import columns, ledger_of_kind
from liren.core.matters.seeking import sought
from liren.core.sheets.ledger import Column, Ledger
from liren.core.sheets.narrowing import Period, State, Within, Words

from .models import SYSTEMS


def _reply(matter: Any) -> str:
    """What may be told outside: the public reply, never the inner note."""
    return str(matter.appeal.public_reply)


SYSTEM = State(SYSTEMS, field="appeal__outer_system", parameter="system", name="平台")
OUTER = Column("outer", "工单编号", "appeal.outer_number", width=10)

APPEALS = ledger_of_kind(
    "governance.appeal",
    name="诉求台账",
    title="居民诉求（12345 工单）办理台账",
    detail="appeal",
    columns=columns(
        "number", "opened", "source", OUTER, "asker", "phone", "title", "where", "cause", "holder", "due", "stage",
        "closed", "outcome", "satisfied",
    ),
    filters=(
        Period("opened_at", timed=True),
        Within(),
        State(
            (("open", "在办"), ("overdue", "已逾期"), ("waiting", "等承办单位"), ("closed", "已办结")),
            by=lambda rows, key: sought(rows, {"state": key}),
        ),
        SYSTEM,
        Words(("number", "title", "place", "appeal__outer_number")),
    ),
    empty="这段时间没有登记过诉求。12345 的工单可以整批导进来。",
)  # fmt: skip


def _closed_orders(user: Any) -> Any:
    return APPEALS.rows(user).filter(closed_at__isnull=False).exclude(appeal__outer_number="")


RETURNS = Ledger(
    key="governance.returns",
    name="工单回单",
    title="12345 等平台工单办理结果回单",
    ability="matters.see",
    rows=_closed_orders,
    columns=columns(
        OUTER,
        Column("system", "来源平台", "appeal.get_outer_system_display", width=7),
        "title",
        Column("contacted", "联系时间", "contacted_at", width=8),
        Column("closed", "办结时间", "closed_at", width=8),
        "outcome",
        Column("reply", "答复内容", _reply, width=26),
        Column("objection", "异议退单", "appeal.get_objection_display", width=7),
        "solved", "satisfied", "holder",
    ),
    filters=(Period("closed_at", timed=True), Within(), SYSTEM, Words(("number", "title", "appeal__outer_number"))),
    order=("closed_at", "key"),
    link=APPEALS.link,
    counted="张",
    empty="这段时间没有办结的工单。",
    footnote="答复内容是给诉求人的那一份，内部说明不在里面。",
)  # fmt: skip

LEDGERS = (APPEALS, RETURNS)
