"""Chinese numerals (中文数字) in addresses and dates: 十二 → 12, 五〇一 → 501, 一千二百零一 → 1201."""

import re

DIGITS = {
    **dict(zip("〇一二三四五六七八九", range(10), strict=True)),
    **dict(zip("零壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    "○": 0, "Ｏ": 0, "两": 2, "贰": 2, "元": 1,
}  # fmt: skip
SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
SPECIAL = {"廿": "二十", "卅": "三十", "卌": "四十"}
# 元 is only a first year (元年), never a digit inside a run, so it is not in the class
_RUN = re.compile("[〇○零一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟廿卅卌]+")


def chinese_number(text: str) -> str | None:
    """The digits a run of Chinese numerals stands for (五〇一 → "501", 十二 → "12"), or None."""
    for short, long in SPECIAL.items():
        text = text.replace(short, long)
    if not text or any(c not in DIGITS and c not in SCALES for c in text):
        return None
    if not any(c in SCALES for c in text):
        return "".join(str(DIGITS[c]) for c in text)
    total, digit = 0, None
    for c in text:
        if c in SCALES:
            total += (1 if digit is None else digit) * SCALES[c]
            digit = 0
        else:
            digit = DIGITS[c]
    return str(total + (digit or 0))


def to_digits(text: str) -> str:
    """The text with every run of Chinese numerals turned into digits (十二弄一号 → 12弄1号)."""
    return _RUN.sub(lambda found: chinese_number(found[0]) or found[0], text)


def to_chinese(number: int) -> str:
    """A number below 10,000 as it is read (12 → 十二, 105 → 一百零五)."""
    if number < 10:
        return "零一二三四五六七八九"[number]
    parts, gap = "", False
    for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            parts += ("零" if gap and parts else "") + "零一二三四五六七八九"[digit] + sign
            gap = False
        elif parts:
            gap = True
    return parts.removeprefix("一") if parts.startswith("一十") else parts
