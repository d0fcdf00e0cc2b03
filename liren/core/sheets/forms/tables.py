"""Tables (表格): headings with open lines below them.

Only the lay-out speaks here: merged areas, frames, what is empty under or beside what is written. What the words mean
is the business of the lexicon.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from ..choices import OPEN
from .corners import split_corner
from .grid import Box, Grid

LONGEST_HEAD = 160
# Fewer words side by side at the end of a sheet are no headings of a list.
FEWEST_HEADS = 4
FOOT = re.compile(
    r"^\s*(注|备注|说明|填表|填报|制表|审核|单位负责人|负责人|附|登记人|统计人|以下空白|此表|本表|注意|备 注|说 明|★|※)"
)
TOTAL = re.compile(r"^(合计|总计|小计|共计|总数|合计数|总计数|累计)$")
EXAMPLE = re.compile(r"^[(（【\[]?(例|示例|样例|例如|填写示例|范例|样表|举例)")
COLON = re.compile(r"[：:]")
GUIDE = re.compile(r"[(（\[【][^()（）]{1,30}[)）\]】]|\*?(?:必填|选填|非必填|可不填|自动)(?:项)?|\d{1,2}位")
COUNTER = re.compile(r"[甲乙丙丁戊己]|[(（]?\d{1,2}[)）]?|[A-Z]")
# A column that numbers the lines of a counting form.
CODES = re.compile(r"^(?:指标|项目)?(?:代码|编码|行次|栏次|行号|编号|序号)$")
# Answers to be ticked stand in no heading.
OFFERED = re.compile(rf"[{OPEN}].*[{OPEN}]|[(（]\s*[)）].*[(（]\s*[)）]", re.DOTALL)


def squeezed(text: str) -> str:
    """Without blanks and width differences."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@dataclass(slots=True)
class Column:
    """A column of a table: where it stands, and its headings from the group down."""

    left: int
    right: int
    path: tuple[str, ...]
    hidden: bool = False


@dataclass(slots=True)
class Line:
    """A row of a table: its number, and the words that stand before its blanks."""

    row: int
    stub: tuple[str, ...] = ()
    given: bool = False


@dataclass(slots=True)
class Table:
    """A table of a form: headings above, blank lines below; `stubs` columns hold the words of the lines."""

    sheet: str
    top: int
    bottom: int
    columns: list[Column]
    lines: list[Line]
    stubs: int = 0
    # Where the words of the lines begin.
    stub_left: int = 0
    corner: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    total_row: int = 0
    # What an example line shows, by column: 2001.07.01.
    example: dict[int, str] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The first line."""
        return self.lines[0].row

    @property
    def last(self) -> int:
        """The last line."""
        return self.lines[-1].row

    @property
    def left(self) -> int:
        """The leftmost column."""
        return self.columns[0].left

    @property
    def right(self) -> int:
        """The rightmost column."""
        return self.columns[-1].right


def tables_of(grid: Grid) -> list[Table]:
    """Every table of a sheet, from top to bottom."""
    found: list[Table] = []
    row = 1
    framed = grid.is_framed
    while row < grid.rows:
        if row in grid.hidden_rows:
            row += 1
            continue
        table = _table_under(grid, row, framed)
        if table is not None:
            found.append(table)
            row = table.last
        row += 1
    return found or _headings_only(grid)


def _headings_only(grid: Grid) -> list[Table]:
    """A sheet that ends with its headings: the lines come below them."""
    for run in _runs(grid, grid.rows):
        if len(run) < FEWEST_HEADS or any(_is_caption(box.text) for box in run):
            continue
        top, columns = _columns(grid, grid.rows, run)
        table = Table(grid.name, top, grid.rows, columns, [Line(grid.rows + 1)])
        table.context = _beside(grid, table, run[0].left)
        return [table]
    return []


def _runs(grid: Grid, row: int) -> list[list[Box]]:
    """Headings that end in this row, side by side without a gap."""
    runs: list[list[Box]] = []
    for box in grid.line(row):
        if box.bottom != row or not box.is_label or len(box.text) > LONGEST_HEAD or OFFERED.search(box.text):
            continue
        if runs and runs[-1][-1].right + 1 == box.left:
            runs[-1].append(box)
        else:
            runs.append([box])
    return runs


def is_guide(grid: Grid, row: int) -> bool:
    """（必填） | （18位）, or 甲 | 1 | 2 | 3: a row below the headings that says how to fill them."""
    words = [box.text.strip() for box in grid.line(row) if not box.is_blank and box.top == row]
    if len(words) < 2 or row < 2 or not any(box.is_label for box in grid.line(row - 1)):
        return False
    return all(GUIDE.fullmatch(word) for word in words) or all(COUNTER.fullmatch(word) for word in words)


def _table_under(grid: Grid, row: int, framed: bool) -> Table | None:
    if is_guide(grid, row):
        return None
    for run in sorted(_runs(grid, row), key=len, reverse=True):
        table = _from_run(grid, row, run, framed)
        if table is not None:
            return table
    return None


def _from_run(grid: Grid, row: int, run: list[Box], framed: bool) -> Table | None:
    if any(_is_caption(box.text) for box in run) or len(run) < 2:
        return None
    heads = split_corner(grid, row, _with_corner(grid, row, run))
    lines, stubs = _lines(grid, row, heads, framed)
    if not lines and framed and len(heads) > 2 and _ends_framed(grid, row, heads):
        # Only the headings have lines drawn around them; the sheet is open below.
        lines, stubs = _lines(grid, row, heads, framed=False)
    if not lines or len(heads) - stubs < (2 if stubs or len(lines) > 1 else 3) - (1 if stubs else 0):
        return None
    top, columns = _columns(grid, row, heads)
    table = Table(grid.name, top, row, columns[stubs:], lines, stubs)
    word = next((at for at in range(stubs) if not CODES.match(squeezed(heads[at].text))), 0)
    table.corner = columns[word].path if stubs else ()
    table.stub_left = heads[0].left
    table.context = _beside(grid, table, heads[0].left)
    if lines[0].row > row + 1 and _is_example(grid, row + 1, heads):
        table.example = {head.left: grid.text(row + 1, head.left) for head in heads}
    after = grid.line(lines[-1].row + 1)
    if after and TOTAL.match(squeezed(next((box.text for box in after if box.is_label), ""))):
        table.total_row = lines[-1].row + 1
    if stubs:
        table.columns = [*columns[stubs:]]
    return table


def _ends_framed(grid: Grid, row: int, heads: list[Box]) -> bool:
    """Whether the headings are framed and nothing below them is, nor is anything written there but notes."""
    if not all(head.framed for head in heads):
        return False
    below = [box for at in range(row + 1, grid.rows + 1) for box in grid.line(at)]
    return not any(box.framed for box in below)


def _is_caption(text: str) -> bool:
    """填报单位：…… is a line above a table and no heading of a column."""
    plain = text.strip()
    found = COLON.search(plain)
    if found is None:
        return False
    before, after = plain[: found.start()], plain[found.end() :]
    return not after.strip(" _　年月日") and bool(re.search(r"单位|日期|时间|负责|填表|审核|签|盖章", before))


def _with_corner(grid: Grid, row: int, run: list[Box]) -> list[Box]:
    """An empty corner above the words of the lines belongs to the headings."""
    first = run[0]
    corner = grid.at(row, first.left - 1) if first.left > 1 else None
    if corner is not None and corner.is_blank and corner.bottom == row:
        below = grid.at(row + 1, first.left - 1)
        beside = grid.at(row + 1, first.left)
        if below is not None and below.is_label and beside is not None and not beside.is_label:
            return [corner, *run]
    return run


def _lines(grid: Grid, row: int, heads: list[Box], framed: bool) -> tuple[list[Line], int]:
    """The lines below the headings, and how many columns at the left hold their words."""
    at = row + 2 if is_guide(grid, row + 1) else row + 1
    stubs = _stub_count(grid, at, heads, framed)
    lines: list[Line] = []
    if stubs < 0:
        if not _is_example(grid, at, heads):
            return [], 0
        at += 1
        stubs = _stub_count(grid, at, heads, framed)
        if stubs < 0:
            return [], 0
    while at <= grid.rows:
        line = _line(grid, at, heads, stubs, framed)
        if line is None:
            break
        if at not in grid.hidden_rows:
            lines.append(line)
        at += 1
    return lines, stubs


def _is_example(grid: Grid, row: int, heads: list[Box]) -> bool:
    texts = [grid.text(row, head.left) for head in heads]
    return any(EXAMPLE.match(text) for text in texts[:2])


def _stub_count(grid: Grid, row: int, heads: list[Box], framed: bool) -> int:
    """How many columns at the left of the first line are words; -1 when the rest is not open."""
    stubs = int(_is_numbered(grid, row, heads))
    for head in heads[stubs:]:
        box = grid.at(row, head.left)
        if box is not None and box.left <= head.left and _is_word(box, head, stubs):
            stubs += 1
        else:
            break
    first = grid.at(row, heads[0].left)
    if (
        stubs
        and first is not None
        and (first.right > heads[max(stubs, 1) - 1].right or FOOT.match(first.text))
    ):
        return -1
    if stubs > 3 or len(heads) - stubs < 1:
        return -1
    if not all(_is_open(grid, row, head, framed) for head in heads[stubs:]):
        return -1
    return stubs


def _is_numbered(grid: Grid, row: int, heads: list[Box]) -> bool:
    """行次 | 项目 over 1 | 60-69岁: the number of a line stands before its words."""
    number, words = (grid.at(row, head.left) for head in heads[:2])
    if number is None or words is None or number.is_blank or number.formula:
        return False
    return bool(CODES.match(squeezed(heads[0].text)) and _is_word(words, heads[1], 0))


def _is_word(box: Box, head: Box, stubs: int) -> bool:
    """Words of a line; behind them also the number of the line: 60周岁以上 | 01."""
    if stubs and CODES.match(squeezed(head.text)):
        return not box.is_blank and not box.formula
    return box.is_label and not _is_seq(box)


def _is_seq(box: Box) -> bool:
    return box.number or bool(re.fullmatch(r"\d{1,4}", box.text.strip()))


def _is_open(grid: Grid, row: int, head: Box, framed: bool) -> bool:
    box = grid.at(row, head.left)
    if box is None:
        return not framed
    if framed and not box.framed and not box.formula:
        return False
    if box.left != head.left or box.right > head.right or box.top != row:
        return False
    # A heading may be merged where the lines below it are not; then every cell under it has to be free.
    parts = {id(part): part for at in range(box.left, head.right + 1) if (part := grid.at(row, at))}
    return all(not part.is_label or is_template(part.text) for part in parts.values())


def is_template(text: str) -> bool:
    """A blank with its unit printed in it: "    年  月", "元", "□是 □否"."""
    bare = re.sub(r"[\s_　]+", "", text)
    return (
        not bare or bool(re.fullmatch(r"[年月日时分元人户岁个.．/:：\-()（）¥￥%]{1,8}", bare)) or "□" in bare
    )


def _line(grid: Grid, row: int, heads: list[Box], stubs: int, framed: bool) -> Line | None:
    if not all(_is_open(grid, row, head, framed) for head in heads[stubs:]):
        return None
    words = _stub_words(grid, row, heads[:stubs])
    if words is None:
        return None
    if stubs and not words:
        return None if not lines_go_on(grid, row, heads, stubs) else Line(row, (), given=True)
    if not framed and not stubs and all(grid.at(row, head.left) is None for head in heads):
        return None if row > grid.rows else Line(row)
    return Line(row, tuple(words))


def _stub_words(grid: Grid, row: int, heads: list[Box]) -> list[str] | None:
    """The words of a line, its number left out; None for what is no line of this table."""
    words: list[str] = []
    for head in heads:
        box = grid.at(row, head.left)
        if box is None or box.right > heads[-1].right or (FOOT.match(box.text) and len(box.text) > 6):
            return None
        text = box.text.strip()
        if text and words[-1:] != [text] and not CODES.match(squeezed(head.text)):
            words.append(text)
    return words or [text for head in heads[:1] if (text := grid.text(row, head.left).strip())]


def lines_go_on(grid: Grid, row: int, heads: list[Box], stubs: int) -> bool:
    """An empty line between lines with words: the table goes on after it."""
    after = grid.at(row + 1, heads[0].left)
    return bool(after and after.is_label and after.framed and after.right <= heads[stubs - 1].right)


def _columns(grid: Grid, row: int, heads: list[Box]) -> tuple[int, list[Column]]:
    """The headings with their groups, up to three levels."""
    left, right = heads[0].left, heads[-1].right
    paths: list[list[str]] = [[head.text.strip()] for head in heads]
    tops = list(heads)
    for _ in range(3):
        lowest = max(box.top for box in tops)
        above = [grid.at(lowest - 1, box.left) if box.top == lowest > 1 else None for box in tops]
        if not _is_group_level(above, tops, left, right):
            break
        for place, box in enumerate(above):
            if box is not None and box.is_label:
                if not (box.left == left and box.right == right):
                    paths[place].insert(0, box.text.strip())
                tops[place] = box
    columns = [
        Column(head.left, head.right, tuple(text for text in path if text), head.left in grid.hidden_columns)
        for head, path in zip(heads, paths, strict=True)
    ]
    return min(box.top for box in tops), columns


def _is_group_level(above: list[Box | None], tops: list[Box], left: int, right: int) -> bool:
    """Whether the boxes above the headings are their groups: some hold several, and each holds the whole of those
    below it.
    """
    held: dict[int, int] = {}
    for box, below in zip(above, tops, strict=True):
        if box is None or not box.is_label:
            continue
        if box.left > below.left or box.right < below.right or box.left < left or box.right > right:
            return False
        if _is_caption(box.text) or COLON.search(box.text) or len(box.text) > 60:
            return False
        held[id(box)] = held.get(id(box), 0) + 1
    if max(held.values(), default=0) == 1:
        # 监护人 over 姓名 alone: a group when every other heading is as tall as both.
        tall = [below.top for box, below in zip(above, tops, strict=True) if box is None]
        first = min(box.top for box in above if box is not None and box.is_label)
        return bool(tall) and len(held) + len(tall) == len(tops) and max(tall) <= first
    return max(held.values(), default=0) > 1 and max(held.values()) < len(tops)


def _beside(grid: Grid, table: Table, left: int) -> tuple[str, ...]:
    """A tall label at the left of the whole table: 家庭成员."""
    box = grid.at(table.first, left - 1) if left > 1 else None
    if box is not None and box.is_label and box.bottom > box.top and box.bottom >= table.first:
        return (box.text.strip(),)
    above = grid.line(table.top - 1) if table.top > 1 else []
    if len(above) >= 1 and above[0].is_label and above[0].is_wide and len(above[0].text) < 30:
        if not COLON.search(above[0].text) and above[0].framed:
            return (above[0].text.strip(),)
    return ()
