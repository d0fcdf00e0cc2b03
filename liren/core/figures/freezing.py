"""Freezing (封存): the figures of a closed month, counted from what was frozen, and the lists of the very same rows."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, F, FloatField, OuterRef, Q, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from . import Figure, Source
from .book import all_figures, figure
from .cells import Cell, Line, refuse_unless_allowed
from .counting import Ask, Tally, add_middle, lines_of, middle_rows
from .models import ClosedMonth, FrozenRow, mark
from .periods import Period, run_of

SEPARATOR = "~"
PARTS = {"n": "", "d": "的全部"}


def rows_to_freeze(source: Source, community: Any, month: Period) -> Iterator[FrozenRow]:
    """Each row that counts in any figure of the month, with what it counts in: one query for each source."""
    figures = [each for each in all_figures() if each.source == source and (each.dated or each.kept)]
    conditions: dict[str, Q] = {}
    for each in figures:
        within = {each.dated: month.text} if each.dated else {}
        conditions[mark(each.key, "n")] = source.condition({**each.part, **within}, None)
        if each.of is not None:
            conditions[mark(each.key, "d")] = source.condition({**each.of, **within}, None)
    if not conditions:
        return
    columns = sorted({name for cut in source.cuts.values() for name in cut.fields})
    edges = sorted({name for pair in source.measures.values() for name in pair})
    marks = {
        f"_m{place}": Case(When(asked, then=Value(True)), default=Value(False), output_field=BooleanField())
        for place, asked in enumerate(conditions.values())
    }
    rows = (
        source.closable(community).filter(reduce(or_, conditions.values())).order_by("pk").annotate(**marks)
    )
    for row in rows.values("pk", *columns, *edges, *marks):
        told = "".join(said for place, said in enumerate(conditions) if row[f"_m{place}"])
        yield FrozenRow(
            source=source.key,
            key=row["pk"],
            marks=told,
            facts={name: str(row[name]) for name in columns},
            measured=_measured(source, row),
        )


def _measured(source: Source, row: Mapping[str, Any]) -> dict[str, float]:
    return {
        name: (row[end] - row[start]).total_seconds()
        for name, (start, end) in source.measures.items()
        if row[start] and row[end]
    }


def digest_of(rows: list[FrozenRow]) -> str:
    """One number over all rows, in their order."""
    lines = [[row.source, row.key, row.marks, row.facts, row.measured] for row in rows]
    return hashlib.sha256(json.dumps(lines, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def closed_months(communities: list[int], period: Period, source: Source) -> set[str]:
    """The months of a period that every one of these communities has closed, as ``2026-10``."""
    found: dict[str, set[int]] = defaultdict(set)
    closed = ClosedMonth.objects.filter(community_id__in=communities, month__in=period.each())
    if source.steady:
        closed = closed.filter(Exists(FrozenRow.objects.filter(closed=OuterRef("pk"), source=source.key)))
    for community, month in closed.values_list("community_id", "month"):
        found[f"{month:%Y-%m}"].add(community)
    return {month for month, have in found.items() if have >= set(communities)} if communities else set()


def counted_frozen(figures: list[Figure], ask: Ask, months: set[str]) -> list[Line]:
    """The figures of closed months, by what was frozen and the user may know of."""
    source = figures[0].source
    refuse_unless_allowed(figures, ask, source.cuts)
    rows = _rows(source, ask, months)
    columns = [f"_c{place}" for place, _ in enumerate(_facts(source, ask.by))]
    found: Tally = defaultdict(lambda: defaultdict(int))
    if len(months) == 1 or "month" in ask.by:
        _count_marks(figures, rows, columns, found, ask)
    else:
        _count_once(figures, rows, columns, found, ask)
    if not columns:
        found[()]  # a count of nothing is nought
    for each in (each for each in figures if each.measure):
        _add_middles(each, rows, columns, found, ask)
    return lines_of(figures, {each: found for each in figures}, ask, frozen_cell)


def _count_marks(figures: list[Figure], rows: Any, columns: list[str], found: Tally, ask: Ask) -> None:
    """Within one month a thing stands once: rows with the same marks are counted together."""
    for group in rows.order_by().values("marks", *columns).annotate(_n=Count("pk")):
        tally = found[_key(figures[0].source, ask.by, group)]
        for each in figures:
            for part in PARTS:
                if mark(each.key, part) in group["marks"]:
                    tally[f"{each.key}:{part}"] += group["_n"]


def _count_once(figures: list[Figure], rows: Any, columns: list[str], found: Tally, ask: Ask) -> None:
    """What was counted in several months counts once in all of them."""
    counts = {
        f"_{part}{place}": Count("key", distinct=True, filter=Q(marks__contains=mark(each.key, part)))
        for place, each in enumerate(figures)
        for part in PARTS
    }
    groups = rows.order_by().values(*columns).annotate(**counts) if columns else [rows.aggregate(**counts)]
    for group in groups:
        tally = found[_key(figures[0].source, ask.by, group)]
        for place, each in enumerate(figures):
            for part in PARTS:
                tally[f"{each.key}:{part}"] += group[f"_{part}{place}"]


def _facts(source: Source, by: tuple[str, ...]) -> list[str]:
    """The frozen facts by which it is taken apart; the month stands on the closed month itself."""
    names: list[str] = []
    for cut in by:
        names += ["month"] if cut == "month" else source.cuts[cut].fields
    return list(dict.fromkeys(names))


def _rows(source: Source, ask: Ask, months: set[str]) -> Any:
    rows = FrozenRow.objects.visible_to(ask.user, source).filter(
        closed__month__in=[run_of(month).first for month in sorted(months)]
    )
    if ask.paper:
        rows = rows.filter(Exists(source.papered(ask.user).order_by().filter(pk=OuterRef("key"))))
    rows = rows.filter(_held(source, ask.scope))
    columns = {
        f"_c{place}": F("closed__month") if name == "month" else KeyTextTransform(name, "facts")
        for place, name in enumerate(_facts(source, ask.by))
    }
    return rows.annotate(**columns)


def _held(source: Source, groups: tuple[tuple[str, str], ...]) -> Q:
    """Frozen rows of these groups."""
    asked = Q()
    for cut, group in groups:
        for name, values in source.cuts[cut].held(group).items():
            asked &= reduce(or_, (Q(**{f"facts__{name}": value}) for value in values), Q(pk__in=[]))
    return asked


def _key(source: Source, by: tuple[str, ...], group: Mapping[str, Any]) -> tuple[str, ...]:
    names = _facts(source, by)
    values = {name: group[f"_c{place}"] for place, name in enumerate(names)}
    return tuple(
        f"{values['month']:%Y-%m}"
        if cut == "month"
        else source.cuts[cut].keyed(tuple(str(values[name]) for name in source.cuts[cut].fields))
        for cut in by
    )


def _add_middles(each: Figure, rows: Any, columns: list[str], found: Tally, ask: Ask) -> None:
    took = Cast(KeyTextTransform(each.measure, "measured"), FloatField())
    counted = rows.filter(marks__contains=mark(each.key, "n")).annotate(_took=took)
    for group in middle_rows(counted, "_took", columns):
        add_middle(found[_key(each.source, ask.by, group)], each, group["_took"])


def frozen_cell(each: Figure, tally: Mapping[str, Any], groups: Mapping[str, str], ask: Ask) -> Cell:
    """A frozen number; its list is asked for as ``frozen=2026-10~received~n~grid=12``."""
    period = groups.get("month") or (ask.period.text if ask.period else "")
    more = [*ask.scope, *((cut, key) for cut, key in groups.items() if cut != "month")]

    def params(part: str) -> dict[str, str]:
        return {"frozen": SEPARATOR.join([period, each.key, part, *(f"{cut}={key}" for cut, key in more)])}

    return Cell(
        each,
        int(tally.get(f"{each.key}:n") or 0),
        int(tally.get(f"{each.key}:d") or 0) if each.is_share else None,
        params("n"),
        params("d" if each.is_share else "n"),
        tally.get(f"{each.key}:m"),
        is_frozen=True,
    )


def frozen_keys(source: str, value: str, user: Any) -> Any:
    """The keys behind a frozen number, for the filter of the list; ValueError or KeyError for what cannot be read, or
    is not for this user.
    """
    period, key, part, *groups = value.split(SEPARATOR)
    each = figure(key)
    if part not in PARTS or each.source.key != source or not each.is_for(user):
        raise ValueError(value)
    pairs = tuple((cut, group) for cut, _, group in (said.partition("=") for said in groups))
    return FrozenRow.objects.filter(
        _held(each.source, pairs),
        source=source,
        closed__month__in=run_of(period).each(),
        marks__contains=mark(key, part),
    ).values("key")


def frozen_words(value: str) -> str:
    """The condition as people say it."""
    try:
        period, key, part, *_ = value.split(SEPARATOR)
        return f"{run_of(period).name}封存的「{figure(key).name}」{PARTS[part]}"
    except (KeyError, ValueError):
        return value
