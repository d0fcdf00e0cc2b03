"""Opening a matter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from liren.core import duty
from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.people.models import Person
from liren.core.places.models import Building, House
from liren.core.privacy.cipher import blind, seal

from ..announcing import announced_urgent
from ..filing import Files, kept, put_to
from ..informing import told_holder
from ..kinds import Kind, kind
from ..models import Circle, Matter, Party
from ..series import next_number
from ..stepping import begin_step
from ..writing import grid_with, wrote
from .triaging import weigh


@dataclass(frozen=True)
class PartyDraft:
    """Who has to do with a matter: a person of the register, or a name and phone as told."""

    role: str = "asker"
    person: Person | None = None
    name: str = ""
    phone: str = ""
    keeps_name: bool = False


@transaction.atomic
def open_matter(
    key: str,
    *,
    community: Area,
    title: str,
    body: str = "",
    area: Area | None = None,
    house: House | None = None,
    building: Building | None = None,
    place: str = "",
    source: str = "counter",
    cause: str = "",
    danger: bool = False,
    holder: User | None = None,
    parties: Iterable[PartyDraft] = (),
    circle: Iterable[User] = (),
    details: Mapping[str, Any] | None = None,
    due_at: datetime | None = None,
    basis: str = "",
    parent: Matter | None = None,
    files: Files = (),
    who: str = "",
    once: str = "",
    by: Any,
) -> Matter:
    """Opens a matter of a kind: number, first stage, main todo, triage, its files. A form that comes twice, be it at
    the same moment, opens it once.

    `by` is None for residents and for the system; `who` then says who it was. Refuses an empty title, a house of
    another community, and those whose post does not open matters there.
    """
    of = kind(key)
    if once and (known := Matter.objects.filter(once=once).first()):
        return known
    area = _area(community, area, house, building)
    _may_open(of, area, by)
    _fits(of, title, cause)
    area = _held_in(area, holder)
    matter, anew = _row(
        of, community=community, area=area, title=title.strip()[:80], body=body.strip(), place=place.strip()[:120],
        house=house, building=building or (house.building if house else None), holder=holder, source=source,
        cause=cause, danger=danger, parent=parent, once=once or None,
    )  # fmt: skip
    if not anew:
        return matter
    _filled(matter, of, parties, {*circle, *filter(None, (holder, by))}, details or {}, by)
    begin_step(weigh(matter), of.flow.start, at=matter.opened_at, due_at=due_at, basis=basis)
    return _begun(matter, files, who, by)


def _filled(
    matter: Matter,
    of: Kind,
    parties: Iterable[PartyDraft],
    circle: Iterable[User],
    details: Mapping[str, Any],
    by: Any,
) -> None:
    """Whom it concerns, who may know of it, and what its kind keeps besides."""
    for draft in parties:
        put_party(matter, draft)
    if of.restricted:
        _name_circle(matter, set(circle), by)
    if of.details is not None:
        of.details(matter, by=by, **details)


def _begun(matter: Matter, files: Files, who: str, by: Any) -> Matter:
    """The first line of its story with the files that came along, and everybody told who has to hear of it."""
    entry = wrote(matter, "open", by=by, who=who, note=matter.body, public=True, source=matter.source)
    put_to(entry, kept(matter, files, by=by))
    told_holder(matter, by=by)
    announced_urgent(matter, by=by)
    duty.tell("matter.opened", matter=matter)
    return matter


def _fits(of: Kind, title: str, cause: str) -> None:
    """Refuses what cannot be a matter of this kind."""
    if not title.strip():
        raise Refused("请写一句是什么事")
    if cause and cause not in dict(of.causes):
        raise Refused("原因里没有这一项")


def _held_in(area: Area, holder: User | None) -> Area:
    """Where it lies once its holder has it; refuses a holder who does not work there."""
    if holder is None:
        return area
    grid = grid_with(holder, area) if holder.is_active else None
    if grid is None:
        raise Refused(f"{holder}不在{area.name}办事，不能派给他")
    return grid


def _row(of: Kind, *, community: Area, once: str | None, **columns: Any) -> tuple[Matter, bool]:
    """The row itself with the next number of its kind, and whether it is new: of the same form sent twice at once the
    second waits for the first at the number, gives its own back, and finds that row.
    """
    try:
        with transaction.atomic():
            return _new_row(of, community=community, once=once, **columns), True
    except IntegrityError:
        known = Matter.objects.filter(once=once).first() if once else None
        if known is None:
            raise
        return known, False


def _new_row(of: Kind, *, community: Area, **columns: Any) -> Matter:
    now = timezone.now()
    return Matter.objects.create(
        community=community,
        number=next_number(community, of.series, timezone.localdate(now).year),
        kind=of.key,
        stage=of.flow.start.key,
        flow_version=of.flow.version,
        line=of.line,
        restricted=of.restricted,
        opened_at=now,
        moved_at=now,
        **columns,
    )


def _area(community: Area, area: Area | None, house: House | None, building: Building | None) -> Area:
    """The grid in which it lies: that of the house, of the building, the one named, or the whole community."""
    for place in (house, building):
        if place is not None and place.community_id != community.pk:
            raise Refused("这个地点不在本社区")
    found = house.area if house else building.area if building else area or community
    if not community.covers(found):
        raise Refused("这个网格不在本社区")
    return found


def _may_open(of: Kind, area: Area, by: Any) -> None:
    sends = by is not None and bool(of.sends) and by.can(of.sends, area)
    if by is not None and not sends and not by.can("matters.open", area):
        raise Refused(f"您的岗位不能在{area.name}登记事项")
    if by is None and of.portal is None and of.by_hand:
        raise Refused("这一类事项要由社区登记")


def _name_circle(matter: Matter, users: set[User], by: Any) -> None:
    """The secretary of the community, the holder and who wrote it down (handbook 1.4)."""
    leads = User.objects.filter(posts__in=_posts_of_leads(matter.community), is_active=True).distinct()
    for user in {*users, *leads}:
        Circle.objects.get_or_create(matter=matter, user=user, to_at=None, defaults={"named_by": by})


def _posts_of_leads(community: Area) -> Any:
    from liren.core.accounts.models import Post

    return Post.objects.current().filter(area=community, role="secretary")


def put_party(matter: Matter, draft: PartyDraft) -> Party:
    """Writes one party; the phone is sealed."""
    if draft.person is not None and draft.person.community_id != matter.community_id:
        raise Refused("这个人不在本社区的登记册里")
    return Party.objects.create(
        matter=matter,
        person=draft.person,
        role=draft.role,
        name="" if draft.person else draft.name.strip()[:60],
        phone_sealed=seal(draft.phone) if draft.phone else None,
        phone_hash=blind(draft.phone, "phone") if draft.phone else "",
        keeps_name=draft.keeps_name,
    )
