"""Blank forms (空表) made for tests: lists, cards, cross tables as offices lay them out, each with what it has to mean."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.styles import Border, Side
from openpyxl.utils import get_column_letter

Row = dict[str, Any]
THIN = Side(style="thin")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def book(
    rows: Sequence[Sequence[Any]],
    *,
    frame: tuple[int, int, int, int],
    merges: Sequence[str] = (),
    name: str = "Sheet1",
    dress: Callable[[Any, Any], None] | None = None,
) -> bytes:
    """One sheet with these rows, framed from (row, column) to (row, column)."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = name
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(number, column, value)
    top, left, bottom, right = frame
    for number in range(top, bottom + 1):
        for column in range(left, right + 1):
            sheet.cell(number, column).border = FRAME
    for area in merges:
        sheet.merge_cells(area)
    if dress:
        dress(made, sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def listed(
    title: str, heads: str, *, notes: Sequence[str] = (), name: str = "Sheet1", sub: str = ""
) -> bytes:
    """A list form: title, headings, four blank lines, notes over the whole width."""
    words = heads.split("|")
    last = get_column_letter(len(words))
    above = [[title], *([[sub]] if sub else [])]
    top = len(above) + 1
    rows = [*above, words, *[[None] * len(words) for _ in range(4)], *[[note] for note in notes]]
    merges = [f"A{row}:{last}{row}" for row in range(1, top)]
    merges += [f"A{row}:{last}{row}" for row in range(top + 5, top + 5 + len(notes))]
    return book(rows, frame=(top, 1, top + 4, len(words)), merges=merges, name=name)


def wears(person: Row, *labels: str) -> bool:
    """Lives here and wears one of these labels."""
    return lives(person) and any(each["label"] in labels for each in person["labels"])


def lives(person: Row) -> bool:
    """Lives here."""
    return bool(person["status"] == "在住")


def unchecked(person: Row) -> bool:
    """Whose pension has not been confirmed."""
    return lives(person) and any(each.get("state") == "未认证" for each in person["labels"])


@dataclass(frozen=True)
class List:
    """A list form and who has to stand in it."""

    title: str
    heads: str
    who: Callable[[Row], bool]
    notes: tuple[str, ...] = ()
    name: str = "Sheet1"
    sub: str = ""

    @property
    def content(self) -> bytes:
        """The blank."""
        return listed(self.title, self.heads, notes=self.notes, name=self.name, sub=self.sub)


LISTS = {
    "特困": List(
        "特困人员救助供养花名册",
        "序号|姓\n名|身份证\n号码|供养方式|照料护理等级|家庭住址",
        lambda p: wears(p, "特困人员"),
    ),
    "失业": List(
        "登记失业人员就业意愿调查表",
        "序号|姓名|失业登记时间|就业创业证号|失业原因|就业意愿",
        lambda p: wears(p, "失业人员"),
    ),
    "志愿": List(
        "社区注册志愿者花名册",
        "序号|姓名|志愿者编号|所属服务队|累计服务时长（小时）|注册时间",
        lambda p: wears(p, "志愿者"),
    ),
    "留守": List(
        "留守儿童信息台账",
        "序号|儿童姓名|父母外出情况|委托照护人姓名|与儿童关系|委托照护人身份证号",
        lambda p: wears(p, "留守儿童"),
    ),
    "计特": List(
        "计划生育特殊家庭花名册",
        "序号|姓名|特殊家庭类别|失独时间|家庭住址",
        lambda p: wears(p, "计生特殊家庭"),
    ),
    "精障": List(
        "严重精神障碍患者随访登记表",
        "序号|姓名|诊断|监护人姓名|监护人电话|最近随访日期",
        lambda p: wears(p, "精神障碍"),
    ),
    "矫正": List(
        "社区矫正对象名册",
        "序号|姓名|身份证号|矫正类别|矫正期限起|矫正期限止",
        lambda p: wears(p, "社区矫正"),
    ),
    "养老": List("养老待遇资格认证未认证人员名单", "序号|姓名|险种|应认证日期|认证状态", unchecked),
    "境外": List(
        "境外人员登记表",
        "序号|中文姓名|国籍|证件类型|证件号码|来本社区日期",
        lambda p: lives(p) and p["residence_type"] == "境外人员",
    ),
    "范围": List(
        "老年人意外险参保名单",
        "序号|姓名|身份证号码|年龄|户籍地址",
        lambda p: lives(p) and p["residence_type"] == "户籍人口" and p["age"] >= 60,
        notes=("说明：参保范围为本社区户籍、60周岁（含）以上的老年人；年龄计算截止2026年6月30日。",),
    ),
    "育龄": List(
        "育龄妇女信息登记表",
        "序号|姓名|出生日期|婚姻状况",
        lambda p: lives(p) and p["sex"] == "女" and 15 <= p["age"] <= 49,
    ),
    "儿童": List(
        "0-6周岁儿童花名册",
        "序号|姓名|出生日期|父亲姓名|母亲姓名|母亲电话",
        lambda p: lives(p) and p["age"] <= 6,
    ),
    "网格": List(
        "二网格90周岁以上老人走访名册",
        "序号|姓名|年龄|住址|走访情况",
        lambda p: lives(p) and p["age"] >= 90 and p["grid"] == "第二网格",
    ),
    "两种": List(
        "低保、低保边缘对象花名册",
        "序号|姓名|身份证号|困难类型|低保证号",
        lambda p: wears(p, "低保", "低保边缘"),
    ),
    "在职": List(
        "在职党员花名册",
        "序号|姓名|入党时间|所在支部|工作单位",
        lambda p: wears(p, "党员") and p["employment"] == "在职",
    ),
    "残童": List(
        "残疾儿童康复救助登记表（0-17岁）",
        "序号|儿童姓名|残疾证号|残疾类别|残疾等级|监护人",
        lambda p: wears(p, "残疾人") and p["age"] <= 17,
    ),
    "分离": List("人户分离人员登记表", "序号|姓名|身份证号|户籍地址", lambda p: p["status"] == "户在人不在"),
    "失能": List(
        "失能、半失能老人情况登记表", "序号|姓名|失能等级|是否独居|是否低保", lambda p: wears(p, "失能老人")
    ),
    "死亡": List(
        "2026年上半年死亡人口登记册",
        "序号|姓名|身份证号|死亡日期|生前住址",
        lambda p: p["status"] == "已死亡" and p["status_date"] >= "2026-01-01",
    ),
    "表名": List(
        "人员信息采集表", "序号|姓名|身份证号|电话", lambda p: wears(p, "退役军人"), name="退役军人"
    ),
    "副题": List("重点人群花名册", "序号|姓名|身份证号|电话", lambda p: wears(p, "孕产妇"), sub="（孕产妇）"),
    "季度": List(
        "2026年第二季度新增流动人口台账",
        "序号|姓名|身份证号|来本社区时间|房东姓名|暂住地址",
        lambda p: (
            lives(p)
            and p["residence_type"] == "流动人口"
            and "2026-04-01" <= p["move_in_date"] <= "2026-06-30"
        ),
    ),
    "并列": List("独居老人和残疾人名单", "序号|姓名|人员类别|住址", lambda p: wears(p, "独居老人", "残疾人")),
    "新生": List(
        "2026年新生儿登记表",
        "序号|婴儿姓名|出生日期|母亲姓名",
        lambda p: lives(p) and p["birth_date"] >= "2026-01-01",
    ),
    "重残": List(
        "重度残疾人护理补贴花名册",
        "序号|姓名|残疾类别及等级",
        lambda p: (
            lives(p)
            and any(each["label"] == "残疾人" and each["level"] in ("一级", "二级") for each in p["labels"])
        ),
    ),
}

CARD = book(
    [
        ["居民关爱服务登记卡"],
        ["姓名", None, "性别", "□男  □女", "出生日期", "    年  月  日"],
        ["身份证号", None, None, "民族", None, None],
        ["文化程度", "□小学及以下 □初中 □高中/中专 □大专及以上", None, None, "是否低保户", "□是 □否"],
        ["户籍地址", None, None, "现住址", None, None],
        ["户主姓名", None, "与户主关系", None, "家庭人口", None],
        ["健康状况", None, None, None, None, None],
        ["本人签字：          日期：   年  月  日"],
    ],
    frame=(2, 1, 7, 6),
    merges=["A1:F1", "B3:C3", "E3:F3", "B4:D4", "B5:C5", "E5:F5", "B7:F7", "A8:F8"],
)
DIGITS = book(
    [["居民信息卡"], ["姓名", None, None, None, "联系电话", None, None, None], ["身份证号", *[None] * 18]],
    frame=(2, 1, 3, 19),
    merges=["A1:S1", "B2:D2", "F2:S2"],
)


def _bands() -> bytes:
    rows: list[list[Any]] = [
        ["常住人口分年龄性别统计表"],
        ["性别", "年龄段", "人数", "其中：", None],
        [None, None, None, "党员", "残疾人"],
    ]
    for sex in ("男", "女"):
        for number, ages in enumerate(("0-17岁", "18-59岁", "60岁及以上")):
            rows.append([sex if number == 0 else None, ages])
    rows.append(["合计"])
    merges = ["A1:E1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "A4:A6", "A7:A9", "A10:B10"]
    return book(rows, frame=(2, 1, 10, 5), merges=merges)


BANDS = _bands()
MONTHS = book(
    [["2026年流动人口流入情况统计表"], ["月份", "流入人数", "其中：男", "涉及户数"]]
    + [[f"{month}月"] for month in range(1, 13)]
    + [["合计", "=SUM(B3:B14)"]],
    frame=(2, 1, 15, 4),
    merges=["A1:D1"],
)


def _dress(made: Any, sheet: Any) -> None:
    """Everything that has to survive when lines are put in."""
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    words = made.create_sheet("字典")
    words.sheet_state = "hidden"
    for row, word in enumerate(
        ("视力残疾", "听力残疾", "言语残疾", "肢体残疾", "智力残疾", "精神残疾", "多重残疾"), 1
    ):
        words.cell(row, 1, word)
    for formula, area in (('"1-男,2-女"', "C4:C8"), ("字典!$A$1:$A$7", "F4:F8")):
        offered = DataValidation(type="list", formula1=formula)
        offered.add(area)
        sheet.add_data_validation(offered)
    red = PatternFill("solid", bgColor="FFC7CE")
    sheet.conditional_formatting.add("C4:C8", CellIsRule(operator="equal", formula=['"1-男"'], fill=red))
    sheet.print_area = "A1:G10"
    sheet.print_title_rows = "1:3"
    sheet.freeze_panes = "A4"
    sheet.page_setup.orientation = "landscape"
    for row in range(4, 9):
        sheet.cell(row, 7, f"=COUNTA(B{row})+0*$G$9")
        sheet.row_dimensions[row].height = 24


DRESSED = book(
    [
        ["持证残疾人登记表"],
        ["序号", "残疾人", None, "残疾证信息", None, None, "计"],
        [None, "姓名", "性别（1男2女）", "证号", "等级", "类别", None],
        *[[None] * 7 for _ in range(5)],
        ["合计", None, None, None, None, None, "=SUM(G4:G8)"],
        ["填表人：          审核人：          日期：    年  月  日"],
    ],
    frame=(2, 1, 9, 7),
    merges=["A1:G1", "A2:A3", "B2:C2", "D2:F2", "G2:G3", "A10:G10"],
    dress=_dress,
)
