"""What is kept beside a hazard when it is opened, by whatever way it came."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from liren.core.duty import Refused
from liren.core.matters.models import Matter
from liren.core.rules import number

from .models import GRADES, RESPONSIBLE, Hazard

# Told to us, not seen by us.
TOLD = ("portal", "phone", "counter", "hotline")


def keep_details(
    matter: Matter,
    *,
    grade: str = "minor",
    responsible_kind: str = "",
    responsible_name: str = "",
    by: Any,
) -> None:
    """Writes the row beside the matter; a major hazard is a danger. Refuses an unknown grade or kind of party."""
    grade = grade or "minor"
    if grade not in dict(GRADES):
        raise Refused("隐患等级只有一般、较大、重大")
    if responsible_kind and responsible_kind not in dict(RESPONSIBLE):
        raise Refused("责任方里没有这一项")
    Hazard.objects.create(
        matter=matter,
        community=matter.community,
        grade=grade,
        finder=None if matter.source in TOLD else by,
        responsible_kind=responsible_kind,
        responsible_name=responsible_name.strip()[:60],
        repeat_count=before_at(matter),
    )
    if grade == "major" and not matter.danger:
        matter.danger = True
        matter.save(update_fields=["danger"])


def before_at(matter: Matter) -> int:
    """How many hazards of this kind there were at the same place within the time of the rule."""
    if not matter.cause or not (matter.house_id or matter.building_id or matter.place):
        return 0
    since = timezone.now() - timedelta(days=number("hazards.repeat_days", area=matter.community))
    place: dict[str, Any] = {"building_id": matter.building_id, "house_id": matter.house_id}
    if not matter.building_id:
        place["place"] = matter.place
    rows = Matter.objects.filter(
        community_id=matter.community_id, kind=matter.kind, cause=matter.cause, opened_at__gte=since, **place
    )
    return rows.exclude(pk=matter.pk).exclude(outcome__in=("untrue", "merged")).count()
