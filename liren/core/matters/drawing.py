"""Drawing (流程图): a flow as a diagram made from its table — the ordinary way in a row, what lies beside it below.

Lines between neighbours of the row go straight; all others run in lanes of their own above or below the row, so that
no two labels lie on each other. Ends are drawn with a double frame, steps that wait on others with a dashed one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from liren.core.rules import shipped

from .flow import Flow, Stage

WIDE, HIGH, GAP, LANE, EDGE, LOOP = 124, 58, 44, 26, 14, 10
LETTER = 12.5

# The file that stands alone brings its looks along; on a page the style sheet gives them.
LOOKS = """<style>
text{font:13px "PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;fill:#1f2a2e}
.clock{font-size:11px;fill:#5c676c}.label{font-size:12px;fill:#3b474c}.by{fill:#1f6f63}
.box{fill:#fffefb;stroke:#5c676c;stroke-width:1.2}.begin{stroke:#1f6f63;stroke-width:2}.wait{stroke-dasharray:5 3}
.end{fill:#f1ede4}.inner{fill:none;stroke:#5c676c}.line{fill:none;stroke:#7a8489;stroke-width:1.2}.tip{fill:#7a8489}
.under{fill:#fbf8f1}.paper{fill:#fbf8f1}
</style>"""


@dataclass(frozen=True)
class Arrow:
    """Every move between the same two stages: its names, and whether the one who asked may make it."""

    start: str
    end: str
    names: tuple[str, ...]
    by_resident: bool = False

    @property
    def label(self) -> str:
        """The names in a row."""
        return "、".join(self.names)


@dataclass
class Sheet:
    """Where everything lies: columns of the stages, the row each is in, lanes taken above and below."""

    flow: Flow
    columns: dict[str, int] = field(default_factory=dict)
    beside: set[str] = field(default_factory=set)
    starts: list[float] = field(default_factory=list)
    above: list[Arrow] = field(default_factory=list)
    below: list[Arrow] = field(default_factory=list)
    straight: list[Arrow] = field(default_factory=list)
    ports: dict[tuple[str, str], list[Arrow]] = field(default_factory=dict)

    @property
    def top(self) -> float:
        """Where the row of the ordinary way begins."""
        return EDGE + depth(self.above) + (10 if self.above else 0)

    @property
    def under(self) -> float:
        """Where the row beside begins."""
        return self.top + HIGH + 16 + depth(self.below)

    @property
    def width(self) -> float:
        """Of the whole sheet."""
        labels = [self.middle(arrow) + len(arrow.label) * LETTER / 2 for arrow in (*self.above, *self.below)]
        return max([self.starts[-1] + WIDE, *labels]) + EDGE

    @property
    def height(self) -> float:
        """Of the whole sheet."""
        return (
            self.under + HIGH
            if self.beside
            else self.top + HIGH + (16 + depth(self.below) if self.below else 0)
        ) + EDGE

    def middle(self, arrow: Arrow) -> float:
        """Where the label of an arrow stands."""
        return (self.port(arrow, arrow.start) + self.port(arrow, arrow.end, last=True)) / 2

    def side(self, arrow: Arrow, key: str) -> str:
        """On which side of a stage an arrow that runs in a lane meets it."""
        if arrow in self.above:
            return "top"
        return "top" if key in self.beside else "bottom"

    def port(self, arrow: Arrow, key: str, *, last: bool = False) -> float:
        """The place along the side of a stage that belongs to one arrow; of one that comes back, the last is its end."""
        taken = self.ports[key, self.side(arrow, key)]
        places = [place for place, each in enumerate(taken, 1) if each == arrow]
        place = places[-1 if last else 0]
        return self.starts[self.columns[key]] + WIDE * place / (len(taken) + 1)

    def y(self, key: str) -> float:
        """The upper edge of a stage."""
        return self.under if key in self.beside else self.top


def depth(lanes: list[Arrow]) -> float:
    """How much room lanes take; the words of a loop stand above its line and ask for a little more."""
    return len(lanes) * LANE + LOOP * sum(arrow.start == arrow.end for arrow in lanes)


def arrows(flow: Flow) -> list[Arrow]:
    """The moves, those between the same two stages as one."""
    found: dict[tuple[str, str], list[str]] = {}
    asked = set()
    for move in flow.moves:
        for start in move.start:
            found.setdefault((start, move.end), []).append(move.name)
            if move.by_resident:
                asked.add((start, move.end))
    return [Arrow(*ends, tuple(names), ends in asked) for ends, names in found.items()]


def laid_out(flow: Flow) -> Sheet:
    """Gives every stage its place and every arrow its lane."""
    way = [stage.key for stage in flow.steps()]
    rest = [stage.key for stage in flow.stages if stage.key not in way]
    drawn = arrows(flow)
    sheet = Sheet(flow, columns={key: place for place, key in enumerate(way)}, beside=set(rest))
    taken: set[int] = set()
    for key in rest:
        sheet.columns[key] = _free(_near(key, drawn, sheet.columns), taken)
        taken.add(sheet.columns[key])
    _route(sheet, drawn)
    _widen(sheet, max(sheet.columns.values()) + 1)
    _dock(sheet)
    return sheet


def _near(key: str, drawn: Iterable[Arrow], columns: dict[str, int]) -> int:
    """The column of those to which a stage beside the way belongs."""
    near = [columns[each.start] for each in drawn if each.end == key and each.start in columns]
    near = near or [columns[each.end] for each in drawn if each.start == key and each.end in columns]
    return round(sum(near) / len(near)) if near else 0


def _free(wanted: int, taken: set[int]) -> int:
    while wanted in taken:
        wanted += 1
    return wanted


def _route(sheet: Sheet, drawn: list[Arrow]) -> None:
    """Neighbours are joined straight; the short arrows take the lanes next to the boxes."""

    def span(arrow: Arrow) -> tuple[int, int]:
        return abs(sheet.columns[arrow.end] - sheet.columns[arrow.start]), sheet.columns[arrow.start]

    for arrow in sorted(drawn, key=span):
        same = (arrow.start in sheet.beside) == (arrow.end in sheet.beside)
        step = sheet.columns[arrow.end] - sheet.columns[arrow.start]
        if same and step == 1:
            sheet.straight.append(arrow)
        elif same and arrow.start not in sheet.beside:
            sheet.above.append(arrow)
        else:
            sheet.below.append(arrow)


def _widen(sheet: Sheet, count: int) -> None:
    """The gap after each column is as wide as the words that stand in it."""
    at = float(EDGE)
    for place in range(count):
        sheet.starts.append(at)
        words = [len(each.label) for each in sheet.straight if sheet.columns[each.start] == place]
        at += WIDE + max(GAP, *(n * LETTER + 26 for n in words), 0)


def _dock(sheet: Sheet) -> None:
    """Spreads the arrows along each side of a box: those from the left on the left."""
    for arrow in (*sheet.above, *sheet.below):
        for key in (arrow.start, arrow.end):
            sheet.ports.setdefault((key, sheet.side(arrow, key)), []).append(arrow)
    for (key, _), taken in sheet.ports.items():

        def other(arrow: Arrow, here: str = key) -> tuple[int, int]:
            far = sheet.columns[arrow.end if arrow.start == here else arrow.start] - sheet.columns[here]
            return far, -_lane(sheet, arrow) if far < 0 else _lane(sheet, arrow)

        taken.sort(key=other)


def _lane(sheet: Sheet, arrow: Arrow) -> int:
    return (sheet.above if arrow in sheet.above else sheet.below).index(arrow)


def _away(sheet: Sheet, arrow: Arrow) -> float:
    """How far its lane lies from the first: above the row behind the loops before it, below also behind its own words."""
    lanes, place = (sheet.above if arrow in sheet.above else sheet.below), _lane(sheet, arrow)
    own = LOOP if arrow in sheet.below and arrow.start == arrow.end else 0
    return depth(lanes[:place]) + own


def draw(flow: Flow, name: str, *, alone: bool = False) -> str:
    """The diagram as SVG, with its name for ears; `alone` brings its looks along for a file of its own."""
    sheet = laid_out(flow)
    wide, high = round(sheet.width), round(sheet.height)
    lanes = [_in_lane(sheet, arrow) for arrow in (*sheet.above, *sheet.below)]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="flow" role="img" aria-label="{escape(name)}流程图" '
        f'viewBox="0 0 {wide} {high}" width="{wide}" height="{high}">',
        LOOKS + f'<rect class="paper" width="{wide}" height="{high}"/>' if alone else "",
        *(line for line, _ in lanes),
        *(_straight(sheet, arrow) for arrow in sheet.straight),
        *(_box(sheet, stage) for stage in flow.stages),
        *(label for _, label in lanes),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part)


def _box(sheet: Sheet, stage: Stage) -> str:
    x, y = sheet.starts[sheet.columns[stage.key]], sheet.y(stage.key)
    kind = "end" if stage.is_end else "wait" if stage.waits else "begin" if stage == sheet.flow.start else ""
    middle, clock = x + WIDE / 2, clock_words(stage)
    parts = [f'<rect class="box {kind}" x="{x:g}" y="{y:g}" width="{WIDE}" height="{HIGH}" rx="8"/>']
    if stage.is_end:
        inner = f'x="{x + 3:g}" y="{y + 3:g}" width="{WIDE - 6}" height="{HIGH - 6}"'
        parts.append(f'<rect class="inner" {inner} rx="6"/>')
    line = y + (26 if clock else 34)
    parts.append(f'<text text-anchor="middle" x="{middle:g}" y="{line:g}">{escape(stage.name)}</text>')
    if clock:
        at = f'x="{middle:g}" y="{y + 44:g}"'
        parts.append(f'<text class="clock" text-anchor="middle" {at}>{escape(clock)}</text>')
    return "".join(parts)


def _straight(sheet: Sheet, arrow: Arrow) -> str:
    x = sheet.starts[sheet.columns[arrow.start]] + WIDE
    end = sheet.starts[sheet.columns[arrow.end]]
    y = sheet.y(arrow.start) + HIGH / 2
    line = f'<path class="line" d="M{x:g} {y:g}H{end - 7:g}"/>'
    tip = f'<path class="tip" d="M{end:g} {y:g}l-8 -4v8z"/>'
    middle = (x + end - 8) / 2
    return f'{line}{tip}<text class="label" text-anchor="middle" x="{middle:g}" y="{y - 6:g}">{escape(arrow.label)}</text>'


def _in_lane(sheet: Sheet, arrow: Arrow) -> tuple[str, str]:
    """The line of an arrow that runs in a lane, and its label, which is drawn above all lines."""
    up = arrow in sheet.above
    away = _away(sheet, arrow)
    lane = sheet.top - 12 - away if up else sheet.top + HIGH + 20 + away
    x, end = sheet.port(arrow, arrow.start), sheet.port(arrow, arrow.end, last=True)
    y = sheet.y(arrow.start) + (0 if up or arrow.start in sheet.beside else HIGH)
    target = sheet.y(arrow.end) + (0 if up or arrow.end in sheet.beside else HIGH)
    down = target > lane
    line = f'<path class="line" d="M{x:g} {y:g}V{lane:g}H{end:g}V{target + (-7 if down else 7):g}"/>'
    tip = f'<path class="tip" d="M{end:g} {target:g}l-4 {-8 if down else 8}h8z"/>'
    return line + tip, _label(arrow, (x + end) / 2, lane)


def _label(arrow: Arrow, middle: float, lane: float) -> str:
    """The words on the line of a lane. A loop is shorter than its words: they stand above it, and it stays in sight."""
    wide = len(arrow.label) * LETTER + 8
    over, high, foot = (17, 14, -6) if arrow.start == arrow.end else (9, 18, 4)
    under = f'<rect class="under" x="{middle - wide / 2:g}" y="{lane - over:g}" width="{wide:g}" height="{high}"/>'
    kind = "label by" if arrow.by_resident else "label"
    at = f'x="{middle:g}" y="{lane + foot:g}"'
    return f'{under}<text class="{kind}" text-anchor="middle" {at}>{escape(arrow.label)}</text>'


def clock_words(stage: Stage) -> str:
    """The time limit of a stage as it is shipped: ``限 5 个工作日``, ``限 2 小时起`` where several may apply."""
    if stage.clock is None or not stage.clock.rules:
        return ""
    known = [shipped()[key] for key in stage.clock.rules if key in shipped()]
    if not known:
        return ""
    words = dict.fromkeys(number.words for number in known)
    since = "自登记 " if stage.clock.from_opening else "限 "
    return since + next(iter(words)) + (" 等" if len(words) > 1 else "")
