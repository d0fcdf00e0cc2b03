"""What runs by itself in this room."""

import contextlib
import datetime
from collections.abc import Iterator

from django.db.models import Max
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.rules import number

from .actions import dispose_hand_out, forget_typed, open_due_turns
from .models import Filling, HandOut


def list_due_forms() -> None:
    """Forms that come again become tasks some days before they are due."""
    open_due_turns(by=None)


def let_go_of_old_forms() -> None:
    """Filled forms past the days the rule allows, and what was typed into forms so long ago.

    What was typed the last time into a form that comes again stays until the next time.
    """
    for community, before in _ends():
        handed = HandOut.objects.filter(community=community, at__lt=before, document__disposed_at=None)
        for handout in handed:
            with contextlib.suppress(Refused):  # somebody was faster
                dispose_hand_out(handout, by=None)
        last = Filling.objects.filter(template__dropped_at=None).exclude(template=None)
        needed = last.order_by().values("template").annotate(newest=Max("pk")).values("newest")
        typed = Filling.objects.filter(community=community, made_at__lt=before).exclude(typed_sealed=None)
        for filling in typed.exclude(pk__in=needed).exclude(handouts__at__gte=before):
            with contextlib.suppress(Refused):
                forget_typed(filling, by=None)


def _ends() -> Iterator[tuple[Area, datetime.datetime]]:
    """Each community that filled forms, with the moment before which nothing of them is kept."""
    for community in Area.objects.filter(pk__in=Filling.objects.order_by().values("community")):
        days = number("onesheet.keep_days", area=community)
        yield community, timezone.now() - datetime.timedelta(days=days)
