"""What lists of hazards may be narrowed by beside what every matter knows; each is a parameter of `seeking.sought`."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from liren.core.matters.kinds import Condition

from .models import GRADES, Hazard, HazardPaper


def _grade(value: str, user: Any) -> Q:
    asked = value.split(",")
    if not set(asked) <= set(dict(GRADES)):
        raise KeyError(value)
    return Q(pk__in=Hazard.objects.filter(grade__in=asked).values("matter_id"))


def _repeated(value: str, user: Any) -> Q:
    again = Q(pk__in=Hazard.objects.filter(repeat_count__gte=1).values("matter_id"))
    return {"yes": again, "no": ~again}[value]


def _noticed(value: str, user: Any) -> Q:
    noticed = Q(pk__in=HazardPaper.objects.filter(kind="notice").values("matter_id"))
    return {"yes": noticed, "no": ~noticed}[value]


def _placed(value: str, user: Any) -> Q:
    return {"yes": Q(building__isnull=False), "no": Q(building=None)}[value]


FILTERS: Mapping[str, Condition] = {
    "grade": Condition(_grade, {key: f"{name}隐患" for key, name in GRADES}),
    "repeated": Condition(_repeated, {"yes": "同一处反复", "no": "头一回"}),
    "noticed": Condition(_noticed, {"yes": "发过整改通知", "no": "没发过整改通知"}),
    "in_building": Condition(_placed, {"yes": "在楼里", "no": "在楼外"}),
}
