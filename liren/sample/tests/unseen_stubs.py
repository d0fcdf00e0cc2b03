"""Counting forms with odd words before their lines: three columns of them, numbers, 其中 by itself, quarters, halves."""

from itertools import pairwise
from typing import Any

from .oracle import BLANK, Cells, crossed, has, lives
from .unseen_counts import GRIDS, IN_GRIDS, MEN, MIGRANT, WOMEN, aged, both, eq, everybody, lab

POSTGRADUATE = eq("education", "硕士研究生", "博士研究生")
REGISTERED = eq("residence_type", "户籍人口")
PEOPLES = ["朝鲜族", "土家族", "苗族"]
BUILDINGS = ["1号楼", "2号楼", "3号楼", "4号楼"]
MONTHS = ["2025-01", "2025-04", "2025-07", "2025-10", "2026-01"]


def _two_tables(row: Any, world: Any) -> dict[str, Any]:
    ages = [aged(0, 6), aged(7, 17), aged(18, 59), aged(60)]
    schools = [eq("education", "本科"), eq("education", "高中", "中专"), eq("education", "初中")]
    across = [everybody, MEN, WOMEN]
    return crossed(ages, across, 3, 2)(row, world) | crossed(schools, across, 10, 2)(row, world)


def _halves(row: Any, world: Any) -> dict[str, Any]:
    left = [everybody, ("homes", everybody), aged(0, 3), lab("独居老人")]
    right = [lab("残疾人"), ("homes", lab("低保")), lab("退役军人"), BLANK]
    return crossed(left, [everybody], 3, 3)(row, world) | crossed(right, [everybody], 3, 6)(row, world)


def _by_quarter(_: Any, world: Any) -> dict[str, Any]:
    people = [each for each in world.said["persons"] if lives(each)]
    return {
        f"{'BCDE'[place]}{row}": sum(
            each["grid"] == grid and first <= each["move_in_date"][:7] < last for each in people
        )
        for row, grid in enumerate(GRIDS, 3)
        for place, (first, last) in enumerate(pairwise(MONTHS))
    }


STUBS = {
    "三列行名": Cells(
        [
            ["人口结构统计表"],
            ["项目", None, None, *GRIDS, "合计"],
            ["常住人口"],
            [None, "其中：女"],
            ["流动人口"],
            [None, "其中", "16-59岁"],
            [None, None, "60岁以上"],
            ["户籍人口"],
        ],
        (2, 1, 8, 8),
        ("A1:H1", "A2:C2", "A3:C3", "B4:C4", "A5:C5", "B6:B7", "A8:C8"),
        crossed(
            [everybody, WOMEN, MIGRANT, both(MIGRANT, aged(16, 59)), both(MIGRANT, aged(60)), REGISTERED],
            [*IN_GRIDS, everybody],
            3,
            4,
        ),
    ),
    "代码列": Cells(
        [
            ["老年人口基本情况季报表（2026年二季度）"],
            ["指标", "代码", "合计", "其中：女", "独居", "空巢", "失能"],
            ["60周岁以上", "01"],
            ["其中：80周岁以上", "02"],
            ["90周岁以上", "03"],
        ],
        (2, 1, 5, 7),
        ("A1:G1",),
        crossed(
            [aged(60), aged(80), aged(90)],
            [everybody, WOMEN, lab("独居老人"), lab("空巢老人"), lab("失能老人")],
            3,
            3,
        ),
    ),
    "行次": Cells(
        [
            ["老年人情况统计表"],
            ["行次", "项目", "人数", "其中：女性"],
            [1, "60-69岁"],
            [2, "70-79岁"],
            [3, "80岁以上"],
        ],
        (2, 1, 5, 4),
        ("A1:D1",),
        crossed([aged(60, 69), aged(70, 79), aged(80)], [everybody, WOMEN], 3, 3),
    ),
    "其中一格": Cells(
        [
            ["各网格人员分类统计表"],
            ["网格", "党员", None, None, "残疾人"],
            [None, "合计", "其中", None, "合计", "其中"],
            [None, None, "女", "60岁以上", None, "女", "60岁以上"],
            *[[grid] for grid in GRIDS],
        ],
        (2, 1, 8, 7),
        ("A1:G1", "A2:A4", "B2:D2", "E2:G2", "B3:B4", "C3:D3", "E3:E4", "F3:G3"),
        crossed(
            IN_GRIDS,
            [both(lab(each), part) for each in ("党员", "残疾人") for part in (everybody, WOMEN, aged(60))],
            5,
            2,
        ),
    ),
    "男女之后的其中": Cells(
        [
            ["30周岁及以上未婚人员统计表"],
            ["年龄段", "合计", "男", "女", "其中：研究生学历"],
            ["30-34岁"],
            ["35-39岁"],
            ["40岁及以上"],
            ["合计"],
        ],
        (2, 1, 6, 5),
        ("A1:E1",),
        crossed(
            [aged(30, 34), aged(35, 39), aged(40), everybody],
            [everybody, MEN, WOMEN, POSTGRADUATE],
            3,
            2,
            lambda p: lives(p) and p["age"] >= 30 and p["marital_status"] == "未婚",
        ),
    ),
    "民族": Cells(
        [
            ["少数民族人口统计表"],
            ["民族", "户籍人口", None, "流动人口", None, "合计"],
            [None, "男", "女", "男", "女"],
            *[[name] for name in PEOPLES],
            ["其他少数民族"],
            ["总计"],
        ],
        (2, 1, 8, 6),
        ("A1:F1", "A2:A3", "B2:C2", "D2:E2", "F2:F3"),
        crossed(
            [
                *[eq("ethnicity", name) for name in PEOPLES],
                lambda p: p["ethnicity"] not in PEOPLES,
                everybody,
            ],
            [*[both(kind, sex) for kind in (REGISTERED, MIGRANT) for sex in (MEN, WOMEN)], everybody],
            4,
            2,
            lambda p: lives(p) and p["ethnicity"] not in ("汉族", None),
        ),
    ),
    "妇女儿童": Cells(
        [
            ["妇女儿童基本情况统计表"],
            ["项目", "单位", "数量"],
            ["女性人口", "人"],
            ["其中：18岁以下女性", "人"],
            ["育龄妇女（15-49岁）", "人"],
            ["残疾妇女", "人"],
            ["0-6岁儿童", "人"],
            ["其中：男", "人"],
        ],
        (2, 1, 8, 3),
        ("A1:C1",),
        crossed(
            [
                WOMEN,
                both(WOMEN, aged(0, 17)),
                both(WOMEN, aged(15, 49)),
                both(lab("残疾人"), WOMEN),
                aged(0, 6),
                both(aged(0, 6), MEN),
            ],
            [everybody],
            3,
            3,
        ),
    ),
    "楼栋": Cells(
        [
            ["2026年上半年各楼栋人口情况统计表"],
            ["楼栋", "总户数（户）", "总人口（人）", "其中", None, "重点人群", None, "备注"],
            [None, None, None, "流动人口", "80岁及以上", "残疾人（人）", "低保"],
            [None, None, None, None, None, None, "户数"],
            *[[name] for name in BUILDINGS],
            ["小计"],
        ],
        (2, 1, 9, 8),
        ("A1:H1", "A2:A4", "B2:B4", "C2:C4", "D2:E2", "F2:G2", "H2:H4", "D3:D4", "E3:E4", "F3:F4"),
        crossed(
            [*[eq("building", name) for name in BUILDINGS], eq("building", *BUILDINGS)],
            [
                ("homes", everybody),
                everybody,
                MIGRANT,
                aged(80),
                lab("残疾人"),
                ("homes", lab("低保")),
                BLANK,
            ],
            5,
            2,
        ),
    ),
    "两张": Cells(
        [
            ["表一  常住人口年龄构成"],
            ["年龄", "人数", "男", "女"],
            ["0-6岁"],
            ["7-17岁"],
            ["18-59岁"],
            ["60岁及以上"],
            [],
            ["表二  常住人口文化程度构成"],
            ["文化程度", "人数", "男", "女"],
            ["本科"],
            ["高中、中专"],
            ["初中"],
        ],
        (2, 1, 12, 4),
        ("A1:D1", "A8:D8"),
        _two_tables,
    ),
    "左右": Cells(
        [
            ["社区基本情况一览表（截至2026年6月30日）"],
            ["序号", "指标", "数值", "序号", "指标", "数值"],
            [1, "常住人口（人）", None, 5, "残疾人（人）"],
            [2, "常住户数（户）", None, 6, "低保户（户）"],
            [3, "0-3岁婴幼儿（人）", None, 7, "退役军人（人）"],
            [4, "独居老人（人）", None, 8, "社区办公用房面积（㎡）"],
        ],
        (2, 1, 6, 6),
        ("A1:F1",),
        _halves,
    ),
    "万元": Cells(
        [
            ["困难群体帮扶情况统计表（截至2026年6月底）"],
            ["类别", "户数（户）", "人数（人）", "其中：女性", "发放资金（万元）", "人均（元）"],
            ["低保"],
            ["低保边缘"],
            ["残疾人"],
        ],
        (2, 1, 5, 6),
        ("A1:F1",),
        crossed(
            [lab("低保"), lab("低保边缘"), lambda p: has(p, "残疾人")],
            [("homes", everybody), everybody, WOMEN, BLANK, BLANK],
            3,
            2,
        ),
    ),
    "季度": Cells(
        [
            ["2025年各季度入住人口统计表"],
            ["网格", "第一季度", "二季度", "第3季度", "第四季度"],
            *[[grid] for grid in GRIDS],
        ],
        (2, 1, 6, 5),
        ("A1:E1",),
        _by_quarter,
    ),
}
