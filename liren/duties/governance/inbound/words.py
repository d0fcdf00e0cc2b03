"""Words (字词): how messages are spelt — full-width figures, Chinese numerals — without moving a single character."""

import hashlib
import re

from liren.core.places.numerals import chinese_number

# One character for one: places found in the plain text are places in the text as it came.
PLAIN = str.maketrans(
    {chr(0xFF01 + n): chr(0x21 + n) for n in range(94)} | {"　": " ", "\xa0": " ", "﹕": ":", "〜": "~"}
)
KEPT = str.maketrans({",": "，", ";": "；", "(": "（", ")": "）", "!": "！", "?": "？"})
NUMBER = r"(?:\d{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九两])"


def plain(text: str) -> str:
    """The text with figures and colons as they are typed on a keyboard; as long as it was."""
    return text.translate(PLAIN).translate(KEPT)


def number_of(said: str) -> int:
    """``25``, ``二十五``, ``两`` as a number; ValueError for anything else."""
    return int(said if said.isdecimal() else chinese_number(said) or said)


def fingerprint(text: str) -> str:
    """What two pastes of one message have in common: its words and figures without blanks, marks and who sent it."""
    words = re.sub(r"[\W_]+", "", plain(text))
    return hashlib.sha256(words.encode()).hexdigest()[:32] if words else ""
