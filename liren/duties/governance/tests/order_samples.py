"""Invented exports of hotlines, each in another layout; the people and numbers exist nowhere."""

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def workbook(
    *sheets: tuple[str, Sequence[Sequence[Any]]], merges: Sequence[Any] = (), hidden: str = ""
) -> bytes:
    """An .xlsx of these sheets; `merges` are ranges of the first with their text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for number, (name, rows) in enumerate(sheets):
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
        for merge in merges if number == 0 else ():
            sheet.merge_range(*merge)
        if name == hidden:
            sheet.hide()
    book.close()
    return out.getvalue()


USUAL_HEAD = (
    "序号",
    "工单编号",
    "诉求标题",
    "诉求内容",
    "来电人",
    "联系电话",
    "地址",
    "派单时间",
    "办理时限",
    "紧急程度",
)
USUAL = (
    (1, "SH20261120001", "厨房漏水", "反映3号楼101室厨房顶上漏水，要求尽快处理。", "常知夏", "13900010001",
     "里仁苑3号楼1单元101室", "2026-11-20 09:12:33", "2026-11-27 17:30:00", "一般"),
    (2, "SH20261120002", "夜间噪声", "烧烤店夜里十二点还在营业，噪音扰民。", "匿名", "", "里仁路88弄门口",
     "2026-11-20 21:40:00", "2026-11-21 21:40:00", "紧急"),
    (3, "SH20261121003", "电梯困人", "3号楼电梯停运，老人下不了楼。", "孟女士", "139-0001-0003", "里仁苑3号楼",
     "2026-11-21 07:05:00", "2小时", "特急"),
)  # fmt: skip


def plain_sheet() -> bytes:
    """One sheet with usual headings."""
    return workbook(("工单", [USUAL_HEAD, *USUAL]))


def office_sheet() -> bytes:
    """A title over everything, groups of headings, other words in another order, a total at the end."""
    rows = [
        ["临江区12345热线转办工单汇总表"],
        ["导出单位：槐荫街道", "", "", "", "导出时间：2026-11-22"],
        ["受理编号", "诉求人信息", "", "事发地点", "反映问题", "时间", ""],
        ["", "姓名", "联系方式", "", "", "转办时间", "截止时间"],
        [
            "沪临〔2026〕11200001",
            "顾望舒",
            "13900020001",
            "3号楼102室",
            "楼道里堆满纸箱，怕着火。已多次反映。",
            "2026/11/20 8:30",
            "2026/11/27",
        ],
        [
            "沪临〔2026〕11200002",
            "邱先生",
            "021-40950001",
            "槐树街12弄7号",
            "下水道堵塞，污水返上来",
            "2026/11/21 10:00",
            "2026/11/28",
        ],
        ["合计", "2件"],
    ]
    return workbook(("汇总", rows))


def gbk_csv() -> bytes:
    """A .csv as old platforms write it: GBK, numbers guarded against Excel, breaks of line inside a cell."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(
        [
            "工单流水号",
            "主题",
            "诉求描述",
            "市民姓名",
            "来电号码",
            "诉求地址",
            "创建时间",
            "处置时限",
            "满意度",
            "是否解决",
        ]
    )
    table.writerow(
        ["'2026112200045678", "停车位被占", "小区里僵尸车长期占用车位，\n物业不管", "田晓岚", "13900030001",
         "里仁苑", "2026年11月22日 14:05",
         "5个工作日", "满意", "已解决"]
    )  # fmt: skip
    table.writerow(
        ["'2026112200045679", "咨询高龄津贴", "咨询高龄津贴怎么办理", "石奶奶", "13900030002",
         "3号楼201", "2026年11月22日 15:00",
         "7天", "不满意", "未解决"]
    )  # fmt: skip
    return out.getvalue().encode("gb18030")


def page_called_xls() -> bytes:
    """A web page that calls itself .xls."""
    rows = [
        ["任务号", "事项名称", "案件描述", "联系人", "手机号", "所在地址", "交办时间", "办结时限", "优先级"],
        [
            "RW-2026-110077",
            "垃圾清运",
            "垃圾三天没人清运，有臭味",
            "闻人清",
            "13900040001",
            "3号楼门口",
            "2026-11-22 08:00",
            "2026-11-23 08:00",
            "加急",
        ],
    ]
    cells = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<html><meta charset='utf-8'><body><table border=1>{cells}</table></body></html>".encode()


def cards() -> bytes:
    """One form below the other, labels beside values."""

    def card(number: str, name: str, phone: str, place: str, text: str) -> list[list[str]]:
        return [
            ["12345热线工单办理单"],
            ["工单编号", number, "派单时间", "2026-11-20 10:00"],
            ["来电人", name, "联系电话", phone],
            ["地址", place, "办理时限", "2026-11-25 18:00"],
            ["诉求内容", text],
            [],
        ]

    rows = card("KP2026112001", "蓝采和", "13900050001", "3号楼301室", "楼上养狗，每天早上五点狗叫")
    rows += card("KP2026112002", "严子陵", "13900050002", "3号楼302室", "外墙瓷砖脱落，砸坏车窗")
    return workbook(("工单", rows))


def turned() -> bytes:
    """Headings down the first column, one order per column."""
    orders = [
        ("HX2026112101", "树枝遮光", "13900060001"),
        ("HX2026112102", "路灯不亮", "13900060002"),
        ("HX2026112103", "井盖松动", "13900060003"),
    ]
    rows = [
        ["工单编号", *(number for number, _, _ in orders)],
        ["诉求标题", *(title for _, title, _ in orders)],
        ["联系电话", *(phone for _, _, phone in orders)],
        ["派单时间", *(["2026-11-21 09:00"] * 3)],
        ["地址", *(["3号楼"] * 3)],
    ]
    return workbook(("横表", rows))


def pages_of_paper() -> bytes:
    """A heading that comes again on every printed page, a hidden sheet, a second sheet with other headings."""
    first = [USUAL_HEAD, USUAL[0], USUAL_HEAD, USUAL[1]]
    second = [("诉求编号", "问题描述", "联系人"), ("DX20261122009", "小区门口流动摊贩占道经营", "季风")]
    return workbook(
        ("第一批", first), ("第二批", second), ("旧数据", [USUAL_HEAD, USUAL[2]]), hidden="旧数据"
    )


def word(*tables: Sequence[Sequence[str]], spans: dict[tuple[int, int], int] | None = None) -> bytes:
    """A .docx with these tables; a span lets a cell of the first reach over several columns."""
    body = "".join(_table(rows, (spans or {}) if number == 0 else {}) for number, rows in enumerate(tables))
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def _table(rows: Sequence[Sequence[str]], spans: dict[tuple[int, int], int]) -> str:
    lines = []
    for line, row in enumerate(rows):
        cells = []
        for place, text in enumerate(row):
            wide = spans.get((line, place))
            span = f'<w:tcPr><w:gridSpan w:val="{wide}"/></w:tcPr>' if wide else ""
            cells.append(f"<w:tc>{span}<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:tc>")
        lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def word_list() -> bytes:
    """The street's notice with a table of orders inside."""
    return word(
        [
            ("编号", "来电内容", "来电人", "电话", "地址", "要求办结时间"),
            (
                "JD-20261122-01",
                "有人在绿化带里种菜毁绿",
                "白鹭",
                "13900070001",
                "里仁苑3号楼北侧",
                "11月30日",
            ),
            ("JD-20261122-02", "健身器材坏了没人修", "匿名", "", "里仁苑广场", "11月30日前"),
        ]
    )


def word_form() -> bytes:
    """One order as a form in Word, the story in a cell over the whole width."""
    rows = [
        ("工单编号", "WD20261122031", "派单时间", "2026-11-22 16:20"),
        ("来电人", "容若", "联系电话", "13900080001"),
        ("诉求内容", "反映3号楼402室装修声太吵，中午也不停。要求社区出面。"),
        ("办理时限", "24小时", "紧急程度", "紧急"),
    ]
    return word(rows, spans={(2, 1): 3})


def many(count: int) -> bytes:
    """A long export: the same complaint, each with a number of its own."""
    rows = [(f"LONG2026{n:08d}", "漏水", f"第 {n} 张", "里仁苑3号楼1单元101室") for n in range(1, count + 1)]
    return workbook(("表", [("工单编号", "诉求标题", "诉求内容", "地址"), *rows]))
