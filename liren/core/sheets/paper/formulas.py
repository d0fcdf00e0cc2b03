"""Formulas (公式): what the sums of a form come to, for paper. A spreadsheet program reckons them when it opens the file.

Arithmetic, comparisons and the few functions that forms use. Of anything else nothing is said: it is counted, and the
form does not go on paper.
"""

import math
import operator
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import range_boundaries

MOST_CELLS = 60_000
# Each formula within a formula takes some ten frames of Python, which allows a thousand.
DEEPEST = 50
# As many letters as a cell holds; whole numbers up to here are exact, beyond they are rounded as in a spreadsheet.
MOST_LETTERS = 32_767
EXACT = 10**15
MOST_PLACES = 15
REFERENCE = re.compile(r"(?:(?:'((?:[^']|'')+)'|([^'!]+))!)?(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)$")
POWERS = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
WAYS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "^": lambda base, power: float(base) ** float(power),
}  # fmt: skip
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip


class Unreckoned(Exception):
    """A formula of which nothing can be said."""


BEGUN = object()


class Reckoner:
    """The values of a book by sheet and cell; formulas are reckoned once, when they are asked for."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.known: dict[tuple[str, int, int], Any] = {}
        self.depth = 0
        self.unreckoned = 0

    def value(self, sheet: Any, row: int, column: int) -> Any:
        """What stands in a cell; None for what cannot be reckoned."""
        cell = sheet._cells.get((row, column))
        if cell is None or cell.data_type != "f":
            return cell.value if cell is not None else None
        key = (sheet.title, row, column)
        if key not in self.known:
            self.known[key] = BEGUN
            self.known[key] = self._reckoned(sheet, str(cell.value))
        if self.known[key] is BEGUN:
            raise Unreckoned  # a circle
        return self.known[key]

    def _reckoned(self, sheet: Any, formula: str) -> Any:
        self.depth += 1
        try:
            if self.depth > DEEPEST:
                raise Unreckoned
            return _value(_Reading(self, sheet, Tokenizer(formula).items).all())
        except (Unreckoned, TypeError, ValueError, ArithmeticError, LookupError, RecursionError):
            self.unreckoned += 1
            return None
        finally:
            self.depth -= 1

    def area(self, sheet: Any, said: str) -> list[Any]:
        """The values of a cell or an area."""
        found = REFERENCE.match(said)
        if found is None:
            raise Unreckoned
        name = (found[1] or found[2] or "").replace("''", "'")
        page = self.book[name] if name else sheet
        left, top, right, bottom = range_boundaries(found[3].replace("$", ""))
        if (right - left + 1) * (bottom - top + 1) > MOST_CELLS:
            raise Unreckoned
        return [
            self.value(page, row, column)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]


class _Reading:
    """A formula, or one argument of a function, read from left to right."""

    def __init__(self, reckoner: Reckoner, sheet: Any, tokens: Sequence[Any]) -> None:
        self.reckoner, self.sheet = reckoner, sheet
        self.tokens = [token for token in tokens if token.type != Token.WSPACE]
        self.at = 0

    def all(self) -> Any:
        value = self.expression(0)
        if self.at < len(self.tokens):
            raise Unreckoned
        return value

    def peek(self) -> Any:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self) -> Any:
        self.at += 1
        return self.tokens[self.at - 1]

    def expression(self, least: int) -> Any:
        left = self.operand()
        while (token := self.peek()) is not None and token.type == Token.OP_IN:
            power = POWERS[token.value]
            if power <= least:
                break
            self.take()
            left = _joined(token.value, _one(left), _one(self.expression(power)))
        return left

    def operand(self) -> Any:
        value = self.bare()
        while (token := self.peek()) is not None and token.type == Token.OP_POST:
            self.take()
            value = _number(_one(value)) / 100
        return value

    def bare(self) -> Any:
        token = self.take()
        if token.type == Token.OP_PRE:
            value = _number(_one(self.operand()))
            return -value if token.value == "-" else value
        if token.type == Token.PAREN:
            value = self.expression(0)
            self.take()
            return value
        if token.type == Token.FUNC:
            return self.function(token.value.rstrip("(").upper().removeprefix("_XLFN."))
        if token.type == Token.OPERAND:
            return self.literal(token)
        raise Unreckoned

    def literal(self, token: Any) -> Any:
        if token.subtype == Token.NUMBER:
            number = float(token.value)
            return int(number) if number.is_integer() else number
        if token.subtype == Token.TEXT:
            return token.value[1:-1].replace('""', '"')
        if token.subtype == Token.LOGICAL:
            return token.value.upper() == "TRUE"
        if token.subtype == Token.RANGE:
            return self.reckoner.area(self.sheet, token.value)
        raise Unreckoned

    def function(self, name: str) -> Any:
        given = self.arguments()
        if name == "IF":
            return self.chosen(given)
        if name not in FUNCTIONS:
            raise Unreckoned
        return FUNCTIONS[name]([self.within(each) for each in given])

    def arguments(self) -> list[list[Any]]:
        """What stands between the brackets of a function, unread, one list for each argument."""
        found: list[list[Any]] = [[]]
        depth = 1
        while True:
            token = self.take()
            depth += (token.subtype == Token.OPEN) - (token.subtype == Token.CLOSE)
            if depth == 0:
                return found if len(found) > 1 or found[0] else []
            if depth == 1 and token.type == Token.SEP:
                found.append([])
            else:
                found[-1].append(token)

    def within(self, tokens: list[Any]) -> Any:
        """What an argument comes to; one that is left out is 0."""
        return _Reading(self.reckoner, self.sheet, tokens).all() if tokens else 0

    def chosen(self, given: list[list[Any]]) -> Any:
        """IF reads only the side that it takes: the other is often a division by the 0 that was asked for."""
        side = 1 if _one(self.within(given[0])) else 2
        return _one(self.within(given[side])) if len(given) > side else False


def _joined(sign: str, left: Any, right: Any) -> Any:
    if sign == "&":
        return _value(_text(left) + _text(right))
    if sign in COMPARED:
        return COMPARED[sign](_alike(left, right), _alike(right, left))
    return _value(WAYS[sign](_number(left), _number(right)))


def _value(value: Any) -> Any:
    """A single value that a cell can hold."""
    value = _one(value)
    if isinstance(value, complex) or (isinstance(value, float) and not math.isfinite(value)):
        raise Unreckoned
    if isinstance(value, str) and len(value) > MOST_LETTERS:
        raise Unreckoned
    return float(value) if isinstance(value, int) and abs(value) > EXACT else value


def _text(value: Any) -> str:
    """A value as words: 2.0 is 2."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None else str(value)


def _alike(value: Any, other: Any) -> Any:
    """A blank beside a text is the empty text, beside a number it is 0."""
    return value if value is not None else "" if isinstance(other, str) else 0


def _one(value: Any) -> Any:
    if isinstance(value, list):
        if len(value) != 1:
            raise Unreckoned
        return value[0]
    return value


def _number(value: Any) -> Any:
    if value is None:
        return 0
    if isinstance(value, (int, float)):
        return value
    raise Unreckoned


def _flat(arguments: Sequence[Any]) -> Iterator[Any]:
    for argument in arguments:
        if isinstance(argument, list):
            yield from argument
        else:
            yield argument


def _numbers(arguments: Sequence[Any]) -> list[Any]:
    """Texts and blanks within an area do not count, as in a spreadsheet program."""
    return [
        each for each in _flat(arguments) if isinstance(each, (int, float)) and not isinstance(each, bool)
    ]


def _mean(arguments: Sequence[Any]) -> Any:
    numbers = _numbers(arguments)
    return sum(numbers) / len(numbers)


def _rounded(arguments: Sequence[Any]) -> Any:
    number, places = _number(_one(arguments[0])), int(_number(_one(arguments[1]))) if arguments[1:] else 0
    if abs(places) > MOST_PLACES:
        raise Unreckoned
    value = Decimal(str(number)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return int(value) if places <= 0 else float(value)


FUNCTIONS: dict[str, Callable[[Sequence[Any]], Any]] = {
    "SUM": lambda said: sum(_numbers(said)),
    "AVERAGE": _mean,
    "MAX": lambda said: max(_numbers(said), default=0),
    "MIN": lambda said: min(_numbers(said), default=0),
    "COUNT": lambda said: len(_numbers(said)),
    "COUNTA": lambda said: sum(each is not None for each in _flat(said)),
    "ROUND": _rounded,
    "ABS": lambda said: abs(_number(_one(said[0]))),
    "INT": lambda said: int(_number(_one(said[0])) // 1),
}
