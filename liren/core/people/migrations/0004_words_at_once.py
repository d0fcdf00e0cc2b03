"""The triggers of the word index can be held while many rows are written: FTS5 writes to the disk at the end of each
statement, which for thousands of single rows costs twenty times the rows themselves. PostgreSQL needs nothing."""

from typing import Any

from django.db import migrations

HELD = "WHEN NOT EXISTS (SELECT 1 FROM people_words_held)"
FORWARDS = [
    "CREATE TABLE people_words_held (held integer)",
    "DROP TRIGGER people_words_insert",
    "DROP TRIGGER people_words_delete",
    f"CREATE TRIGGER people_words_insert AFTER INSERT ON people_person {HELD} BEGIN "  # noqa: S608
    "INSERT INTO people_words(rowid, words, community_id) VALUES (new.id, new.words, new.community_id); END",
    f"CREATE TRIGGER people_words_delete AFTER DELETE ON people_person {HELD} BEGIN "  # noqa: S608
    "INSERT INTO people_words(people_words, rowid, words, community_id) "
    "VALUES ('delete', old.id, old.words, old.community_id); END",
]
BACKWARDS = [
    "DROP TRIGGER people_words_insert",
    "DROP TRIGGER people_words_delete",
    "CREATE TRIGGER people_words_insert AFTER INSERT ON people_person BEGIN "
    "INSERT INTO people_words(rowid, words, community_id) VALUES (new.id, new.words, new.community_id); END",
    "CREATE TRIGGER people_words_delete AFTER DELETE ON people_person BEGIN "
    "INSERT INTO people_words(people_words, rowid, words, community_id) "
    "VALUES ('delete', old.id, old.words, old.community_id); END",
    "DROP TABLE people_words_held",
]


def forwards(apps: Any, schema_editor: Any) -> None:
    """Makes the triggers that can be held."""
    for statement in FORWARDS if schema_editor.connection.vendor == "sqlite" else ():
        schema_editor.execute(statement)


def backwards(apps: Any, schema_editor: Any) -> None:
    """Makes the old ones again."""
    for statement in BACKWARDS if schema_editor.connection.vendor == "sqlite" else ():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_tenures")]
    operations = [migrations.RunPython(forwards, backwards)]
