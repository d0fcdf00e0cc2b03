"""Words (字词): how messages are spelt — full-width figures, Chinese numerals — without moving a single character."""

import hashlib
import re

# One character for one: places found in the plain text are places in the text as it came.
PLAIN = str.maketrans(
    {chr(0xFF01 + n): chr(0x21 + n) for n in range(94)} | {"　": " ", "\xa0": " ", "﹕": ":", "〜": "~"}
)
KEPT = str.maketrans({",": "，", ";": "；", "(": "（", ")": "）", "!": "！", "?": "？"})
DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
NUMBER = r"(?:\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九两])"


def plain(text: str) -> str:
    """The text with figures and colons as they are typed on a keyboard; as long as it was."""
    return text.translate(PLAIN).translate(KEPT)


def number_of(said: str) -> int:
    """``25``, ``二十五``, ``两`` as a number; ValueError for anything else."""
    if said.isdecimal():
        return int(said)
    if "十" in said:
        tens, _, ones = said.partition("十")
        return DIGITS.get(tens, 1) * 10 + DIGITS.get(ones, 0)
    if said not in DIGITS:
        raise ValueError(said)
    return DIGITS[said]


def fingerprint(text: str) -> str:
    """What two pastes of one message have in common: its words and figures without blanks, marks and who sent it."""
    words = re.sub(r"[\W_]+", "", plain(text))
    return hashlib.sha256(words.encode()).hexdigest()[:32] if words else ""
