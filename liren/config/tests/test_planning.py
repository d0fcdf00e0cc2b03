"""SQLite knows how its tables have grown; migrations that are still to come are seen."""

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from liren.config.planning import count_tables, is_behind
from liren.config.schedule import DAILY
from liren.core.areas.models import Area

pytestmark = pytest.mark.django_db


def counted(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s LIMIT 1", [table])
        return int(cursor.fetchone()[0].split()[0])


def test_tables_are_counted_each_night(village: Any) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL counts by itself")
    count_tables()
    assert counted("areas_area") == Area.objects.count()
    assert count_tables in DAILY.values()


def test_a_migration_still_to_come_is_seen() -> None:
    assert not is_behind()
    last = MigrationLoader(connection).graph.leaf_nodes("matters")[0]
    MigrationRecorder(connection).record_unapplied(*last)
    assert is_behind()
