"""Free text (自由文字): other people named inside a remark or a name cell – found to be told, not imported."""

import re

from .surnames import SURNAMES

FIRST = f"[{SURNAMES}]"
NAME = rf"{FIRST}[\u4e00-\u9fff]{{1,2}}"
KIN = (
    "配偶|妻子|丈夫|老伴|爱人|儿子|女儿|长子|次子|三子|长女|次女|三女|独子|独女|父亲|母亲|儿媳妇?|媳妇|女婿|孙子|孙女|外孙女?|保姆|护工|"
    "室友|合租人?|其[妻夫子女父母]|岳父|岳母|公公|婆婆|哥哥|弟弟|姐姐|妹妹|妻|夫|子|女|父|母|婿|媳|孙"
)
TOGETHER = re.compile(
    rf"(同住人?员?|共同居住人?员?|家庭成员|家属|同住家属|另住|还住着?|还有|另有|同住有|室友|合租人?|同户|同屋|户内另?有?|成员|共\d人)"
    rf"\s*[:：有为是]\s*(({KIN})\s*[:：]?\s*)?({NAME}.*)"
)
KIN_NAMED = re.compile(rf"(?:^|[、,，;；。\s(（])({KIN})(\s*[:：]\s*|是|为|叫)({NAME})")
KIN_BEFORE = re.compile(
    rf"(?:^|[、,，;；。\s(（及和与])({KIN})\s?({NAME})(?=$|[、,，;；。)）\s\d]|同住|一起|等)"
)
NAMED_KIN = re.compile(rf"({NAME})\s*[(（]({KIN})[)）]")
KIN_IN_BRACKETS = re.compile(rf"[(（]({KIN})[)）]\s*({NAME})")
TOGETHER_NAMED = re.compile(
    rf"(同住人?员?|另有|还有|另住|还住|同户|同屋)(?:有|着)?(?:{KIN})?({NAME})(?=$|[、,，;；。)）\s\d(（和及]|等)"
)
LIVES_WITH = re.compile(
    rf"(?:与|和|跟|随|由)(?:{KIN})?({NAME})(?:[、,，和及](?:{KIN})?{NAME})*(?:等|一起|共同)*(?:同住|居住|生活|合住|合租|住)"
)
NOT_NAMES = re.compile(
    r"^(高龄|常[年住来回]|单[位身独]|时[常而]|方便|安[置排]|应[该当]|都在|从事|曾[在经]|于[上外国]|全[家部]|农[村业]|石[家]|成[年都]|明[年]|"
    r"相[依]|东[北]|江[苏西]|云南|贵[州]|安徽|古|温州|宁[波夏]|华|党员|平[时安]|和|年|强|路|计|易|席|空|阴|游|强制|白天|沙|水|花|利|通|"
    r"居[民住]|项|段|连|广|盛|门|房|松|万|顾|艾|向|隆|丰|关|支|后|养[老]|危|符|经|生)"
)


def members_in(text: str) -> str:
    """The part of a text that names other residents, "" when there is none."""
    if len(text) < 4:
        return ""
    for pattern, group in _PATTERNS:
        for found in pattern.finditer(text):
            if pattern is TOGETHER or not NOT_NAMES.match(found[group]):
                return found[0].strip(" 、,，;；(（")
    return ""


_PATTERNS = (
    (TOGETHER, 4),
    (KIN_NAMED, 3),
    (NAMED_KIN, 1),
    (KIN_IN_BRACKETS, 2),
    (LIVES_WITH, 1),
    (TOGETHER_NAMED, 2),
    (KIN_BEFORE, 2),
)
