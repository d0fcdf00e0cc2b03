"""Taking figures along, on paper or as a file: who took them, when, and what for, stands in the trace."""

from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from liren.core.audit.actions import record
from liren.core.duty import Refused

from .asking import Asked
from .briefing import Brief, brief_of
from .workbook import write_figures

SHORTEST = 2


@transaction.atomic
def print_brief(asked: Asked, *, purpose: str, by: Any) -> Brief:
    """The brief for paper. Refuses without a purpose."""
    _refuse_unless_stated(purpose)
    brief = brief_of(asked)
    record("reports.print", purpose=purpose, **_about(asked), by=by)
    return brief


@transaction.atomic
def export_figures(asked: Asked, *, purpose: str, receiver: str, by: Any) -> IO[bytes]:
    """Every figure of a period as .xlsx. Refuses without permission, purpose and receiver."""
    if not by.can("reports.export"):
        raise Refused("您的岗位不能导出数字，请找社区书记或条线社工；打印是可以的")
    _refuse_unless_stated(purpose)
    if not receiver.strip():
        raise Refused("请写明交给谁；自己用就写自己的名字")
    mark = f"{by.name} {timezone.localtime():%Y-%m-%d %H:%M} 导出 · 用途：{purpose} · 交给：{receiver}"
    file = write_figures(asked, mark)
    record("reports.export", purpose=purpose, receiver=receiver, **_about(asked), by=by)
    return file


def _refuse_unless_stated(purpose: str) -> None:
    if len(purpose.strip()) < SHORTEST:
        raise Refused("请写清楚做什么用，比如「10 月工作月报」")


def _about(asked: Asked) -> dict[str, Any]:
    place = asked.area.community() if asked.area else asked.user.community
    return {"community": place, "period": asked.period.key, "area": asked.area.pk if asked.area else None}
