"""Telephone numbers (联系电话) in a cell: several, spaced, hyphenated, with names between them."""

import re
import unicodedata
from dataclasses import dataclass

_PREFIX = r"(?:(?:\+|00)?86[\s\-)]*)?"
_BEFORE = r"(?<![\d.\-])"
_AFTER = r"(?!\d)(?!-\d)"
_NUMBER = re.compile(
    rf"""
    {_BEFORE}(?:
      {_PREFIX}(?P<mobile>1\d{{2}}[\s\-.]*\d{{4}}[\s\-.]*\d{{4}}){_AFTER}
    | {_PREFIX}\(?(?P<area>0\d{{2,3}}|(?<=86[\s\-])[1-9]\d{{1,2}})\)?[\s\-]*
      (?P<local>\d{{7,8}}|\d{{4}}[\s\-]\d{{4}}|\d{{3}}[\s\-]\d{{4}})
      (?:[\s\-]*(?:转|ext\.?|分机|\#|-)\s*(?P<extension>\d{{1,6}}))?{_AFTER}
    | (?P<service>[48]00[\s\-]*\d{{3}}[\s\-]*\d{{4}}|[48]00[\s\-]\d{{4}}[\s\-]\d{{3}}){_AFTER}
    | (?P<abroad>(?:\+|00)(?!86)[1-9]\d{{0,2}}[\s\-]*\d[\d\s\-]{{5,13}}\d){_AFTER}
    | (?P<near>[2-9]\d{{6,7}}|[2-9]\d{{3}}-\d{{4}})
      (?:\s*(?:(?:转|ext\.?|分机)\s*|-(?=\d{{3,4}}(?!\d)))(?P<extension2>\d{{1,6}}))?{_AFTER}
    )
    """,
    re.VERBOSE,
)
_CLEAN = re.compile(r"1[0-9]{10}")
# with the digits that the area code tells: nothing about it is in doubt
_CLEAN_LANDLINE = re.compile(r"(?:010|02[0-9])-[2-9][0-9]{7}|0[3-9][0-9]{2}-[2-9][0-9]{6,7}")
# two numbers joined by a dash or by nothing; an area code cut off by a slash
_JOINED = re.compile(
    r"(?<=(?<!\d)1[0-9]{10})-(?=1\d{10}(?!\d)|0\d{2,3}-?\d{7})|(?<=(?<!\d)1[0-9]{10})(?=1\d{10}(?!\d))"
)
_SLASHED = re.compile(r"(?<!\d)(0\d{2,3})/([2-9]\d{6,7})(?!\d)")
_LEFT = re.compile(r"\d[\d\s\-]*\d|\d")


@dataclass(frozen=True, slots=True)
class Phones:
    """Numbers in a common form, what looked like one but is not, and the words around them."""

    numbers: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    said: str = ""


def read_phones(value: object) -> Phones:
    """Read one cell: mobile as 11 digits, landline as 021-40954972 (转 801 as a third part)."""
    if type(value) is str and _CLEAN_LANDLINE.fullmatch(value):
        return Phones((value,))
    text = _as_text(value)
    if _CLEAN.fullmatch(text):
        return Phones((text,))
    text = _JOINED.sub("/", _SLASHED.sub(r"\1-\2", re.sub(r"(?<=\d)[Oo](?=\d|$)", "0", text)))
    numbers: list[str] = []

    def take(found: re.Match[str]) -> str:
        numbers.append(_common(found))
        return "\n"

    rest = [_NUMBER.sub(take, chunk) for chunk in re.split(r"[/、,;|\n\r]+|或|和", text)]
    left = "\n".join(rest)
    bad = []
    for piece in _LEFT.findall(left.replace("\n", " \u0001 ")):
        whole = re.sub(r"\D", "", piece)
        # 1 380 000 0000: eleven digits, however they are grouped
        if _CLEAN.fullmatch(whole):
            numbers.append(whole)
        else:
            bad.append(re.sub(r"\s+", " ", piece).strip(" -"))
    said = re.sub(r"[\d\s\-:()+.\u0001'\"=]+", " ", left).strip()
    return Phones(tuple(dict.fromkeys(numbers)), tuple(b for b in bad if b not in ("", "0")), said)


def _as_text(value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else ""
    text = unicodedata.normalize("NFKC", str(value)).strip()
    # a full-width or typographic dash is a dash; NFKC leaves these
    text = re.sub(r"[–—―−‐‑]", "-", text).strip("-'\"‘’=")
    return re.sub(r"^(\d{11})\.0$", r"\1", text)


def _common(found: re.Match[str]) -> str:
    def digits(name: str) -> str:
        return re.sub(r"\D", "", found[name] or "")

    if found["mobile"]:
        return digits("mobile")
    if found["abroad"]:
        return "+" + digits("abroad").removeprefix("00")
    if found["service"]:
        number = digits("service")
        return f"{number[:3]}-{number[3:6]}-{number[6:]}"
    if found["near"]:
        return digits("near") + ("-" + digits("extension2") if found["extension2"] else "")
    return _landline("0" + digits("area").removeprefix("0") + digits("local"), digits("extension"))


def _landline(number: str, extension: str) -> str:
    # 010 and 02x have three digits, all other area codes four
    cut = 3 if number[1] == "2" or number.startswith("010") else 4
    return f"{number[:cut]}-{number[cut:]}" + (f"-{extension}" if extension else "")
