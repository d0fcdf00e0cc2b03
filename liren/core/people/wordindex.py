"""The word index (检索词): the one place that knows how SQLite (FTS5) and PostgreSQL (GIN) are asked for words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.models.expressions import RawSQL

# With more communities than this the filter on words costs more than it saves.
FEW = 8


def bearers(words: Sequence[str], communities: Sequence[int], *, beginning: bool = False) -> RawSQL:
    """Ids of the persons who bear all of these words, for ``pk__in``; `beginning` takes the last word as the start of
    one. The communities narrow the walk through the index; rights are the business of the queryset around it.
    """
    if not all(word.isalnum() for word in words) or not words:
        raise ValueError("words of the index are letters and figures only")
    near = communities if len(communities) <= FEW else ()
    if connection.vendor == "sqlite":
        return _fts5(words, near, beginning)
    return _gin(words, near, beginning)


def _fts5(words: Sequence[str], communities: Sequence[int], beginning: bool) -> RawSQL:
    terms = [f'words : "{word}"' for word in words]
    terms[-1] += " *" if beginning else ""
    if communities:
        terms.append("(" + " OR ".join(f'community_id : "{pk}"' for pk in communities) + ")")
    sql = "SELECT rowid FROM people_words WHERE people_words MATCH %s"
    return RawSQL(sql, [" AND ".join(terms)])  # noqa: S611 - a fixed statement with one parameter


def _gin(words: Sequence[str], communities: Sequence[int], beginning: bool) -> RawSQL:
    terms = [f"'{word}'" for word in words]
    terms[-1] += ":*" if beginning else ""
    if communities:
        terms.append("(" + " | ".join(f"'@{pk}'" for pk in communities) + ")")
    sql = (
        "SELECT id FROM people_person WHERE array_to_tsvector(array_remove("
        "string_to_array(words || ' @' || community_id, ' '), '')) @@ %s::tsquery"
    )
    return RawSQL(sql, [" & ".join(terms)])  # noqa: S611 - a fixed statement with one parameter


@contextmanager
def entered_at_once(first: int, last: int) -> Iterator[None]:
    """Around writing the persons of these ids: their words go into the index in one statement afterwards.

    Must run inside a transaction, so that nobody ever sees the index held.
    """
    with _held():
        yield
        if connection.vendor == "sqlite":
            _run(
                "INSERT INTO people_words(rowid, words, community_id) "
                "SELECT id, words, community_id FROM people_person WHERE id BETWEEN %s AND %s",
                [first, last],
            )


@contextmanager
def forgotten_at_once(ids: Sequence[int]) -> Iterator[None]:
    """Around deleting these persons: their words leave the index in one statement before."""
    with _held():
        if connection.vendor == "sqlite" and ids:
            marks = ", ".join(["%s"] * len(ids))
            _run(
                "INSERT INTO people_words(people_words, rowid, words, community_id) "  # noqa: S608
                f"SELECT 'delete', id, words, community_id FROM people_person WHERE id IN ({marks})",
                list(ids),
            )
        yield


@contextmanager
def _held() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    _run("INSERT INTO people_words_held VALUES (1)")
    yield
    _run("DELETE FROM people_words_held")


def _run(statement: str, values: Sequence[int] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
