"""Standing (身份与照护): which labels people of the demo carry, and what shows that they are true."""

import datetime
from random import Random

from liren.core.people.drafts import LabelDraft, PersonDraft, RelationDraft

from ..invented import mobile

BRANCHES = ("第一党支部", "第二党支部", "第三党支部", "离退休党支部")
TEAMS = ("平安巡逻队", "环境美化队", "助老服务队", "垃圾分类队")


def put_labels(dice: Random, draft: PersonDraft) -> None:
    """Labels by age, sex and luck; what the system computes by itself is not put on by hand."""
    age = 2026 - int(draft.birth[:4])
    labels: list[LabelDraft] = []
    for rule in (_public, _tenancy, _health, _support, _children):
        labels += rule(dice, draft, age)
    draft.labels = tuple({label.code: label for label in labels}.values())


def _public(dice: Random, draft: PersonDraft, age: int) -> list[LabelDraft]:
    found = []
    if draft.political == "01":
        joined = datetime.date(2026 - dice.randint(1, max(1, age - 20)), 7, 1)
        found.append(
            LabelDraft("party_member", {"branch": dice.choice(BRANCHES)}, "组织关系在本社区", joined)
        )
    if 18 <= age <= 75 and dice.random() < 0.037:
        number = f"V{dice.randint(10_000_000, 99_999_999)}"
        found.append(LabelDraft("volunteer", {"team": dice.choice(TEAMS), "number": number}, "志愿者登记表"))
    if draft.sex == "1" and age > 25 and dice.random() < 0.022:
        found.append(LabelDraft("veteran", {"kind": "退役士兵"}, "退役军人优待证"))
    if draft.kind == "registered" and 50 <= age <= 74 and dice.random() < 0.035:
        found.append(LabelDraft("building_head", {}, "居民小组推选"))
    if draft.kind == "registered" and 30 <= age <= 72 and dice.random() < 0.018:
        found.append(LabelDraft("representative", {}, "2025年换届推选名单"))
    return found


def _tenancy(dice: Random, draft: PersonDraft, age: int) -> list[LabelDraft]:
    if draft.tenure != "tenant":
        return []
    until = datetime.date(2026, dice.randint(7, 12), 28)
    return [LabelDraft("tenant", {"lease_end": until.isoformat()}, "租赁合同", draft.from_on)]


def _health(dice: Random, draft: PersonDraft, age: int) -> list[LabelDraft]:
    found = []
    if dice.random() < 0.02:
        category = dice.choice(("肢体", "视力", "听力", "智力", "精神"))
        attributes = {"category": category, "level": dice.choice(("一级", "二级", "三级", "四级"))}
        found.append(LabelDraft("disability", attributes, "残疾人证"))
    if age >= 75 and dice.random() < 0.07:
        level = dice.choice(("轻度", "中度", "重度"))
        found.append(LabelDraft("disabled_elder", {"level": level}, "老年人能力评估报告"))
    if draft.sex == "2" and 23 <= age <= 38 and dice.random() < 0.04:
        found.append(LabelDraft("expectant", {"weeks": str(dice.randint(8, 38))}, "母子健康手册"))
    if age >= 62 and dice.random() < 0.01:
        found.append(LabelDraft("bereaved", {"kind": "失独"}, "特别扶助资格确认"))
    if age >= 20 and dice.random() < 0.0018:
        found.append(LabelDraft("mental_disorder", {"risk_level": "1级"}, "卫健条线转来名单"))
    return found


def _support(dice: Random, draft: PersonDraft, age: int) -> list[LabelDraft]:
    found = []
    if draft.kind == "registered" and draft.relation == "02":
        luck = dice.random()
        if luck < 0.016:
            attributes = {"cert_no": f"DB{dice.randint(100_000, 999_999)}", "monthly_amount": 1510}
            found.append(LabelDraft("minimum_living", attributes, "低保证"))
        elif luck < 0.026:
            found.append(LabelDraft("minimum_living_margin", {}, "认定文书"))
        elif luck < 0.029 and age >= 60:
            found.append(LabelDraft("destitute", {"support_mode": "分散供养"}, "特困人员供养证"))
    if draft.employment == "E2":
        found.append(LabelDraft("unemployed", {}, "就业创业证"))
    if draft.employment == "80" and draft.kind == "registered" and dice.random() < 0.5:
        found.append(
            LabelDraft("pension_check", {"state": dice.choice(("已认证", "未认证"))}, "社保所下发名单")
        )
    if age >= 19 and dice.random() < 0.0007:
        found.append(LabelDraft("corrections", {"kind": "缓刑"}, "司法所通知"))
    return found


def _children(dice: Random, draft: PersonDraft, age: int) -> list[LabelDraft]:
    if age >= 18 or dice.random() > 0.03:
        return []
    guardian = RelationDraft(
        "guardian", dice.choice(("周桂芬", "陈阿根", "李秀兰", "王德明")), mobile(90_000 + age), "祖辈"
    )
    draft.relations = (guardian,)
    if dice.random() < 0.5:
        return [LabelDraft("child_left_behind", {"parents": "父母双方外出务工"}, "委托照护协议")]
    return [LabelDraft("child_in_need", {"kind": "困难家庭儿童"}, "儿童主任走访记录")]
