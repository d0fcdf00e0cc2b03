"""Left over (没用上的字): the words of a title that became no condition, so that nobody is listed silently under them.

服务时长满100小时志愿者 lists volunteers: that the hundred hours were not asked for has to be said.
"""

import re
from collections.abc import Iterable

FIGURES = re.compile(
    r"(?:满|超过?|达到?|不足|低于|高于|不低于|不超过|近)?(?:\d+|[一二三四五六七八九十百]+)(?:\.\d+)?(?:余|多)?"
    r"(?:个)?(?:小时|年|月|天|日|次|元|万元|人|孩|胎|级|类|件|平方米|㎡|分|周(?!岁))(?:及?以[上下内]|以?前|以?后)?"
)
DATES = re.compile(
    r"(?:截[至止]到?|统计)?\d{4}年?度?[-.年/]?(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}[-~至—－]\d{1,2}月|\d{1,2}(?:月|[-./])?(?:份|底|末)?"
    r"(?:\d{1,2}(?:日|号)?)?)?(?:[零0]时|24时|以[来前后]|至今|起)?|\d{1,2}月(?:份|底|末)?(?:\d{1,2}日)?|[上下]半年|第?[一二三四]季度|年度|月度|季度"
)
# What a title says of the paper and not of people.
PAPER = re.compile(
    r"登记|信息|基本|基础|情况|花名册|名册|名单|台账|一览表?|汇总表?|统计|调查|摸底|排查|底册|底数|采集|明细|清单|清册|卡片?|册|表|表格|档案|"
    r"报表|月报|季报|年报|报告|申请|审批|评估|审核|公示|公告|跟踪|服务|管理|关爱|关怀|走访|慰问|探访|帮扶|救助|补贴|津贴|补助|发放|享受|领取|护理|生活|"
    r"康复|健康|医疗|安全|培训|就业|意愿|需求|状况|工作|活动|参加|报名|体检|疫苗|接种|核查|核实|核对|清查|清理|复核|更新|动态|认证|资格|"
    r"缴费|参保|保险|意外险|人员|人口|对象|居民|群众|家庭|住户|户主|成员|住房|房屋|老年人|老人|长者|儿童|少年|妇女|男性|女性|公民|职工|"
    r"社区|街道|居委会|村|小区|辖区|本|全|各|区|市|县|镇|乡|网格|楼栋|号楼|幢|栋|弄|号|附件|附表|样表|式样|备用|式|"
    r"年龄|性别|分|按|分布|结构|构成|变化|变动|文化程度|婚姻|联系人|监护|责任|双岗|结对|第一|第二|第三|新|入|来|现|在|含|为|的|之|及|和|与|或|等|中|内|里|"
    r"概况|普查|供养|随访|兵役|劳动|受教育程度|就业创业|居家|养老|高龄|电动车|消防|宣传|反诈|人户|数据|数量|人数|户数|总|实有|常住|实际|居住|暂住|流入|流出|迁入|迁出|出生|死亡|年满|周岁|岁|满|以上|以下|已|未|有|无|"
    r"重点|特殊|特困|困难|人群|类别|分类|类|型|级|专项|开展|关于|做好|[“”\"'《》()（）【】\[\]:：、,，。.；;\-－—~～_/·*×#\s]|\d+"
)


def left_in(title: str, used: Iterable[str]) -> list[str]:
    """The words of a title that nothing was made of; figures among them first."""
    rest = DATES.sub("；", title)
    for word in sorted({word for word in used if word}, key=len, reverse=True):
        rest = rest.replace(word, "；")
    figures = [found[0] for found in FIGURES.finditer(rest)]
    rest = FIGURES.sub("；", rest)
    others = [piece for piece in PAPER.sub("；", rest).split("；") if len(piece) >= 2]
    return [*figures, *others]
