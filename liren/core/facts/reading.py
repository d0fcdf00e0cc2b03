"""Reading (读条件): a tree of JSON becomes a condition, or a sentence says what is wrong with it."""

import datetime
from collections.abc import Callable
from typing import Any

from liren.core.duty import Refused

from . import Fact, Kind, fact, may_use
from .comparisons import OPS
from .conditions import Condition, Group, Not, Test

DEEPEST, MOST = 8, 60
LONGEST = 100


def read(tree: Any, user: Any = None) -> Condition:
    """{"all": […]}, {"any": […]}, {"not": …} or [fact, op, value].

    Refuses what no fact or comparison answers to, and, when a user is named, facts this user may not ask by.
    """
    condition = _read(tree, 0)
    if len(tests_in(condition)) > MOST:
        raise Refused(f"条件太多了，最多 {MOST} 个")
    if user is not None:
        for test in tests_in(condition):
            refuse_unless_allowed(user, test.fact)
    return condition


def refuse_unless_allowed(user: Any, asked: Fact) -> None:
    """Refuses a fact that this user may not filter by."""
    if not asked.filters:
        raise Refused(f"「{asked.name}」只作登记项目，不能用来筛人")
    if not may_use(user, asked):
        raise Refused(f"「{asked.name}」由专门条线掌握，您的岗位不能按它筛选")


def tests_in(condition: Condition) -> list[Test]:
    """Every leaf, from left to right."""
    if isinstance(condition, Test):
        return [condition]
    parts = condition.parts if isinstance(condition, Group) else (condition.part,)
    return [test for part in parts for test in tests_in(part)]


def tree_of(condition: Condition) -> Any:
    """The tree again, fit for JSON."""
    if isinstance(condition, Test):
        value = list(condition.value) if isinstance(condition.value, tuple) else condition.value
        return [condition.key, condition.op, value]
    if isinstance(condition, Not):
        return {"not": tree_of(condition.part)}
    return {"all" if condition.every else "any": [tree_of(part) for part in condition.parts]}


def _read(tree: Any, depth: int) -> Condition:
    if depth > DEEPEST:
        raise Refused("条件套得太深了，请拆成几个")
    if isinstance(tree, dict) and len(tree) == 1:
        ((word, inside),) = tree.items()
        if word == "not":
            return Not(_read(inside, depth + 1))
        if word in ("all", "any") and isinstance(inside, list) and 0 < len(inside) <= MOST:
            return Group(word == "all", tuple(_read(part, depth + 1) for part in inside))
    if (
        isinstance(tree, list | tuple)
        and len(tree) == 3
        and isinstance(tree[0], str)
        and isinstance(tree[1], str)
    ):
        return leaf(*tree)
    raise Refused("条件没有写完整")


def leaf(key: str, op: str, value: Any) -> Test:
    """One leaf with its value checked against the kind of the fact."""
    asked = fact(key)
    if op not in OPS[asked.kind]:
        raise Refused(f"「{asked.name}」不能这样比较")
    if op in ("known", "blank"):
        return Test(key, op, None)
    if op in ("in", "not_in"):
        values = value if isinstance(value, list | tuple) else [value]
        if not values or len(values) > MOST:
            raise Refused(f"请给「{asked.name}」选几个值")
        return Test(key, op, tuple(dict.fromkeys(READ[asked.kind](asked, each) for each in values)))
    return Test(key, op, READ[asked.kind](asked, value))


def _text(asked: Fact, value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST or "\0" in value:
        raise Refused(f"请填写「{asked.name}」要找的字")
    return value.strip()


def _number(asked: Fact, value: Any) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not text.removeprefix("-").isdecimal() or len(text) > 6:
        raise Refused(f"「{asked.name}」要填整数")
    return int(text)


def _date(asked: Fact, value: Any) -> str:
    try:
        return datetime.date.fromisoformat(str(value).strip()).isoformat()
    except ValueError:
        raise Refused(f"「{asked.name}」要填日期，比如 2026-07-14") from None


def _code(asked: Fact, value: Any) -> str:
    if not isinstance(value, str) or value not in dict(asked.choices()):
        raise Refused(f"「{asked.name}」没有这一项，请从列出的里选")
    return value


def _yes_no(asked: Fact, value: Any) -> bool:
    known = {True: True, False: False, "1": True, "0": False, "是": True, "否": False}
    if not isinstance(value, bool | str) or value not in known:
        raise Refused(f"「{asked.name}」请选是或否")
    return known[value]


READ: dict[Kind, Callable[[Fact, Any], Any]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.CODE: _code,
    Kind.YES_NO: _yes_no,
    Kind.LABEL: _yes_no,
}
