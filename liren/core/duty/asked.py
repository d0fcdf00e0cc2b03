"""Asked once (问过的): what one request has asked the database already and asks again and again: who is named in which
circle, what a number of law is today, which days are off.

An answer lives as long as the request that asked, some milliseconds, and no longer than until that request writes
something: nothing is remembered from one request to the next, so what holds in one process holds in all. Outside a
request nothing is remembered at all.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Answer = TypeVar("Answer")
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def one_request() -> Iterator[None]:
    """Answers are kept inside and forgotten at the end."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def asked(key: Hashable, question: Callable[[], Answer]) -> Answer:
    """The answer of before, or the one of now. Whoever gets it does not change it."""
    answers = _answers.get()
    if answers is None:
        return question()
    if key not in answers:
        answers[key] = question()
    return answers[key]


def ask_anew() -> None:
    """Something was written, or may yet be taken back: the rest of this request asks each time."""
    _answers.set(None)
