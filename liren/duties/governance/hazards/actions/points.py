"""Check points: what is looked at on a round, added as one learns, closed when it is no more."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.places.models import Building

from ..catalogue import BY_KEY, OBJECTS
from ..models import CheckPoint


@transaction.atomic
def add_point(
    area: Area,
    *,
    place: str,
    look_for: str,
    building: Building | None = None,
    order: int | None = None,
    by: Any,
) -> CheckPoint:
    """Adds a point; the grid of a building goes before the one that was named. Refuses one that is there already."""
    area = building.area if building else area
    community = area.community()
    if not by.can("matters.work", area) or community is None:
        raise Refused(f"您的岗位不能在{area.name}设检查点")
    if look_for not in BY_KEY:
        raise Refused("请选看什么")
    place = place.strip()[:60]
    if not place:
        raise Refused("请写检查点在哪里，例如「东门消防通道」")
    current = CheckPoint.objects.current().filter(area=area, building=building)
    if current.filter(place=place, look_for=look_for).exists():
        raise Refused(f"「{place}」已经有了")
    if order is None:
        order = current.count() + 1
    point = CheckPoint.objects.create(
        community=community, area=area, building=building, place=place, look_for=look_for, order=order
    )
    record("governance.point_add", target=point, by=by)
    return point


@transaction.atomic
def lay_out_points(building: Building, *, by: Any) -> list[CheckPoint]:
    """The points that every building has, on its first round: corridor, fire lane, … and the lift where there is one."""
    if CheckPoint.objects.current().filter(building=building).exists():
        return []
    usual = [each for each in OBJECTS if each.usual and (building.elevator or not each.lift)]
    return [
        add_point(building.area, place=each.name, look_for=each.key, building=building, order=place, by=by)
        for place, each in enumerate(usual, start=1)
    ]


@transaction.atomic
def close_point(point: CheckPoint, *, by: Any) -> CheckPoint:
    """Takes a point off the rounds to come; what was seen there stays."""
    point = CheckPoint.objects.select_for_update().select_related("area").get(pk=point.pk)
    if not by.can("matters.work", point.area):
        raise Refused(f"您的岗位不能改{point.area.name}的检查点")
    if point.closed_on is None:
        point.closed_on = timezone.localdate()
        point.save(update_fields=["closed_on"])
        record("governance.point_close", target=point, by=by)
    return point
