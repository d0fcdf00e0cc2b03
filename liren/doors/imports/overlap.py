"""Overlap (文件之间的重复): the same person in two files dropped together.

What the second file says can only be compared once the first is in the register, so it waits, and says so.
"""

from liren.core.people.naming import name_key

from .reading import Problem, ReadPerson

TOLD_BEFORE = "told_before"


def told_before(people: list[ReadPerson], file: str, earlier: dict[str, str]) -> list[Problem]:
    """A problem for each person whom an earlier file has named; remembers those of this file in `earlier`."""
    told, here = [], {}
    for read in people:
        for mark in _marks(read):
            if mark in earlier and read.sources:
                told.append(_problem(read, earlier[mark]))
                break
            here[mark] = file
    earlier |= {mark: name for mark, name in here.items() if mark not in earlier}
    return told


def _marks(read: ReadPerson) -> list[str]:
    """What makes two rows one person without anybody looking: the number, or name, day and door together."""
    door = "-".join((read.building, read.unit, read.room))
    marks = [read.id_number] if read.id_number else []
    if len(read.birth) == 10 and read.room:
        marks.append(f"{name_key(read.name)} {read.birth} {door}")
    return marks


def _problem(read: ReadPerson, file: str) -> Problem:
    source = read.sources[0]
    sentence = (
        f"{read.name}在同时导入的「{file}」里已经有了。先写入这一批，再单独导一次这个文件，就能比对补全。"
    )
    return Problem(source.sheet, source.row, "", TOLD_BEFORE, sentence)
