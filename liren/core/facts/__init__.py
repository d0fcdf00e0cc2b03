"""Facts (要素): everything that can be known, declared once; columns, filters, imports and policies read this book."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from liren.core.duty import Refused
from liren.core.privacy.tiers import Tier

__all__ = ["Fact", "Kind", "all_facts", "declare", "fact", "facts_for", "may_use"]

Expression = Callable[[datetime.date], Any]


class Kind(StrEnum):
    """What sort of value a fact has. Dates are ISO text wherever they are compared, so that partial ones can be."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CODE = "code"
    YES_NO = "yes_no"
    LABEL = "label"


@dataclass(frozen=True)
class Fact:
    """Fact (要素): one thing that can be known.

    key         "person.age": what conditions and columns refer to
    name        年龄; synonyms are other headings under which forms ask for it
    expression  how the database gets it as of a day; NULL means not known
    high        the greatest it can be, when it is known only between two bounds (a birth of which the year is known)
    holds       a clear yes to [fact, op, value] as a Q that an index can answer; None leaves it to the expression.
                It is told the communities asked about when they are few, because the indexes begin with them
    reckoned    for many at once without asking the database to reckon: the stored field it follows from, and how
                the values of that field become a Column as of a day
    choices     codes and their names, for code facts
    derived     worked out from other facts, never typed
    filters     whether it may be asked for in a filter at all
    """

    key: str
    name: str
    kind: Kind
    expression: Expression
    high: Expression | None = None
    holds: Callable[[str, Any, datetime.date, Sequence[int]], Any] | None = None
    reckoned: tuple[str, Callable[[Sequence[str], datetime.date], Any]] | None = None
    choices: Callable[[], Sequence[tuple[str, str]]] = tuple
    synonyms: tuple[str, ...] = ()
    unit: str = ""
    tier: int = Tier.T0
    line: str = ""
    group: str = "人"
    derived: bool = False
    filters: bool = True
    sort: tuple[str, ...] = ()

    @property
    def is_yes_no(self) -> bool:
        """Whether it is answered by yes or no; labels are."""
        return self.kind in (Kind.YES_NO, Kind.LABEL)

    @property
    def nothing(self) -> str | int | bool:
        """A value of the fact's type that means nothing, for arrays."""
        return {Kind.NUMBER: 0, Kind.YES_NO: False, Kind.LABEL: False}.get(self.kind, "")

    def said(self, value: Any) -> str:
        """A value in words; empty when it is not known."""
        if value is None or value == "":
            return ""
        if self.is_yes_no:
            return "是" if value else "否"
        if self.kind == Kind.CODE:
            return dict(self.choices()).get(value, str(value))
        return f"{value}{' ' + self.unit if self.unit else ''}"


_book: dict[str, Fact] = {}


def declare(new: Fact) -> Fact:
    """Writes a fact into the book; raises ValueError for a second one of the same key."""
    if new.key in _book:
        raise ValueError(f"two facts called {new.key}")
    _book[new.key] = new
    return new


def fact(key: str) -> Fact:
    """The fact of this key; Refused when nobody declares it, because keys come from addresses and saved views."""
    try:
        return _book[key]
    except (KeyError, TypeError):
        raise Refused("有一个条件系统不认识，可能来自旧的视图。请去掉它再试") from None


def all_facts() -> list[Fact]:
    """Every fact, in the order of declaration."""
    return list(_book.values())


def may_use(user: Any, asked: Fact) -> bool:
    """Whether a user may have lists by this fact: T2 only with its line in every post that sees residents, T3 never,
    because each look at a restricted label needs a reason of its own.
    """
    if asked.tier <= Tier.T1:
        return True
    seeing = [post for post in user.current_posts if "people.see" in post.grants.abilities]
    lines = [post.grants.all_lines or asked.line in post.lines for post in seeing]
    return asked.tier == Tier.T2 and bool(lines) and all(lines)


def facts_for(user: Any) -> list[Fact]:
    """The facts by which this user may have lists."""
    return [each for each in _book.values() if may_use(user, each)]
