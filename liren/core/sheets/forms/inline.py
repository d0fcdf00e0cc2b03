"""Inline blanks (行内空): 填报单位：____ and dates inside a line of words, filled without touching the words."""

import re
from collections.abc import Callable
from dataclasses import dataclass

LABEL = re.compile(r"([^\s:：_，,；;。]{1,24}(?:[(（][^()（）:：]*[)）])?)[ 　]*[:：]")
BLANK = re.compile(r"^[\s_　.\-—/年月日时分（）()盖章]*$")
SIGNED = re.compile(
    r"签|盖章人|填表人|填报人|审核|负责人|登记人|经办|统计人|复核|审批|制表|领导|主任|书记|申报人|普查员|调查员|采集|核实人|意见|领取人|证明人|见证"
)
UNIT = re.compile(
    r"(填报|登记|报送|上报|填表|制表|编制|报告|汇总)?单位(名称)?$|^(社区|居委会|村居|村（居）委会)(名称)?$"
)
DATE = re.compile(r"(填报|填表|登记|申请|制表|上报|报送|填写|统计|采集|报告)(日期|时间)$|^(日期|时间)$")
SLOT = re.compile(r"(_{2,}|＿{2,})\s*([一-龥]+(?:[（(][^）)]*[）)])?(?:[一-龥]+)?)?")


@dataclass(frozen=True, slots=True)
class Inline:
    """A label inside a cell and the blank after it, as places in the text."""

    label: str
    start: int
    end: int
    blank: str

    @property
    def kind(self) -> str:
        """signature, unit, date, or other."""
        bare = re.sub(r"[（(][^）)]*[）)]", "", self.label).strip()
        if SIGNED.search(self.label) and not DATE.search(bare):
            return "signature" if not UNIT.search(bare) else "unit"
        if UNIT.search(bare):
            return "unit"
        return "date" if DATE.search(bare) else "other"


def inlines(text: str) -> list[Inline]:
    """The blanks of a line of words."""
    labels = list(LABEL.finditer(text))
    found = []
    for place, match in enumerate(labels):
        stop = labels[place + 1].start() if place + 1 < len(labels) else len(text)
        blank = text[match.end() : stop]
        if BLANK.match(blank) or SLOT.search(blank):
            found.append(Inline(match[1].strip(), match.end(), stop, blank))
    return found


def date_into(blank: str, year: int, month: int, day: int) -> str:
    """2026年6月30日 into "    年  月  日", "    年  月", or nothing at all."""
    if "年" in blank and "日" in blank:
        return re.sub(r"[\s_　]*年[\s_　]*月[\s_　]*日", f"{year}年{month}月{day}日", blank, count=1)
    if "年" in blank and "月" in blank:
        return re.sub(r"[\s_　]*年[\s_　]*月", f"{year}年{month}月", blank, count=1)
    return value_into(blank, f"{year}年{month}月{day}日")


def value_into(blank: str, value: str) -> str:
    """A value into a blank; the blanks behind it keep the next label at its distance."""
    if not blank.strip("_＿ 　\t"):
        width = sum(2 if ord(sign) > 127 else 1 for sign in value)
        return value + blank[min(width, max(len(blank) - 2, 0)) :] if blank else value
    return value + blank


def slots_into(blank: str, value_of: Callable[[str], str]) -> str:
    """Each ____ by the word that follows it: ____室 → 101室."""

    def filled(match: re.Match[str]) -> str:
        value = value_of(match[2] or "")
        return f"{value or match[1]}{match[2] or ''}"

    return SLOT.sub(filled, blank)
