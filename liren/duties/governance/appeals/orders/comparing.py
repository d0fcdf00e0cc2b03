"""Comparing (比对): the orders of a file beside what is registered — new, unchanged, changed, or not to be taken."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from liren.core.areas.models import Area
from liren.core.matters.models import Matter
from liren.core.matters.outcomes import ANSWERS
from liren.core.pages.words import moment

from .. import classes
from ..models import Appeal
from . import values
from .placing import Placed, Places
from .reading import Order

NAMES = {
    "title": "标题", "content": "内容", "address": "地址", "urgency_class": "时限分类", "due_at": "办理时限",
    "solved": "是否解决", "satisfied": "是否满意",
}  # fmt: skip
# A number so long is one order everywhere; shorter ones several platforms may count for themselves.
LONG = 10
STATES = {
    "new": ("新工单", "go"), "changed": ("有更新", "wait"), "same": ("已登记，没变化", "plain"),
    "problem": ("没法收", "late"),
}  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One thing that the file says otherwise than before, in words."""

    key: str
    name: str
    before: str
    after: str


@dataclass
class Line:
    """One line of the dry run."""

    order: Order
    state: str
    placed: Placed = field(default_factory=Placed)
    appeal: Appeal | None = None
    differences: list[Difference] = field(default_factory=list)
    why: str = ""

    @property
    def badge(self) -> tuple[str, str]:
        """Its state in words and colour."""
        return STATES[self.state]

    @property
    def due_words(self) -> str:
        """By when, as far as the file says it."""
        return moment(self.order.due_at) if self.order.due_at else ""


def compared(
    orders: Iterable[Order], *, community: Area, system: str, places: Places | None = None
) -> list[Line]:
    """Every order with what is to become of it, in the order of the file."""
    orders = list(orders)
    numbers = [order.number for order in orders if order.number]
    known = {
        appeal.outer_number: appeal
        for appeal in Appeal.objects.filter(
            community=community, outer_system=system, outer_number__in=numbers
        ).select_related("matter__community", "matter__area")
    }
    elsewhere = {
        appeal.outer_number: appeal
        for appeal in Appeal.objects.filter(
            community=community, outer_number__in=[number for number in numbers if len(number) >= LONG]
        ).exclude(outer_system=system).select_related("matter")
    }  # fmt: skip
    places = places or Places(community)
    return [
        _twice(order, elsewhere[order.number])
        if order.number in elsewhere and order.number not in known
        else _line(order, known.get(order.number), places, community)
        for order in orders
    ]


def _twice(order: Order, appeal: Appeal) -> Line:
    """The same order came by another platform before."""
    why = f"{appeal.get_outer_system_display()}来过同一张，是 {appeal.matter.number}"
    return Line(order, "same", appeal=appeal, why=why)


def _line(order: Order, appeal: Appeal | None, places: Places, community: Area) -> Line:
    if order.problem:
        return Line(order, "problem", why=order.problem)
    if order.community and not _is_ours(order.community, community):
        return Line(order, "problem", why=f"派给的是{order.community}，不是我们社区")
    if appeal is None:
        placed = places.find(order.address)
        if order.address and placed.building is None:
            order.notes.append("地址没有对上楼栋，先按文字记下")
        return Line(order, "new", placed)
    if appeal.matter.archived_at is not None:
        return Line(order, "same", appeal=appeal, why="已归档，不再更新")
    found = differences(order, appeal)
    return Line(order, "changed" if found else "same", appeal=appeal, differences=found)


def _is_ours(said: str, community: Area) -> bool:
    """柳荫里, 柳荫里社区, 槐荫街道柳荫里社区居委会 all mean 柳荫里社区."""
    name = community.name.removesuffix("社区")
    return name in said and (said.endswith(("居委会", "居民委员会", "社区", name)) or community.name in said)


def differences(order: Order, appeal: Appeal) -> list[Difference]:
    """What the file says otherwise. What it leaves empty says nothing."""
    before = appeal.outer_said or _as_registered(appeal)
    return [
        Difference(key, NAMES[key], _words(key, before.get(key, ""), appeal), _words(key, value, appeal))
        for key, value in order.said().items()
        if value and value != before.get(key, "")
    ]


def _as_registered(appeal: Appeal) -> dict[str, str]:
    """For an order that was typed in by hand: what it says here."""
    matter: Matter = appeal.matter
    return {
        "title": matter.title,
        "content": matter.body,
        "address": matter.place,
        "urgency_class": appeal.urgency_class,
        "due_at": values.stamp(appeal.due_at),
        "solved": matter.solved,
        "satisfied": matter.satisfied,
    }


def _words(key: str, value: str, appeal: Appeal) -> str:
    if not value:
        return "没有"
    if key == "urgency_class":
        return classes.name_of(value, appeal.matter.area)
    if key == "due_at":
        return moment(datetime.fromisoformat(value))
    return dict(ANSWERS).get(value, value) if key in ("solved", "satisfied") else value


def tally(lines: Iterable[Line]) -> dict[str, Any]:
    """How many of each state."""
    counts = dict.fromkeys(STATES, 0)
    for line in lines:
        counts[line.state] += 1
    return counts
