"""The database itself refuses to alter or remove a trace."""

from typing import Any

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER audit_trace_no_update BEFORE UPDATE ON audit_trace "
    "BEGIN SELECT RAISE(ABORT, 'traces are append-only'); END",
    "CREATE TRIGGER audit_trace_no_delete BEFORE DELETE ON audit_trace "
    "BEGIN SELECT RAISE(ABORT, 'traces are append-only'); END",
]
POSTGRESQL = [
    "CREATE FUNCTION audit_trace_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'traces are append-only'; END $$",
    "CREATE TRIGGER audit_trace_append_only BEFORE UPDATE OR DELETE ON audit_trace "
    "FOR EACH ROW EXECUTE FUNCTION audit_trace_append_only()",
]
SQLITE_BACK = ["DROP TRIGGER audit_trace_no_update", "DROP TRIGGER audit_trace_no_delete"]
POSTGRESQL_BACK = [
    "DROP TRIGGER audit_trace_append_only ON audit_trace",
    "DROP FUNCTION audit_trace_append_only()",
]


def forwards(apps: Any, schema_editor: Any) -> None:
    """Makes the triggers."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def backwards(apps: Any, schema_editor: Any) -> None:
    """Takes them away."""
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
