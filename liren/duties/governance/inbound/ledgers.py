"""The ledger of tasks from above (交办任务台账)."""

from typing import Any

from liren.core.matters.ledgers import columns, ledger_of_kind
from liren.core.matters.seeking import sought
from liren.core.sheets.ledger import Column
from liren.core.sheets.narrowing import Period, State, Within, Words

from .hours import said
from .models import ADMISSIONS


def _hours(matter: Any) -> str:
    return said(matter.inboundtask.minutes) if matter.inboundtask.minutes else ""


def _forms(matter: Any) -> Any:
    return matter.inboundtask.forms or ""


def _how(matter: Any) -> str:
    return str(matter.inboundtask.get_admission_display()) or "还没定"


TASKS = ledger_of_kind(
    "governance.inbound",
    name="交办任务台账",
    title="上级交办任务准入办理台账",
    detail="inboundtask__item",
    columns=columns(
        "number", "opened",
        Column("sender", "来件单位", "inboundtask.sender", width=9),
        "title",
        Column("basis", "依据", "inboundtask.basis", width=9),
        Column("item", "对照清单", "inboundtask.item.title", width=10),
        Column("admission", "准入", _how, width=7),
        Column("reason", "准入说明", "inboundtask.admission_reason", width=9),
        Column("forms", "表（张）", _forms, width=4, align="end"),
        Column("hours", "用时", _hours, width=6),
        Column("due", "要求时限", "inboundtask.due_at", width=6, day=True),
        Column("reported", "上报日期", "inboundtask.reported_at", width=6, day=True),
        "holder", "stage", "closed", "outcome",
    ),
    filters=(
        Period("opened_at", timed=True),
        Within(),
        State(
            (("open", "在办"), ("overdue", "已逾期"), ("closed", "已办结")),
            by=lambda rows, key: sought(rows, {"state": key}),
        ),
        State((*ADMISSIONS, ("none", "还没定")), by=lambda rows, key: sought(rows, {"admission": key}),
              parameter="admission", name="准入"),
        Words(("number", "title", "inboundtask__sender_unit", "inboundtask__sender_person")),
    ),
    empty="这段时间没有收过上级交办。把群里的消息粘进来就能收。",
    footnote="用时是事情花的工夫，不记到人，不排名。",
)  # fmt: skip

LEDGERS = (TASKS,)
