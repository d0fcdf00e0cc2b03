"""List forms whose titles and notes say outright who is meant: by birth, schooling, family, building, sex, months."""

from typing import Any

from .oracle import (
    ID,
    NAME,
    SEQ,
    Address,
    Listing,
    address,
    age,
    born,
    dated,
    has,
    label,
    lives,
    phone,
    say,
    wears,
)

NO = ("序号", SEQ)
GRADUATES = ("大专", "本科", "硕士研究生", "博士研究生")


def _of_head(get: Any) -> Any:
    return lambda home, world: get(world.head(home), world)


def _large(home: Any, world: Any) -> bool:
    members = world.members(home["key"])
    return len(members) >= 5 and any(map(lives, members))


STATED = {
    "打叉": Listing(
        "第三网格党员花名册",
        [
            NO,
            ("姓名", NAME),
            ("入党时间", dated(label("党员", "join_date"))),
            ("是否退役军人（是打√，否打×）", wears("退役军人", "√", "×")),
            ("是否志愿者（是填1，否填0）", wears("志愿者", "1", "0")),
        ],
        lambda p, w: lives(p) and has(p, "党员") and p["grid"] == "第三网格",
    ),
    "两个网格的房": Listing(
        "第一、二网格空置房屋排查清单",
        [
            NO,
            ("楼栋", say("building_name")),
            ("室号", lambda h, w: (h["room"], f"{h['room']}室")),
            ("产权人", say("owner_name")),
        ],
        lambda h, w: h["use"] == "空关" and w.grid_of[h["building"]] in ("第一网格", "第二网格"),
        "houses",
        match=(1, 2, 3),
    ),
    "五口之家": Listing(
        "家庭户基本情况表",
        [
            NO,
            ("户主姓名", _of_head(NAME)),
            ("户主身份证号", _of_head(ID)),
            ("家庭住址", lambda home, world: Address(world.head(home)["address"])),
            ("在册人口数", lambda home, world: len(world.members(home["key"]))),
        ],
        _large,
        rows_of="homes",
        notes=("注：本表填报家庭人口5人及以上的户。",),
        match=(2,),
    ),
    "入学": Listing(
        "2026年秋季学期适龄入学儿童摸底表",
        [NO, ("儿童姓名", NAME), ("出生日期", born("{y}-{m}-{d}")), ("住址", address)],
        lambda p, w: lives(p) and "2019-09-01" <= p["birth_date"] <= "2020-08-31",
        notes=("注：适龄儿童指2019年9月1日至2020年8月31日出生的儿童。",),
    ),
    "两类妇女": Listing(
        "女党员、女志愿者信息统计表",
        [NO, ("姓名", NAME), ("年龄", age), ("志愿者编号", label("志愿者", "number"))],
        lambda p, w: lives(p) and p["sex"] == "女" and has(p, "党员", "志愿者"),
    ),
    "几号楼": Listing(
        "一至三号楼老年人名单（65岁以上）",
        [NO, ("姓名", NAME), ("楼栋", say("building")), ("室号", say("room")), ("年龄", age)],
        lambda p, w: lives(p) and p["age"] >= 65 and p["building"] in ("1号楼", "2号楼", "3号楼"),
    ),
    "弄堂": Listing(
        "12弄居民信息表",
        [NO, ("姓名", NAME), ("居住地址", address)],
        lambda p, w: lives(p) and p["building"].startswith("12弄"),
    ),
    "没有的楼": Listing(
        "99号楼80周岁以上老人名单",
        [NO, ("姓名", NAME), ("年龄", age)],
        lambda p, w: lives(p) and p["age"] >= 80,
        doubts="99号楼.*没有按它收窄",
    ),
    "那天以前": Listing(
        "1966年6月30日以前出生女性退休人员名册",
        [NO, ("姓名", NAME), ("出生日期", born("{y}-{m}-{d}"))],
        lambda p, w: (
            lives(p) and p["sex"] == "女" and p["birth_date"] <= "1966-06-30" and p["employment"] == "退休"
        ),
    ),
    "表注里的学历": Listing(
        "未就业高校毕业生摸底表",
        [
            NO,
            ("姓名", NAME),
            ("学历", say("education")),
            ("联系电话", phone),
            ("求职意向", label("失业人员", "intention")),
        ],
        lambda p, w: (
            lives(p) and p["age"] < 35 and p["education"] in GRADUATES and p["employment"] in ("无业", "失业")
        ),
        notes=("说明：统计对象为35周岁以下、大专及以上学历的未就业人员。",),
    ),
    "几月到几月": Listing(
        "2026年2月至4月矛盾纠纷化解台账",
        [NO, ("纠纷类型", say("category")), ("发生地点", say("place")), ("排查日期", say("found_date"))],
        lambda m, w: m.get("type") == "矛盾纠纷" and "2026-02" <= m["found_date"][:7] <= "2026-04",
        rows_of="matters",
        match=(2, 3),
    ),
    "少数民族": Listing(
        "少数民族流动人口花名册",
        [NO, ("姓名", NAME), ("民族", say("ethnicity")), ("现住址", address)],
        lambda p, w: lives(p) and p["residence_type"] == "流动人口" and p["ethnicity"] not in ("汉族", None),
    ),
}
