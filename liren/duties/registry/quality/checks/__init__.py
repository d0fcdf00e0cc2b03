"""Checks (检查): everything that may be wrong in the register, declared once.

Whoever wants work from it asks ``check("stale").rows(user)``: a queryset of what that user may see and somebody has to
look at, made to be counted, paged, and handed on as tasks. Its records are of `Check.subject`; `lines` puts a page of
them into words. A check never reads more than the user could on the record's own page: labels only through
``Label.objects.visible_to``, restricted ones never.
"""

from . import births, households, houses, labels, missing, pairs, papers, stale
from .check import Check, Line, Severity

__all__ = ["CHECKS", "COLUMNS", "Check", "Line", "Severity", "check"]

CHECKS: tuple[Check, ...] = (
    *households.CHECKS,
    *papers.CHECKS,
    *births.CHECKS,
    *missing.CHECKS,
    *stale.CHECKS,
    *labels.CHECKS,
    *houses.CHECKS,
    *pairs.CHECKS,
)
# How the groups stand on the overview: two columns.
COLUMNS: tuple[tuple[str, ...], ...] = (("前后矛盾", "不可能的日子", "重复"), ("缺漏", "时间久了", "房屋"))
_BY_KEY = {each.key: each for each in CHECKS}


def check(key: str) -> Check | None:
    """The check of this key, if there is one."""
    return _BY_KEY.get(key)
