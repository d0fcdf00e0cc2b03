"""Walking (走一圈): which points a round goes to."""

from typing import Any

from .models import CheckPoint, Round


def points_of(patrol: Round) -> Any:
    """Those of the building, or those outside buildings in the grid; the order is that of the way."""
    rows = CheckPoint.objects.current()
    if patrol.building_id:
        rows = rows.filter(building_id=patrol.building_id)
    else:
        rows = rows.filter(area_id=patrol.area_id, building=None)
    return rows.in_order()
