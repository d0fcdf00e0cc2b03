"""Boxed (概况表): figures of the whole community in boxes beside their labels — 总人口 [ ] 党员人数 [ ]."""

from typing import TYPE_CHECKING

from liren.core.facts.reading import read
from liren.core.facts.wording import in_words
from liren.core.people.facts.population import NOBODY_NAMED
from liren.core.sheets.forms.plan import SheetPlan

from .board import Board
from .headed import heading, nest
from .report import PopulationNote
from .tallying import hold_back

if TYPE_CHECKING:
    from .filling import Work

FEWEST = 3
PLACES = {"city", "district", "street", "community"}


def figures_of(work: "Work", sheet: SheetPlan) -> dict[str, int]:
    """The figures of a sheet by the address of their boxes; none for a sheet that asks for one person's facts."""
    from .filling import wanted_of

    if work.subject is not None or any(each.sheet == sheet.grid.name for each in work.report.populations):
        return {}
    titles = "".join(sheet.titles)
    heads = [(each, heading(each.asked.path, work, "", titles)) for each in sheet.slots]
    nest([head for _, head in heads], [each.asked.path for each, _ in heads], work)
    for _, head in heads:
        hold_back(work, head)
    counted = [(each, head) for each, head in heads if head.understood]
    facts = [
        each
        for each, head in heads
        if not head.understood and each.asked.reading.is_sure and each.asked.reading.key not in PLACES
    ]
    if len(counted) < FEWEST or len(counted) <= len(facts):
        return {}
    wanted = wanted_of(sheet, work.plan, work.setting)
    board = Board(work, wanted.tree, wanted, [head for _, head in counted], [])
    note = PopulationNote(sheet.grid.name, "count", in_words(read(wanted.tree)), wanted.tree)
    note.on, note.count = work.on.isoformat(), board.counter(None).size()
    note.words = [words for _, words in wanted.parts]
    note.doubts = [doubt for doubt in wanted.doubts if doubt != NOBODY_NAMED]
    work.report.populations.append(note)
    values = {each.slot.box.address: board.count(head, head) for each, head in counted}
    return {address: value for address, value in values.items() if value is not None}
