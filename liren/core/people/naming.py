"""Names of people (姓名): tidied, compared, and brought to a key that homophones share."""

import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from liren.core.people import pinyin

MIDDLE_DOT = "·"
_DOTS = re.compile(r"\s*[·•.・‧∙⋅●．。﹒･]\s*")
# with control signs and marks of direction, which nobody sees and copying brings along
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u00a0\u3000\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_SUFFIX = re.compile(r"[(（\[【](.*?)[)）\]】]?$")
_CJK = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff〇]")
_PLAIN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{2,4}")
_NOT_A_NAME = frozenset("无 不详 未知 空户 空关 空房 空置 无人 / - — —— 待补 待查 none null".split())
_ROLE = re.compile(r"^(户主|承租人|产权人|房东|联系人|监护人)[::]")


@dataclass(frozen=True, slots=True)
class Name:
    """A tidy name, the remark that hung on it (户主, 已故), and a former name (曾用名) in brackets."""

    name: str = ""
    remark: str = ""
    former: str = ""


def read_name(value: object) -> Name:
    """Split a cell into the name and what was written behind it in brackets."""
    if value is None or isinstance(value, bool | int | float):
        return Name()
    text = unicodedata.normalize("NFKC", str(value)).strip().strip("'\"‘’“”★☆√├└│┣┗─┕-—→")
    text = re.sub(r"^\d{1,4}[.、)](?=\D)|(?<!\*)\*$", "", text).strip()
    if re.fullmatch(r"\([^()]*\)", text):
        text = text[1:-1]
    remark = former = ""
    if len(text) > 3 and text[0] == text[-1] == "□":
        # a frame around the name, drawn by hand, is the black frame of the dead
        return Name(tidy_name(text[1:-1]), "已故")
    found = _SUFFIX.search(text)
    if found and found.start() > 0:
        remark, text = found[1].strip(), text[: found.start()]
        if re.match(r"(原名|曾用名|又名|别名)", remark):
            former, remark = re.sub(r"^(原名|曾用名|又名|别名)[::]?", "", remark), ""
    text = _ROLE.sub("", text.strip())
    if _CJK.search(text):
        text = _DOTS.sub(MIDDLE_DOT, _SPACES.sub("", text)).strip(MIDDLE_DOT)
    else:
        text = _SPACES.sub(" ", text).strip(" .,;、")
    if text.lower() in _NOT_A_NAME or not re.search(r"\w", text) or text.isdigit():
        text = ""
    return Name(text, remark, tidy_name(former) if former else "")


def tidy_name(value: object) -> str:
    """The name without inner spaces, line ends and remarks; dots of long names as one middle dot."""
    return read_name(value).name


def name_key(name: str) -> str:
    """What equal names share: no dots, no spaces, no case."""
    if _PLAIN.fullmatch(name) and name not in _NOT_A_NAME:
        # nearly every name: nothing to tidy, and asked for a hundred thousand people at a time
        return name
    return re.sub(r"[·\s]", "", tidy_name(name)).upper()


def same_name(one: str, other: str) -> bool:
    """Whether two cells write the same name."""
    key = name_key(one)
    return bool(key) and key == name_key(other)


def homophone_key(name: str) -> str:
    """The sound of a name without tones: 张晓丽 and 章小莉 share it; an empty name has none."""
    readings = pinyin.readings(tidy_name(name))
    return readings[0] if readings else ""


def sound_alike(one: str, other: str) -> bool:
    """Whether two names of the same length can be read the same way."""
    first, second = tidy_name(one), tidy_name(other)
    if not first or len(first) != len(second):
        return False
    return not set(pinyin.readings(first)).isdisjoint(pinyin.readings(second))


def characters_off(one: str, other: str) -> int:
    """How many characters are wrong, missing, too many or swapped between two names."""
    return int(DamerauLevenshtein.distance(name_key(one), name_key(other)))
