"""Titles (表名与小标题): what the name of a list, a sheet or a part of a list says about everybody in it."""

import re
from collections.abc import Iterable

from liren.core.people import codes, labelling

LIST = re.compile(r"名册|花名册|名单|登记|台账|汇总表|信息表|一览表|清单|采集表|情况表|核对表|明细表|底册")
# 党员联系群众名册, 志愿者结对老人名单: those named are not those listed
ABOUT_OTHERS = re.compile(
    r"联系|结对|帮扶|走访|服务|关爱|家属|子女|重点|各类|特殊|非|疑似|申请|排查|摸底|管理员|迁入|变动|增减|[和及与、/]"
)
NUMBERED = re.compile(r"^[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]+\s*")
REMARK = re.compile(r"[(（:：，,].*$|\s*共?\d+[人户].*$")
KINDS = re.compile(
    r"流动人口|来沪人员|外来人口|外来人员|租住人员|租客|来海人员|户籍人口|户籍居民|境外人员|外籍人员|暂住人口"
)
KIND_WORDS = {
    "来海人员": "流动",
    "租住人员": "流动",
    "租客": "流动",
    "户籍居民": "户籍",
    "外籍人员": "境外",
}
LONGEST_CAPTION = 10


def title_label(titles: Iterable[str]) -> str:
    """The one label (党员, 退役军人, 残疾人) that the title of a list gives to all its people, "" when unsure."""
    for title in titles:
        if 4 < len(title) <= 40 and LIST.search(title) and "：" not in title and ":" not in title:
            found = labelling.find(title)
            if len(found) == 1 and not ABOUT_OTHERS.search(title):
                return found[0].code
    return ""


def residence_kind(text: str) -> str:
    """The code of the kind of residents a title speaks of, "" when it names none."""
    found = KINDS.search(text)
    return (codes.read("residence_kind", KIND_WORDS.get(found[0], found[0])) or "") if found else ""


def caption(text: str) -> tuple[str, str] | None:
    """Field and value that a short caption (一、低保户 · 空挂户 · 已迁出人员) gives to those under it.

    A numbered caption that says nothing of the kind ends the one before: ("", "").
    """
    said = NUMBERED.sub("", text.strip())
    end = ("", "") if said != text.strip() else None
    said = REMARK.sub("", said)
    if not 2 <= len(said) <= LONGEST_CAPTION or ABOUT_OTHERS.search(said):
        return end
    if status := labelling.find_status(said):
        return "status", status
    if kind := residence_kind(said):
        return "residence_kind", kind
    found = labelling.find(said)
    return ("labels", found[0].code) if len(found) == 1 else end
