"""Following (跟着走): everything of a book that names rows of a sheet, after lines were put into that sheet."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from .package import Leaf, Package
from .shifting import Shift

FORMULAS = ("f", "formula1", "formula2", "formula")
ROW = re.compile(rb"(<x:Row>\s*)(\d+)(\s*</x:Row>)")


def follow(package: Package, leaf: Leaf, name: str, shift: Shift) -> None:
    """One sheet after lines were put into the sheet `name`, be it itself or another."""
    tree = package.tree(leaf.part)
    own = leaf.name == name
    for node in tree.root.iter():
        tag = str(node.tag).rpartition("}")[2]
        if tag in FORMULAS and node.attrib.pop("new", None) is None and node.text:
            node.text = shift.formula(node.text, own=name, here=leaf.name)
        elif own and tag in MOVES:
            MOVES[tag](node, shift)
    if own:
        for kind, part in package.linked(leaf.part).values():
            if part in package.parts and kind in LINKED:
                LINKED[kind](package, part, shift)
        _names(package, name, shift)


def _areas_in(attribute: str) -> Callable[[Element, Shift], None]:
    def move(node: Element, shift: Shift) -> None:
        if node.get(attribute):
            node.set(attribute, shift.areas(node.get(attribute, "")))

    return move


def _area_text(node: Element, shift: Shift) -> None:
    if node.text:
        node.text = shift.areas(node.text)


def _breaks(node: Element, shift: Shift) -> None:
    for line in node:
        line.set("id", str(shift.end(int(line.get("id", "0")))))


def _merges(node: Element, shift: Shift) -> None:
    for each in node:
        if each.attrib.pop("new", None) is None:
            each.set("ref", _merge(each.get("ref", ""), shift))
    node.set("count", str(len(node)))


def _merge(ref: str, shift: Shift) -> str:
    """A merged area moves as a whole; one that reaches over the body grows with it."""
    first, _, second = ref.partition(":")
    if re.sub(r"\D", "", first) == re.sub(r"\D", "", second):
        top = int(re.sub(r"\D", "", first))
        row = shift.start(top)
        return re.sub(r"\d+", str(row), ref)
    return shift.area(ref)


def _comments(package: Package, part: str, shift: Shift) -> None:
    for node in package.tree(part).root.iter():
        if str(node.tag).endswith("}comment") and node.get("ref"):
            node.set("ref", shift.area(node.get("ref", "")))


def _notes_drawn(package: Package, part: str, shift: Shift) -> None:
    package.parts[part] = ROW.sub(
        lambda found: found[1] + str(shift.start(int(found[2]) + 1) - 1).encode() + found[3],
        package.parts[part],
    )


def _table(package: Package, part: str, shift: Shift) -> None:
    for node in package.tree(part).root.iter():
        if node.get("ref") and str(node.tag).rpartition("}")[2] in ("table", "autoFilter"):
            node.set("ref", shift.area(node.get("ref", "")))


def _drawing(package: Package, part: str, shift: Shift) -> None:
    for node in package.tree(part).root.iter():
        if str(node.tag).rpartition("}")[2] == "row" and (node.text or "").isdigit():
            node.text = str(shift.start(int(node.text or 0) + 1) - 1)


def _names(package: Package, name: str, shift: Shift) -> None:
    tree = package.tree(package.book)
    for node in tree.root.iter(f"{tree.space}definedName"):
        if node.text:
            node.text = shift.formula(node.text, own=name, here="")


MOVES: dict[str, Callable[[Element, Shift], None]] = {
    "dataValidation": _areas_in("sqref"),
    "conditionalFormatting": _areas_in("sqref"),
    "hyperlink": _areas_in("ref"),
    "ignoredError": _areas_in("sqref"),
    "autoFilter": _areas_in("ref"),
    "sqref": _area_text,
    "mergeCells": _merges,
    "rowBreaks": _breaks,
}
LINKED: dict[str, Callable[[Package, str, Shift], None]] = {
    "drawing": _drawing,
    "comments": _comments,
    "vmlDrawing": _notes_drawn,
    "table": _table,
}
