"""Labels as facts (标签): one yes-or-no fact for each label that people put on; computed ones are facts of their own.

That nobody put a label on is a no: a register knows only what it was told.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from liren.core.facts import Fact, Kind, declare

from ..labelling import CATALOGUE, LabelKind
from .ages import yes_no_holds
from .dwelling import wearers, wears

PREFIX = "label."


def _declared(kind: LabelKind) -> Fact:
    def holds(op: str, value: Any, on: datetime.date, where: Sequence[int] = ()) -> Q | None:
        # From the labels to the people: few wear one, and the index over codes finds them.
        return yes_no_holds(op, value, wearers(kind.code, on, where), ~Q(wears(kind.code, on)))

    return declare(
        Fact(
            PREFIX + kind.code,
            kind.name,
            Kind.LABEL,
            lambda on: wears(kind.code, on),
            holds=holds,
            synonyms=kind.words,
            tier=kind.tier,
            line=kind.line,
            group="标签",
        )
    )


# A tenant is known by the label as well as by the residence: that fact is declared there.
ELSEWHERE = frozenset({"tenant"})
LABELS = {
    kind.code: _declared(kind)
    for kind in CATALOGUE.values()
    if not kind.derived and kind.code not in ELSEWHERE
}
