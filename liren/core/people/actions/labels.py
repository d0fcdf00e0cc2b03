"""Putting labels on and taking them off."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.accounts.roles import LINES
from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.privacy.tiers import Tier, may_see

from ..drafts import LabelDraft
from ..labelling import LabelKind, label
from ..persons import Person
from ..records import Label, Source
from .closing import locked, past_day
from .registering import label_row, next_review
from .sources import desk_source


@transaction.atomic
def put_label(
    person: Person,
    *,
    code: str,
    evidence: str,
    attributes: dict[str, Any] | None = None,
    from_on: datetime.date | None = None,
    source: Source | None = None,
    by: Any,
) -> Label:
    """Puts a label on. Refuses computed ones, one that stands, one without evidence, the dead, and tiers that the
    worker could not see afterwards.
    """
    known, person = label(code), locked(person)
    _refuse_depth(known, person, by)
    if person.status == Person.Status.DECEASED:
        raise Refused(f"{person.name}已登记死亡，不再贴标签")
    if known.derived:
        raise Refused(f"「{known.name}」由系统按年龄和同住人算出，不用手工贴")
    if not evidence.strip():
        raise Refused("请写明凭什么贴这个标签：证号、文件或走访日期")
    if person.labels.filter(code=code, to_on=None).exists():
        raise Refused(f"已经有「{known.name}」了")
    source = source or desk_source(person.community, f"给{person.name}贴标签", by)
    row = label_row(
        person,
        LabelDraft(code, attributes or {}, evidence.strip(), past_day(from_on)),
        community=person.community,
        source=source,
    )
    row.save()
    if known.tier == Tier.T3 and by is not None:
        row.circle.add(by)
    record("people.put_label", target=person, tier=known.tier, label=row.pk, by=by)
    return row


def _refuse_depth(known: LabelKind, person: Person, by: Any) -> None:
    if by is None:  # the system itself, when it loads what was known before
        return
    if known.tier == Tier.T3 and not by.can("people.restricted", person.area):
        raise Refused("这一类标签只有指定人员可以登记")
    if known.tier == Tier.T2 and not may_see(by, Tier.T2, line=known.line, area=person.area):
        raise Refused(f"「{known.name}」由{LINES.get(known.line, '专门')}条线登记，请找负责的同事")


@transaction.atomic
def end_label(row: Label, *, on: datetime.date | None = None, source: Source | None = None, by: Any) -> Label:
    """Takes a label off from a day on; that it stood stays in the history."""
    if row.to_on is not None:
        raise Refused("这个标签已经取下了")
    row.to_on = max(past_day(on), row.from_on or datetime.date.min)
    row.end_source = source or desk_source(row.community, "取下标签", by)
    row.save(update_fields=["to_on", "end_source"])
    record("people.end_label", target=row.person, tier=row.tier, label=row.pk, by=by)
    return row


@transaction.atomic
def review_label(row: Label, *, evidence: str = "", by: Any) -> Label:
    """Notes that somebody looked at the evidence again and it still holds; new evidence replaces the old. Refuses a
    label that was taken off, and tiers that the worker may not know of.
    """
    known = label(row.code)
    row = Label.objects.select_for_update(of=("self",)).select_related("person__area").get(pk=row.pk)
    _refuse_depth(known, row.person, by)
    if row.to_on is not None:
        raise Refused("这个标签已经取下了")
    row.review_on = next_review(known, timezone.localdate())
    row.evidence = evidence.strip()[:120] or row.evidence
    row.save(update_fields=["review_on", "evidence"])
    record("people.review_label", target=row.person, tier=row.tier, label=row.pk, by=by)
    return row
