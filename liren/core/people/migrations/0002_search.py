"""The index of search words: FTS5 in SQLite, kept in step by triggers; a GIN index over tsvector in PostgreSQL."""

from typing import Any

from django.db import migrations

# External content, because contentless tables cannot forget a row before SQLite 3.43.
SQLITE = [
    "CREATE VIRTUAL TABLE people_words USING fts5(words, content='people_person', content_rowid='id', "
    "tokenize='unicode61', prefix='1 2', detail=column)",
    "CREATE TRIGGER people_words_insert AFTER INSERT ON people_person BEGIN "
    "INSERT INTO people_words(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER people_words_delete AFTER DELETE ON people_person BEGIN "
    "INSERT INTO people_words(people_words, rowid, words) VALUES ('delete', old.id, old.words); END",
    "CREATE TRIGGER people_words_update AFTER UPDATE OF words ON people_person WHEN old.words <> new.words BEGIN "
    "INSERT INTO people_words(people_words, rowid, words) VALUES ('delete', old.id, old.words); "
    "INSERT INTO people_words(rowid, words) VALUES (new.id, new.words); END",
]
POSTGRESQL = [
    "CREATE INDEX people_person_words ON people_person USING gin (to_tsvector('simple', words))",
    "CREATE INDEX people_person_pinyin_like ON people_person (community_id, pinyin text_pattern_ops)",
    "CREATE INDEX people_person_initials_like ON people_person (community_id, initials text_pattern_ops)",
]
SQLITE_BACK = [
    "DROP TRIGGER people_words_insert",
    "DROP TRIGGER people_words_delete",
    "DROP TRIGGER people_words_update",
    "DROP TABLE people_words",
]
POSTGRESQL_BACK = [
    "DROP INDEX people_person_words",
    "DROP INDEX people_person_pinyin_like",
    "DROP INDEX people_person_initials_like",
]


def forwards(apps: Any, schema_editor: Any) -> None:
    """Makes the index."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def backwards(apps: Any, schema_editor: Any) -> None:
    """Takes it away."""
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
