"""Writing (落笔): what every action on a matter does with rows — lock it, write the entry, leave the trace."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from liren.core import duty
from liren.core.audit.actions import record
from liren.core.duty import Refused

from .models import Entry, Matter


def locked(matter: Matter) -> Matter:
    """The matter as it stands, held until the transaction ends: of two people at once the second sees the first."""
    return (
        Matter.objects.select_for_update(of=("self",)).select_related("community", "area").get(pk=matter.pk)
    )


def done_already(matter: Matter, once: str) -> bool:
    """Whether this very form was taken before: a double click is no second deed."""
    return bool(once) and Entry.objects.filter(matter=matter, once=once).exists()


def allowed(matter: Matter, ability: str, by: Any) -> None:
    """Refuses those whose post does not allow this where the matter lies. The system itself (None) may."""
    if by is None:
        return
    permitted(matter, ability, by)
    if not Matter.objects.visible_to(by).filter(pk=matter.pk).exists():
        raise Refused("没有这件事项，或者不归您办")


def permitted(matter: Matter, ability: str, by: Any) -> None:
    """The same for a matter that came out of `visible_to(by)` just now: asks the post alone."""
    if by is not None and not by.can(ability, matter.area):
        raise Refused(f"您的岗位不能「{duty.abilities()[ability].name}」")


def still_open(matter: Matter) -> None:
    """Refuses what is closed or archived."""
    if matter.archived_at is not None:
        raise Refused(f"{matter.number} 已归档，只能查看")
    if matter.closed_at is not None:
        raise Refused(f"{matter.number} 已经办结。要再办，请先重新办理")


def wrote(
    matter: Matter,
    what: str,
    *,
    by: Any,
    note: str = "",
    who: str = "",
    before: str = "",
    public: bool = False,
    once: str = "",
    trace: str = "",
    **particulars: Any,
) -> Entry:
    """Writes the entry and its trace; particulars must be plain values. No personal data goes into the trace."""
    entry = Entry.objects.create(
        matter=matter,
        at=timezone.now(),
        by=by,
        who=who[:60],
        what=what,
        before=before,
        stage=matter.stage,
        note=note.strip(),
        public=public,
        once=once or None,
        particulars=particulars,
    )
    left(matter, trace or what, by=by, entry=entry.pk)
    return entry


def left(matter: Matter, deed: str, *, by: Any, **particulars: Any) -> None:
    """The trace of a deed on a matter; of a restricted one it shows to nobody but its circle."""
    record(f"matters.{deed}", target=matter, hidden=matter.restricted, by=by, **particulars)


def saved(matter: Matter, *fields: str) -> None:
    """Writes the columns that changed, and those that every change moves on."""
    matter.save(update_fields=[*dict.fromkeys(fields)])


def names_of(users: Iterable[Any]) -> str:
    """Names in a row, as entries say them."""
    return "、".join(str(user) for user in users)


def grid_with(holder: Any, area: Any) -> Any:
    """The area in which this holder can work on something that lies in `area`: the area itself, or, of something that
    lies in no grid yet, the holder's own grid. None when there is none.
    """
    if holder.can("matters.work", area):
        return area
    grids = [post.area for post in holder.current_posts if "matters.work" in post.grants.abilities]
    return next((grid for grid in grids if area.covers(grid)), None)
