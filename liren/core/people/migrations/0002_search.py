"""The index of search words: FTS5 in SQLite, kept in step by triggers; a GIN index over a tsvector in PostgreSQL.

A later migration that makes SQLite copy the table people_person has to make the triggers again (people/search).
"""

from typing import Any

import django.db.models as models
from django.db import migrations

# External content, because contentless tables cannot forget a row before SQLite 3.43. The community is a word of its
# own column, so that a search inside one community never walks through the others.
SQLITE = [
    "CREATE VIRTUAL TABLE people_words USING fts5(words, community_id, content='people_person', content_rowid='id', "
    "tokenize='unicode61', prefix='1', detail=column)",
    "CREATE TRIGGER people_words_insert AFTER INSERT ON people_person BEGIN "
    "INSERT INTO people_words(rowid, words, community_id) VALUES (new.id, new.words, new.community_id); END",
    "CREATE TRIGGER people_words_delete AFTER DELETE ON people_person BEGIN "
    "INSERT INTO people_words(people_words, rowid, words, community_id) "
    "VALUES ('delete', old.id, old.words, old.community_id); END",
    "CREATE TRIGGER people_words_update AFTER UPDATE OF words ON people_person WHEN old.words <> new.words BEGIN "
    "INSERT INTO people_words(people_words, rowid, words, community_id) "
    "VALUES ('delete', old.id, old.words, old.community_id); "
    "INSERT INTO people_words(rowid, words, community_id) VALUES (new.id, new.words, new.community_id); END",
]
# No parser of words: what they are was decided when they were written, and no locale can cut them otherwise.
POSTGRESQL = [
    "CREATE INDEX people_person_words ON people_person USING gin "
    "(array_to_tsvector(array_remove(string_to_array(words || ' @' || community_id, ' '), '')))",
]
SQLITE_BACK = [
    "DROP TRIGGER people_words_insert",
    "DROP TRIGGER people_words_delete",
    "DROP TRIGGER people_words_update",
    "DROP TABLE people_words",
]
POSTGRESQL_BACK = ["DROP INDEX people_person_words"]


def forwards(apps: Any, schema_editor: Any) -> None:
    """Makes the index."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def backwards(apps: Any, schema_editor: Any) -> None:
    """Takes it away."""
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


def order(name: str, *fields: str, model: str = "person") -> migrations.AddIndex:
    return migrations.AddIndex(model, models.Index(fields=list(fields), name=name))


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        migrations.RemoveIndex("person", "person_order"),
        migrations.RemoveIndex("person", "person_pinyin"),
        migrations.RemoveIndex("person", "person_birth"),
        migrations.RemoveIndex("person", "person_area"),
        migrations.AddField(
            "person",
            "present",
            models.GeneratedField(
                expression=models.Case(
                    models.When(
                        models.Q(status__in=("living", "away"), merged_into__isnull=True), then=models.Value(True)
                    ),
                    default=models.Value(False),
                ),
                output_field=models.BooleanField(),
                db_persist=True,
            ),
        ),
        order("person_order", "community", "present", "pinyin", "id"),
        order("person_birth", "community", "present", "birth"),
        order("person_area", "area", "present", "pinyin", "id"),
        order("residence_tenure", "community", "tenure", "to_on", "person", model="residence"),
        migrations.RunPython(forwards, backwards),
    ]
