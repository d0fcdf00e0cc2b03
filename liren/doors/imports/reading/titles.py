"""Titles (表名): what the name of a list says about everybody on it."""

import re
from collections.abc import Iterable

from liren.core.people import labelling

LIST = re.compile(
    r"名册|花名册|名单|登记|台账|汇总表|信息表|一览表|清单|采集表|情况表|核对表|统计表|明细表|底册"
)
# 党员联系群众名册, 志愿者结对老人名单: those named are not those listed
ABOUT_OTHERS = re.compile(
    r"联系|结对|帮扶|走访|服务|关爱|家属|家庭子女|重点|各类|特殊|非|疑似|申请|排查|[和及与、]|以及|摸底|管理员"
)


def title_label(titles: Iterable[str]) -> str:
    """The one label (党员, 退役军人, 残疾人) that the title of a list gives to all its people, "" when unsure."""
    for title in titles:
        if 4 < len(title) <= 40 and LIST.search(title) and "：" not in title and ":" not in title:
            found = labelling.find(title)
            if len(found) == 1 and not ABOUT_OTHERS.search(title):
                return found[0].code
    return ""
