"""Reckoning (算出): many facts of a few, by a statement that is put together once a day and then asked again and again.

Putting together a statement with a dozen nested questions takes longer than answering it for a page of rows.
"""

import datetime
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models

from liren.core.rules.models import Rule

from . import fact
from .columns import Bounds
from .comparisons import alias_of
from .conditions import with_facts

# Stands for the ids in the statement that is kept.
SOME = -987_654_321


def facts_of(
    model: type[models.Model], keys: frozenset[str], on: datetime.date, pks: Sequence[int]
) -> dict[int, dict]:
    """The facts of these rows, by primary key: plain values, Bounds for what is known in part, None for the unknown."""
    if not pks or not keys:
        return {pk: {} for pk in pks}
    head, tail, params, names = _statement(model, keys, on, connection.vendor, _edition())
    with connection.cursor() as cursor:
        cursor.execute(f"{head}IN ({', '.join(['%s'] * len(pks))}){tail}", [*params, *pks])
        rows = cursor.fetchall()
    return {row[0]: _values(keys, dict(zip(names, row[1:], strict=True))) for row in rows}


def _edition() -> tuple[int, ...]:
    """Changes whenever somebody enters another number: ages and days stand in the statement."""
    found = Rule.objects.aggregate(n=models.Count("pk"), last=models.Max("pk"))
    return found["n"], found["last"] or 0


@lru_cache(maxsize=256)
def _statement(
    model: type[models.Model], keys: frozenset[str], on: datetime.date, vendor: str, edition: tuple[int, ...]
) -> tuple[str, str, tuple[Any, ...], tuple[str, ...]]:
    names = [alias_of(key) for key in sorted(keys)]
    names += [alias_of(key, high=True) for key in sorted(keys) if fact(key).high]
    asked = with_facts(model._default_manager.order_by(), set(keys), on).filter(pk__in=[SOME])
    sql, params = asked.values_list("pk", *names).query.sql_with_params()
    # The statement's own WHERE comes last, and in it only the ids.
    head, _, tail = sql.rpartition("IN (%s)")
    if params[-1] != SOME or "%s" in tail:
        raise ValueError("the ids have to be the last parameter of the statement")
    return head, tail, tuple(params[:-1]), tuple(names)


def _values(keys: frozenset[str], row: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for key in keys:
        asked, value = fact(key), row[alias_of(key)]
        if value is not None and asked.high:
            value = Bounds(value, row[alias_of(key, high=True)]).known
        elif value is not None and asked.is_yes_no:
            value = bool(value)
        found[key] = value
    return found
