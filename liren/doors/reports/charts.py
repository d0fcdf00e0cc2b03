"""Charts (图): lines over months as a small drawing made here; the table beside it is the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

LEFT, RIGHT, TOP, BOTTOM = 40, 465, 14, 212
STEPS = 4
APART = 21
# The pyramid: where its middle is, how much room the ages have, the margin beside, the first step and their height.
MIDDLE, GAP, EDGE, PYRAMID_TOP, STEP = 244, 30, 40, 20, 11.6


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where, and what it says."""

    at: float
    text: str


@dataclass(frozen=True)
class Curve:
    """One line: its colour and name, its points, its end, and where its name stands beside it."""

    duty: str
    name: str
    points: str
    dots: tuple[tuple[float, float], ...]
    end: tuple[float, float]
    label: float

    @property
    def lead(self) -> str:
        """From the end of the line to its name."""
        x, y = self.end
        return f"M{x + 3} {y}L{x + 16} {self.label}"


@dataclass(frozen=True)
class Chart:
    """Everything that the template draws."""

    curves: tuple[Curve, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


@dataclass(frozen=True)
class Step:
    """One step of a pyramid: how high it lies, its name where there is room for it, and both bars."""

    y: float
    name: str
    left: float
    left_width: float
    right_width: float


@dataclass(frozen=True)
class PyramidChart:
    """Bars to both sides of a middle: men to the left, women to the right, the old above."""

    steps: tuple[Step, ...]
    right: float = MIDDLE + GAP / 2


def pyramid_chart(rows: Sequence[tuple[str, int, int]]) -> PyramidChart:
    """Rows of (name, left, right) from above; every second name is written."""
    most = max((max(left, right) for _, left, right in rows), default=0) or 1
    widest = MIDDLE - GAP / 2 - EDGE
    steps = []
    for place, (name, left, right) in enumerate(rows):
        width = round(widest * left / most, 1)
        steps.append(
            Step(
                round(PYRAMID_TOP + place * STEP, 1),
                name.partition("–")[0].removesuffix("+") if place % 2 == 0 else "",
                round(MIDDLE - GAP / 2 - width, 1),
                width,
                round(widest * right / most, 1),
            )
        )
    return PyramidChart(tuple(steps))


def line_chart(months: Sequence[str], rows: Sequence[tuple[str, str, Sequence[int]]]) -> Chart:
    """Rows of (duty, name, one number a month) as lines; names are spread so that none covers another."""
    top = _round_top(max((max(numbers, default=0) for _, _, numbers in rows), default=0))
    step = (RIGHT - LEFT - 15) / max(len(months) - 1, 1)

    def x(place: int) -> float:
        return round(LEFT + step * place, 1)

    def y(number: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * number / top, 1)

    ends = _spread([y(numbers[-1]) for _, _, numbers in rows])
    curves = []
    for (duty, name, numbers), label in zip(rows, ends, strict=True):
        dots = tuple((x(place), y(number)) for place, number in enumerate(numbers))
        points = " ".join(f"{across},{up}" for across, up in dots)
        curves.append(Curve(duty, name, points, dots, dots[-1], label))
    across = tuple(Tick(x(place), name) for place, name in enumerate(months))
    up = tuple(Tick(y(top * part / STEPS), f"{top * part // STEPS:,}") for part in range(STEPS + 1))
    return Chart(tuple(curves), across, up)


def _round_top(most: int) -> int:
    """The least round number above, that four steps divide."""
    size = 1
    while True:
        for factor in (1, 2, 3, 5):
            if (top := factor * size * STEPS) >= most:
                return top
        size *= 10


def _spread(wanted: list[float]) -> list[float]:
    """Heights near those wanted, none nearer to another than a line of text."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    found = [0.0] * len(wanted)
    last = float(TOP - APART)
    for place in order:
        found[place] = last = max(wanted[place], last + APART)
    over = max(found, default=0.0) - (BOTTOM + ceil(APART / 2))
    if over > 0:
        below = float(BOTTOM + APART + APART // 2)
        for place in reversed(order):
            found[place] = below = min(found[place], below - APART)
    return [round(at, 1) for at in found]
