"""Board (算盘): the counters behind a counting form — of its day, of the ends of months, of those who came or went."""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from liren.core.facts.reading import MOST
from liren.core.people.facts.periods import last_of
from liren.core.people.facts.worded import LIVING, PRESENT

from .counting import Counter, flow_of
from .headed import Heading, parts_of

if TYPE_CHECKING:
    from .filling import Work

BORN = "person.birth"


class Board:
    """Counters by month: one for the day of the form, further ones for the ends of months."""

    def __init__(
        self, work: "Work", tree: Any, wanted: Any, rows: Sequence[Heading], columns: Sequence[Heading]
    ) -> None:
        self.work, self.tree, self.wanted = work, tree, wanted
        self.trees = [each for head in (*rows, *columns) for each in head.trees]
        self.within = _common(columns)
        self.flow = flow_of(tree)
        self.known: dict[Any, Counter] = {}
        self.moving: dict[tuple[str, str], Counter] = {}

    def counter(self, month: tuple[int, int] | None) -> Counter:
        """The counter of a month, or of the day of the form."""
        if month not in self.known:
            on, tree = self.work.on, self.tree
            trees = self.trees
            if month is not None and self.flow:
                trees = [*trees, [self.flow, "known", None]]
            elif month is not None:
                on = min(last_of(*month), self.work.on)
            setting = self.work.setting
            within = self.within if month is None else None
            self.known[month] = Counter(setting.people(), tree, on, trees, setting.user, within)
        return self.known[month]

    def cells(self, rows: Sequence[Heading], columns: Sequence[Heading]) -> list[list[int | None]]:
        """Every cell of a cross table; those that ask for persons on the day of the form are counted all at once."""
        found: list[list[int | None]] = [[None] * len(columns) for _ in rows]
        down = [place for place, row in enumerate(rows) if _is_plain(row)]
        across = [place for place, head in enumerate(columns) if _is_plain(head)]
        if down and across:
            trees = [[rows[place].trees for place in down], [columns[place].trees for place in across]]
            for row, line in zip(down, self.counter(None).cross(*trees), strict=True):
                for column, value in zip(across, line, strict=True):
                    found[row][column] = int(value)
        for row, one in enumerate(rows):
            for column, other in enumerate(columns):
                if one.understood and other.understood and not (row in down and column in across):
                    found[row][column] = self.count(one, other)
        return found

    def count(self, row: Heading, head: Heading) -> int | None:
        """How many meet both; None for a month that has not come."""
        month, months = (row.month, row.months) if row.month else (head.month, head.months)
        trees = [*row.trees, *head.trees]
        households = row.households or head.households
        if flow := row.flow or head.flow:
            return self._moved(flow, self._span(row, head, month, months), trees, households=households)
        if not month:
            return self.counter(None).count(*trees, households=households)
        year = row.year or head.year or (self.wanted.since.year if self.wanted.since else self.work.on.year)
        first = datetime.date(year, month, 1)
        if first > self.work.on:
            return None
        if self.flow:
            end = last_of(year, month + months - 1)
            span = {"all": [[self.flow, ">=", first.isoformat()], [self.flow, "<=", end.isoformat()]]}
            return self.counter((0, 0)).count(span, *trees, households=households)
        return self.counter((year, month + months - 1)).count(*trees, households=households)

    def _span(
        self, row: Heading, head: Heading, month: int, months: int
    ) -> tuple[datetime.date, datetime.date] | None:
        """The period in which a cell counts who came or went; None for one that has not come, or is not told."""
        if not month:
            since, until = self.wanted.since, self.wanted.until
            return (since, min(until, self.work.setting.today)) if since and until else None
        year = row.year or head.year or (self.wanted.since.year if self.wanted.since else self.work.on.year)
        first = datetime.date(year, month, 1)
        return (first, last_of(year, month + months - 1)) if first <= self.work.on else None

    def _moved(
        self,
        flow: tuple[Any, str],
        span: tuple[datetime.date, datetime.date] | None,
        trees: Sequence[Any],
        *,
        households: bool,
    ) -> int | None:
        """How many came or went in a period: 出生, 死亡, 迁入, 迁出."""
        if span is None:
            return None
        status, key = flow
        known = key, str(status)
        if known not in self.moving:
            rest = [part for part in parts_of(self.tree) if part not in (LIVING, PRESENT)]
            base = {"all": [status, *rest]}
            trees_too = [*self.trees, [key, "known", None], [BORN, "known", None]]
            setting = self.work.setting
            self.moving[known] = Counter(setting.people(), base, self.work.on, trees_too, setting.user)
        between = {"all": [[key, ">=", span[0].isoformat()], [key, "<=", span[1].isoformat()]]}
        if key == "residence.from":
            # Who was born here came by birth.
            newborn = {"all": [[BORN, ">=", span[0].isoformat()], [BORN, "<=", span[1].isoformat()]]}
            trees = [{"not": newborn}, *trees]
        return self.moving[known].count(between, *trees, households=households)


def _is_plain(head: Heading) -> bool:
    """Persons on the day of the form."""
    return head.understood and not (head.month or head.flow or head.households)


def _common(columns: Sequence[Heading]) -> Any:
    """One fact that every column asks for a value of: who has none of these values is counted nowhere."""
    asked: dict[str, list[Any]] = {}
    for head in columns:
        tests = (
            [tree for tree in head.trees if isinstance(tree, list) and tree[1] == "="]
            if head.understood
            else []
        )
        if head.flow or not tests:
            return None
        for key, _, value in tests:
            asked.setdefault(key, []).append(value)
    values = next((each for each in asked.items() if len(each[1]) == len(columns)), None)
    few = values is not None and len(set(map(str, values[1]))) <= MOST
    if values is None or not few or any(isinstance(value, bool) for value in values[1]):
        return None
    return [values[0], "in", list(dict.fromkeys(values[1]))]
