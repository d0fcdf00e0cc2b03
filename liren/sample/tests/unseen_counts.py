"""Counting forms (统计表) of kinds that nobody tuned for, each with what must stand in its cells."""

from typing import Any

from .oracle import (
    BLANK,
    FORMULA,
    Cells,
    crossed,
    has,
    lives,
    worn,
)

GRIDS = ["第一网格", "第二网格", "第三网格", "第四网格"]


def everybody(person: Any) -> bool:
    return True


def eq(key: str, *values: str) -> Any:
    return lambda person: person[key] in values


def aged(low: int, high: int = 200) -> Any:
    return lambda person: low <= person["age"] <= high


def lab(name: str, **said: Any) -> Any:
    return lambda person: (
        has(person, name) and all(worn(person, name)[key] in known for key, known in said.items())
    )


def both(*tests: Any) -> Any:
    return lambda person: all(test(person) for test in tests)


MEN, WOMEN = eq("sex", "男"), eq("sex", "女")
MIGRANT = eq("residence_type", "流动人口")
IN_GRIDS = [eq("grid", grid) for grid in GRIDS]
BANDS = [(0, 17), (18, 34), (35, 59), (60, 200)]
INDICATORS = [
    ("一、常住人口", "人", everybody),
    ("1.户籍人口", "人", eq("residence_type", "户籍人口")),
    ("2.流动人口", "人", MIGRANT),
    ("二、老年人口（60周岁及以上）", "人", aged(60)),
    ("其中：女", "人", both(aged(60), WOMEN)),
    ("百岁老人", "人", aged(100)),
    ("三、残疾人", "人", lab("残疾人")),
    ("其中：一级", "人", lab("残疾人", level=["一级"])),
    ("四、低保户", "户", ("homes", lab("低保"))),
    ("五、社区工作者人数", "人", BLANK),
    ("六、人均可支配收入", "元", BLANK),
]
SCHOOLS = [
    ("研究生及以上", ("硕士研究生", "博士研究生")),
    ("大学本科", ("本科",)),
    ("高中（中专）", ("高中", "中专")),
    ("初中及以下", ("初中", "小学", "文盲")),
]
SORTS = ["肢体", "视力"]


def _months(_: Any, world: Any) -> dict[str, Any]:
    """Who was born, died, came and left in each month."""
    people = world.said["persons"]
    found = {}
    for month in range(1, 4):
        said = f"2026-{month:02d}"
        here = [each for each in people if lives(each)]
        found[f"B{month + 2}"] = sum(
            each["birth_date"][:7] == said for each in people if each["status"] in ("在住", "户在人不在")
        )
        found[f"C{month + 2}"] = sum(
            each["status"] == "已死亡" and each["status_date"][:7] == said for each in people
        )
        found[f"D{month + 2}"] = sum(
            each["move_in_date"][:7] == said and each["birth_date"][:7] != said for each in here
        )
        found[f"E{month + 2}"] = sum(
            each["status"] == "已迁出" and each["status_date"][:7] == said for each in people
        )
    return found


def _hazards(_: Any, world: Any) -> dict[str, Any]:
    found = {}
    rows = [
        each
        for each in world.said["matters"]
        if each["type"] == "矛盾纠纷" and "2026-01" <= each["found_date"][:7] <= "2026-06"
    ]
    for line, grid in enumerate(GRIDS, 3):
        mine = [each for each in rows if each["grid"] == grid]
        done = sum(each["state"] == "已化解" for each in mine)
        found |= {f"B{line}": len(mine), f"C{line}": done, f"D{line}": len(mine) - done, f"E{line}": BLANK}
    return found


COUNTS = {
    "三层": Cells(
        [
            ["里仁社区实有人口情况统计表（截至2026年6月30日）"],
            ["网格名称", "实有人口", None, None, "重点关爱人群", None, None, "备注"],
            [None, "合计", "其中", None, "60周岁以上老年人", None, "残疾人", None],
            [None, None, "男", "女", "小计", "其中：独居", None, None],
            ["一网格"],
            ["二网格"],
            ["三网格"],
            ["四网格"],
            ["合计"],
        ],
        (2, 1, 9, 8),
        ("A1:H1", "A2:A4", "B2:D2", "E2:G2", "H2:H4", "B3:B4", "C3:D3", "E3:F3", "G3:G4"),
        crossed(
            [*IN_GRIDS, everybody],
            [everybody, MEN, WOMEN, aged(60), both(aged(60), lab("独居老人")), lab("残疾人"), BLANK],
            5,
            2,
        ),
    ),
    "公式": Cells(
        [
            ["常住人口年龄结构统计表"],
            ["年龄段", "合计", "男性", "女性", "占比（%）"],
            *[
                [words, f"=C{row}+D{row}", None, None, f"=ROUND(B{row}/B$7*100,2)"]
                for row, words in enumerate(("0-17岁", "18～34岁", "35至59岁", "60岁及以上"), 3)
            ],
            ["总计", "=SUM(B3:B6)", "=SUM(C3:C6)"],
        ],
        (2, 1, 7, 5),
        ("A1:E1",),
        crossed([aged(*each) for each in BANDS], [FORMULA, MEN, WOMEN, FORMULA], 3, 2),
    ),
    "文化": Cells(
        [
            ["18周岁以上居民受教育程度情况表"],
            ["文化程度", "人数", "男", "占比"],
            *[[words] for words, _ in SCHOOLS],
        ],
        (2, 1, 6, 4),
        ("A1:D1",),
        crossed(
            [eq("education", *known) for _, known in SCHOOLS],
            [everybody, MEN, BLANK],
            3,
            2,
            lambda p: lives(p) and p["age"] >= 18,
        ),
    ),
    "指标": Cells(
        [
            ["社区基本情况统计表"],
            ["指标名称", "计量单位", "数量", "备注"],
            *[[words, unit] for words, unit, _ in INDICATORS],
        ],
        (2, 1, 13, 4),
        ("A1:D1",),
        crossed([test for _, _, test in INDICATORS], [everybody], 3, 3),
    ),
    "格子": Cells(
        [
            ["社区概况一览表"],
            ["总人口数", None, "总户数（户）", None],
            ["党员人数", None, "流动人口", None],
            ["60岁以上老人", None, "低保户数", None],
            ["社区面积（平方公里）", None, "退役军人数", None],
        ],
        (2, 1, 5, 4),
        ("A1:D1",),
        lambda row, world: {
            **crossed([everybody], [everybody], 2, 2)(row, world),
            **crossed([("homes", everybody)], [everybody], 2, 4)(row, world),
            **crossed([lab("党员"), aged(60), BLANK], [everybody], 3, 2)(row, world),
            **crossed([MIGRANT, ("homes", lab("低保")), lab("退役军人")], [everybody], 3, 4)(row, world),
        },
    ),
    "人口变动": Cells(
        [
            ["2026年一季度人口变动情况统计表"],
            ["月份", "出生人数", "死亡人数", "迁入人数", "迁出人数"],
            ["1月"],
            ["2月"],
            ["3月"],
            ["合计"],
        ],
        (2, 1, 6, 5),
        ("A1:E1",),
        _months,
    ),
    "两列行名": Cells(
        [
            ["户籍人口婚姻状况统计表（15周岁及以上）"],
            ["项目", None, "男", "女"],
            ["婚姻状况", "未婚"],
            [None, "已婚"],
            [None, "丧偶"],
            ["政治面貌", "中共党员"],
            [None, "共青团员"],
        ],
        (2, 1, 7, 4),
        ("A1:D1", "A2:B2", "A3:A5", "A6:A7"),
        crossed(
            [
                eq("marital_status", "未婚"),
                eq("marital_status", "已婚"),
                eq("marital_status", "丧偶"),
                eq("political_status", "中共党员"),
                eq("political_status", "共青团员"),
            ],
            [MEN, WOMEN],
            3,
            3,
            lambda p: lives(p) and p["residence_type"] == "户籍人口" and p["age"] >= 15,
        ),
    ),
    "一行": Cells(
        [
            ["2026年第二季度残疾人基本情况汇总表"],
            ["社区", "持证残疾人总数", "残疾类别", None, None, "残疾等级", None],
            [None, None, *SORTS, "其他", "一、二级", "三、四级"],
            ["甲", 1, 2, 3, 4, 5, 6],
            ["里仁社区"],
        ],
        (2, 1, 5, 7),
        ("A1:G1", "A2:A3", "B2:B3", "C2:E2", "F2:G2"),
        crossed(
            [lab("残疾人")],
            [
                everybody,
                *[lab("残疾人", category=[sort]) for sort in SORTS],
                lambda p: worn(p, "残疾人")["category"] not in SORTS,
                lab("残疾人", level=["一级", "二级"]),
                lab("残疾人", level=["三级", "四级"]),
            ],
            5,
            2,
            lambda p: lives(p) and has(p, "残疾人"),
        ),
    ),
    "户和人": Cells(
        [
            ["低保、特困情况统计表"],
            ["网格", "低保", None, "特困", None],
            [None, "户数", "人数", "户数", "人数"],
            *[[grid] for grid in GRIDS],
        ],
        (2, 1, 7, 5),
        ("A1:E1", "A2:A3", "B2:C2", "D2:E2"),
        crossed(
            IN_GRIDS, [("homes", lab("低保")), lab("低保"), ("homes", lab("特困人员")), lab("特困人员")], 4, 2
        ),
    ),
    "男女不同岁": Cells(
        [
            ["劳动年龄人口就业状况统计表（男16-59岁、女16-54岁）"],
            ["就业状况", "人数", "其中：女"],
            ["在职"],
            ["个体经营"],
            ["无业"],
        ],
        (2, 1, 5, 3),
        ("A1:C1",),
        crossed(
            [eq("employment", each) for each in ("在职", "个体经营", "无业")],
            [everybody, WOMEN],
            3,
            2,
            lambda p: lives(p) and 16 <= p["age"] <= (59 if p["sex"] == "男" else 54),
        ),
    ),
    "纠纷": Cells(
        [
            ["2026年上半年矛盾纠纷排查调处统计表"],
            ["网格", "排查数（件）", "化解数（件）", "未化解数（件）", "化解率"],
            *[[grid] for grid in GRIDS],
        ],
        (2, 1, 6, 5),
        ("A1:E1",),
        _hazards,
    ),
}
