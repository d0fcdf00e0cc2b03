"""Asked once (问过的): what one request has asked the database already and asks again and again: who is named in which
circle, what a number of law is today, which days are off.

An answer lives as long as the request that asked, some milliseconds, and no longer than until that request writes
something: nothing is remembered from one request to the next, so what holds in one process holds in all. Outside a
request nothing is remembered at all.

Work that writes a thousand rows of one sort keeps by `steady` what those rows cannot change, for as long as it runs.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Answer = TypeVar("Answer")
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)
_steady: ContextVar[tuple[frozenset[str], dict[Hashable, Any]] | None] = ContextVar("steady", default=None)
# Numbers of law and days off, for `steady`: no work on matters changes them.
LAW = ("rule", "official days")


@contextmanager
def one_request() -> Iterator[None]:
    """Answers are kept inside and forgotten at the end."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


@contextmanager
def steady(*names: str) -> Iterator[None]:
    """Answers to these questions are kept inside, whatever is written meanwhile, and forgotten at the end."""
    token = _steady.set((frozenset(names), {}))
    try:
        yield
    finally:
        _steady.reset(token)


def asked(key: Hashable, question: Callable[[], Answer]) -> Answer:
    """The answer of before, or the one of now. Whoever gets it does not change it."""
    answers = _kept_for(key)
    if answers is None:
        return question()
    if key not in answers:
        answers[key] = question()
    return answers[key]


def _kept_for(key: Hashable) -> dict[Hashable, Any] | None:
    """Where the answer to this question is kept now; nowhere when it must be asked each time."""
    names, answers = _steady.get() or (frozenset(), {})
    name = key[0] if isinstance(key, tuple) and key else key
    return answers if name in names else _answers.get()


def ask_anew() -> None:
    """Something was written, or may yet be taken back: the rest of this request asks each time."""
    _answers.set(None)
