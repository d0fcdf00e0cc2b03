"""What lists of appeals may be narrowed by beside what every matter knows; each is a parameter of `seeking.sought`."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q

from liren.core.matters.kinds import Condition
from liren.core.matters.models import Party

from . import classes
from .models import Appeal


def _rated(value: str, user: Any) -> Q:
    """Whether the rates count it: what was exempted, sent back, withdrawn, or joined to another is left out."""
    left_out = (
        Q(pk__in=Appeal.objects.exclude(exempt_ground="").values("matter_id"))
        | Q(stage="returned")
        | Q(merged_into__isnull=False)
        | Q(outcome="withdrawn")
    )
    return {"yes": ~left_out, "no": left_out}[value]


def _exempt(value: str, user: Any) -> Q:
    exempt = Q(pk__in=Appeal.objects.exclude(exempt_ground="").values("matter_id"))
    return {"yes": exempt, "no": ~exempt}[value]


def _reachable(value: str, user: Any) -> Q:
    known = Party.objects.filter(~Q(person=None) | ~Q(phone_hash=""), role="asker").values("matter_id")
    return {"yes": Q(pk__in=known), "no": ~Q(pk__in=known)}[value]


def _class(value: str, user: Any) -> Q:
    return Q(pk__in=Appeal.objects.filter(urgency_class__in=value.split(",")).values("matter_id"))


def _gridless(value: str, user: Any) -> Q:
    loose = Q(area_id=F("community_id"))
    return {"yes": loose, "no": ~loose}[value]


def _causeless(value: str, user: Any) -> Q:
    return {"yes": Q(cause=""), "no": ~Q(cause="")}[value]


FILTERS: Mapping[str, Condition] = {
    "rated": Condition(_rated, {"yes": "计入三率的诉求", "no": "不计入三率的诉求"}),
    "exempt": Condition(_exempt, {"yes": "已剔除", "no": "没有剔除"}),
    "reachable": Condition(_reachable, {"yes": "留了联系方式", "no": "没留联系方式"}),
    "class": Condition(_class, {each.key: each.name for each in classes.CLASSES}),
    "gridless": Condition(_gridless, {"yes": "没有落到网格", "no": "落到网格"}),
    "causeless": Condition(_causeless, {"yes": "没有定原因", "no": "定了原因"}),
}
