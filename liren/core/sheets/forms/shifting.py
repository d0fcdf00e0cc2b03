"""Shifting (下移): what has to follow when lines are put into a sheet — references in formulas, merged areas, lists."""

import re
from dataclasses import dataclass

REFERENCE = re.compile(
    r"(?P<sheet>'(?:[^']|'')+'!|[A-Za-z_\u4e00-\u9fff][\w.\u4e00-\u9fff]*!)?"
    r"(?P<first>\$?[A-Z]{1,3}\$?\d{1,7})(?::(?P<second>\$?[A-Z]{1,3}\$?\d{1,7}))?(?![\w(])"
)
TEXT = re.compile(r'"(?:[^"]|"")*"')
CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Insert:
    """`count` lines put in before row `at`, inside a body that ends in row `last`."""

    at: int
    count: int
    last: int

    def start(self, row: int) -> int:
        """Where a row stands now."""
        return row + self.count if row >= self.at else row

    def end(self, row: int) -> int:
        """Where the end of an area stands now; one that ended with the body takes the new lines in."""
        return row + self.count if row >= min(self.at, self.last) else row


@dataclass(frozen=True, slots=True)
class Shift:
    """All inserts of one sheet, by rows as they were."""

    inserts: tuple[Insert, ...] = ()

    def start(self, row: int) -> int:
        """Where a row stands now."""
        return row + sum(each.count for each in self.inserts if row >= each.at)

    def end(self, row: int) -> int:
        """Where the end of an area stands now."""
        return row + sum(each.count for each in self.inserts if row >= min(each.at, each.last))

    def area(self, said: str) -> str:
        """A6:C20 afterwards; a single cell likewise."""
        first, _, second = said.partition(":")
        if not second:
            return self._cell(first, end=False)
        return f"{self._cell(first, end=False)}:{self._cell(second, end=True)}"

    def areas(self, said: str) -> str:
        """Several of them, with blanks between."""
        return " ".join(self.area(each) for each in said.split())

    def _cell(self, said: str, *, end: bool) -> str:
        found = CELL.fullmatch(said)
        if found is None:
            return said
        row = int(found[4])
        return f"{found[1]}{found[2]}{found[3]}{self.end(row) if end else self.start(row)}"

    def formula(self, said: str, *, own: str, here: str) -> str:
        """A formula of sheet `here` after lines were put into sheet `own`."""
        if not self.inserts or not said:
            return said
        pieces, at = [], 0
        for text in TEXT.finditer(said):
            pieces += [self._references(said[at : text.start()], own, here), text[0]]
            at = text.end()
        return "".join([*pieces, self._references(said[at:], own, here)])

    def _references(self, said: str, own: str, here: str) -> str:
        def moved(found: re.Match[str]) -> str:
            sheet = (found["sheet"] or "").rstrip("!").strip("'").replace("''", "'")
            if (sheet or here) != own:
                return found[0]
            first = self._cell(found["first"], end=False)
            if not found["second"]:
                return f"{found['sheet'] or ''}{first}"
            return f"{found['sheet'] or ''}{first}:{self._cell(found['second'], end=True)}"

        return REFERENCE.sub(moved, said)
