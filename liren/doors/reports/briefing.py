"""The brief (简报): one month in plain sentences and tables, all of them figures, none of anything restricted."""

from dataclasses import dataclass
from typing import Any

from liren.core.figures.cells import Cell, Line
from liren.core.figures.table import Shown
from liren.core.matters.hotspots import Spot

from . import sections
from .asking import Asked

MOST_IN_A_SENTENCE = 3
OF_DUTY = ("received", "closed", "in_time", "open", "overdue")
OF_GRID = ("received", "closed", "in_time", "solved", "satisfied")


@dataclass(frozen=True)
class Brief:
    """What stands on the paper."""

    sentences: tuple[str, ...]
    strip: list[Shown]
    duties: list[Line]
    grids: list[Line]
    causes: list[Line]
    spots: list[Spot]
    is_frozen: bool


def brief_of(asked: Asked) -> Brief:
    """The brief of one month and one scope."""
    strip = sections.strip(asked, paper=True)
    duties = sections.cut(asked, "seal", OF_DUTY, paper=True)
    grids = sections.cut(asked, "grid", OF_GRID, paper=True)
    causes = sections.causes(asked, paper=True)
    spots = sections.spots(asked, paper=True)
    main = {each.cell.figure.key: each for each in strip}
    said = [
        _came(main, duties), _went(main), _answered(main), _why(causes), _again(main, spots), _left(main),
    ]  # fmt: skip
    frozen = any(each.cell.is_frozen for each in strip)
    return Brief(tuple(each for each in said if each), strip, duties, grids, causes, spots, frozen)


def _came(main: dict[str, Shown], duties: list[Line]) -> str:
    received = main["received"]
    if not received.cell.count:
        return "本月没有新收的事项。"
    parts = [f"{line.name} {line['received'].count} 件" for line in duties if line["received"].count]
    return f"本月新收 {received.cell.said}{_change(received)}。其中{'，'.join(parts)}。"


def _went(main: dict[str, Shown]) -> str:
    closed, in_time = main["closed"], main["in_time"].cell
    if not closed.cell.count:
        return "本月没有办结的事项。"
    said = f"本月办结 {closed.cell.said}{_change(closed)}"
    if in_time.whole:
        said += f"；有时限的 {in_time.whole} 件里，按时办结 {in_time.count} 件，按时办结率 {in_time.said}"
    return said + "。"


def _answered(main: dict[str, Shown]) -> str:
    response, first = main["response"].cell, main["first_contact"].cell
    said = []
    if response.whole:
        said.append(
            f"应当联系诉求人的 {response.whole} 件，按时联系上 {response.count} 件，响应率 {response.said}"
        )
    if first.count:
        said.append(f"从登记到第一次联系上，一半在 {first.said}以内")
    for key, what in (("solved", "说解决了的"), ("satisfied", "说满意的")):
        cell = main[key].cell
        if cell.whole:
            said.append(f"答过的 {cell.whole} 件里，{what} {cell.count} 件，{cell.figure.name} {cell.said}")
    return "；".join(said) + "。" if said else ""


def _why(causes: list[Line]) -> str:
    known = [line for line in causes if line["received"].count and line.groups[0].key != "-"][
        :MOST_IN_A_SENTENCE
    ]
    if not known:
        return ""
    said = [f"{line.name}（{line['received'].count} 件）" for line in known]
    return f"居民说得最多的是：{'、'.join(said)}。"


def _again(main: dict[str, Shown], spots: list[Spot]) -> str:
    cell = main["repeated"].cell
    said = [f"同一处不久前已经反映过的有 {cell.count} 件，占 {cell.said}"] if cell.count else []
    if spots:
        where = "、".join(
            f"{spot.where}{spot.cause}（{spot.count} 件）" for spot in spots[:MOST_IN_A_SENTENCE]
        )
        said.append(f"反复出现的有：{where}")
    return "；".join(said) + "。" if said else ""


def _left(main: dict[str, Shown]) -> str:
    overdue = main["overdue"].cell.count
    return (
        f"到制表时，还有 {overdue} 件超过时限没有办结，需要抓紧。"
        if overdue
        else "到制表时，没有超过时限的事项。"
    )


def _change(shown: Shown) -> str:
    if not shown.change:
        return ""
    return "，和上月一样多" if shown.change == "一样多" else f"，比上月{shown.change}"


def rows_of(lines: list[Line]) -> list[tuple[str, list[Cell]]]:
    """Lines as name and cells, for tables."""
    return [(line.name, list(line.cells.values())) for line in lines]


def headings_of(lines: list[Line]) -> list[str]:
    """The names of the figures of a table."""
    return [cell.figure.name for cell in lines[0].cells.values()] if lines else []


def tables_of(brief: Brief) -> list[tuple[str, str, list[str], list[tuple[str, list[Any]]]]]:
    """The tables of the brief: title, what a line is of, headings, rows."""
    named = (
        ("一、七件事", "", brief.duties),
        ("二、各网格", "网格", brief.grids),
        ("三、都是些什么事", "原因", brief.causes),
    )
    return [(title, of, headings_of(lines), rows_of(lines)) for title, of, lines in named if lines]
