"""Free text (自由文字): other people named inside a remark or a name cell – found to be told, not imported."""

import re

NAME = r"[\u4e00-\u9fff]{2,4}"
KIN = "配偶|妻子?|夫|丈夫|老伴|爱人|儿子?|女儿?|长子|次子|长女|次女|独子|独女|父亲?|母亲?|儿媳|媳妇?|女婿|孙子?|孙女|外孙女?|保姆|护工|室友|合租人?|其[妻夫子女父母]"
TOGETHER = re.compile(rf"(同住人?员?|共同居住人?|家庭成员|家属|同住家属|另住|还住着?|还有|同住有|室友|合租人)\s*[::有为是]\s*({NAME}.*)")
KIN_NAMED = re.compile(rf"(?:^|[、,，;；。\s(（])({KIN})(\s*[::]\s*|是|为|叫)({NAME})")
NAMED_KIN = re.compile(rf"({NAME})\s*[(（]({KIN})[)）]")
NOT_PEOPLE = re.compile(r"^(残疾|低保|党员|独居|空巢|退休|户籍|在外|外地|本市|需要|已|未|无|电话|上门|身体|患|长期|社区|不)")


def members_in(text: str) -> str:
    """The part of a text that names other residents, "" when there is none."""
    if len(text) < 4:
        return ""
    for pattern, place in ((TOGETHER, 2), (KIN_NAMED, 3), (NAMED_KIN, 1)):
        found = pattern.search(text)
        if found and not NOT_PEOPLE.match(found[place]):
            return found[0].strip(" 、,，;；")
    return ""
