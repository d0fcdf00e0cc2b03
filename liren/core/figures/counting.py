"""Counting (计数): any figures by any cut, one grouped query for all that share a date, whatever there is to count."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import reduce
from itertools import pairwise
from operator import add, or_
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber
from django.utils import timezone

from . import Figure, Source
from .cells import Cell, Group, Line, narrowed, refuse_unless_allowed
from .periods import Period, run_of

Key = tuple[str, ...]
Tally = dict[Key, dict[str, float | int | None]]


@dataclass(frozen=True)
class Ask:
    """What is asked: whose rights, which groups of which cuts (community, grid), which months, by what, for paper."""

    user: Any
    scope: tuple[tuple[str, str], ...] = ()
    period: Period | None = None
    by: tuple[str, ...] = ()
    paper: bool = False
    together: "Together | None" = field(default=None, compare=False)

    def within(self, source: Source) -> dict[str, str]:
        """The parameters of the scope."""
        return narrowed(*(source.cuts[cut].params(group) for cut, group in self.scope))


class Together:
    """Figures that one page shows by several cuts: each date is counted once, by all cuts, and added up for each."""

    def __init__(self, figures: list[Figure], cuts: tuple[str, ...]) -> None:
        self.figures, self.cuts = figures, cuts
        self._rows: dict[Any, list[dict[str, Any]]] = {}

    def covers(self, figures: list[Figure], ask: Ask) -> bool:
        """Whether these figures by these cuts come out of what is counted together."""
        return set(ask.by) <= set(self.cuts) and set(figures) <= set(self.figures)

    def rows(self, source: Source, dated: str, ask: Ask) -> list[dict[str, Any]]:
        """The groups of all cuts at once, counted when first asked for."""
        key = (source, dated, ask.user.pk, ask.scope, ask.period, ask.paper)
        if key not in self._rows:
            several = [each for each in self.figures if each.source == source and each.dated == dated]
            allowed = [each for each in several if each.is_for(ask.user, paper=ask.paper)]
            self._rows[key] = _rows(source, dated, allowed, replace(ask, by=self.cuts))
        return self._rows[key]


def counted_live(figures: list[Figure], ask: Ask) -> list[Line]:
    """The figures by the rows as they stand now."""
    tallies: dict[Figure, Tally] = {}
    together = ask.together if ask.together and ask.together.covers(figures, ask) else None
    for source, dated, several in _alike(figures, apart="month" in ask.by or together is not None):
        refuse_unless_allowed(several, ask, source.cuts)
        if source.quick:
            tallies |= source.quick(several, ask)
        rest = [figure for figure in several if figure not in tallies]
        if not rest:
            continue
        rows = together.rows(source, dated, ask) if together else _rows(source, dated, rest, ask)
        found = _tallied(source, rest, rows, ask)
        tallies |= {figure: found for figure in rest}
        for figure in rest:
            if figure.measure:
                _add_middles(figure, found, ask)
    return lines_of(figures, tallies, ask, live_cell)


def _alike(figures: list[Figure], *, apart: bool) -> Iterable[tuple[Source, str, list[Figure]]]:
    """Figures that one query can count: of one source, and of one date where months are told apart."""
    groups: dict[tuple[Source, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.source, figure.dated if apart else ""].append(figure)
    return [(source, dated, several) for (source, dated), several in groups.items()]


def _rows(source: Source, dated: str, figures: list[Figure], ask: Ask) -> list[dict[str, Any]]:
    """Every group that the columns of the cuts make, with part and whole of each figure: one query. Where all figures
    are of one date, the period is asked of the rows once and not of each figure, so that an index finds them.
    """
    rows = _grouped(source, dated, ask)
    of_one_date = bool(dated) and ask.period is not None and all(each.dated == dated for each in figures)
    if of_one_date and ask.period:
        rows = rows.filter(source.condition({dated: ask.period.text}, ask.user))
    conditions = {
        each: _conditions(each, replace(ask, period=None) if of_one_date else ask) for each in figures
    }
    wholes = [whole for _, whole in conditions.values()]
    if all(wholes):  # one that asks for nothing more wants every row
        rows = rows.filter(reduce(or_, wholes))
    counts: dict[str, Count] = {}
    for figure, (part, whole) in conditions.items():
        counts[_alias(figure, "n")] = Count("pk", filter=part or None)
        if figure.is_share:
            counts[_alias(figure, "d")] = Count("pk", filter=whole or None)
    columns = _columns(source, ask.by)
    return list(rows.values(*columns).annotate(**counts)) if columns else [rows.aggregate(**counts)]


def _alias(figure: Figure, part: str) -> str:
    return f"_{part}_{figure.key.replace('.', '_')}"


def _tallied(source: Source, figures: list[Figure], rows: list[dict[str, Any]], ask: Ask) -> Tally:
    """Groups of columns added up to the groups of the cuts: first by their columns, then by what these mean."""
    parts = [(f"{each.key}:n", _alias(each, "n")) for each in figures]
    parts += [(f"{each.key}:d", _alias(each, "d")) for each in figures if each.is_share]
    columns, aliases = _columns(source, ask.by), [alias for _, alias in parts]
    sums: dict[Key, list[int]] = {}
    for row in rows:
        values = [row[alias] for alias in aliases]
        held = tuple([row[name] for name in columns])
        sums[held] = list(map(add, sums[held], values)) if held in sums else values
    found: Tally = defaultdict(lambda: defaultdict(int))
    for held, values in sums.items():
        tally: Any = found[_key(source, ask.by, dict(zip(columns, held, strict=True)))]
        for (name, _), value in zip(parts, values, strict=True):
            tally[name] += value
    return found


def _conditions(figure: Figure, ask: Ask) -> tuple[Q, Q]:
    """Part and whole of a figure within the period."""
    within = {figure.dated: ask.period.text} if figure.dated and ask.period else {}
    condition = figure.source.condition
    part = condition({**figure.part, **within}, ask.user)
    return part, condition({**figure.of, **within}, ask.user) if figure.of is not None else part


def _grouped(source: Source, dated: str, ask: Ask) -> Any:
    rows = source.papered(ask.user) if ask.paper else source.rows(ask.user)
    rows = rows.filter(source.condition(ask.within(source), ask.user)).order_by()
    return rows.annotate(_month=_month_of(source.dates[dated], ask)) if "month" in ask.by else rows


def _month_of(column: str, ask: Ask) -> Case:
    """The month of a date as ``2026-10``, by comparing: the database asks nobody how long a month is."""
    if ask.period is None:
        raise ValueError("figures by month are of a period")
    edges = [*ask.period.each(), ask.period.after.first]
    months = [
        When(
            **{f"{column}__gte": _midnight(first), f"{column}__lt": _midnight(after)},
            then=Value(f"{first:%Y-%m}"),
        )
        for first, after in pairwise(edges)
    ]
    return Case(*reversed(months), default=Value(""), output_field=CharField())


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _columns(source: Source, by: tuple[str, ...]) -> list[str]:
    columns: list[str] = []
    for cut in by:
        columns += ["_month"] if cut == "month" else source.cuts[cut].fields
    return list(dict.fromkeys(columns))


def _key(source: Source, by: tuple[str, ...], group: Mapping[str, Any]) -> Key:
    return tuple(
        str(group["_month"])
        if cut == "month"
        else source.cuts[cut].keyed(tuple(str(group[name]) for name in source.cuts[cut].fields))
        for cut in by
    )


def _add_middles(figure: Figure, found: Tally, ask: Ask) -> None:
    """The median of a duration, by the one or two rows in the middle of each group."""
    source = figure.source
    start, end = source.measures[figure.measure]
    part, _ = _conditions(figure, ask)
    took = ExpressionWrapper(F(end) - F(start), output_field=DurationField())
    rows = _grouped(source, figure.dated, ask).filter(part).annotate(_took=took)
    columns = _columns(source, ask.by)
    for group in middle_rows(rows, "_took", columns):
        tally = found[_key(source, ask.by, group)]
        add_middle(tally, figure, group["_took"].total_seconds())


def middle_rows(rows: Any, value: str, columns: list[str]) -> Any:
    """Of each group the row in the middle, or both."""
    apart = [F(name) for name in columns] or None
    return (
        rows.annotate(
            _of=Window(Count("pk"), partition_by=apart),
            _twice=Window(RowNumber(), partition_by=apart, order_by=[value, "pk"]) * 2,
        )
        .filter(_twice__gte=F("_of"), _twice__lte=F("_of") + 2)
        .values(*columns, value)
    )


def add_middle(tally: dict[str, Any], figure: Figure, seconds: float) -> None:
    """The first of two in the middle stands until the second comes."""
    name = f"{figure.key}:m"
    tally[name] = seconds if tally.get(name) is None else (tally[name] + seconds) / 2


def live_cell(figure: Figure, tally: Mapping[str, Any], groups: Mapping[str, str], ask: Ask) -> Cell:
    """A number with its list in the filter language."""
    source = figure.source
    period = run_of(groups["month"]) if "month" in groups else ask.period
    within = narrowed(
        {figure.dated: period.text} if figure.dated and period else {},
        ask.within(source),
        *(source.cuts[cut].params(key) for cut, key in groups.items() if cut != "month"),
    )
    whole = figure.of if figure.of is not None else figure.part
    return Cell(
        figure,
        int(tally.get(f"{figure.key}:n") or 0),
        int(tally.get(f"{figure.key}:d") or 0) if figure.is_share else None,
        narrowed(figure.part, within),
        narrowed(whole, within),
        tally.get(f"{figure.key}:m"),
    )


def lines_of(figures: list[Figure], tallies: Mapping[Figure, Tally], ask: Ask, cell: Any) -> list[Line]:
    """One line for each group that any of the figures met, in the order of the names of the cuts."""
    keys = {key for tally in tallies.values() for key in tally} or ({()} if not ask.by else set())
    names = [_names(figures[0].source, cut, {key[place] for key in keys}) for place, cut in enumerate(ask.by)]
    places = [{key: place for place, key in enumerate(known)} for known in names]
    lines = []
    for key in sorted(keys, key=lambda key: [known[each] for known, each in zip(places, key, strict=True)]):
        groups = dict(zip(ask.by, key, strict=True))
        cells = {each.key: cell(each, tallies[each].get(key, {}), groups, ask) for each in figures}
        shown = tuple(
            Group(cut, each, names[place][each]) for place, (cut, each) in enumerate(groups.items())
        )
        lines.append(Line(shown, cells))
    return lines


def _names(source: Source, cut: str, keys: set[str]) -> Mapping[str, str]:
    if cut == "month":
        return {key: run_of(key).name for key in sorted(keys)}
    return source.cuts[cut].named(keys)
