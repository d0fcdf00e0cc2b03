"""Tiers (分级) T0–T3: how deep a user may look at what is known about a person (handbook 2.9)."""

from enum import IntEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from liren.core.areas.models import Area


class Tier(IntEnum):
    """How sensitive a fact is.

    T0 all staff · T1 care: own area · T2 economic: the line that deals with it and the secretary · T3 restricted:
    named persons, a reason each time.
    """

    T0 = 0
    T1 = 1
    T2 = 2
    T3 = 3


def may_see(user: Any, tier: int, *, line: str, area: "Area") -> bool:
    """Whether this user may see a fact of this tier and line about somebody in this area."""
    if not user.can("people.see", area):
        return False
    if tier <= Tier.T1:
        return True
    if tier == Tier.T2:
        return line in user.lines_in(area)
    return False
