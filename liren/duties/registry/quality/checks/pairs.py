"""Pairs (疑似重复): two records that may be one person, as the sweep found them."""

import datetime
from typing import Any

from ..models import DoubtfulPair
from .check import Check, Found, Severity
from .subjects import PAIRS


def doubtful(user: Any, on: datetime.date) -> Found:
    """Pairs that nobody has decided on, both of whom this user may see."""
    found: Found = DoubtfulPair.objects.visible_to(user).open()
    return found


CHECKS = (
    Check(
        key="doubles",
        name="像是同一个人，登记了两份",
        group="重复",
        subject=PAIRS,
        severity=Severity.WRONG,
        why="一个人两份档案，人数多算，走访两头落空。",
        how="两份对着看。是同一个人就合并，认错了能原样拆回；不是同一个人，说一声，以后不再问。",
        find=doubtful,
        verb="对一对",
        form="merge",
        ability="people.merge",
        form_of=lambda pair: pair.one_id,
    ),
)
