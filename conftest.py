"""What every test stands on: sockets are shut, save for the browser journeys; one small world to tell stories in."""

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# The same examples every time, on however slow a machine; `--hypothesis-profile=search` looks for new ones.
settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

JOURNEYS = Path(__file__).parent / "tests" / "journeys"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(JOURNEYS):
            item.add_marker(pytest.mark.enable_socket)
            item.add_marker("journey")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "journey: a story told in a real browser")


@pytest.fixture(scope="session", autouse=True)
def traces_go_with_their_test() -> Iterator[None]:
    """After a test with real transactions every table is emptied; SQLite's triggers on append-only rows step aside."""
    from django.db.backends.sqlite3.base import DatabaseOperations

    empty = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: Any, sql_list: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
                "AND tbl_name IN ('audit_trace', 'matters_entry')"
            )
            guards = cursor.fetchall()
            for name, _ in guards:
                cursor.execute(f"DROP TRIGGER {name}")
            empty(self, sql_list)
            for _, sql in guards:
                cursor.execute(sql)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", execute_sql_flush)
        yield


@pytest.fixture(scope="session")
def village_rows(
    django_db_setup: None, django_db_blocker: Any
) -> tuple[Any, list[tuple[str, list[Any]]], str]:
    """The village, built once by the real actions, taken out of the database again and kept as rows."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection, transaction

    from liren.sample.village import build

    tables = apps.get_models(include_auto_created=True)
    with django_db_blocker.unblock(), transaction.atomic():
        # What migrations filled stays where it is.
        empty = [table for table in tables if not _rows_of(table)[1]]
        built = build()
        kept = [(table, *_rows_of(table)) for table in empty]
        transaction.set_rollback(True)
    rows = [(insert, found) for _, insert, found in kept if found]
    # A test that counted PostgreSQL's sequences back leaves them behind the keys that the rows bring with them.
    behind = connection.ops.sequence_reset_sql(no_style(), [table for table, _, found in kept if found])
    return built, rows, " ".join(behind) if connection.vendor == "postgresql" else ""


def _rows_of(model: Any) -> tuple[str, list[Any]]:
    """The statement that puts rows back into a table, and the rows; what the database works out itself stays out."""
    from django.db import connection

    quoted = connection.ops.quote_name
    table = quoted(model._meta.db_table)
    names = ", ".join(quoted(f.column) for f in model._meta.local_concrete_fields if not f.generated)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {table}")  # noqa: S608
        found = cursor.fetchall()
    signs = ", ".join(["%s"] * (names.count(", ") + 1))
    return f"INSERT INTO {table} ({names}) VALUES ({signs})", found  # noqa: S608


@pytest.fixture
def village(village_rows: tuple[Any, list[tuple[str, list[Any]]], str], db: None) -> Any:
    """The village of liren/sample/village.py for one test: ``village.secretary``, ``village.alone`` …"""
    from django.db import connection, transaction

    built, rows, sequences = village_rows
    with transaction.atomic(), connection.cursor() as cursor:
        for insert, found in rows:
            cursor.executemany(insert, found)
        if sequences:
            cursor.execute(sequences)
    return copy.deepcopy(built)


@pytest.fixture
def client_as() -> Callable[[Any], Any]:
    """A browser in which somebody has signed in: ``client_as(village.secretary).get("/")``."""
    from django.test import Client

    def signed_in(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
