"""Outcomes (结果): what a matter came to. One closed list, so that the rates of every kind can be counted alike."""

OUTCOMES: dict[str, str] = {
    "resolved": "已解决",
    "partly": "部分解决",
    "explained": "无法解决，已说明",
    "transferred": "已移送有关部门",
    "withdrawn": "当事人撤回",
    "untrue": "经核实不属实",
    "refused": "不予受理，已告知去处",
    "done": "已完成",
    "closed_out": "已整改，销号",
    "not_admitted": "清单外，未准入",
    "merged": "并入其他事项",
}
# What counts as solved when the rate of solution is asked for (handbook 3.3 G).
SOLVED = ("resolved", "done", "closed_out")

# How an answer reached us when people were asked afterwards, by phone or in the portal.
ANSWERS: tuple[tuple[str, str], ...] = (("yes", "是"), ("partly", "部分"), ("no", "否"))

URGENCIES: tuple[tuple[str, str, int], ...] = (
    ("urgent", "急", 1),
    ("hard", "难", 2),
    ("worry", "愁", 3),
    ("hope", "盼", 4),
)
SOURCES: tuple[tuple[str, str], ...] = (
    ("counter", "窗口来访"),
    ("phone", "来电"),
    ("visit", "走访发现"),
    ("patrol", "巡查发现"),
    ("portal", "居民端"),
    ("hotline", "12345 转办"),
    ("above", "上级交办"),
    ("calendar", "年度日历"),
    ("meeting", "会议议定"),
    ("other", "其他"),
)
