"""Counting (计数): the figures of a cross table over columns in memory, each one the length of a list behind it."""

import datetime
import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy

from liren.core.facts.conditions import Test, keyed_columns
from liren.core.facts.conditions import filter as those_who
from liren.core.facts.reading import read, tests_in
from liren.core.people.facts.dwelling import held
from liren.core.people.models import Residence

# So many people at once are multiplied, which keeps the memory small.
SLICE = 50_000
FLOWS = ("residence.from", "person.birth", "person.status_on")


class Counter:
    """Everybody of a base condition, and how many of them meet further ones."""

    def __init__(
        self,
        people: Any,
        tree: Any,
        on: datetime.date,
        trees: Iterable[Any] = (),
        user: Any = None,
        within: Any = None,
    ) -> None:
        self.on, self.user = on, user
        self.everybody = those_who(people, read(tree, user), on)
        # Who meets none of the columns is counted in none of the cells.
        self.base = those_who(self.everybody, read(within), on) if within else self.everybody
        self.is_whole = within is None
        self.keys = keys_of(tree for tree in trees if not is_apart(tree))
        self.masks: dict[str, numpy.ndarray] = {}
        # The keys of the people, in the order of the columns.
        self.pks, self.columns = keyed_columns(self.base, self.keys, on)
        self._homes: numpy.ndarray | None = None

    def __len__(self) -> int:
        return len(self.pks)

    def mask(self, tree: Any) -> numpy.ndarray:
        """Who surely meets a condition."""
        if tree is None:
            return numpy.ones(len(self), dtype=bool)
        key = json.dumps(tree, ensure_ascii=False)
        if key not in self.masks:
            condition = read(tree, self.user)
            if is_apart(tree):
                few = those_who(self.base, condition, self.on).values_list("pk", flat=True)
                self.masks[key] = numpy.isin(self.pks, numpy.fromiter(few, dtype=numpy.int64))
            else:
                self.masks[key] = condition.yes(self.columns)
        return self.masks[key]

    def size(self) -> int:
        """How many are of the base condition."""
        return len(self) if self.is_whole else int(self.everybody.count())

    def cross(self, rows: Sequence[Sequence[Any]], columns: Sequence[Sequence[Any]]) -> numpy.ndarray:
        """How many meet each row and each column, all cells at once."""
        down, across = ([self._all(trees) for trees in several] for several in (rows, columns))
        found = numpy.zeros((len(rows), len(columns)), dtype=numpy.int64)
        for start in range(0, len(self), SLICE):
            part = slice(start, start + SLICE)
            left, right = (
                numpy.array([mask[part] for mask in masks], dtype=numpy.float32) for masks in (down, across)
            )
            found += numpy.rint(left @ right.T).astype(numpy.int64)
        return found

    def count(self, *trees: Any, households: bool = False) -> int:
        """How many meet all of these."""
        chosen = self._all(trees)
        if not households:
            return int(chosen.sum())
        homes = self.homes()[chosen]
        return len(numpy.unique(homes[homes > 0]))

    def who(self, *trees: Any) -> list[int]:
        """The list behind a figure."""
        return [int(pk) for pk in self.pks[self._all(trees)]]

    def _all(self, trees: Iterable[Any]) -> numpy.ndarray:
        chosen = numpy.ones(len(self), dtype=bool)
        for tree in trees:
            chosen &= self.mask(tree)
        return chosen

    def homes(self) -> numpy.ndarray:
        """The household of each."""
        if self._homes is None:
            rows = Residence.objects.filter(held(self.on), person__in=self.base, household__isnull=False)
            known = dict(rows.values_list("person_id", "household_id"))
            self._homes = numpy.array([known.get(int(pk), 0) for pk in self.pks], dtype=numpy.int64)
        return self._homes


def is_apart(tree: Any) -> bool:
    """Whether the few who meet a condition are found by an index: 残疾人. Then nobody else is asked about it."""
    condition = None if tree is None else read(tree)
    return (
        isinstance(condition, Test)
        and condition.fact.is_yes_no
        and condition.value is True
        and condition.op == "="
    )


def keys_of(trees: Iterable[Any]) -> set[str]:
    """The facts that conditions ask about."""
    return {test.key for tree in trees if tree is not None for test in tests_in(read(tree))}


def flow_of(tree: Any) -> str:
    """The fact by whose date people entered the base (moved in, were born, left); "" for a state."""
    return next((test.key for test in tests_in(read(tree)) if test.key in FLOWS), "")
