"""Who holds a matter: assigning it, taking it, and handing everything over when somebody leaves."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.duty import Refused

from ..informing import told_holder
from ..models import Circle, Matter, Todo
from ..writing import allowed, done_already, grid_with, locked, saved, still_open, wrote


@transaction.atomic
def assign(
    matter: Matter, to: User, *, note: str = "", seen: int | None = None, once: str = "", by: Any
) -> Matter:
    """Gives a matter to somebody who works where it lies; taking it oneself asks no right to assign."""
    matter = locked(matter)
    if done_already(matter, once):
        return matter
    own = by is not None and to.pk == by.pk
    allowed(matter, "matters.work" if own else "matters.assign", by)
    still_open(matter)
    if seen is not None and seen != matter.version:
        raise Refused("这件事刚有变化，请看过最新的经过再派")
    if matter.holder_id == to.pk:
        raise Refused(f"本来就是{to}在办")
    _can_hold(matter, to)
    matter.area = grid_with(to, matter.area)
    matter.holder, matter.version = to, matter.version + 1
    saved(matter, "holder", "area", "version")
    Todo.objects.filter(matter=matter, done_at=None).exclude(area=matter.area).update(area=matter.area)
    todo = Todo.objects.filter(matter=matter, is_main=True, done_at=None).first()
    if todo and not (matter.at_stage.pool and not own):
        todo.holder = to
        todo.save(update_fields=["holder"])
    wrote(matter, "assign", by=by, note=note, once=once, to=to.pk, to_name=str(to))
    told_holder(matter, by=by)
    return matter


def _can_hold(matter: Matter, to: User) -> None:
    if not to.is_active or grid_with(to, matter.area) is None:
        raise Refused(f"{to}不在这里办事，不能派给他")
    if matter.restricted and not Circle.objects.filter(matter=matter, user=to, to_at=None).exists():
        raise Refused("这是限定知情的事项，请先把他列为知情人")


def holders_for(area: Area) -> list[User]:
    """Those to whom a matter in this area can be given, by name."""
    near = Q(posts__area__path__in=_upwards(area.path)) | Q(posts__area__path__startswith=area.path)
    users = User.objects.filter(near, is_active=True).distinct()
    return sorted((user for user in users if grid_with(user, area)), key=lambda user: user.name)


def _upwards(path: str) -> list[str]:
    steps = path.rstrip(".").split(".")
    return [".".join(steps[: n + 1]) + "." for n in range(len(steps))]


@transaction.atomic
def hand_over_all(leaver: User, *, to: User, note: str = "", by: Any) -> int:
    """Gives everything open that a leaving colleague holds to another, in one click; returns how many.

    All or nothing: refused when there is a matter that the other cannot hold. Restricted ones whose circle `by` does
    not belong to are left to the circle, without a word about them.
    """
    if leaver.pk == to.pk:
        raise Refused("交接要交给另一个人")
    matters = list(
        Matter.objects.visible_to(by).open().filter(holder=leaver).select_for_update(of=("self",))
        .select_related("area", "community")
    )  # fmt: skip
    for matter in matters:
        allowed(matter, "matters.assign", by)
        if matter.restricted:
            Circle.objects.get_or_create(matter=matter, user=to, to_at=None, defaults={"named_by": by})
        _can_hold(matter, to)
    for matter in matters:
        matter.holder, matter.version = to, matter.version + 1
        saved(matter, "holder", "version")
        wrote(matter, "assign", by=by, note=note or f"{leaver}工作交接", to=to.pk, to_name=str(to))
    Todo.objects.filter(matter__in=matters, done_at=None, holder=leaver).update(holder=to)
    _hand_over_beside(leaver, to, by)
    if matters:
        _tell_of_handover(matters[0], leaver, to, len(matters), by)
    return len(matters)


def _hand_over_beside(leaver: User, to: User, by: Any) -> None:
    """What the leaver was asked for beside, on matters of others: to the same colleague where they work there; the rest
    is left to whoever holds the matter.
    """
    asked = Todo.objects.visible_to(by).open().filter(is_main=False, holder=leaver)
    for todo in asked.select_for_update(of=("self",)).select_related("matter__area"):
        fits = (
            grid_with(to, todo.matter.area)
            and Matter.objects.visible_to(to).filter(pk=todo.matter_id).exists()
        )
        todo.holder = to if fits else todo.matter.holder
        todo.save(update_fields=["holder"])
        facts = {"to": todo.holder.pk, "to_name": str(todo.holder)} if todo.holder else {}
        wrote(todo.matter, "assign", by=by, note=f"{leaver}工作交接：{todo.what}", beside=todo.pk, **facts)


def _tell_of_handover(matter: Matter, leaver: User, to: User, count: int, by: Any) -> None:
    """One notice for all of them."""
    from liren.core.notices.actions import tell_user

    tell_user(
        to,
        text=f"{leaver}手上的 {count} 件事项交接给您了",
        url="/matters/?holder=me",
        key=f"handover:{leaver.pk}:{matter.pk}:{matter.version}",
        community=matter.community,
        by=by,
    )


@transaction.atomic
def name_to_circle(matter: Matter, user: User, *, by: Any) -> Circle:
    """Lets one more person know of a restricted matter. Only those who know of it can."""
    matter = locked(matter)
    allowed(matter, "matters.work", by)
    if not matter.restricted:
        raise Refused("这件事项本来就大家可见，不用列知情人")
    if not user.is_active or not user.can("matters.work", matter.area):
        raise Refused(f"{user}不在这里办事，不能列为知情人")
    named, new = Circle.objects.get_or_create(matter=matter, user=user, to_at=None, defaults={"named_by": by})
    if new:
        wrote(matter, "circle", by=by, note=f"把{user}列为知情人", user=user.pk)
    return named


@transaction.atomic
def drop_from_circle(matter: Matter, user: User, *, by: Any) -> Matter:
    """Takes somebody out of the circle; its holder stays in."""
    from django.utils import timezone

    matter = locked(matter)
    allowed(matter, "matters.work", by)
    if matter.holder_id == user.pk:
        raise Refused("主办人要一直知情；请先改派")
    if not Circle.objects.filter(matter=matter, user=user, to_at=None).update(to_at=timezone.now()):
        raise Refused(f"{user}本来就不在知情人里")
    wrote(matter, "circle", by=by, note=f"{user}不再是知情人", user=user.pk)
    return matter
