"""Taking a ledger along: on paper or as a file. What leaves the house says who took it, when, and what for."""

import datetime
from dataclasses import dataclass
from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.sheets.ledger import Look, Value
from liren.core.sheets.narrowing import Narrowed
from liren.core.sheets.outgoing import Form, mark_of, write_ledger

from .heading import form_of, place_of

BIG = 2_000
MOST = 50_000
# About a hundred sheets: who needs more wants a file.
MOST_ON_PAPER = 2_000
# Each row whose numbers leave whole is written down, for the resident who may ask who saw them.
MOST_WHOLE = 500
CHUNK = 500


@dataclass(frozen=True)
class Paper:
    """A ledger as it is printed."""

    look: Look
    form: Form
    lines: list[list[Value]]


def print_ledger(
    asked: Narrowed, *, purpose: str, maker: str, reviewer: str, day: datetime.date, by: Any
) -> Paper:
    """The ledger for paper, with one trace. Refuses without a purpose, without rows and beyond a hundred sheets."""
    _refuse_unless_stated(purpose)
    rows = list(asked.rows[: MOST_ON_PAPER + 1])
    if not rows:
        raise Refused("这段时间一条也没有，没什么可打印的")
    if len(rows) > MOST_ON_PAPER:
        raise Refused(f"一次最多打印 {MOST_ON_PAPER:,} 条，请把期间缩短些，或者导出成 Excel")
    look = Look(asked.ledger, by)
    mark = mark_of(by, timezone.localtime(), "打印", purpose)
    paper = Paper(look, form_of(asked, maker, reviewer, day, mark, by), list(look.lines(rows)))
    with transaction.atomic():
        told = _told(asked, look, len(rows))
        record("ledgers.print", community=place_of(asked, by), purpose=purpose, **told, by=by)
    return paper


def export_ledger(
    asked: Narrowed,
    *,
    purpose: str,
    receiver: str,
    maker: str,
    reviewer: str,
    day: datetime.date,
    whole: bool = False,
    reason: str = "",
    confirmed: bool = False,
    by: Any,
) -> IO[bytes]:
    """The ledger as .xlsx on the disk, written row by row; the trace is written before anybody gets the file.

    Refuses without purpose, receiver and permission; a big one without the tick; whole numbers without a reason.
    """
    if not by.can("ledgers.export"):
        raise Refused("您的岗位不能导出台账，请找社区书记或条线社工；打印是可以的")
    _refuse_unless_stated(purpose)
    if not receiver.strip():
        raise Refused("请写明交给谁；自己用就写自己的名字")
    _refuse_size(asked.rows.order_by()[: MOST + 1].count(), confirmed)
    noted = _refuse_whole(asked, reason, by) if whole else []
    look = Look(asked.ledger, by, whole=whole)
    mark = mark_of(by, timezone.localtime(), "导出", purpose, receiver)
    rows = asked.rows.iterator(chunk_size=CHUNK)
    # Nothing is locked while the rows are written: colleagues go on working.
    file, count = write_ledger(look, rows, form_of(asked, maker, reviewer, day, mark, by))
    with transaction.atomic():
        told = _told(asked, look, count) | {"receiver": receiver, "whole": whole}
        record("ledgers.export", community=place_of(asked, by), purpose=purpose, **told, by=by)
        for row in noted:
            record("ledgers.export", target=row, purpose=reason, receiver=receiver, whole=True, by=by)
    return file


def _refuse_unless_stated(purpose: str) -> None:
    if len(purpose.strip()) < 2:
        raise Refused("请写清楚做什么用，比如「11 月安全检查备查」")


def _refuse_size(size: int, confirmed: bool) -> None:
    if not size:
        raise Refused("这段时间一条也没有，没什么可导出的")
    if size > MOST:
        raise Refused(f"一次最多导出 {MOST:,} 条，请把期间缩短些，分几次导")
    if size > BIG and not confirmed:
        raise Refused(f"这次有 {size:,} 条，超过 {BIG:,} 条。请勾上「确实需要这么多」再导出")


def _refuse_whole(asked: Narrowed, reason: str, by: Any) -> list[Any]:
    """The rows whose numbers leave whole."""
    if not by.can("people.reveal"):
        raise Refused("您的岗位不能带走完整号码")
    if len(reason.strip()) < 4:
        raise Refused("带完整号码要写明理由：为什么遮住的号码不够用")
    rows = list(asked.rows[: MOST_WHOLE + 1])
    if len(rows) > MOST_WHOLE:
        raise Refused(f"带完整号码一次最多 {MOST_WHOLE} 条，请缩小范围，或导出遮住的号码")
    return rows


def _told(asked: Narrowed, look: Look, rows: int) -> dict[str, Any]:
    """What a trace says of a ledger that was taken along: no words that were looked for, they may be a name."""
    return {
        "ledger": asked.ledger.key,
        "span": str(asked.span or ""),
        "rows": rows,
        "columns": [each.key for each in look.columns],
    }
