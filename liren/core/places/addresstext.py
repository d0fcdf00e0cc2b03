"""Cutting the text of an address (地址) into lane, building, unit and the rest; knows no building."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from liren.core.places.numerals import to_digits

EMPTY = frozenset(["", *"无 不详 未知 待查 待补 / \\ - -- — —— . ? none null nan".split()])
SERIAL_ZERO = date(1899, 12, 30)
# five-digit serial numbers of the years 2000 to 2050
SERIALS = range(36_526, 55_153)

_DASHES = re.compile(r"[–—―−‐‑_~]|(?<=\d)\.(?=\d)|(?<=\d)[/、,](?=\d)")
_ONE_AS_DASH = re.compile(r"(?<=\d)一(?=\d)")
_LETTER_O = re.compile(r"(?<=\d)[Oo](?=\d|$)")
_BETWEEN_NUMBERS = re.compile(r"(?<=\d)\s+(?=\d)|(?<=\d)\s*(?=[一二三四五六七八九十])")
_BLANKS = re.compile(r"[\s\u200b]+")
_ORDINAL = re.compile(r"第(?=\d)")
_LANE = re.compile(r"^(?P<head>[^\d]*(?:\d+号院)?[^\d]*)(?P<lane>\d+)(?:弄|巷|胡同|支弄)-?")
_NUMBER = re.compile(r"^(?P<number>\d{1,3}[A-Z]?)(?:号楼|幢楼|栋楼|座楼|楼栋|号|栋|幢|座|#楼?|楼(?![\D]))-?")
_NUMBER_BARE = re.compile(r"^(?P<number>\d{1,3})-")
_UNIT = re.compile(r"^第?(?P<unit>\d{1,2}|[A-Z])(?:单元|门洞|门栋|单位|门|梯)-?")
_UNIT_DASHED = re.compile(r"^0?(?P<unit>\d{1,2}|[A-Z])[-#](?=.)")
_AREAS = re.compile(r"^.*(?:街道|社区|居委会|居委)")
_UPPER_AREAS = re.compile(
    r"^(?:\D*?(?:省|自治区))?(?:\D{1,8}?市)?(?:\D{1,8}?(?:[^小园\d]区|县)(?!院))?(?:\D{1,8}?[镇乡])?"
)
_AREA_PART = re.compile(r"\D+?(?:省|自治区|市|[^小园\d]区|县|镇|乡|街道|社区|居委会)")
_ESTATE_WORD = re.compile(r"^\D{2,10}?(?:小区|花园|新村|公寓|家园|苑|花苑|新苑|嘉园|里|坊|城)(?=\d)")
_DATE_TEXT = re.compile(r"^((?:19|20)\d\d)[-/年](\d{1,2})[-/月](\d{1,2})日?(?: ?\d{1,2}:\d{2}(?::\d{2})?)?$")
_MONTH_DAY = re.compile(r"^(\d{1,2})月(\d{1,2})日$")


def tidy(value: object) -> str:
    """One line without spaces, full-width signs and Chinese numerals; whole numbers without ".0"."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float):
        value = int(value) if value.is_integer() else ""
    if isinstance(value, str) and value.isdigit() and value.isascii():
        return value
    text = unicodedata.normalize("NFKC", str(value)).strip().strip("'\"‘’“”=`").replace("搂", "楼")
    text = text[1:].rstrip(")") if text.startswith("(") else text
    # one written as a dash, nought as a letter
    text = _LETTER_O.sub("0", _ONE_AS_DASH.sub("-", text))
    # two numbers side by side stay two: 3 2 501, 26-5 二楼后楼
    text = _BLANKS.sub("", _BETWEEN_NUMBERS.sub("-", text))
    return _ORDINAL.sub("", _DASHES.sub("-", to_digits(text))).upper().strip(",;。-")


def last_number(name: str) -> str:
    """The number a building's name ends with: 3号楼 → 3, 12弄7号 → 7."""
    numbers = re.findall(r"\d+", tidy(name))
    return numbers[-1] if numbers else ""


def names_a_building(text: str) -> bool:
    """Whether the text itself says which building it means."""
    return bool(re.search(r"\d+(?:弄|巷|胡同|号楼|号(?!房|室)|栋|幢|座|#)|\d+-\d+-\d+", text))


def is_inside(text: str) -> bool:
    """Whether the text is only a unit or room (2单元501, 501室)."""
    return bool(re.fullmatch(r"(第?\d{1,2}(单元|门|梯)-?)?\d{1,4}[A-Z]?(室|房|户)?", text))


def is_word_room(text: str) -> bool:
    """Whether a room is written in words (晒台间, 2楼后楼), as only lane houses have them."""
    return bool(re.match(r"(\d{1,2}[楼层])?[^\dA-Z\-]", text))


def split_lane(text: str) -> tuple[str, str, str]:
    """里仁路88弄1号楼… → ("里仁路", "88", "1号楼…"); without a lane the two first are empty."""
    found = _LANE.match(text)
    if not found:
        return "", "", text
    return found["head"], found["lane"].lstrip("0"), text[found.end() :]


def split_number(text: str, *, bare: bool = False) -> tuple[str, str]:
    """3号楼2单元501 → ("3", "2单元501"); with `bare` (after a lane) 3-2-501 counts too."""
    found = _NUMBER.match(text) or (_NUMBER_BARE.match(text) if bare else None)
    if not found:
        return "", text
    return found["number"].lstrip("0"), text[found.end() :]


def split_dashes(text: str) -> tuple[list[str], str]:
    """3-2-501室 → (["3", "2"], "501室"); 12-1晒台间 → (["12", "1"], "晒台间")."""
    found = re.match(r"^((?:\d{1,3}-)+)(.+)$", text)
    if not found:
        return [], text
    numbers = [n.lstrip("0") for n in found[1].rstrip("-").split("-")]
    rest = found[2]
    word = re.match(r"^(\d{1,2})([^\d\-室房号楼层A-Z].*)$", rest)
    if word and len(numbers) == 1:
        return [*numbers, word[1].lstrip("0")], word[2]
    return numbers, rest


def split_unit(text: str, *, dashed: bool) -> tuple[str, str]:
    """2单元501 → ("2", "501"); with `dashed` also 2-501."""
    found = _UNIT.match(text) or (_UNIT_DASHED.match(text) if dashed else None)
    if not found:
        return "", text.removeprefix("-")
    return found["unit"].lstrip("0"), text[found.end() :]


def strip_areas(text: str) -> str:
    """Without city, district, street and community in front."""
    shorter = _AREAS.sub("", text)
    if shorter != text:
        return shorter
    found = _UPPER_AREAS.match(text)
    return text[found.end() :] if found and found.end() < len(text) else text


def strip_estate_word(text: str) -> str:
    """Without the name of an estate (幸福小区3号楼 → 3号楼), for a community that has no names for them."""
    return _ESTATE_WORD.sub("", text)


def areas_named(text: str) -> dict[str, str]:
    """The areas that stand in front of an address by their level: city 海东市, district 临江区 and so on."""
    head = re.match(r"\D*", text)
    found = _AREA_PART.findall(head[0]) if head else []
    return {_level(area): area for area in found}


def _level(area: str) -> str:
    if area.endswith(("社区", "居委会")):
        return "community"
    if area.endswith(("街道", "镇", "乡")):
        return "street"
    if area.endswith(("区", "县")):
        return "district" if not area.endswith("自治区") else "province"
    return "city" if area.endswith("市") else "province"


def as_date(value: object) -> date | None:
    """The date a room number was turned into, or None when the cell is no date."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return SERIAL_ZERO + timedelta(days=int(value)) if value in SERIALS else None
    text = str(value or "").strip()
    found, short = _DATE_TEXT.match(text), _MONTH_DAY.match(text)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
        # a leap year, so that the 29th of February can be written
        return date(2024, int(short[1]), int(short[2])) if short else None
    except ValueError:
        return None
