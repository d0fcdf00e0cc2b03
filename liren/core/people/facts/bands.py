"""Age band (年龄段): five years each, as a population pyramid takes them."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import Case, CharField, Q, Value, When

from liren.core.facts import Fact, Kind, declare

from .ages import has_turned, is_younger

WIDTH, LAST = 5, 90
BANDS = tuple(range(0, LAST + 1, WIDTH))


def name_of(low: int) -> str:
    """60～64 岁; the last one is open."""
    return f"{low} 岁以上" if low == LAST else f"{low}～{low + WIDTH - 1} 岁"


def code_of(low: int) -> str:
    """Two figures, so that codes sort as ages do."""
    return f"{low:02d}"


def within(low: int, on: datetime.date) -> Q:
    """Surely of this band, however little of the birth is known."""
    turned = has_turned(low, on)
    return turned if low == LAST else turned & is_younger(low + WIDTH, on)


def band(on: datetime.date) -> Case:
    """The band of a person; NULL where the birth is not known well enough."""
    known = [When(within(low, on), then=Value(code_of(low))) for low in BANDS]
    return Case(*known, default=Value(None), output_field=CharField())


def _holds(op: str, value: Any, on: datetime.date, where: Sequence[int] = ()) -> Q | None:
    return within(int(value), on) if op == "=" else None


BAND = declare(
    Fact(
        "person.age_band",
        "年龄段",
        Kind.CODE,
        band,
        holds=_holds,
        choices=lambda: [(code_of(low), name_of(low)) for low in BANDS],
        group="年龄",
        derived=True,
        sort=("birth",),
    )
)
