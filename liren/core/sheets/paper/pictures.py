"""Pictures on paper (图片): logos and photos of a sheet, each where it stands on the page."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

from liren.core.documents.pictures import READERS, clean_picture
from liren.core.duty import Refused

# Of what measures of drawings count in, one point.
EMU = 12_700
MOST = 40
MEGAPIXELS, SIDE = 40, 1400


@dataclass(slots=True)
class Album:
    """The pictures of a book, each kept once as numbers, because the page takes its data as text."""

    pictures: list[list[int]] = field(default_factory=list)
    _known: dict[bytes, int | None] = field(default_factory=dict)

    def place_of(self, content: bytes, suffix: str) -> int | None:
        """Which picture it is; None for one that cannot be drawn."""
        if content not in self._known:
            self._known[content] = self._kept(content, suffix)
        return self._known[content]

    def _kept(self, content: bytes, suffix: str) -> int | None:
        key = {"jpg": "jpeg"}.get(suffix, suffix)
        if key not in READERS or len(self.pictures) >= MOST:
            return None
        try:
            clean = clean_picture(content, key, name="", megapixels=MEGAPIXELS, side=SIDE)
        except Refused:
            return None
        self.pictures.append(list(clean.content))
        return len(self.pictures) - 1


@dataclass(frozen=True)
class Ground:
    """What pictures stand on: the columns and rows that are seen, and their measures in points."""

    columns: Sequence[int]
    rows: Sequence[int]
    widths: Sequence[float]
    height: Callable[[int], float]

    def across(self, column: int, offset: float) -> float:
        """How far from the left edge a place in a column is."""
        before = sum(width for at, width in zip(self.columns, self.widths, strict=True) if at < column)
        return before + (offset / EMU if column in self.columns else 0.0)

    def down(self, row: int, offset: float) -> float:
        """How far from the first row a place in a row is."""
        place = bisect_left(self.rows, row)
        seen = place < len(self.rows) and self.rows[place] == row
        return self.tops[place] + (offset / EMU if seen else 0.0)

    @cached_property
    def tops(self) -> list[float]:
        """Where each row begins, and where the last one ends; a list has thousands."""
        return list(accumulate(map(self.height, self.rows), initial=0.0))

    def row_at(self, top: float) -> int | None:
        """The last row that begins there or above; None for what lies above all."""
        place = min(bisect_right(self.tops, top), len(self.rows))
        return self.rows[place - 1] if place else None


def reach_of(sheet: Any) -> tuple[int, int]:
    """The last row and the last column that a picture of a sheet touches; 0 without pictures."""
    ends = [end for image in sheet._images if (end := getattr(image.anchor, "to", None) or _from(image))]
    return max((end.row + 1 for end in ends), default=0), max((end.col + 1 for end in ends), default=0)


def pictures_on(sheet: Any, ground: Ground, album: Album) -> dict[int, list[dict[str, float]]]:
    """The pictures of a sheet by the row in which they begin: which, where from the left and from the row, how large."""
    found: dict[int, list[dict[str, float]]] = {}
    for image in sheet._images:
        left, top, right, bottom = _box(image, ground)
        which = album.place_of(image._data(), str(image.format or "").lower())
        begin = ground.row_at(top)
        if which is None or begin is None or right <= left or bottom <= top:
            continue
        place = {"x": left, "y": top - ground.down(begin, 0), "w": right - left, "h": bottom - top}
        found.setdefault(begin, []).append({"n": which, **place})
    return found


def _from(image: Any) -> Any:
    return getattr(image.anchor, "_from", None)


def _box(image: Any, ground: Ground) -> tuple[float, float, float, float]:
    """Left, top, right and bottom in points."""
    begin, end = _from(image), getattr(image.anchor, "to", None)
    if begin is None:
        left, top = image.anchor.pos.x / EMU, image.anchor.pos.y / EMU
    else:
        left = ground.across(begin.col + 1, begin.colOff)
        top = ground.down(begin.row + 1, begin.rowOff)
    if end is not None:
        return left, top, ground.across(end.col + 1, end.colOff), ground.down(end.row + 1, end.rowOff)
    size = image.anchor.ext
    return left, top, left + size.width / EMU, top + size.height / EMU
