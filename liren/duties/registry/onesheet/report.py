"""Report (填表说明): what was written where and from what, what is doubtful, what nobody could know."""

from dataclasses import asdict, dataclass, field
from typing import Any

FILLED, DOUBTFUL, UNKNOWN, MISSING, UNREAD, TYPED = (
    "filled",
    "doubtful",
    "unknown",
    "missing",
    "unread",
    "typed",
)
STATES = {
    FILLED: "已填",
    DOUBTFUL: "请核对",
    UNKNOWN: "登记册里没有这一项",
    MISSING: "这一位没有登记",
    UNREAD: "没看懂，请选",
    TYPED: "手填",
}
SURE_ENOUGH = 0.9


@dataclass(slots=True)
class CellNote:
    """One cell (or one whole column, when `rows` is more than one)."""

    sheet: str
    cell: str
    label: str
    key: str = ""
    asked: str = ""
    fact: str = ""
    value: Any = None
    source: str = ""
    verified: str = ""
    sure: float = 0.0
    why: str = ""
    state: str = FILLED
    rows: int = 1
    empty: int = 0
    # Where the lines of a column begin, in the blank form.
    first: int = 0
    person: int | None = None
    answers: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class LineNote:
    """One line of a list: whose it is, where it comes from."""

    sheet: str
    row: int
    key: Any
    name: str = ""
    source: str = ""
    verified: str = ""
    doubts: list[str] = field(default_factory=list)
    # By column: where a cell comes from that is not from where the rest of the line is; what was typed by hand.
    sources: dict[int, str] = field(default_factory=dict)
    typed: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class PopulationNote:
    """Who stands in a list or is counted: the sentence that the worker sees and may change."""

    sheet: str
    kind: str
    sentence: str
    tree: Any = None
    on: str = ""
    count: int = 0
    words: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """Everything about one filling."""

    form: str = ""
    on: str = ""
    cells: list[CellNote] = field(default_factory=list)
    lines: list[LineNote] = field(default_factory=list)
    populations: list[PopulationNote] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def of(self, *states: str) -> list[CellNote]:
        """The cells in one of these states."""
        return [cell for cell in self.cells if cell.state in states]

    @property
    def uncertain(self) -> int:
        """How many things somebody has to look at."""
        doubts = sum(len(line.doubts) for line in self.lines) + len(self.doubts)
        doubts += sum(len(population.doubts) for population in self.populations)
        return len(self.of(DOUBTFUL, UNREAD)) + doubts

    @property
    def summary(self) -> str:
        """The first line: how much is not sure."""
        unknown = len(self.of(UNKNOWN))
        first = f"{self.uncertain} 处拿不准，请核对" if self.uncertain else "没有拿不准的地方"
        blank = f"；{unknown} 项登记册里没有，留着空" if unknown else ""
        return f"{first}{blank}。"

    def as_dict(self) -> dict[str, Any]:
        """Fit for JSON, the uncertain first."""
        return {
            "summary": self.summary,
            "uncertain": self.uncertain,
            "form": self.form,
            "on": self.on,
            "populations": [asdict(each) for each in self.populations],
            "questions": [asdict(each) for each in self.of(DOUBTFUL, UNREAD)],
            "unknown": [asdict(each) for each in self.of(UNKNOWN)],
            "cells": [asdict(each) for each in self.of(FILLED, TYPED, MISSING)],
            "lines": [asdict(each) for each in self.lines],
            "figures": self.figures,
            "doubts": self.doubts,
        }
