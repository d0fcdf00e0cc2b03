"""Marking (水印): who took a filled form, when, what for — in the footer of every page, beside what stands there."""

import re
from xml.etree.ElementTree import Element, SubElement

from liren.core.sheets.forms.package import Package, open_package

# What has to stand behind the footer, by the order that the format prescribes.
BEHIND = (
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
MOST = 200


def marked(content: bytes, ending: str, mark: str) -> bytes:
    """The file with its mark. A Word form carries it in its properties, because its footers are its own."""
    package = open_package(content)
    if ending == "xlsx":
        for leaf in package.leaves:
            if not leaf.hidden:
                _mark(package, leaf.part, mark)
    _describe(package, mark)
    return package.written()


def _mark(package: Package, part: str, mark: str) -> None:
    tree = package.tree(part)
    s = tree.space
    found = tree.root.find(f"{s}headerFooter")
    if found is None:
        found = Element(f"{s}headerFooter")
        places = [n for n, node in enumerate(tree.root) if str(node.tag).rpartition("}")[2] in BEHIND]
        tree.root.insert(min(places, default=len(tree.root)), found)
    footer = found.find(f"{s}oddFooter")
    if footer is None:
        footer = Element(f"{s}oddFooter")
        header = found.find(f"{s}oddHeader")
        found.insert(0 if header is None else list(found).index(header) + 1, footer)
    footer.text = _joined(footer.text or "", mark)


def _joined(said: str, mark: str) -> str:
    """A footer with the mark on its left, else on its right. & begins a code, so a written one has to be doubled."""
    pieces = re.split(r"&([LCR])", said if re.match(r"&[LCR]", said) or not said else f"&C{said}")
    parts = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    place = next((side for side in "LR" if not parts.get(side, "").strip()), "L")
    kept = f"{parts[place]} " if parts.get(place, "").strip() else ""
    parts[place] = f"{kept}&8{mark.replace('&', '&&')[:MOST]}"
    return "".join(f"&{side}{parts[side]}" for side in "LCR" if parts.get(side))


def _describe(package: Package, mark: str) -> None:
    """The mark in the properties of the file, where they are."""
    part = next((name for name in package.parts if re.fullmatch(r"docProps/core\.xml", name)), "")
    if not part:
        return
    tree = package.tree(part)
    space = "{http://purl.org/dc/elements/1.1/}"
    node = tree.root.find(f"{space}description")
    if node is None:
        node = SubElement(tree.root, f"{space}description")
        tree.prefixes.setdefault("dc", "http://purl.org/dc/elements/1.1/")
    node.text = mark
