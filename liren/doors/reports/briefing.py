"""The brief (简报): one month in plain sentences and tables, all of them figures, none of anything restricted."""

from dataclasses import dataclass
from math import ceil

from liren.core.figures.cells import Cell, Line
from liren.core.figures.table import Shown
from liren.core.matters.figures import UNKNOWN
from liren.core.matters.hotspots import Spot
from liren.core.people.figures import POPULATION

from . import people, sections
from .asking import Asked
from .heat import Heat
from .people import Across, Pyramid

MOST_IN_A_SENTENCE = 3
NUMBERS = "一二三四五六七八九十"
# From so many rows on a table is folded, as long as a row of the paper has no more columns than this.
SHORT, WIDEST = 14, 9
OF_DUTY = ("received", "closed", "in_time", "open", "overdue")
OF_BUILDING = ("received", "open")
OF_POPULATION = ("people.population", "people.person.elder", "people.person.senior")
OF_MOVEMENT = ("people.moved_in", "people.moved_out", "people.born", "people.died")
OF_GRID = ("received", "closed", "in_time", "solved", "satisfied")


@dataclass(frozen=True)
class PeopleBrief:
    """The part about people, for who may know of them."""

    pyramid: Pyramid | None
    groups: Across
    labels: Across
    movement: list[Shown]
    by_place: list[Line]
    homes: list[Heat]


@dataclass(frozen=True)
class Brief:
    """What stands on the paper."""

    sentences: tuple[str, ...]
    strip: list[Shown]
    duties: list[Line]
    grids: list[Line]
    causes: list[Line]
    spots: list[Spot]
    buildings: list[Line]
    months: sections.Months
    is_frozen: bool
    people: PeopleBrief | None = None


def brief_of(asked: Asked) -> Brief:
    """The brief of one month and one scope."""
    asked = sections.gathered(asked)
    strip = sections.strip(asked, paper=True)
    duties = sections.cut(asked, "seal", OF_DUTY, paper=True)
    grids = sections.cut(asked, "grid", OF_GRID, paper=True)
    causes = sections.causes(asked, paper=True)
    months = sections.over_months(asked, paper=True)
    spots = sections.spots(asked, paper=True)
    main = {each.cell.figure.key: each for each in strip}
    placed = [
        line
        for line in sections.cut(asked, "building", OF_BUILDING, paper=True)
        if line.groups[0].key != UNKNOWN
    ]
    about = _people_of(asked) if asked.user.can("people.see") else None
    said = [
        _came(main, duties), _went(main), _answered(main), _why(causes), _again(main, spots), _left(main),
        _moved(about) if about else "",
    ]  # fmt: skip
    frozen = any(each.cell.is_frozen for each in strip)
    return Brief(
        tuple(each for each in said if each),
        strip,
        duties,
        grids,
        causes,
        spots,
        placed,
        months,
        frozen,
        about,
    )


def _people_of(asked: Asked) -> PeopleBrief:
    return PeopleBrief(
        people.pyramid(asked, paper=True),
        people.groups(asked, paper=True),
        people.labels(asked, paper=True),
        people.movement(asked, paper=True),
        people.movement_by_place(asked, paper=True),
        people.homes(asked, paper=True),
    )


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


def _moved(about: PeopleBrief) -> str:
    """Who is on the register, and who came and went. Labels are no news for a brief: they stand in the table."""
    whole = {figure.key: cell for figure, cell, _ in about.groups.rows}
    if POPULATION.key not in whole:
        return ""
    kept = "封存时" if whole[POPULATION.key].is_frozen else "制表时"
    here = [f"{cell.figure.name} {cell.said}" for key, cell in whole.items() if key in OF_POPULATION]
    moved = [
        f"{each.cell.figure.name} {each.cell.said}"
        for each in about.movement
        if each.cell.figure.key in OF_MOVEMENT
    ]
    return f"{kept}{'，'.join(here)}；本月{'，'.join(moved)}。"


def _change(shown: Shown) -> str:
    if not shown.change:
        return ""
    return "，和上月一样多" if shown.change == "一样多" else f"，比上月{shown.change}"


def rows_of(lines: list[Line]) -> list[tuple[str, list[Cell | None]]]:
    """Lines as name and cells, for tables."""
    return [(line.name, list(line.cells.values())) for line in lines]


def headings_of(lines: list[Line]) -> list[str]:
    """The names of the figures of a table."""
    return [cell.figure.name for cell in lines[0].cells.values()] if lines else []


@dataclass(frozen=True)
class Table:
    """A table of the brief: its title, what a line is of, the headings, the rows; long narrow ones stand folded."""

    title: str
    of: str
    headings: list[str]
    rows: list[tuple[str, list[Cell | None]]]

    @property
    def across(self) -> int:
        """How many lines stand beside each other."""
        return max(1, WIDEST // (len(self.headings) + 1)) if len(self.rows) > SHORT else 1

    @property
    def heads(self) -> list[str]:
        """The headings of a whole row of the paper."""
        return [self.of, *self.headings] * self.across

    @property
    def lines(self) -> list[list[tuple[str, bool]]]:
        """The rows of the paper: words, and whether they are a number."""
        deep = ceil(len(self.rows) / self.across)
        empty = [("", False)] * (len(self.headings) + 1)
        told = [[(name, False), *((_said(cell), True) for cell in cells)] for name, cells in self.rows]
        told += [empty] * (deep * self.across - len(told))
        return [
            [part for fold in range(self.across) for part in told[fold * deep + row]] for row in range(deep)
        ]


def _said(cell: Cell | None) -> str:
    """A number on paper; a share with what it is of."""
    if cell is None:
        return "0"
    return f"{cell.words}%（{cell.count}/{cell.whole}）" if cell.unit == "%" else cell.words


def tables_of(brief: Brief) -> list[Table]:
    """The tables of the brief, numbered in their order; what is empty is left out."""
    found = [
        Table("七件事", "类别", headings_of(brief.duties), rows_of(brief.duties)),
        Table("各网格", "网格", headings_of(brief.grids), rows_of(brief.grids)),
        Table("都是些什么事", "原因", headings_of(brief.causes), rows_of(brief.causes)),
        Table("各楼的事", "楼栋", headings_of(brief.buildings), rows_of(brief.buildings)),
        *(_tables_of_people(brief.people) if brief.people else []),
    ]
    return [
        Table(f"{NUMBERS[place]}、{each.title}", each.of, each.headings, each.rows)
        for place, each in enumerate(each for each in found if each.rows)
    ]


def _tables_of_people(about: PeopleBrief) -> list[Table]:
    pyramid = about.pyramid
    sexes = list(pyramid.sexes) if pyramid else []
    ages = [(band.name, band.cells) for band in (pyramid.bands if pyramid else ())]
    return [
        Table("人口变动", "地方", headings_of(about.by_place), rows_of(about.by_place)),
        Table("年龄和性别", "年龄", sexes, ages),
        *(
            Table(
                title,
                title,
                ["合计", *table.places],
                [(figure.name, [whole, *cells]) for figure, whole, cells in table.rows],
            )
            for title, table in (("各类人群", about.groups), ("标签", about.labels))
        ),
        Table("各楼住多少人", "楼栋", ["在册人口"], [(each.name, [each.cell]) for each in about.homes]),
    ]
