"""The database itself refuses to alter or remove an entry."""

from typing import Any

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER matters_entry_no_update BEFORE UPDATE ON matters_entry "
    "BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END",
    "CREATE TRIGGER matters_entry_no_delete BEFORE DELETE ON matters_entry "
    "BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END",
]
POSTGRESQL = [
    "CREATE FUNCTION matters_entry_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'entries are append-only'; END $$",
    "CREATE TRIGGER matters_entry_append_only BEFORE UPDATE OR DELETE ON matters_entry "
    "FOR EACH ROW EXECUTE FUNCTION matters_entry_append_only()",
]
SQLITE_BACK = ["DROP TRIGGER matters_entry_no_update", "DROP TRIGGER matters_entry_no_delete"]
POSTGRESQL_BACK = [
    "DROP TRIGGER matters_entry_append_only ON matters_entry",
    "DROP FUNCTION matters_entry_append_only()",
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
    dependencies = [("matters", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
