"""Condition (条件): a small tree of tests over facts, with three answers.

No is 0, unknown is 1, yes is 2; then *all* is the least, *any* the greatest, *not* is 2 - x (Kleene's logic). The same
algebra serves the database, columns in memory and one person's explanation. A fact may be known between two bounds
only (a birth of which the year is known); a test then says yes or no when both bounds agree.
"""

import datetime
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeAlias

import numpy
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Greatest, Least

from . import Fact, fact
from .columns import Column
from .comparisons import INVERSE, SAYS_YES, WORDS, alias_of, lookup, word

NO, UNKNOWN, YES = 0, 1, 2
# With more communities than this an index does not help any more.
FEW = 200
Clause: TypeAlias = tuple[str, Any, int]
# What a clear yes demands of a row, and the facts that have to be annotated before it can be asked.
Demand: TypeAlias = tuple[Q, set[str]]


@dataclass(frozen=True)
class Test:
    """One leaf: [fact, op, value]."""

    __test__ = False  # not one of pytest's

    key: str
    op: str
    value: Any

    @property
    def fact(self) -> Fact:
        """What is asked about."""
        return fact(self.key)

    def facts(self) -> set[str]:
        """Keys of the facts it needs."""
        return {self.key}

    def inverted(self) -> "Test":
        """The test that says yes exactly where this one says no."""
        return Test(self.key, INVERSE[self.op], self.value)

    def expression(self) -> Any:
        """0, 1 or 2 over a queryset annotated by `with_facts`."""
        return Case(
            When(lookup(self.key, self.op, self.value), then=Value(YES)),
            When(lookup(self.key, INVERSE[self.op], self.value), then=Value(NO)),
            default=Value(UNKNOWN),
            output_field=IntegerField(),
        )

    def demand(self, on: datetime.date, where: Sequence[int] = ()) -> Demand:
        """A clear yes, by the fact's own indexed way when it has one; else over `with_facts`."""
        quick = self.fact.holds(self.op, self.value, on, where) if self.fact.holds else None
        return (lookup(self.key, self.op, self.value), {self.key}) if quick is None else (quick, set())

    def column(self, columns: Mapping[str, Column]) -> numpy.ndarray:
        """An int8 array of 0, 1, 2, one for each row of the columns."""
        column = columns[self.key]
        answer = numpy.full(len(column), UNKNOWN, dtype=numpy.int8)
        answer[SAYS_YES[self.op](column, self.value)] = YES
        answer[SAYS_YES[INVERSE[self.op]](column, self.value)] = NO
        return answer

    def yes(self, columns: Mapping[str, Column]) -> numpy.ndarray:
        """Where the answer is a clear yes; quicker than all three answers."""
        said: numpy.ndarray = SAYS_YES[self.op](columns[self.key], self.value)
        return said

    def explain(self, values: Mapping[str, Any]) -> tuple[int, list[Clause]]:
        """The answer for one, and each clause with what was known. Values known in part are Bounds."""
        known = values.get(self.key)
        answer = int(self.column({self.key: Column.of([known], self.fact.nothing)})[0])
        return answer, [(self.sentence(), known, answer)]

    def sentence(self) -> str:
        """年龄不低于 80 周岁."""
        asked = self.fact
        if self.op in ("known", "blank"):
            return f"{asked.name}{WORDS[self.op]}"
        if asked.is_yes_no:
            return f"{'' if (self.op == '=') == bool(self.value) else '不是'}{asked.name}"
        values = self.value if isinstance(self.value, tuple) else (self.value,)
        said = "、".join(asked.said(value) for value in values)
        return f"{asked.name}{word(asked, self.op)}{' ' if said[:1].isascii() else ''}{said}"


@dataclass(frozen=True)
class Group:
    """All or any of several conditions."""

    every: bool
    parts: tuple["Condition", ...]

    def facts(self) -> set[str]:
        """Keys of the facts it needs."""
        return set().union(*(part.facts() for part in self.parts))

    def inverted(self) -> "Group":
        """De Morgan."""
        return Group(not self.every, tuple(part.inverted() for part in self.parts))

    def expression(self) -> Any:
        """The least or the greatest of the parts."""
        parts = [part.expression() for part in self.parts]
        return parts[0] if len(parts) == 1 else (Least if self.every else Greatest)(*parts)

    def demand(self, on: datetime.date, where: Sequence[int] = ()) -> Demand:
        """A clear yes of all, or of any."""
        wanted, needs = zip(*(part.demand(on, where) for part in self.parts), strict=True)
        return reduce(operator.and_ if self.every else operator.or_, wanted), set().union(*needs)

    def column(self, columns: Mapping[str, Column]) -> numpy.ndarray:
        """An int8 array of 0, 1, 2."""
        return reduce(
            numpy.minimum if self.every else numpy.maximum, (part.column(columns) for part in self.parts)
        )

    def yes(self, columns: Mapping[str, Column]) -> numpy.ndarray:
        """Where all parts, or any, say a clear yes."""
        return reduce(
            numpy.logical_and if self.every else numpy.logical_or, (part.yes(columns) for part in self.parts)
        )

    def explain(self, values: Mapping[str, Any]) -> tuple[int, list[Clause]]:
        """The answer for one, and every clause."""
        told = [part.explain(values) for part in self.parts]
        answer = (min if self.every else max)(answer for answer, _ in told)
        return answer, [clause for _, clauses in told for clause in clauses]

    def sentence(self) -> str:
        """(年龄不低于 80 周岁,并且 独居老人)."""
        if len(self.parts) == 1:
            return self.parts[0].sentence()
        return "(" + (",并且" if self.every else ",或者").join(part.sentence() for part in self.parts) + ")"


@dataclass(frozen=True)
class Not:
    """The contrary of a condition; unknown stays unknown."""

    part: "Condition"

    def facts(self) -> set[str]:
        """Keys of the facts it needs."""
        return self.part.facts()

    def inverted(self) -> "Condition":
        """Twice not."""
        return self.part

    def expression(self) -> Any:
        """2 - x."""
        return Value(YES) - self.part.expression()

    def demand(self, on: datetime.date, where: Sequence[int] = ()) -> Demand:
        """Where the part says a clear no."""
        return self.part.inverted().demand(on, where)

    def column(self, columns: Mapping[str, Column]) -> numpy.ndarray:
        """An int8 array of 0, 1, 2."""
        return YES - self.part.column(columns)

    def yes(self, columns: Mapping[str, Column]) -> numpy.ndarray:
        """Where the part says a clear no."""
        return self.part.inverted().yes(columns)

    def explain(self, values: Mapping[str, Any]) -> tuple[int, list[Clause]]:
        """The answer for one; clauses keep their own answers."""
        answer, clauses = self.part.explain(values)
        return YES - answer, clauses

    def sentence(self) -> str:
        """不满足 …."""
        return "不满足" + self.part.sentence()


Condition: TypeAlias = Test | Group | Not


def _annotations(keys: set[str], on: datetime.date) -> dict[str, Any]:
    wanted = {}
    for key in sorted(keys):
        asked = fact(key)
        wanted[alias_of(key)] = asked.expression(on)
        if asked.high:
            wanted[alias_of(key, high=True)] = asked.high(on)
    return wanted


def with_facts(queryset: QuerySet[Any], keys: set[str], on: datetime.date) -> QuerySet[Any]:
    """Annotates each fact as of a day, with its upper bound where it has one."""
    return queryset.annotate(**_annotations(keys, on))


def answered(queryset: QuerySet[Any], condition: Condition, on: datetime.date) -> QuerySet[Any]:
    """Annotates `answer` 0, 1, 2: the list behind every "who?"."""
    return with_facts(queryset, condition.facts(), on).annotate(answer=condition.expression())


def filter(
    queryset: QuerySet[Any], condition: Condition, on: datetime.date, where: Sequence[int] = ()
) -> QuerySet[Any]:
    """Those to whom the answer is a clear yes, by indexes where the facts know a way. `where` names the communities
    asked about, as long as they are few; it never widens what the queryset sees.
    """
    wanted, needs = condition.demand(on, where if len(where) <= FEW else ())
    return queryset.alias(**_annotations(needs, on)).filter(wanted)


def columns_of(queryset: QuerySet[Any], keys: set[str], on: datetime.date) -> dict[str, Column]:
    """Each fact as a typed column, in the order of the primary key."""
    return keyed_columns(queryset, keys, on)[1]


def keyed_columns(
    queryset: QuerySet[Any], keys: set[str], on: datetime.date
) -> tuple[numpy.ndarray, dict[str, Column]]:
    """The primary keys, and each fact as a typed column in their order."""
    raw = {key: known for key in keys if (known := fact(key).reckoned)}
    asked = sorted(keys - raw.keys())
    names = [
        name
        for key in asked
        for name in (alias_of(key), *([alias_of(key, high=True)] if fact(key).high else []))
    ]
    names += sorted({field for field, _ in raw.values()})
    rows = with_facts(queryset, set(asked), on).order_by("pk").values_list("pk", *names)
    pks, *values = zip(*rows, strict=True) if rows else [()] * (len(names) + 1)
    table = dict(zip(names, values, strict=True))
    columns = {key: reckon(table[field], on) for key, (field, reckon) in raw.items()}
    for key in asked:
        low = table[alias_of(key)]
        high = table.get(alias_of(key, high=True))
        columns[key] = Column.between(low, low if high is None else high, fact(key).nothing)
    return numpy.array(pks, dtype=numpy.int64), columns
