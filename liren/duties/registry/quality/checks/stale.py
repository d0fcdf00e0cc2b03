"""Stale (很久没核实): nobody has looked for too long."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from liren.core.facts import conditions
from liren.core.facts.reading import read
from liren.core.pages.words import full_day

from .asking import people
from .check import Bulk, Check, Found, Severity
from .subjects import PEOPLE


def stale(user: Any, on: datetime.date) -> Found:
    """Those of whom the register may have become untrue."""
    return conditions.filter(people(user), read(["person.stale", "=", True]), on)


def last_seen(records: Iterable[Any]) -> Mapping[int, str]:
    """When somebody looked last."""
    return {
        record.pk: f"上次核实 {full_day(record.verified_on)}" if record.verified_on else "登记以后没有核实过"
        for record in records
    }


CHECKS = (
    Check(
        key="stale",
        name="很久没核实",
        group="时间久了",
        subject=PEOPLE,
        severity=Severity.OPEN,
        why="时间久了，人搬了、电话换了都不知道。",
        how="上门或打电话问一问。都没变的，勾上记「都核实过了」；变了的，打开档案改。",
        find=stale,
        tell=last_seen,
        verb="去核实",
        form="person",
        order=("community_id", "house__building__sort", "house__code", "pk"),
        bulk=Bulk("都核实过了", "verify_all"),
    ),
)
