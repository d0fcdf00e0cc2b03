"""The year calendar: a proposal taken up, left out, thought of again; items of the community's own."""

from typing import Any

from django.db import transaction

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.matters import actions as matters
from liren.core.matters.models import Matter
from liren.core.rules.workdays import at, closing

from ..models import CalendarChoice, CalendarItem
from ..yearly import KINDS, Proposal, proposal_of


def _held(community: Area, year: int, key: str, ability: str, by: Any) -> Proposal:
    """The proposal, held so that two people decide it once."""
    if by is None or not by.can(ability, community):
        raise Refused("年度日历要由在全社区办事的同事来排")
    Area.objects.select_for_update().get(pk=community.pk)
    proposal = proposal_of(by, community, year, key)
    if proposal is None:
        raise Refused("日历里没有这一项")
    return proposal


@transaction.atomic
def take_up(community: Area, *, year: int, key: str, by: Any) -> Matter:
    """Makes a matter of a proposal, due on its day; twice is once."""
    proposal = _held(community, year, key, "matters.open", by)
    if proposal.choice is not None:
        if proposal.choice.matter is None:
            raise Refused("这一项今年定了不做。要做，请先恢复")
        return proposal.choice.matter
    due = at(proposal.due, closing(on=proposal.due, area=community))
    item = proposal.item
    matter = matters.open_matter(
        item.kind, community=community, title=item.title, body=f"年度日历：{item.ground}", source="calendar",
        holder=by, by=by,
    )  # fmt: skip
    todo = matter.main_todo
    if todo is not None and due > todo.start_at:
        matters.set_due(matter, due, reason="年度日历的日子", by=None)
    CalendarChoice.objects.create(community=community, year=year, key=key, matter=matter, by=by)
    record("governance.calendar_take", target=matter, community=community, key=key, by=by)
    return matter


@transaction.atomic
def leave_out(community: Area, *, year: int, key: str, by: Any) -> CalendarChoice:
    """This year not; it is not proposed again."""
    proposal = _held(community, year, key, "matters.assign", by)
    if proposal.choice is not None:
        if proposal.choice.matter_id:
            raise Refused("这一项已经列入，到那件事项里去办")
        return proposal.choice
    choice = CalendarChoice.objects.create(community=community, year=year, key=key, by=by)
    record("governance.calendar_leave", community=community, key=key, year=year, by=by)
    return choice


@transaction.atomic
def think_again(choice: CalendarChoice, *, by: Any) -> None:
    """What was left out is proposed again."""
    if by is not None and not by.can("matters.assign", choice.community):
        raise Refused("年度日历要由在全社区办事的同事来排")
    if choice.matter_id:
        raise Refused("这一项已经列入，到那件事项里去办")
    record("governance.calendar_again", community=choice.community, key=choice.key, year=choice.year, by=by)
    CalendarChoice.objects.filter(pk=choice.pk, matter=None).delete()


@transaction.atomic
def add_own(
    community: Area, *, title: str, month: int, kind: str, day: int | None = None, basis: str = "", by: Any
) -> CalendarItem:
    """Adds what this community does every year."""
    if by is not None and not by.can("matters.assign", community):
        raise Refused("年度日历要由在全社区办事的同事来排")
    if not title.strip() or kind not in KINDS or not 1 <= month <= 12:
        raise Refused("请写清做什么、哪个月、办成哪一类事项")
    item = CalendarItem.objects.create(
        community=community,
        title=title.strip()[:60],
        month=month,
        day=min(day or 0, 31),
        kind=kind,
        basis=basis.strip()[:200],
    )
    record("governance.calendar_own", target=item, community=community, by=by)
    return item


@transaction.atomic
def drop_own(item: CalendarItem, *, by: Any) -> None:
    """Takes an own item off the calendar; what was made of it stays."""
    from django.utils import timezone

    if by is not None and not by.can("matters.assign", item.community):
        raise Refused("年度日历要由在全社区办事的同事来排")
    item.to_on = timezone.localdate()
    item.save(update_fields=["to_on"])
    record("governance.calendar_drop", target=item, community=item.community, by=by)
