"""What is kept beside an appeal when it is opened, by whatever way it came."""

import unicodedata
from datetime import datetime
from typing import Any

from liren.core.duty import Refused
from liren.core.matters.models import Matter, Party

from . import classes
from .models import SYSTEMS, Appeal


def keep_details(
    matter: Matter,
    *,
    outer_system: str = "",
    outer_number: str = "",
    urgency_class: str = "",
    dispatched_at: datetime | None = None,
    due_at: datetime | None = None,
    asked_reply: bool = True,
    keeps_private: bool = False,
    outer_said: dict[str, Any] | None = None,
    by: Any,
) -> None:
    """Writes the row beside the matter. Refuses an order that was registered before, and an unknown class."""
    outer_number = tidy_number(outer_number)
    if outer_system and outer_system not in dict(SYSTEMS):
        raise Refused("请选是哪个平台派来的")
    if outer_number and not outer_system:
        raise Refused("有工单编号的，请选是哪个平台派来的")
    if urgency_class and urgency_class not in classes.BY_KEY:
        raise Refused("办理时限分类里没有这一项")
    if outer_number and (known := order_of(matter.community_id, outer_system, outer_number)):
        raise Refused(f"这张工单已经登记过，是 {known.matter.number}")
    if keeps_private:
        Party.objects.filter(matter=matter, role="asker").update(keeps_name=True)
    Appeal.objects.create(
        matter=matter,
        community=matter.community,
        outer_system=outer_system,
        outer_number=outer_number,
        urgency_class=urgency_class or classes.usual_in(matter.area, danger=matter.danger),
        dispatched_at=dispatched_at,
        due_at=due_at,
        asked_reply=asked_reply,
        keeps_private=keeps_private,
        outer_said=outer_said or {},
    )


def tidy_number(text: str) -> str:
    """A number as it is kept: without blanks, wide letters and figures made narrow."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def order_of(community_id: int, system: str, number: str) -> Appeal | None:
    """The appeal that carries this number of this platform in the community."""
    found: Appeal | None = (
        Appeal.objects.filter(community_id=community_id, outer_system=system, outer_number=number)
        .select_related("matter")
        .first()
    )
    return found
