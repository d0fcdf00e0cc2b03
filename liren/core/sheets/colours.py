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
