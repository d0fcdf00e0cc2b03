"""Hazards in the village, as the tests tell them."""

import io
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from PIL import Image

from liren.core.documents.cleaning import cleaned
from liren.core.documents.kinds import Clean
from liren.core.matters import actions as matters
from liren.core.matters.models import Matter, Todo
from liren.duties.governance.hazards import actions

RESPONSIBLE = {"responsible_kind": "property", "responsible_name": "海东安居物业"}


def picture(colour: str = "teal") -> bytes:
    """The bytes of a photo."""
    photo = io.BytesIO()
    Image.new("RGB", (32, 24), colour).save(photo, "JPEG")
    return photo.getvalue()


def photo(colour: str = "teal") -> tuple[str, Clean]:
    """A photo as actions take it."""
    return ("现场.jpg", cleaned(picture(colour), name="现场.jpg"))


def opened(village: Any, *, by: Any = None, **facts: Any) -> Matter:
    """Things stand in a corridor, seen by the worker of the grid."""
    facts.setdefault("details", {**RESPONSIBLE, "grade": facts.pop("grade", "minor")})
    facts.setdefault("building", village.tower)
    return matters.open_matter(
        "governance.hazard",
        community=village.community,
        title=facts.pop("title", "二单元楼道堆了纸箱"),
        cause=facts.pop("cause", "corridor"),
        source=facts.pop("source", "patrol"),
        by=by or village.grid_worker,
        **facts,
    )


def shot(matter: Matter, role: str, *, by: Any) -> None:
    """A photo of before or after."""
    actions.add_photos(matter, photos=[photo()], role=role, by=by)


def in_days(days: int) -> date:
    """A day from now."""
    return timezone.localdate() + timedelta(days=days)


def noticed(village: Any, *, days: int = 5, **facts: Any) -> Matter:
    """A notice was given, with a deadline in so many days."""
    matter = opened(village, **facts)
    shot(matter, "before", by=village.grid_worker)
    return matters.move(
        matter, "notice", deadline_on=in_days(days), demand="把纸箱搬走，楼道保持畅通", by=village.grid_worker
    )


def rectified(village: Any, **facts: Any) -> Matter:
    """It is said to be set right; an after photo lies there."""
    matter = noticed(village, **facts)
    matter = matters.move(matter, "done", by=village.grid_worker)
    shot(matter, "after", by=village.grid_worker)
    return matter


def late(matter: Matter) -> Matter:
    """The deadline went by yesterday."""
    from liren.duties.governance.models import Hazard

    Hazard.objects.filter(matter=matter).update(deadline_on=in_days(-1))
    start = timezone.now() - timedelta(days=3)
    Todo.objects.open().main().filter(matter=matter).update(
        start_at=start, due_at=timezone.now() - timedelta(hours=1)
    )
    return Matter.objects.get(pk=matter.pk)


def main_todo(matter: Matter) -> Todo:
    """The next step."""
    return Todo.objects.open().main().get(matter=matter)
