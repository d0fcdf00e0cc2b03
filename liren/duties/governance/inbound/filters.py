"""What lists of tasks from above may be narrowed by; each is a parameter of `seeking.sought`."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from liren.core.matters.kinds import Condition
from liren.core.matters.seeking import key_of

from .models import ADMISSIONS, ADMITTED, InboundTask

NONE = "none"


def _those(**facts: Any) -> Q:
    return Q(pk__in=InboundTask.objects.filter(**facts).values("matter_id"))


def _sender(value: str, user: Any) -> Q:
    return _those(sender_unit="" if value == NONE else value)


def _admission(value: str, user: Any) -> Q:
    known = {NONE: "", **{key: key for key, _ in ADMISSIONS}}
    return _those(admission__in=[known[each] for each in value.split(",")])


def late_tasks() -> Any:
    """Taken on, and not reported by the time that the sender ordered."""
    ended = Coalesce("reported_at", "matter__closed_at", Value(timezone.now()))
    return InboundTask.objects.filter(admission__in=ADMITTED, due_at__isnull=False, due_at__lt=ended)


def _late(value: str, user: Any) -> Q:
    late = Q(pk__in=late_tasks().values("matter_id"))
    return {"yes": late, "no": ~late}[value]


def _forms(value: str, user: Any) -> Q:
    return {"yes": _those(forms__gt=0), "no": _those(forms=0)}[value]


def _worked(value: str, user: Any) -> Q:
    return {"yes": _those(minutes__gt=0), "no": _those(minutes=0)}[value]


def _sent_back(value: str, user: Any) -> Q:
    return {"yes": _those(times_returned__gt=0), "no": _those(times_returned=0)}[value]


def _same_item(value: str, user: Any) -> Q:
    return _those(item_id=key_of(value))


FILTERS: Mapping[str, Condition] = {
    "sender": Condition(_sender, {NONE: "没写来件单位"}),
    "admission": Condition(_admission, {NONE: "还没定接不接", **dict(ADMISSIONS)}),
    "late": Condition(_late, {"yes": "过了来件要求的时限", "no": "没过来件要求的时限"}),
    "forms": Condition(_forms, {"yes": "要填表", "no": "不用填表"}),
    "worked": Condition(_worked, {"yes": "记了用时", "no": "没记用时"}),
    "sent_back": Condition(_sent_back, {"yes": "被退回补正过", "no": "没被退回"}),
    "duty_item": Condition(_same_item, {}),
}
