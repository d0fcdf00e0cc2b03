"""Turns: a form that comes again becomes a task from above in time, and is done with when it is handed in."""

import contextlib
import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core import duty
from liren.core.accounts.models import Post
from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.matters import actions as matters
from liren.core.matters.kinds import all_kinds
from liren.core.matters.models import Matter
from liren.core.rules import number
from liren.core.rules.workdays import at, closing

from ..arranging import typed_in, typed_sealed
from ..duedates import last_day_of, next_due, words_of
from ..models import Filling, FormTemplate, FormTurn, HandOut

# The kind that tasks from above have; whoever declares it keeps these details beside the matter.
KIND = "governance.inbound"
# What the columns of a task hold; beside the name its period stands in the title.
MOST_FIELDS, MOST_NAME = 300, 50
OFTEN = {"month": "monthly", "quarter": "quarterly", "half": "once", "year": "yearly"}


@transaction.atomic
def open_turn(template: FormTemplate, *, by: Any) -> FormTurn | None:
    """The next turn of a template with its matter, once its day is near; None before that and for one without a day."""
    return _opened(template, by)[0]


def _opened(template: FormTemplate, by: Any) -> tuple[FormTurn | None, bool]:
    """The turn, and whether it is new."""
    today = timezone.localdate()
    due = next_due(template, today) if template.dropped_at is None else None
    if due is None or (due - today).days > number("onesheet.ahead_days", area=template.community):
        return None, False
    turn, new = FormTurn.objects.get_or_create(
        template=template,
        due_on=due,
        defaults={
            "community": template.community,
            "until_on": last_day_of(template, due),
            "period": words_of(template, due),
        },
    )
    if new:
        turn.matter = _task(turn, by)
        turn.save(update_fields=["matter"])
        record("onesheet.turn", target=turn, community=turn.community, due=due.isoformat(), by=by)
    return turn, new


def _task(turn: FormTurn, by: Any) -> Matter | None:
    """The task from above; None where nobody declares such matters."""
    if KIND not in {kind.key for kind in all_kinds()}:
        return None
    template = turn.template
    labels = list(template.asks.get("keys", {}).values())
    details = {
        "sender_unit": template.receiver,
        "channel": "system",
        "period": turn.period,
        "due_at": at(turn.due_on, closing(on=turn.due_on, area=turn.community)),
        "forms": 1,
        "forms_often": OFTEN.get(template.period, "once"),
        "form_fields": _joined(labels),
        "like": _last_task(turn),
    }
    return matters.open_matter(
        KIND, community=turn.community, title=f"报《{_short(template.name)}》（{turn.period}）", source="calendar",
        body="表样到了该交的日子，一表通里点「一键填」就能填好。", holder=by, details=details, by=by,
    )  # fmt: skip


def _joined(labels: Sequence[str]) -> str:
    """As many of them as the task holds, none cut through."""
    said = "、".join(labels)
    return said if len(said) <= MOST_FIELDS else said[:MOST_FIELDS].rpartition("、")[0]


def _short(name: str) -> str:
    return name if len(name) <= MOST_NAME else f"{name[: MOST_NAME - 1]}…"


def _last_task(turn: FormTurn) -> Matter | None:
    """The task of the turn before, which was held against the lists already."""
    rows = turn.template.turns.exclude(pk=turn.pk).exclude(matter=None).select_related("matter")
    last = rows.order_by("-due_on").first()
    return last.matter if last else None


@transaction.atomic
def open_due_turns(today: datetime.date | None = None, *, by: Any) -> int:
    """Every turn whose day is near, in the name of who keeps the template. Returns how many are new."""
    new = 0
    templates = FormTemplate.objects.in_use().exclude(due_day=None)
    for template in templates.select_related("community", "made_by"):
        # One that cannot be opened does not hold up the others.
        with contextlib.suppress(Refused), transaction.atomic():
            if keeper := by or _keeper(template):
                new += _opened(template, keeper)[1]
    return new


def _keeper(template: FormTemplate) -> Any:
    """Who kept it, while they work there; else the secretary."""
    if template.made_by.is_active and template.made_by.can("matters.open", template.community):
        return template.made_by
    posts = Post.objects.current().filter(area=template.community, role="secretary", user__is_active=True)
    post = posts.select_related("user").first()
    return post.user if post else None


@transaction.atomic
def fill_turn(turn: FormTurn, *, by: Any) -> Filling:
    """The form of a turn, filled for its period; the same filling when it was begun already."""
    turn = (
        FormTurn.objects.select_for_update(of=("self",)).select_related("template", "filling").get(pk=turn.pk)
    )
    if turn.filling is not None:
        return turn.filling
    turn.filling = filled_from(turn.template, on=min(turn.until_on, timezone.localdate()), by=by)
    turn.save(update_fields=["filling"])
    return turn.filling


@transaction.atomic
def filled_from(template: FormTemplate, *, on: datetime.date, by: Any) -> Filling:
    """A filling of a template for a day. Refuses one that was put away."""
    if template.dropped_at:
        raise Refused("这张表样已经收起来了")
    filling = Filling.objects.create(
        community=template.community,
        template=template,
        document=template.document,
        name=template.name,
        fingerprint=template.fingerprint,
        told=template.told,
        people_told=template.people_told,
        as_of=on,
        typed_sealed=_typed_before(template),
        made_by=by,
    )
    record("onesheet.begin", target=filling, community=template.community, known=True, by=by)
    return filling


def _typed_before(template: FormTemplate) -> bytes | None:
    """What was typed for the people of a list the last time (an account, a size) need not be typed again."""
    last = template.fillings.exclude(typed_sealed=None).order_by("-made_at").first()
    kept = {place: value for place, value in typed_in(last).items() if "|#" in place} if last else {}
    return typed_sealed(kept) if kept else None


@transaction.atomic
def handed_in(filling: Filling, *, handout: HandOut, by: Any) -> FormTurn | None:
    """A form that went out ends the turn it was for: its own, else the oldest that waits, be it begun in another
    filling. Everybody is told, and the matter closes.
    """
    if filling.template_id is None:
        return None
    turns = FormTurn.objects.select_for_update(of=("self",)).filter(
        template=filling.template_id, handed_at=None
    )
    turn = turns.filter(filling=filling).first() or turns.filter(filling=None).first() or turns.first()
    if turn is None or FormTurn.objects.filter(filling=filling).exclude(handed_at=None).exists():
        return None
    turn.filling, turn.handed_at = filling, timezone.now()
    turn.save(update_fields=["filling", "handed_at"])
    if turn.matter is not None:
        duty.tell("form.handed_out", matter=turn.matter, receiver=handout.receiver, by=by)
    return turn
