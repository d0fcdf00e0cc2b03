"""Rows (成行写入): millions of rows into any table as fast as the database takes them."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

from liren.core.people.inserting import count_again

CHUNK = 5000


class Table:
    """One table that is filled from nothing: the columns that are said, the model's defaults for the rest."""

    def __init__(self, model: type[models.Model], *said: str) -> None:
        fields = [
            field
            for field in model._meta.concrete_fields
            # Numbers that are not said the database gives itself; PostgreSQL takes no NULL for them.
            if not getattr(field, "generated", False)
            and (field.attname in said or not isinstance(field, models.AutoField))
        ]
        rest = [field for field in fields if field.attname not in said]
        by_name = {field.attname: field for field in fields}
        quote = connection.ops.quote_name
        self.model = model
        self.columns = ", ".join(
            quote(str(field.column)) for field in [*(by_name[name] for name in said), *rest]
        )
        self.table = quote(model._meta.db_table)
        self.filled = tuple(_stored(field.get_default(), field) for field in rest)
        self.marks = ", ".join(["%s"] * len(fields))
        self.count = 0

    def write(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Appends rows; values as the database stores them."""
        self.count += len(rows)
        full: Iterable[tuple[Any, ...]] = (row + self.filled for row in rows)
        # One transaction: by itself SQLite would commit every row.
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.cursor.copy(f"COPY {self.table} ({self.columns}) FROM STDIN") as copy:
                    for row in full:
                        copy.write_row(row)
                return
            cursor.executemany(f"INSERT INTO {self.table} ({self.columns}) VALUES ({self.marks})", list(full))  # noqa: S608


def _stored(value: Any, field: models.Field[Any, Any]) -> Any:
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, dict | list):
        return "{}" if isinstance(value, dict) else "[]"
    return field.get_db_prep_save(value, connection)


def prepare() -> list[str]:
    """Sets the database to haste; gives back what has to be made again afterwards."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        for pragma in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-400000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'people_person'"
        )
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
    return [sql for _, sql in triggers]


def finish(triggers: list[str], tables: Iterable[Table]) -> None:
    """Indexes, sequences and statistics as they are in a register that has grown."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO people_words(people_words) VALUES ('rebuild')")
            for statement in triggers:
                cursor.execute(statement)
            count_again(*(table.model for table in tables))
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
                cursor.execute(statement)
            cursor.execute("VACUUM ANALYZE")
