"""Putting labels on and taking them off."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.privacy.tiers import Tier

from ..drafts import LabelDraft
from ..labelling import label
from ..persons import Person
from ..records import Label, Source
from .registering import label_row
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
    """Puts a label on. Refuses computed ones, one that stands, and one without evidence."""
    known = label(code)
    if known.derived:
        raise Refused(f"「{known.name}」由系统按年龄和同住人算出,不用手工贴")
    if not evidence.strip():
        raise Refused("请写明凭什么贴这个标签:证号、文件或走访日期")
    if person.labels.filter(code=code, to_on=None).exists():
        raise Refused(f"已经有「{known.name}」了")
    if known.tier == Tier.T3 and not by.can("people.restricted", person.area):
        raise Refused("这一类标签只有指定人员可以登记")
    source = source or desk_source(person.community, f"给{person.name}贴标签", by)
    row = label_row(
        person,
        LabelDraft(code, attributes or {}, evidence, from_on),
        community=person.community,
        source=source,
    )
    row.save()
    if known.tier == Tier.T3:
        row.circle.add(by)
    record("people.put_label", target=person, tier=known.tier, label=row.pk, by=by)
    return row


@transaction.atomic
def end_label(row: Label, *, on: datetime.date | None = None, source: Source | None = None, by: Any) -> Label:
    """Takes a label off from a day on; that it stood stays in the history."""
    if row.to_on is not None:
        raise Refused("这个标签已经取下了")
    row.to_on = max(on or timezone.localdate(), row.from_on or datetime.date.min)
    row.end_source = source or desk_source(row.community, "取下标签", by)
    row.save(update_fields=["to_on", "end_source"])
    record("people.end_label", target=row.person, tier=row.tier, label=row.pk, by=by)
    return row
