"""Lettering (字体): fonts that stand in for those of the form, texts as a spreadsheet program shows them."""

import datetime
import re
import unicodedata
from typing import Any

SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
# Used only where they are installed; else the stand-in behind them.
ROUND = re.compile(r"黑|雅黑|等线|Hei|YaHei|DengXian|Calibri|Arial|Helvetica|Tahoma|Verdana|Sans", re.I)
OTHERS = {
    "仿宋_GB2312": ("FangSong_GB2312", "FangSong", "仿宋"),
    "楷体_GB2312": ("KaiTi_GB2312", "KaiTi", "楷体"),
    "宋体": ("SimSun",),
    "黑体": ("SimHei",),
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S",),
}
WIDE = {"W", "F", "A"}
SMALLEST = 0.62
RUN = re.compile(r"[0-9A-Za-z.,:;/_\-*@]+")
DATED = re.compile(r"[ymdYMD年月日]")


def families_of(name: str) -> list[str]:
    """The font of the form where there is one, then one of ours."""
    stand_in = SANS if ROUND.search(name) else SERIF
    return (
        [*dict.fromkeys([name, *OTHERS.get(name, ()), stand_in, SANS, "DejaVu Sans"])]
        if name
        else [SERIF, SANS]
    )


def is_heavy(name: str) -> bool:
    """小标宋 is a heavy face of its own; its stand-in has to be bold."""
    return "标宋" in name


def width_of(text: str) -> float:
    """How wide the longest line is, in its own size."""
    return max((sum(_width(letter) for letter in line) for line in text.split("\n")), default=0.0)


def _width(letter: str) -> float:
    return 1.0 if unicodedata.east_asian_width(letter) in WIDE else 0.56


def breakable(text: str, size: float, room: float) -> tuple[str, float]:
    """A long number stays on its line in smaller letters, or is let break where that does not do."""
    longest = max((width_of(run) for run in RUN.findall(text)), default=0.0) * size
    if longest <= room or room <= 0:
        return text, size
    if longest * SMALLEST <= room:
        return text, size * room / longest
    return RUN.sub(lambda run: "\u200b".join(run[0]), text), size * SMALLEST


def shown(value: Any, pattern: str) -> str:
    """A value as the cell shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime | datetime.date):
        return _dated(value, pattern)
    if isinstance(value, datetime.time | datetime.timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _number(value, pattern)
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def _dated(value: datetime.date, pattern: str) -> str:
    if "年" in pattern:
        day = f"{value.day}日" if re.search(r"[dD]", pattern) else ""
        return f"{value.year}年{value.month}月{day}"
    sign = next((sign for sign in ("/", ".") if sign in pattern), "-")
    if re.search(r"yyyymmdd", pattern, re.I):
        sign = ""
    parts = ["%Y", "%m"] + (["%d"] if re.search(r"d", pattern, re.I) else [])
    return value.strftime(sign.join(parts))


def _number(value: float, pattern: str) -> str:
    places = re.search(r"0\.(0+)", pattern)
    digits = len(places[1]) if places else 0
    if "%" in pattern:
        return f"{value * 100:.{digits}f}%"
    if "," in pattern:
        return f"{value:,.{digits}f}"
    if places:
        return f"{value:.{digits}f}"
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}"
