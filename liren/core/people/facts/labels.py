"""Labels as facts (标签): one yes-or-no fact for each label that people put on; computed ones are facts of their own.

That nobody put a label on is a no: a register knows only what it was told.
"""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from liren.core.facts import Fact, Kind, declare

from ..labelling import CATALOGUE, LabelKind
from ..records import Label
from .ages import yes_no_holds

PREFIX = "label."


def _worn(code: str, on: datetime.date) -> Exists:
    return Exists(
        Label.objects.filter(
            Q(from_on=None) | Q(from_on__lte=on), Q(to_on=None) | Q(to_on__gt=on), person=OuterRef("pk"), code=code
        )
    )


def _declared(kind: LabelKind) -> Fact:
    def holds(op: str, value: Any, on: datetime.date) -> Q | None:
        # From the labels to the people: few wear one, and the index over codes finds them.
        worn = Label.objects.filter(Q(from_on=None) | Q(from_on__lte=on), Q(to_on=None) | Q(to_on__gt=on), code=kind.code)
        wearers = Q(pk__in=worn.values("person_id"))
        return yes_no_holds(op, value, wearers, ~Q(_worn(kind.code, on)))

    return declare(
        Fact(
            PREFIX + kind.code,
            kind.name,
            Kind.LABEL,
            lambda on: _worn(kind.code, on),
            holds=holds,
            synonyms=kind.words,
            tier=kind.tier,
            line=kind.line,
            group="标签",
        )
    )


LABELS = {kind.code: _declared(kind) for kind in CATALOGUE.values() if not kind.derived}
