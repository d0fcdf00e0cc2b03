"""Corners (表角): 项目 over 婚姻状况 | 未婚 — one heading over several columns of words is a heading for each of them."""

from collections.abc import Iterator
from dataclasses import replace

from .grid import Box, Grid

# So far below its corner a table may first show how many columns of words it has.
MOST_CORNER = 40


def split_corner(grid: Grid, row: int, heads: list[Box]) -> list[Box]:
    """The headings with their first one parted as the words below it are."""
    first = heads[0]
    if not first.is_wide:
        return heads
    below = max((_words_in(grid, at, first) for at in _rows_under(grid, row, first)), key=len, default=[])
    if len(below) < 2:
        return heads
    parts = [replace(first, left=box.left, right=box.right) for box in below]
    return [*parts, *heads[1:]]


def _rows_under(grid: Grid, row: int, corner: Box) -> Iterator[int]:
    """The rows below a corner as long as words or blanks stand exactly within its width."""
    for at in range(row + 1, min(row + MOST_CORNER, grid.rows) + 1):
        box = grid.at(at, corner.left)
        if box is None or not box.framed or box.right > corner.right:
            return
        yield at


def _words_in(grid: Grid, row: int, corner: Box) -> list[Box]:
    """The words of a line under a corner, side by side over its whole width; below a group the first may be empty."""
    found = [box for at in range(corner.left, corner.right + 1) if (box := grid.at(row, at))]
    boxes = list({id(box): box for box in found}.values())
    if not boxes or boxes[0].left != corner.left or boxes[-1].right != corner.right:
        return []
    words = all(box.is_label for box in boxes[1:]) and (boxes[0].is_label or len(boxes) > 2)
    return boxes if words else []
