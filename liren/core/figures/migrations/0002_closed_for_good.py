"""The database itself refuses to alter or remove what a closed month was made of."""

from typing import Any

from django.db import migrations

TABLES = ("figures_closedmonth", "figures_frozenrow")
FUNCTION = (
    "CREATE FUNCTION figures_closed_for_good() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'closed months do not change'; END $$"
)


def forwards(apps: Any, schema_editor: Any) -> None:
    """Makes the triggers."""
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for deed in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'closed months do not change'); END"
                )
        return
    schema_editor.execute(FUNCTION)
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_for_good BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION figures_closed_for_good()"
        )


def backwards(apps: Any, schema_editor: Any) -> None:
    """Takes them away."""
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for deed in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{deed}")
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_for_good ON {table}")
    schema_editor.execute("DROP FUNCTION figures_closed_for_good()")


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
