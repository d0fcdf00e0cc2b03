"""Saying who is whose spouse, parent or guardian, when both stand on the register."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction

from liren.core.audit.actions import record
from liren.core.duty import Refused

from ..persons import Person
from ..records import Relation, Source
from .registering import CHUNK


class Bond(NamedTuple):
    """One side of a relation: for `person`, `other` is the spouse, father, guardian …"""

    person: Person
    kind: str
    other: Person
    said: str = ""


@transaction.atomic
def relate_many(source: Source, *, bonds: Iterable[Bond], by: Any) -> list[Relation]:
    """Writes down many relations between persons of one community. Refuses a person as their own relative."""
    rows = []
    for bond in bonds:
        if bond.person.pk == bond.other.pk:
            raise Refused(f"{bond.person.name}不能是自己的亲属")
        rows.append(
            Relation(
                community_id=source.community_id,
                person=bond.person,
                kind=bond.kind,
                other=bond.other,
                other_name=bond.other.name,
                said=bond.said,
                source=source,
            )
        )
    Relation.objects.bulk_create(rows, batch_size=CHUNK)
    record("people.relate", community=source.community, source=source.pk, relations=len(rows), by=by)
    return rows
