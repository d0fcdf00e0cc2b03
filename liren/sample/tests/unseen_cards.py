"""Cards (卡片) of kinds that nobody tuned for, each with what must stand in its cells."""

from typing import Any

from .oracle import (
    ANY,
    BLANK,
    Address,
    Cells,
    address,
    has,
    hukou,
    is_person,
    lives,
    phone,
    worn,
)


def _family(home: Any, world: Any) -> dict[str, Any]:
    head, members = world.head(home), world.members(home["key"])
    found = {"B2": head["name"], "D2": home["number"], "B3": address(head), "D3": len(members)}
    for row, each in enumerate(members, 6):
        found |= {
            f"A{row}": each["name"],
            f"B{row}": each["relation_to_head"],
            f"C{row}": each["id_number"],
            f"D{row}": each["education"] or "",
        }
    return found


def _couple(person: Any, world: Any) -> dict[str, Any]:
    husband = world.kin(person, "spouse")
    facts = (lambda p: p["name"], lambda p: p["id_number"], lambda p: p["education"] or "", hukou, phone)
    return {
        f"{letter}{row}": fact(each)
        for letter, each in (("B", person), ("C", husband))
        for row, fact in enumerate(facts, 3)
    }


CARDS = {
    "监护人块": Cells(
        [
            ["留守儿童关爱服务登记表"],
            ["儿童姓名", None, "性别", None, "照片"],
            ["身份证号", None, "就读学校", None, None],
            ["监护人\n情况", "姓名", None, "与儿童关系", None],
            [None, "身份证号", None, "联系电话", None],
            ["社区意见", None],
        ],
        (2, 1, 6, 5),
        ("A1:E1", "E2:E3", "A4:A5", "B6:E6"),
        lambda p, w: {
            "B2": p["name"],
            "D2": p["sex"],
            "E2": "照片",
            "B3": p["id_number"],
            "D3": BLANK,
            "C4": worn(p, "留守儿童")["guardian"],
            "E4": worn(p, "留守儿童")["guardian_relation"],
            "C5": worn(p, "留守儿童")["guardian_id"],
            "E5": worn(p, "留守儿童")["guardian_phone"],
            "B6": BLANK,
        },
        lambda p, w: lives(p) and has(p, "留守儿童"),
    ),
    "勾选": Cells(
        [
            ["居家养老服务申请评估表"],
            ["申请人", "姓名", None, "年龄", "    岁"],
            [None, "居住状况", "□独居 □与配偶同住 □与子女同住 □其他", None, None],
            [None, "政治面貌", "中共党员（  ） 共青团员（  ） 群众（  ）", None, None],
            ["配偶", "姓名", None, "年龄", None],
            ["紧急联系人", "姓名", None, "电话", None],
            ["有无残疾证", "□有 □无", None, "是否低保", "（ ）是 （ ）否"],
            ["健康状况", "□良好 □一般 □较差", None, "月收入（元）", None],
            ["申请人签名：            年    月    日"],
        ],
        (2, 1, 8, 5),
        ("A1:E1", "A2:A4", "C3:E3", "C4:E4", "A9:E9"),
        lambda p, w: {
            "C2": p["name"],
            "E2": (p["age"], f"{p['age']}岁"),
            "C3": "□独居 ☑与配偶同住 □与子女同住 □其他",
            "C4": "中共党员（  ） 共青团员（  ） 群众（√）",
            "C5": w.kin(p, "spouse")["name"],
            "E5": w.kin(p, "spouse")["age"],
            "C6": BLANK,
            "E6": BLANK,
            "B7": "□有 ☑无",
            "E7": "（ ）是 （√）否",
            "B8": "□良好 □一般 □较差",
            "E8": BLANK,
            "A9": "申请人签名：            年    月    日",
        },
        lambda p, w: (
            lives(p)
            and has(p, "空巢老人")
            and p["political_status"] == "群众"
            and not has(p, "残疾人", "低保")
            and lives(w.kin(p, "spouse") or {})
            and len(w.members(p["household"])) == 2
        ),
    ),
    "家庭表": Cells(
        [
            ["居民家庭信息采集表"],
            ["户主姓名", None, "户编号", None],
            ["家庭住址", None, "家庭人口", None],
            ["家 庭 成 员 情 况"],
            ["姓名", "与户主关系", "身份证号", "文化程度"],
            *[[None] * 4 for _ in range(5)],
            ["采集人：          采集时间："],
        ],
        (2, 1, 10, 4),
        ("A1:D1", "A4:D4", "A11:D11"),
        _family,
        lambda h, w: (
            not is_person(h)
            and len(w.members(h["key"])) == 4
            and lives(w.head(h))
            and w.head(h)["residence_type"] == "户籍人口"
        ),
    ),
    "租客自己": Cells(
        [
            ["房屋租赁登记备案信息表"],
            ["出租方", "姓名", None, "联系电话", None],
            ["承租方", "姓名", None, "身份证号", None],
            [None, "联系电话", None, "户籍地址", None],
            ["房屋坐落", None, None, "月租金", None],
        ],
        (2, 1, 5, 5),
        ("A1:E1", "A3:A4", "B5:C5"),
        lambda p, w: {
            "C2": worn(p, "租户")["landlord"],
            "E2": w.house(p)["owner_phone"] or "",
            "C3": p["name"],
            "E3": p["id_number"],
            "C4": phone(p),
            "E4": hukou(p),
            "B5": address(p),
            "E5": BLANK,
        },
        lambda p, w: lives(p) and has(p, "租户"),
    ),
    "上下": Cells(
        [
            ["退役军人信息登记卡"],
            ["姓名", "性别", "出生年月", "入伍时间", "联系电话"],
            [None] * 5,
            ["家庭住址", None, None, "工作单位", None],
            [None] * 5,
        ],
        (2, 1, 5, 5),
        ("A1:E1", "A4:C4", "A5:C5", "D4:E4", "D5:E5"),
        lambda p, w: {
            "A3": p["name"],
            "C3": p["birth_date"][:7],
            "D3": worn(p, "退役军人")["enlist_date"],
            "E3": phone(p),
            "A5": Address(p["address"]),
            "D5": p["work_unit"] or "",
        },
        lambda p, w: lives(p) and has(p, "退役军人"),
    ),
    "下划线": Cells(
        [
            ["居民居住情况证明（存根）"],
            ["姓名：________  性别：____"],
            ["联系电话：______________"],
            ["经办人：________      日期：    年    月    日"],
        ],
        (9, 1, 9, 1),
        ("A1:F1", "A2:F2", "A3:F3", "A4:F4"),
        lambda p, w: {
            "A2": (f"姓名：{p['name']}__性别：{p['sex']}__",),
            "A3": ANY,
            "A4": ("经办人：________日期：2026年6月30日",),
        },
        lambda p, w: lives(p) and len(p["name"]) == 3,
    ),
    "夫妻": Cells(
        [
            ["育龄夫妇信息登记表"],
            ["项目", "女方", "男方"],
            ["姓名"],
            ["身份证号"],
            ["文化程度"],
            ["户籍地址"],
            ["联系电话"],
        ],
        (2, 1, 7, 3),
        ("A1:C1",),
        _couple,
        lambda p, w: lives(p) and p["sex"] == "女" and has(p, "孕产妇") and bool(p.get("spouse")),
    ),
    "证件": Cells(
        [
            ["志愿者注册登记表"],
            ["姓名", None, "政治面貌", None],
            ["证件类型", "□身份证 □护照 □港澳通行证 □台胞证", None, None],
            ["证件号码", None, None, None],
            ["服务队伍", None, "注册时间", None],
            ["职业", None, "特长", None],
        ],
        (2, 1, 6, 4),
        ("A1:D1", "B3:D3", "B4:D4"),
        lambda p, w: {
            "B2": p["name"],
            "D2": p["political_status"],
            "B3": "☑身份证 □护照 □港澳通行证 □台胞证",
            "B4": p["id_number"],
            "B5": worn(p, "志愿者")["team"],
            "D5": worn(p, "志愿者")["register_date"],
            "D6": BLANK,
        },
        lambda p, w: lives(p) and has(p, "志愿者") and p["id_type"] == "居民身份证",
    ),
}
