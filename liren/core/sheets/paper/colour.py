"""Colour (颜色): what a workbook says of a colour as #rrggbb; themes in the colours of the usual one."""

import re
from typing import Any

from openpyxl.styles.colors import COLOR_INDEX

USUAL_THEME = (
    "ffffff", "000000", "e7e6e6", "44546a", "4472c4", "ed7d31", "a5a5a5", "ffc000", "5b9bd5", "70ad47",
)  # fmt: skip


def colour_of(said: Any) -> str:
    """#rrggbb; "" for none."""
    if said is None:
        return ""
    if said.type == "theme" and 0 <= int(said.theme) < len(USUAL_THEME):
        return _tinted(USUAL_THEME[int(said.theme)], float(said.tint or 0))
    value = said.rgb if said.type == "rgb" else ""
    if said.type == "indexed" and 0 <= int(said.indexed) < len(COLOR_INDEX):
        value = COLOR_INDEX[int(said.indexed)]
    found = re.fullmatch(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})", str(value or ""))
    return f"#{found[1].lower()}" if found else ""


def _tinted(colour: str, tint: float) -> str:
    parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    if tint < 0:
        parts = [round(part * (1 + tint)) for part in parts]
    else:
        parts = [round(part + (255 - part) * tint) for part in parts]
    return "#" + "".join(f"{part:02x}" for part in parts)
