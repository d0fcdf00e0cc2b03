"""What lists of appeals may be narrowed by beside what every matter knows; each is a parameter of `seeking.sought`."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from liren.core.matters.kinds import Condition

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


def _class(value: str, user: Any) -> Q:
    return Q(pk__in=Appeal.objects.filter(urgency_class__in=value.split(",")).values("matter_id"))


FILTERS: Mapping[str, Condition] = {
    "rated": Condition(_rated, {"yes": "计入三率的诉求", "no": "不计入三率的诉求"}),
    "exempt": Condition(_exempt, {"yes": "已剔除", "no": "没有剔除"}),
    "class": Condition(_class, {each.key: each.name for each in classes.CLASSES}),
}
