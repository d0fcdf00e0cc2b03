"""Guardians, contacts, landlords (监护人、联系人、房东): who belongs to whom, from a day to a day."""

import datetime
from typing import Any

from django.db import transaction

from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.privacy.cipher import seal

from ..persons import Person
from ..records import Relation, Source
from .closing import locked, past_day
from .sources import desk_source


@transaction.atomic
def add_relation(
    person: Person,
    *,
    kind: str,
    other: Person | None = None,
    name: str = "",
    phone: str = "",
    said: str = "",
    from_on: datetime.date | None = None,
    source: Source | None = None,
    by: Any,
) -> Relation:
    """Notes a guardian or contact, by record or by name. Refuses nobody, oneself, and a record of elsewhere."""
    person = locked(person)
    name = (other.name if other else name).strip()
    if not name:
        raise Refused("请填写姓名")
    if other is not None and (other.pk == person.pk or other.community_id != person.community_id):
        raise Refused("要选本社区的另一个人")
    source = source or desk_source(person.community, f"登记{person.name}的联系人", by)
    row = Relation.objects.create(
        community_id=person.community_id,
        person=person,
        kind=Relation.Kind(kind),
        other=other,
        other_name=name,
        other_phone_sealed=seal(phone) if phone else None,
        said=said,
        from_on=past_day(from_on),
        source=source,
    )
    record("people.add_relation", target=person, kind=kind, relation=row.pk, by=by)
    return row


@transaction.atomic
def end_relation(
    row: Relation, *, on: datetime.date | None = None, source: Source | None = None, by: Any
) -> Relation:
    """Ends a relation from a day on; that it was stays in the history."""
    if row.to_on is not None:
        raise Refused("这一条已经结束了")
    day = past_day(on)
    row.to_on = max(day, row.from_on or day)
    row.end_source = source or desk_source(row.community, "结束联系人", by)
    row.save(update_fields=["to_on", "end_source"])
    record("people.end_relation", target=row.person, relation=row.pk, by=by)
    return row
