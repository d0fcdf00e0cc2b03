"""Prepared (备好的查询): a question that has the same form each time is put into SQL once, and not for every request.

For a small page, turning the same querysets into the same SQL again took longer than the database took to answer. What
differs from one asking to the next is `Given`; nothing that was answered is kept, only the words of the question.

A question lives as long as the process. So nothing that moves with time or with who asks may stand in it: today, now,
a rule's number, somebody's areas. Each of these is `Given`, or the answer of tomorrow is that of the day of the start.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import connections, models
from django.db.models.sql.compiler import SQLCompiler

KEY_BITS = 63


@dataclass(frozen=True)
class _Place:
    """Where a value goes, among the parameters of a statement."""

    name: str
    field: models.Field[Any, Any]


class Given(models.Expression):
    """Stands in a question for a value that comes with each asking. It cannot be None or a list: these make another
    question.
    """

    allowed_default = False

    def __init__(self, name: str, field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """One parameter, filled in later."""
        return "%s", (_Place(self.name, self.output_field),)


def text(name: str) -> Given:
    """A given text."""
    return Given(name, models.CharField())


def key(name: str) -> Given:
    """The given key of a record. One that no column holds is the key of nothing, and no row is found."""
    return Given(name, models.BigIntegerField())


def day(name: str) -> Given:
    """A given day."""
    return Given(name, models.DateField())


def moment(name: str) -> Given:
    """A given time."""
    return Given(name, models.DateTimeField())


class Prepared:
    """``POSTS = Prepared(lambda: Post.objects.filter(user=key("user")))``, then ``POSTS(user=7)``: a list of rows.

    The question is made when first asked, because models are not there earlier.
    """

    def __init__(self, question: Callable[[], models.QuerySet[Any]]) -> None:
        self.question = question
        self._ready: tuple[models.QuerySet[Any], SQLCompiler, str, tuple[Any, ...]] | None = None

    def __call__(self, **values: Any) -> list[Any]:
        """Asks with these values."""
        if self._ready is None:
            self._ready = self._prepare()
        rows, ready, sql, places = self._ready
        if any(type(value) is int and value.bit_length() > KEY_BITS for value in values.values()):
            return []
        connection = connections[rows.db]
        params = tuple(
            place.field.get_db_prep_value(values[place.name], connection) if type(place) is _Place else place
            for place in places
        )
        # The connection is that of this thread; all else of it only describes the columns.
        compiler: Any = copy(ready)
        compiler.connection = connection
        compiler.as_sql = lambda *args, **kwargs: (sql, params)
        asked: Any = rows.all()
        asked.query.get_compiler = lambda *args, **kwargs: compiler
        return list(asked)

    def _prepare(self) -> tuple[models.QuerySet[Any], SQLCompiler, str, tuple[Any, ...]]:
        rows = self.question()
        compiler: Any = rows.query.get_compiler(using=rows.db)
        sql, params = compiler.as_sql()
        # How each column becomes a value depends on the columns alone.
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        compiler.get_converters = lambda columns: converters
        return rows, compiler, sql, tuple(params)
