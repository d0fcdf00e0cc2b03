"""Sweeping (逾期): what was not set right by its deadline is put before who decides on handing it on."""

from django.db import transaction
from django.utils import timezone

from liren.core.matters.actions import move
from liren.core.matters.models import Matter

from ..models import Hazard


def lapse_overdue(*, by: None = None) -> int:
    """Moves on every hazard whose deadline has gone by, each in a transaction of its own; how many there were."""
    late = Hazard.objects.filter(
        matter__kind="governance.hazard", matter__stage="rectifying", deadline_on__lt=timezone.localdate()
    )
    lapsed = 0
    for key in list(late.values_list("matter_id", flat=True)):
        with transaction.atomic():
            matter = Matter.objects.select_for_update(of=("self",)).get(pk=key)
            if _still_late(matter):
                move(matter, "lapse", note="整改期限已过，建议移送有权部门", by=by)
                lapsed += 1
    return lapsed


def _still_late(matter: Matter) -> bool:
    """What somebody has moved on, put off or paused in the meantime stays where it is."""
    todo = matter.main_todo
    return matter.stage == "rectifying" and todo is not None and todo.is_overdue
