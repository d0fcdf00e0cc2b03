"""Who holds a matter: assigning it, taking it, and handing everything over when somebody leaves."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.duty import Refused

from ..informing import address_of, told_holder
from ..models import Circle, Matter, Todo
from ..writing import allowed, done_already, grid_with, locked, permitted, saved, still_open, wrote


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
    """Gives everything open that a leaving colleague holds or was asked for beside to another, in one click; returns
    how many.

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
        permitted(matter, "matters.assign", by)
        if matter.restricted:
            Circle.objects.get_or_create(matter=matter, user=to, to_at=None, defaults={"named_by": by})
        _can_hold(matter, to)
    for matter in matters:
        matter.holder, matter.version = to, matter.version + 1
        saved(matter, "holder", "version")
        wrote(matter, "assign", by=by, note=note or f"{leaver}工作交接", to=to.pk, to_name=str(to))
    Todo.objects.filter(matter__in=matters, done_at=None, is_main=True, holder=leaver).update(holder=to)
    beside = _hand_over_beside(leaver, to, by)
    _tell_of_handover(leaver, to, matters, [todo for todo in beside if todo.holder_id == to.pk], by)
    return len(matters) + len(beside)


def _hand_over_beside(leaver: User, to: User, by: Any) -> list[Todo]:
    """What the leaver was asked for beside, on matters of others: to the same colleague where they work there; the rest
    is left to whoever holds the matter, who is told.
    """
    asked = Todo.objects.visible_to(by).open().filter(is_main=False, holder=leaver)
    rows = list(
        asked.select_for_update(of=("self",)).select_related(
            "matter__area", "matter__community", "matter__holder"
        )
    )
    known = set(
        Matter.objects.visible_to(to)
        .filter(pk__in={todo.matter_id for todo in rows})
        .values_list("pk", flat=True)
    )
    for todo in rows:
        matter = todo.matter
        permitted(matter, "matters.assign", by)
        fits = matter.pk in known and grid_with(to, matter.area)
        todo.holder = to if fits else matter.holder
        facts = {"to": todo.holder.pk, "to_name": str(todo.holder)} if todo.holder else {}
        wrote(matter, "assign", by=by, note=f"{leaver}工作交接：{todo.what}", beside=todo.pk, **facts)
        if not fits:
            told_holder(matter, by=by, words=f"{matter.number} 请{leaver}协办的「{todo.what}」回到您这里了")
    Todo.objects.bulk_update(rows, ["holder"])
    return rows


def _tell_of_handover(leaver: User, to: User, matters: list[Matter], beside: list[Todo], by: Any) -> None:
    """One notice for all of them."""
    from liren.core.notices.actions import tell_user

    said = [f"手上的 {len(matters)} 件事项"] if matters else []
    said += [f"协办的 {len(beside)} 件事"] if beside else []
    if not said:
        return
    first = matters[0] if matters else beside[0].matter
    tell_user(
        to,
        text=f"{leaver}{'、'.join(said)}交接给您了",
        url="/matters/?holder=me" if matters else "/" if len(beside) > 1 else address_of(first),
        key=f"handover:{leaver.pk}:{first.pk}:{first.version}:{len(matters)}:{beside[0].pk if beside else 0}",
        community=first.community,
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
