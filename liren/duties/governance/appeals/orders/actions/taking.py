"""Taking orders over from a file: read again, and opened as appeals.

A long file is taken over in bites, so that nobody waits long to write. Each bite is taken whole or not at all; should
one fail, those before it stand, the file still waits, and taking it again goes on where it stopped.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.audit.actions import record
from liren.core.documents.actions import content_of, dispose
from liren.core.duty import Refused, progress
from liren.core.duty.asked import LAW, steady
from liren.core.matters import actions as matters
from liren.core.matters.actions import PartyDraft
from liren.core.matters.models import Matter
from liren.core.matters.writing import locked, saved, wrote

from ...models import Appeal, OrderFile
from ..comparing import Line, compared, tally
from ..placing import Places, caller_in
from ..reading import Order
from .receiving import read_content, still_waiting, waiting

# So many in one transaction: nobody else can write meanwhile, a second, no more.
BITE = 100
SOURCE = {"12345": "hotline"}


def take_orders(file: OrderFile, *, by: Any) -> OrderFile:
    """Opens what is new and brings up to date what changed, bite by bite; the file itself is destroyed after.

    A file taken twice changes nothing the second time: orders are known by their number.
    """
    progress.say(file.key, "正在读工单")
    try:
        orders = read_content(content_of(still_waiting(file, by).document), file.name).orders
        places = Places(file.community)
        counts = tally(compared(orders, community=file.community, system=file.system, places=places))
        if not counts["new"] and not counts["changed"] and not file.begun:
            raise Refused("文件里没有新工单，也没有要更新的。不用导，丢弃就好")
        with steady(*LAW):
            for start in range(0, len(orders), BITE):
                progress.say(file.key, "正在登记工单", start, len(orders))
                file = _bitten(file, orders[start : start + BITE], places, by)
        return _taken(file, len(orders), counts["problem"], by)
    finally:
        progress.forget(file.key)


@transaction.atomic
def _bitten(file: OrderFile, orders: list[Order], places: Places, by: Any) -> OrderFile:
    """One bite, by the rights of this moment. What was taken by an earlier try, or by a colleague meanwhile, is passed
    over.
    """
    by = by and User.objects.get(pk=by.pk)
    file = waiting(file, by)
    lines = compared(orders, community=file.community, system=file.system, places=places)
    for line in lines:
        if line.state == "new":
            _open(file, line, by)
        elif line.state == "changed":
            _update(line, by)
    counts = tally(lines)
    file.opened, file.updated = file.opened + counts["new"], file.updated + counts["changed"]
    file.pulse_at = file.pulse_at and timezone.now()
    file.save(update_fields=["opened", "updated", "pulse_at"])
    return file


@transaction.atomic
def _taken(file: OrderFile, total: int, refused: int, by: Any) -> OrderFile:
    """Every bite is done: the file is closed and destroyed."""
    file = waiting(file, by)
    file.taken_at, file.pulse_at, file.message = timezone.now(), None, ""
    file.refused = refused
    file.same = max(0, total - refused - file.opened - file.updated)
    file.save(update_fields=["taken_at", "pulse_at", "message", "same", "refused"])
    record(
        "governance.orders_take", target=file, community=file.community, system=file.system,
        opened=file.opened, updated=file.updated, same=file.same, refused=file.refused, by=by,
    )  # fmt: skip
    dispose(file.document, by=by)
    return file


def _open(file: OrderFile, line: Line, by: Any) -> Matter:
    order, place = line.order, line.placed
    person = caller_in(file.community, order.caller, order.phone)
    caller = PartyDraft(person=person, name=order.caller, phone=order.phone, keeps_name=order.keeps_private)
    details = {
        "outer_system": file.system,
        "outer_number": order.number,
        "urgency_class": order.urgency_class,
        "dispatched_at": order.dispatched_at,
        "due_at": order.due_at,
        "asked_reply": order.asked_reply,
        "keeps_private": order.keeps_private,
        "outer_said": order.said(),
    }
    try:
        matter = matters.open_matter(
            "governance.appeal", community=file.community, title=order.title, body=order.content, house=place.house,
            building=place.building, place="" if place.house else order.address, cause=order.cause,
            source=SOURCE.get(file.system, "above"), details=details,
            parties=[caller] if order.caller or order.phone else [], by=by,
        )  # fmt: skip
    except IntegrityError:
        raise Refused(f"工单 {order.number} 刚刚被同事登记了，请刷新后再看一遍") from None
    if order.solved or order.satisfied:
        _note_visit(matter, order.solved, order.satisfied, by)
    return matter


def _update(line: Line, by: Any) -> None:
    """What the platform says otherwise now: time and class are taken over, answers kept, texts written down."""
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("matter").get(pk=line.appeal.pk)  # type: ignore[union-attr]
    order, changed = line.order, {difference.key for difference in line.differences}
    if "urgency_class" in changed:
        appeal.urgency_class = order.urgency_class
    if "due_at" in changed and order.due_at:
        appeal.due_at = order.due_at
    appeal.outer_said = {**appeal.outer_said, **{key: value for key, value in order.said().items() if value}}
    appeal.save(update_fields=["urgency_class", "due_at", "outer_said"])
    told = [
        f"{each.name}：{each.after}" for each in line.differences if each.key not in ("solved", "satisfied")
    ]
    if told:
        matters.comment(appeal.matter, "派单平台更新了工单。" + "；".join(told), by=by)
    if "due_at" in changed:
        _move_clock(appeal.matter, order.due_at, by)
    if changed & {"solved", "satisfied"}:
        _note_visit(appeal.matter, order.solved, order.satisfied, by)


def _move_clock(matter: Matter, due_at: datetime | None, by: Any) -> None:
    """The running step of solving gets the new time; other steps keep their own."""
    if matter.stage == "doing" and due_at and due_at > timezone.now():
        matters.set_due(matter, due_at, reason="派单平台改了办理时限", by=by)


def _note_visit(matter: Matter, solved: str, satisfied: str, by: Any) -> None:
    """What the platform heard when it called back; what it did not ask stays as it is."""
    matter = locked(matter)
    matter.solved, matter.satisfied = solved or matter.solved, satisfied or matter.satisfied
    saved(matter, "solved", "satisfied")
    wrote(
        matter,
        "appraise",
        by=by,
        note="派单平台回访",
        public=True,
        solved=matter.solved,
        satisfied=matter.satisfied,
    )
