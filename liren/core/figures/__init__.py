"""Figures (数字): what is counted, declared once. A figure is a set of parameters of the filter language of its source,
so that every number opens the list behind it and equals it.

Nothing here can be cut by colleague: figures help to plan the work, they rank nobody.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Cut", "Figure", "Params", "Source"]

Params = Mapping[str, str]


@dataclass(frozen=True)
class Cut:
    """Cut (分法): how figures are taken apart, by kind of matter, by grid, by cause.

    fields   columns of the row that say to which group it belongs
    keyed    their values, as text, to the key of the group
    named    keys of groups to their names, in the order in which people read them
    params   what the list of one group is narrowed by
    values   the column values that belong to one group, by which frozen rows are found again
    folds    several values make one group, so that a median cannot be taken by it
    """

    key: str
    name: str
    fields: tuple[str, ...]
    named: Callable[[Iterable[str]], Mapping[str, str]]
    params: Callable[[str], Params]
    keyed: Callable[[tuple[str, ...]], str] = lambda values: values[0]
    values: Callable[[str], Mapping[str, tuple[str, ...]]] | None = None
    folds: bool = False

    def held(self, group: str) -> Mapping[str, tuple[str, ...]]:
        """The column values of one group."""
        return self.values(group) if self.values else {self.fields[0]: (group,)}


@dataclass(frozen=True)
class Source:
    """Source (来源): rows that can be counted, and the list that shows them.

    rows       what a user may know of
    papered    the same without what never stands on paper
    closable   the rows of one community that may be frozen: nothing that only a named circle may know of
    condition  parameters as one condition
    address    the list of parameters
    dates      parameters that take a period, each with its column
    measures   durations: from which column to which
    quick      counts some of the figures in its own, cheaper way; a test holds them equal to their lists
    steady     some of its rows stand in every closed month, so that a month without any was closed before they counted
    """

    key: str
    rows: Callable[[Any], Any]
    papered: Callable[[Any], Any]
    closable: Callable[[Any], Any]
    condition: Callable[[Params, Any], Any]
    address: Callable[[Params], str]
    dates: Mapping[str, str]
    cuts: Mapping[str, Cut]
    measures: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    quick: Callable[[list["Figure"], Any], Mapping["Figure", Any]] | None = None
    steady: bool = False

    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(frozen=True)
class Figure:
    """Figure (数字): one thing that is counted.

    params   narrow the list to what is counted
    of       the whole of which `params` are a part: then it is a share; None for a plain count
    dated    the parameter that takes the period; empty for how things stand at this moment, which is not frozen
    kept     although not dated, it is frozen as it stood when the month was closed
    only     who may count it at all; None for everybody who sees the rows
    papered  whether it may stand on paper and in files
    measure  a duration of the source: then the figure is its median over the rows of `params`
    meaning  how it is counted, in words for everybody; `basis` the ground of that in law or practice
    cuts     the ways in which it may be taken apart
    """

    key: str
    name: str
    meaning: str
    source: Source
    params: Params
    of: Params | None = None
    dated: str = ""
    measure: str = ""
    unit: str = "件"
    basis: str = ""
    order: int = 50
    kept: bool = False
    only: Callable[[Any], bool] | None = None
    papered: bool = True
    cuts: tuple[str, ...] = ("month", "community", "grid", "seal", "kind", "cause", "source", "building")

    def __hash__(self) -> int:
        return hash(self.key)

    def is_for(self, user: Any, *, paper: bool = False) -> bool:
        """Whether this user may count it, on the screen or on paper."""
        return (self.papered or not paper) and (self.only is None or self.only(user))

    @property
    def part(self) -> Params:
        """Everything that narrows the list to what is counted."""
        return {**(self.of or {}), **self.params}

    @property
    def is_share(self) -> bool:
        """Whether it is a part of a whole."""
        return self.of is not None
