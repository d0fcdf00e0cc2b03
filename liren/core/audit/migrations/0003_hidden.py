"""Traces about what only a named circle may know of. SQLite rebuilds the table for it, and its triggers with it."""

from importlib import import_module
from typing import Any

from django.db import migrations, models

APPEND_ONLY = import_module("liren.core.audit.migrations.0002_append_only")


def put_triggers_back(apps: Any, schema_editor: Any) -> None:
    """Makes SQLite's triggers again; PostgreSQL's have stayed."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in APPEND_ONLY.SQLITE:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.AddField("trace", "hidden", models.BooleanField(default=False)),
        migrations.RunPython(put_triggers_back, put_triggers_back),
    ]
