"""Column (列): one fact of many, as typed arrays in memory; numpy answers for a million rows in a blink."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy


class Bounds(NamedTuple):
    """A value that lies between two others; both the same when it is known exactly."""

    low: Any
    high: Any

    @property
    def known(self) -> Any:
        """The value itself when it is exact; the bounds while it is not; None for nothing."""
        return self.low if self.low == self.high else self


@dataclass(frozen=True)
class Column:
    """One fact of many rows: lowest and highest each can be, and where anything is known."""

    low: numpy.ndarray
    high: numpy.ndarray
    known: numpy.ndarray

    def __len__(self) -> int:
        return len(self.known)

    @classmethod
    def of(cls, values: Sequence[Any], filler: Any) -> "Column":
        """From values as the database gives them: None is unknown, Bounds are known in part. The filler stands where
        nothing is known and gives the array its type.
        """
        bounds = [value if isinstance(value, Bounds) else Bounds(value, value) for value in values]
        known = numpy.array([b.low is not None and b.high is not None for b in bounds], dtype=bool)
        low = numpy.array([filler if b.low is None else b.low for b in bounds])
        if all(b.low is b.high for b in bounds):
            return cls(low, low, known)
        return cls(low, numpy.array([filler if b.high is None else b.high for b in bounds]), known)

    @classmethod
    def between(cls, lows: Sequence[Any], highs: Sequence[Any], filler: Any) -> "Column":
        """From the lowest and the highest that each may be, as two columns of the database; the same one twice where
        every value is exact.
        """
        low, known = _typed(lows, filler)
        if highs is lows or highs == lows:
            return cls(low, low, known)
        high, also = _typed(highs, filler)
        return cls(low, high, known & also)

    def at(self, place: int) -> Any:
        """What is known of one row."""
        if not self.known[place]:
            return None
        return Bounds(self.low[place].item(), self.high[place].item()).known


def _typed(values: Sequence[Any], filler: Any) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The values as an array, and where there is one."""
    if None not in values:
        return numpy.array(values or [filler])[: len(values)], numpy.ones(len(values), dtype=bool)
    known = numpy.array([value is not None for value in values], dtype=bool)
    return numpy.array([filler if value is None else value for value in values]), known
