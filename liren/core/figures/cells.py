"""Cells: a number as it is shown, with the parameters of the list behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from . import Cut, Figure, Params

HOUR = 3600


@dataclass(frozen=True)
class Group:
    """One group of a cut: which cut, its key and its name."""

    cut: str
    key: str
    name: str


@dataclass(frozen=True)
class Cell:
    """One number: how many, of how many, and how long in the middle, with the lists of part and whole."""

    figure: Figure
    count: int
    whole: int | None
    params: Params
    whole_params: Params
    seconds: float | None = None
    is_frozen: bool = False

    @property
    def share(self) -> Fraction | None:
        """The part of the whole; None where there is no whole."""
        return Fraction(self.count, self.whole) if self.whole else None

    @property
    def percent(self) -> int:
        """For bars."""
        return round((self.share or 0) * 100)

    @property
    def words(self) -> str:
        """The number by itself: ``37``, ``95.4``, ``3.2``, or a dash."""
        if self.figure.measure:
            return "—" if self.seconds is None else f"{self.seconds / HOUR:.1f}"
        if self.figure.is_share:
            return "—" if self.share is None else f"{float(self.share * 100):.1f}"
        return f"{self.count:,}"

    @property
    def unit(self) -> str:
        """What stands behind it."""
        if self.words == "—":
            return ""
        return "小时" if self.figure.measure else "%" if self.figure.is_share else self.figure.unit

    @property
    def said(self) -> str:
        """Number and unit in a sentence."""
        return f"{self.words}%" if self.unit == "%" else f"{self.words} {self.unit}".strip()

    @property
    def url(self) -> str:
        """The list of what is counted; its length is `count`. Empty where there is nothing to open."""
        return self.figure.source.address(self.params) if self.count else ""

    @property
    def whole_url(self) -> str:
        """The list of the whole."""
        return self.figure.source.address(self.whole_params) if self.whole else ""

    def differs(self, other: "Cell") -> bool:
        """Whether two ways of counting come to something else."""
        return (self.count, self.whole, self.words) != (other.count, other.whole, other.words)


@dataclass(frozen=True)
class Line:
    """The numbers of one group, by the keys of the figures."""

    groups: tuple[Group, ...]
    cells: Mapping[str, Cell] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the line is of."""
        return "，".join(group.name for group in self.groups)

    def __getitem__(self, key: str) -> Cell:
        return self.cells[key]


def narrowed(*all_params: Params) -> dict[str, str]:
    """Parameters one upon the other: of two lists of values what both allow, else the narrower comes last and wins."""
    found: dict[str, str] = {}
    for params in all_params:
        for name, value in params.items():
            before = set(found.get(name, "").split(","))
            both = [each for each in value.split(",") if each in before]
            found[name] = ",".join(both) or value
    return found


def refuse_unless_allowed(figures: list[Figure], ask: Any, cuts: Mapping[str, Cut]) -> None:
    """ValueError for a cut that a figure does not allow, or a figure that this user may not count: the code has no
    way to ask for more than is declared.
    """
    for figure in figures:
        if not figure.is_for(ask.user, paper=ask.paper):
            raise ValueError(f"{figure.key} is not for this user")
        for cut in ask.by:
            if cut not in figure.cuts or (cut != "month" and cut not in cuts):
                raise ValueError(f"{figure.key} cannot be taken apart by {cut}")
            if figure.measure and cut != "month" and cuts[cut].folds:
                raise ValueError(f"{figure.key} is a median and {cut} joins several values")
