"""Colours (颜色): the name a worker gives to a colour, so that 灰底 in a legend finds the grey rows."""

import colorsys
from functools import lru_cache

NAMES = ("灰", "红", "橙", "黄", "绿", "蓝", "紫", "粉", "棕")
# Neighbours that people mix up when they write a legend; used only when the exact shade is not there.
NEIGHBOURS = {
    "红": ("粉", "橙"),
    "粉": ("红", "紫"),
    "橙": ("黄", "红", "棕"),
    "黄": ("橙",),
    "紫": ("粉", "蓝"),
    "蓝": ("绿", "紫"),
    "绿": ("蓝",),
    "棕": ("橙",),
    "灰": (),
}
# The palette of files that number their colours (ECMA-376, 18.8.27).
INDEXED = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 000000 FFFFFF FF0000 00FF00 "
    "0000FF FFFF00 FF00FF 00FFFF 800000 008000 000080 808000 800080 008080 C0C0C0 808080 "
    "9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF "
    "800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 "
    "993300 993366 333399 333333 "
).split()
HUES = ((14, "红"), (39, "橙"), (69, "黄"), (166, "绿"), (256, "蓝"), (296, "紫"), (341, "粉"), (361, "红"))


@lru_cache(maxsize=4096)
def colour_name(rgb: str) -> str:
    """The name of a colour given as RRGGBB; "" for black, white and what is nearly so."""
    try:
        red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    except ValueError:
        return ""
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if value < 0.2 or (saturation < 0.035 and value > 0.975):
        return ""
    if saturation < 0.11:
        return "灰" if value < 0.975 else ""
    name = next(name for limit, name in HUES if hue * 360 < limit)
    if name == "橙" and value < 0.7:
        return "棕"
    if name == "红" and saturation < 0.5 and value > 0.85:
        return "粉"
    return name


def tinted(rgb: str, tint: float) -> str:
    """A theme colour made lighter (tint above 0) or darker, as spreadsheet programs do it."""
    if not tint:
        return rgb
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)
    return "".join(f"{round(part * 255):02X}" for part in parts)
