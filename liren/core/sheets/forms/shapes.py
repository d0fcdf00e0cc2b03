"""Shapes (表的骨架): where a form wants something written — tables under headings, blanks beside labels."""

from dataclasses import dataclass, field

from .grid import Box, Grid
from .tables import Column, Line, Table, is_template, tables_of

__all__ = ["DIGITS", "Column", "Line", "Shape", "Slot", "Table", "shape_of"]

# A place for one sign each: eighteen boxes for an identity number.
DIGITS = 8


@dataclass(slots=True)
class Slot:
    """A blank beside (or below) its label; `cells` are several when each takes one sign."""

    sheet: str
    box: Box
    path: tuple[str, ...]
    section: str = ""
    # The labels that stand before it in the same row.
    before: tuple[str, ...] = ()
    cells: list[Box] = field(default_factory=list)


@dataclass(slots=True)
class Shape:
    """What was found in one sheet."""

    grid: Grid
    tables: list[Table]
    slots: list[Slot]
    # Labels and texts outside the tables, with the label standing before each.
    texts: list[tuple[Box, tuple[str, ...]]]


def shape_of(grid: Grid) -> Shape:
    """The tables, blanks and texts of a sheet."""
    tables = tables_of(grid)
    taken = _taken(tables)
    slots, texts = _cards(grid, taken)
    return Shape(grid, tables, slots, texts)


def _taken(tables: list[Table]) -> set[tuple[int, int]]:
    return {
        (row, column)
        for table in tables
        for row in range(table.top, table.last + 1)
        for column in range(table.stub_left or table.left, table.right + 1)
    }


def _cards(grid: Grid, taken: set[tuple[int, int]]) -> tuple[list[Slot], list[tuple[Box, tuple[str, ...]]]]:
    framed = grid.is_framed
    slots: list[Slot] = []
    texts: list[tuple[Box, tuple[str, ...]]] = []
    section = ""
    claimed: set[int] = set()
    for row in range(1, grid.rows + 1):
        if row in grid.hidden_rows:
            continue
        boxes = [box for box in grid.line(row) if (row, box.left) not in taken]
        labels = [box for box in boxes if box.is_label and box.top == row]
        if len(labels) == 1 and labels[0].is_wide and len(boxes) == 1 and labels[0].framed:
            section = labels[0].text.strip() if len(labels[0].text) < 30 else section
        if _stand_over_blanks(grid, row, boxes, framed):
            for box in boxes:
                texts.append((box, ()))
                _below(grid, box, framed, section, slots, claimed, (box.text.strip(),), [])
            continue
        _card_row(grid, row, boxes, framed, section, slots, texts, claimed)
    return slots, texts


def _stand_over_blanks(grid: Grid, row: int, boxes: list[Box], framed: bool) -> bool:
    """A row of labels, each over a blank of its own width."""
    if len(boxes) < 2 or not all(
        box.is_label and box.top == row and not is_template(box.text) for box in boxes
    ):
        return False
    below = [grid.at(box.bottom + 1, box.left) for box in boxes]
    return all(
        blank is not None
        and blank.is_blank
        and (blank.framed or not framed)
        and (blank.left, blank.right) == (box.left, box.right)
        for box, blank in zip(boxes, below, strict=True)
    )


def _card_row(
    grid: Grid,
    row: int,
    boxes: list[Box],
    framed: bool,
    section: str,
    slots: list[Slot],
    texts: list[tuple[Box, tuple[str, ...]]],
    claimed: set[int],
) -> None:
    tall: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    before: list[str] = []
    place = 0
    while place < len(boxes):
        box = boxes[place]
        place += 1
        if box.is_label and (box.top != row or box.bottom > row + 1):
            tall = (box.text.strip(),) if box.bottom > row or box.top != row else ()
        if box.top != row or not box.is_label:
            continue
        following = _blanks_after(grid, boxes, place, box, framed)
        path = tuple(dict.fromkeys((*tall, *group, box.text.strip())))
        texts.append((box, (*tall, *group, *before[-1:])))
        if following and not is_template(box.text):
            chosen = following if len(following) >= DIGITS else following[:1]
            slots.append(Slot(grid.name, chosen[0], path, section, tuple(before), chosen))
            claimed.update(id(each) for each in chosen)
            before.append(box.text.strip())
        else:
            after = boxes[place] if place < len(boxes) else None
            if (
                after is not None
                and after.is_label
                and after.left == box.right + 1
                and not is_template(after.text)
            ):
                group = (box.text.strip(),)
            elif not _below(grid, box, framed, section, slots, claimed, path, before) and after is None:
                group = ()
            before.append(box.text.strip())


def _blanks_after(grid: Grid, boxes: list[Box], place: int, label: Box, framed: bool) -> list[Box]:
    found: list[Box] = []
    right = label.right
    for box in boxes[place:]:
        open_ = not box.is_label or is_template(box.text)
        if box.left != right + 1 or not open_ or box.formula or box.number:
            break
        if (framed and not box.framed) or box.top != label.top or box.left in grid.hidden_columns:
            break
        found.append(box)
        right = box.right
    if len(found) < DIGITS and found and found[0].bottom > label.bottom and not label.is_wide:
        # a tall blank beside a short label belongs to another one (a photo)
        return found if found[0].bottom - found[0].top <= 1 else []
    return found


def _below(
    grid: Grid,
    label: Box,
    framed: bool,
    section: str,
    slots: list[Slot],
    claimed: set[int],
    path: tuple[str, ...],
    before: list[str],
) -> bool:
    """A label over its blank, of the same width."""
    box = grid.at(label.bottom + 1, label.left)
    if box is None or not box.is_blank or id(box) in claimed or (framed and not box.framed):
        return False
    if (box.left, box.right) != (label.left, label.right):
        return False
    slots.append(Slot(grid.name, box, path, section, tuple(before), [box]))
    claimed.add(id(box))
    return True
