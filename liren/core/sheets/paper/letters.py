"""Word forms on paper (文字表格): paragraphs and tables of a .docx as plain data, with the styles they stand in."""

from typing import Any
from xml.etree.ElementTree import Element

from liren.core.duty import Refused

from ..forms.package import open_package
from ..safety import Unreadable
from .lettering import families_of

MAIN, STYLES = "word/document.xml", "word/styles.xml"
TWIP = 1 / 20
SIDES = ("left", "top", "right", "bottom")
WHERE = {"center": "center", "right": "right", "end": "right", "both": "left", "distribute": "center"}
USUAL_SIZE = 10.5
MOST_BLOCKS = 4_000
# What form.typ leaves free at the left and the right of a cell.
SIDE = 5
USUAL_PAGE = {"w": 11906, "h": 16838}


def letter_pages(content: bytes, mark: str = "") -> list[dict[str, Any]]:
    """A Word form as pages; what it says of its paper, or A4. Headers and footers of its own are not drawn."""
    package = open_package(content)
    if MAIN not in package.parts:
        raise Unreadable("这个 Word 文件里没有正文。")
    tree = package.tree(MAIN)
    reading = _Reading(tree.space, package.tree(STYLES).root if STYLES in package.parts else None)
    body = tree.root.find(f"{tree.space}body")
    nodes = reading.blocks(body if body is not None else tree.root)
    if sum(1 for _ in tree.root.iter(f"{tree.space}p")) > MOST_BLOCKS:
        raise Refused("这份 Word 表太长，打印出来太厚了。请只交 Word")
    page = reading.page(body)
    room = page["paper"][0] - page["margin"]["left"] - page["margin"]["right"]
    blocks = [reading.block(node, room) for node in nodes]
    return [{**page, "blocks": blocks, "top": ["", "", ""], "foot": [mark, "", ""]}]


class _Reading:
    """The parts of a document by their names in its namespace."""

    def __init__(self, w: str, styles: Element | None) -> None:
        self.w = w
        self.styles = {
            node.get(f"{w}styleId", ""): node
            for node in (styles.findall(f"{w}style") if styles is not None else ())
        }
        self.usual = styles.find(f"{w}docDefaults/{w}rPrDefault/{w}rPr") if styles is not None else None
        self.first = next((key for key, node in self.styles.items() if node.get(f"{w}default") == "1"), "")

    def find(self, node: Element | None, path: str) -> Element | None:
        """The first below this path of bare names."""
        return node.find("/".join(self.w + part for part in path.split("/"))) if node is not None else None

    def said(self, node: Element | None, path: str, name: str = "val") -> str:
        """An attribute below this path; "" for none."""
        found = self.find(node, path)
        return found.get(self.w + name, "") if found is not None else ""

    def whole(self, node: Element | None, path: str, name: str = "val", usual: int = 0) -> int:
        """The same as a whole number."""
        return _whole(self.said(node, path, name), usual)

    def page(self, body: Element | None) -> dict[str, Any]:
        """Paper and margins, in points."""
        section = self.find(body, "sectPr")
        wide = self.whole(section, "pgSz", "w", USUAL_PAGE["w"]) * TWIP
        high = self.whole(section, "pgSz", "h", USUAL_PAGE["h"]) * TWIP
        margin = {side: max(self.whole(section, "pgMar", side, 1440) * TWIP, 14.0) for side in SIDES}
        return {"paper": [wide, high], "margin": margin}

    def blocks(self, holder: Element) -> list[Element]:
        """Paragraphs and tables, also those within controls."""
        found: list[Element] = []
        for node in holder:
            if node.tag in (f"{self.w}p", f"{self.w}tbl"):
                found.append(node)
            elif node.tag == f"{self.w}sdt" and (inner := self.find(node, "sdtContent")) is not None:
                found += self.blocks(inner)
        return found

    def block(self, node: Element, room: float) -> dict[str, Any]:
        """One paragraph or one table."""
        return self.paragraph(node) if node.tag == f"{self.w}p" else self.table(node, room)

    def chain(self, key: str) -> list[Element]:
        """A style and those on which it rests, the nearest first."""
        found: list[Element] = []
        while key in self.styles and len(found) < 12:
            node = self.styles[key]
            found.append(node)
            key = self.said(node, "basedOn")
        return found

    def paragraph(self, node: Element) -> dict[str, Any]:
        """Its words in runs of one look."""
        chain = self.chain(self.said(node, "pPr/pStyle") or self.first)
        own = self.find(node, "pPr")
        holders = [own, *(self.find(style, "pPr") for style in chain)]
        where = next((said for each in holders if (said := self.said(each, "jc"))), "")
        lines = next((n for each in holders if (n := self.whole(each, "spacing", "line"))), 240)
        looks = [self.find(style, "rPr") for style in chain]
        runs = [self.run(run, looks) for run in node.iter(f"{self.w}r")]
        runs = [run for run in runs if run["t"]]
        empty = self.look([self.find(own, "rPr"), *looks])["s"]
        return {
            "runs": runs,
            "ha": WHERE.get(where, "left"),
            "lead": round(0.3 + max(min(lines / 240, 3.0) - 1, 0), 2),
            "before": next((n for each in holders if (n := self.whole(each, "spacing", "before"))), 0) * TWIP,
            "after": next((n for each in holders if (n := self.whole(each, "spacing", "after"))), 0) * TWIP,
            "indent": max(self.whole(own, "ind", "firstLine") * TWIP, 0),
            "h": empty,
        }

    def run(self, run: Element, looks: list[Element | None]) -> dict[str, Any]:
        """The words of one look."""
        parts = []
        for node in run:
            if node.tag == f"{self.w}t":
                parts.append(node.text or "")
            elif node.tag == f"{self.w}tab":
                parts.append("    ")
            elif node.tag in (f"{self.w}br", f"{self.w}cr"):
                parts.append("\n")
        own = self.find(run, "rPr")
        styled = [self.find(style, "rPr") for style in self.chain(self.said(own, "rStyle"))]
        return {"t": "".join(parts), **self.look([own, *styled, *looks])}

    def look(self, holders: list[Element | None]) -> dict[str, Any]:
        """Font, size and marks: the nearest that says something counts."""
        every = [*holders, self.usual]
        half = next((n for each in every if (n := self.whole(each, "sz"))), 0)
        name = next((said for each in every if (said := self.said(each, "rFonts", "eastAsia"))), "")
        ink = next((said for each in every if (said := self.said(each, "color"))), "")
        found: dict[str, Any] = {"f": families_of(name), "s": half / 2 or USUAL_SIZE}
        for key, tag in (("b", "b"), ("i", "i"), ("u", "u"), ("k", "strike")):
            node = next((node for each in every if (node := self.find(each, tag)) is not None), None)
            if node is not None and node.get(f"{self.w}val", "1") not in ("0", "false", "none"):
                found[key] = 1
        if len(ink) == 6 and ink.lower() != "000000":
            found["ink"] = f"#{ink}"
        return found

    def table(self, node: Element, room: float) -> dict[str, Any]:
        """Its columns as wide as the grid says, at most as the page; merged cells as one."""
        grid = [
            _whole(one.get(f"{self.w}w", "")) * TWIP
            for one in node.iterfind(f"{self.w}tblGrid/{self.w}gridCol")
        ]
        lines = node.findall(f"{self.w}tr")
        wide = max((self._reach(line) for line in lines), default=1)
        grid = (
            (grid + [room / wide] * wide)[:wide] if not all(grid[:wide]) or len(grid) < wide else grid[:wide]
        )
        scale = min(1.0, room / sum(grid)) if sum(grid) else 1.0
        usual = self._lines_of(node)
        rows = []
        open_above: dict[int, dict[str, Any]] = {}
        widths = [width * scale for width in grid]
        for y, line in enumerate(lines):
            rows.append(self._row(line, y, open_above, usual, len(lines), widths))
        return {
            "columns": [round(width, 2) for width in widths],
            "parts": [{"head": [], "rows": rows}],
            "centred": self.said(node, "tblPr/jc") == "center",
        }

    def _reach(self, line: Element) -> int:
        spans = [max(self.whole(cell, "tcPr/gridSpan", usual=1), 1) for cell in line.findall(f"{self.w}tc")]
        return sum(spans) + self.whole(line, "trPr/gridBefore")

    def _lines_of(self, node: Element) -> dict[str, float]:
        holders = [self.find(node, "tblPr/tblBorders")]
        holders += [
            self.find(style, "tblPr/tblBorders") for style in self.chain(self.said(node, "tblPr/tblStyle"))
        ]
        names = (*SIDES, "insideH", "insideV")
        return {
            name: next((n for each in holders if (n := self._weight(self.find(each, name))) is not None), 0.0)
            for name in names
        }

    def _weight(self, side: Element | None) -> float | None:
        if side is None:
            return None
        if side.get(f"{self.w}val") in ("nil", "none"):
            return 0.0
        return max(_whole(side.get(f"{self.w}sz", ""), 4) / 8, 0.25)

    def _row(
        self,
        line: Element,
        y: int,
        above: dict[int, Any],
        usual: dict[str, float],
        last: int,
        widths: list[float],
    ) -> dict[str, Any]:
        x, cells = self.whole(line, "trPr/gridBefore"), []
        for node in line.findall(f"{self.w}tc"):
            span = max(self.whole(node, "tcPr/gridSpan", usual=1), 1)
            merge = self.find(node, "tcPr/vMerge")
            if merge is not None and merge.get(f"{self.w}val", "continue") == "continue" and x in above:
                above[x]["r"] += 1
                above[x]["e"][3] = self._edge(node, "bottom", usual, y == last - 1)
            else:
                cell = self._cell(node, x, y, span, usual, last)
                room = sum(widths[x : x + span]) - 2 * SIDE
                cell["ps"] = [self.block(each, room) for each in self.blocks(node)]
                cells.append(cell)
                above.pop(x, None)
                if merge is not None:
                    above[x] = cell
            x += span
        return {"y": y, "h": round(self.whole(line, "trPr/trHeight") * TWIP, 2), "cells": cells}

    def _edge(self, node: Element, side: str, usual: dict[str, float], outer: bool) -> float:
        own = self._weight(self.find(node, f"tcPr/tcBorders/{side}"))
        inside = "insideV" if side in ("left", "right") else "insideH"
        return own if own is not None else usual[side if outer else inside]

    def _cell(
        self, node: Element, x: int, y: int, span: int, usual: dict[str, float], last: int
    ) -> dict[str, Any]:
        outer = {"left": x == 0, "top": y == 0, "right": False, "bottom": y == last - 1}
        edges = [self._edge(node, side, usual, outer[side]) for side in SIDES]
        edges[2] = max(edges[2], usual["right"])
        where = {"center": "horizon", "bottom": "bottom"}.get(self.said(node, "tcPr/vAlign"), "top")
        cell = {"x": x, "y": y, "c": span, "r": 1, "e": edges, "va": where}
        fill = self.said(node, "tcPr/shd", "fill")
        return {**cell, "fill": f"#{fill}"} if len(fill) == 6 and fill.lower() != "ffffff" else cell


def _whole(text: str, usual: int = 0) -> int:
    """A measure as a whole number; some programs write 4261.5."""
    try:
        return round(float(text))
    except (ValueError, OverflowError):
        return usual
