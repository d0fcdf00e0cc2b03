"""Flow book (流程册): every flow as a drawing and as tables, for the page and for docs/flows.md."""

from collections.abc import Iterable
from dataclasses import dataclass

from liren.core.rules import shipped

from .drawing import clock_words, draw
from .flow import Flow, Move
from .kinds import Kind, all_kinds
from .outcomes import OUTCOMES

HEAD = """# Flows

How each kind of matter goes, drawn from its table by `bin/manage draw_flows`; a test holds this page and the tables equal.
Limits are those that Liren ships; each community may set its own. Double frames are ends, dashed frames wait on others,
green moves may be made by the one who asked.
"""


@dataclass(frozen=True)
class Chapter:
    """One flow, and the kinds that go by it."""

    flow: Flow
    kinds: tuple[Kind, ...]

    @property
    def name(self) -> str:
        """``帮办代办、咨询``."""
        return "、".join(kind.name for kind in self.kinds)

    @property
    def file(self) -> str:
        """The file of its drawing: ``governance.errand.svg``."""
        return f"{self.kinds[0].key}.svg"

    def drawing(self, *, alone: bool = False) -> str:
        """The diagram."""
        return draw(self.flow, self.name, alone=alone)

    @property
    def stages(self) -> list[tuple[str, str, str, str, bool]]:
        """Of each stage: name, what stands to be done, the limit, its basis, and whether that is confirmed."""
        rows = []
        for stage in self.flow.stages:
            grounds = [
                shipped()[key] for key in (stage.clock.rules if stage.clock else ()) if key in shipped()
            ]
            basis = "；".join(dict.fromkeys(number.basis for number in grounds))
            sure = all(number.confirmed for number in grounds)
            rows.append((stage.name, stage.todo or "——", clock_words(stage), basis, sure))
        return rows

    @property
    def moves(self) -> list[tuple[str, str, str, str]]:
        """Of each move: name, from where, to where, what it asks for."""
        names = {stage.key: stage.name for stage in self.flow.stages}
        rows = []
        for move in self.flow.moves:
            start = "、".join(names[key] for key in move.start)
            rows.append((move.name, start, names[move.end], "、".join(_asked(move)) or "——"))
        return rows


def _asked(move: Move) -> Iterable[str]:
    yield from (ask.name for ask in move.asks)
    if len(move.outcomes) > 1:
        yield "结果（" + "、".join(OUTCOMES[key] for key in move.outcomes) + "）"
    if move.note_required:
        yield "说明"


def chapters() -> list[Chapter]:
    """The flows of all kinds, each once, in the order in which people look for kinds."""
    found: dict[int, list[Kind]] = {}
    for kind in all_kinds():
        found.setdefault(id(kind.flow), []).append(kind)
    return [Chapter(kinds[0].flow, tuple(kinds)) for kinds in found.values()]


def pages() -> dict[str, str]:
    """What belongs into docs/: ``flows.md`` and the drawings, by their path."""
    book = {f"flows/{each.file}": each.drawing(alone=True) + "\n" for each in chapters()}
    return {"flows.md": "\n".join([HEAD, *map(_chapter, chapters())]), **book}


def _chapter(chapter: Chapter) -> str:
    stages = [(name, todo, clock or "——", basis or "——") for name, todo, clock, basis, _ in chapter.stages]
    return "\n".join([
        f"## {chapter.name}\n",
        f"![{chapter.name}](flows/{chapter.file})\n",
        _table(("阶段", "要做什么", "时限", "依据"), stages),
        _table(("动作", "从", "到", "要填"), chapter.moves),
    ])  # fmt: skip


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"
