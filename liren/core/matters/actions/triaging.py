"""Setting how pressing a matter is."""

from typing import Any

from django.db import transaction

from liren.core.duty import Refused

from ..models import Matter, Todo
from ..outcomes import URGENCIES
from ..triage import level_of, weighed
from ..writing import allowed, locked, saved, still_open, wrote


def weigh(matter: Matter) -> Matter:
    """Works the score out again; what a person has overruled stays."""
    parts = weighed(matter)
    matter.urgency_parts = [[part.points, part.why] for part in parts]
    matter.urgency_score = min(100, sum(part.points for part in parts))
    fields = ["urgency_parts", "urgency_score"]
    if not matter.urgency_reason:
        matter.urgency = level_of(matter.urgency_score, matter)
        fields.append("urgency")
    saved(matter, *fields)
    _rank_todos(matter)
    return matter


@transaction.atomic
def overrule_triage(matter: Matter, *, urgency: str, reason: str, by: Any) -> Matter:
    """Sets the urgency by hand, with a reason that stays beside it. An empty urgency goes back to the score."""
    matter = locked(matter)
    allowed(matter, "matters.work", by)
    still_open(matter)
    names = {key: name for key, name, _ in URGENCIES}
    if urgency and urgency not in names:
        raise Refused("缓急只有急、难、愁、盼四档")
    if urgency and not reason.strip():
        raise Refused("改缓急要写一句理由")
    before = names[matter.urgency]
    matter.urgency_reason = reason.strip()[:120] if urgency else ""
    matter.urgency = urgency or level_of(matter.urgency_score, matter)
    saved(matter, "urgency", "urgency_reason")
    _rank_todos(matter)
    wrote(matter, "triage", by=by, note=reason, before_urgency=before, urgency=names[matter.urgency])
    return matter


def _rank_todos(matter: Matter) -> None:
    Todo.objects.filter(matter=matter, done_at=None).exclude(rank=matter.urgency_rank).update(
        rank=matter.urgency_rank
    )
