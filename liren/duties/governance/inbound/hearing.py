"""What the room hears: that the form a task was about went out."""

from typing import Any

from liren.core.duty import Refused
from liren.core.matters import actions as matters
from liren.core.matters.models import Matter

from .flow import must_be_listed

KIND = "governance.inbound"


def form_handed_out(*, matter: Matter, receiver: str, by: Any) -> None:
    """The task is done with. What was never held against the lists stays open, so that somebody still does; so does what
    the one who handed the form out may not close.
    """
    if matter.kind != KIND:
        return
    matter = Matter.objects.get(pk=matter.pk)
    if matter.closed_at is not None or matter.archived_at is not None:
        return
    try:
        _closed(matter, f"表填好了，交给{receiver}", by)
    except Refused:
        return


def _closed(matter: Matter, said: str, by: Any) -> None:
    if matter.stage == "received" and not must_be_listed(matter, by):
        matter = matters.move(matter, "take", by=by)
    if matter.stage in ("doing", "reported"):
        matters.move(matter, "close", note=said, outcome="done", by=by)
    else:
        matters.comment(matter, f"{said}；这件还没对上清单，对上以后再办结", by=by)
