"""Inserting (成批写入): rows of one table by the thousand, without building a model object for each.

A roster of thirty thousand people is some two hundred thousand rows; the objects would cost four times the database.
Ids are reserved first, so that rows of several tables can point at each other before any is written.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from typing import Any

from django.db import connection, models

Row = Mapping[str, Any]
Reader = Callable[[Any], Any]
# Fields whose values are the same in Python and in the database of either kind.
AS_THEY_ARE = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.BinaryField,
    models.ForeignKey,
)


def insert_rows(
    model: type[models.Model], rows: Sequence[Row], ids: Sequence[int] | None = None
) -> Sequence[int]:
    """Writes rows, each a mapping of column attributes (``person_id``, ``name``) to values; defaults fill the rest.

    Returns the ids in the order of the rows, those handed in or reserved here. Every row names the same attributes.
    Must run inside a transaction, which in SQLite holds the write lock, so that nobody else takes the ids.
    """
    if not rows:
        return []
    ids = ids or reserve_ids(model, len(rows))
    fields = [each for each in model._meta.concrete_fields if not (each.primary_key or each.generated)]
    columns = {**_said(fields, rows), **_filled(fields, rows)}
    _write(model, [model._meta.pk, *columns], zip(ids, *columns.values(), strict=True))
    return ids


def _said(fields: Sequence[Any], rows: Sequence[Row]) -> dict[Any, Sequence[Any]]:
    """The columns that the rows name, each as a whole: ten thousand rows are turned by a few calls.

    One in which no row says anything is left out, and is NULL: to bind so many of them costs more than figures do.
    """
    named = [field for field in fields if field.attname in rows[0]]
    pick = _picker([field.attname for field in named])
    columns = zip(named, zip(*map(pick, rows), strict=True), strict=True)
    return {
        field: _stored(field, column)
        for field, column in columns
        if not (field.null and column.count(None) == len(column))
    }


def _stored(field: Any, column: Sequence[Any]) -> Sequence[Any]:
    reader = _reader(field)
    return [None if value is None else reader(value) for value in column] if reader else column


def _filled(fields: Sequence[Any], rows: Sequence[Row]) -> dict[Any, Iterable[Any]]:
    """The columns that the rows do not name, where their default is something."""
    defaults = {
        field: _prepared(field, field.get_default()) for field in fields if field.attname not in rows[0]
    }
    return {field: repeat(value, len(rows)) for field, value in defaults.items() if value is not None}


def _picker(names: list[str]) -> Callable[[Row], Sequence[Any]]:
    """Several values of a row at once; the fast way gives one alone without a sequence around it."""
    return itemgetter(*names) if len(names) > 1 else lambda row: [row[name] for name in names]


def _write(model: type[models.Model], fields: Sequence[Any], values: Iterable[tuple[Any, ...]]) -> None:
    """COPY in PostgreSQL, which is four times as fast there; one prepared INSERT in SQLite."""
    quote: Callable[[Any], str] = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), ", ".join(quote(field.column) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(fields))
        statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608
        rows: Any = values
        cursor.executemany(statement, rows)


def update_rows(model: type[models.Model], name: str, pairs: Iterable[tuple[int, Any]]) -> None:
    """Sets one attribute of many rows: pairs of id and value."""
    field = next(each for each in model._meta.concrete_fields if each.attname == name)
    read = _reader(field)
    quote: Callable[[Any], str] = connection.ops.quote_name
    statement = (
        f"UPDATE {quote(model._meta.db_table)} SET {quote(field.column)} = %s "  # noqa: S608
        f"WHERE {quote(model._meta.pk.column)} = %s"
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            statement, [(read(value) if read and value is not None else value, pk) for pk, value in pairs]
        )


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Ids that nobody else will get: from the sequence in PostgreSQL, above the highest ever used in SQLite."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            column = model._meta.pk.column
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, column, count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        first = (found[0] if found else 0) + 1
        return list(range(first, first + count))


def _reader(field: models.Field[Any, Any]) -> Reader | None:
    """How a value of this field becomes one of the database; None when it is one already."""
    if isinstance(field, AS_THEY_ARE):
        return None
    if type(field) is models.DateField:
        # a roster has few days, and says them often
        return lru_cache(maxsize=4096)(connection.ops.adapt_datefield_value)
    if isinstance(field, models.JSONField):
        empty = {kind: _prepared(field, kind()) for kind in (list, dict)}
        return lambda value: _prepared(field, value) if value else empty[type(value)]
    return lambda value: _prepared(field, value)


def _prepared(field: models.Field[Any, Any], value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def count_again(*tables: type[models.Model]) -> None:
    """Tells SQLite's planner how the tables have grown; without it the wrong index may be taken, for ever.

    A thousand rows of each index are looked at, so that it takes a moment at any size. PostgreSQL does it by itself.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA analysis_limit = 1000")
        for model in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
