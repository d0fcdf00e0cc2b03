"""Invented exports (虚构导出): text files and formats of other programs."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

from .invented import Invented, Town

THREE_LEVELS: list[list[Any]] = [
    ["附件1", *[""] * 14],
    ["重点人员基础台账（2026年版）", *[""] * 14],
    ["编号", "人员基本情况", "", "", "", "居住地", "", "", "类别", "", "", "监护人", "", "房东", "备注"],
    [
        "",
        "姓名",
        "性别",
        "证件号码",
        "手机",
        "幢",
        "单元",
        "室",
        "老年",
        "",
        "困难",
        "姓名",
        "电话",
        "姓名",
        "",
    ],
    ["", "", "", "", "", "", "", "", "独居", "失能", "低保", "", "", "", ""],
    [
        "例",
        "张三",
        "男",
        "110101199001011234",
        "13800000000",
        "1",
        "1",
        "101",
        "√",
        "",
        "",
        "李四",
        "13900000000",
        "",
        "",
    ],
]


def reordered_utf16(folder: Path) -> Invented:
    """Tab-delimited UTF-16, text cells with a leading tab, address 3#2-501, heads with stars and blanks."""
    people = Town(1).people(40)
    text = "里仁社区居民信息表\n"
    text += "\t".join(["*身份证件号码", "楼幢室号", "*姓  名", "手机号码", "族 别", "性别", "备 注"]) + "\n"
    for place, person in enumerate(people):
        number = person.number.lower() if place % 3 else f"'{person.number}"
        phone = (
            f"{person.phone[:3]} {person.phone[3:7]} {person.phone[7:]}" if place % 4 == 0 else person.phone
        )
        address = f"{person.building[0]}#{person.unit}-{person.room}"
        text += "\t".join([number, address, f" {person.name} ", phone, "汉", person.sex, ""]) + "\n"
    path = folder / "常住人口.csv"
    path.write_bytes(text.encode("utf-16"))
    return Invented(path, people, ("name", "number", "building", "unit", "room", "phone", "sex"))


def three_levels_gbk(folder: Path) -> Invented:
    """GBK csv with three heading rows and no merges; guardian and landlord groups; ticks of many kinds."""
    people = Town(6).people(30)
    rows = [list(line) for line in THREE_LEVELS]
    for place, person in enumerate(people):
        ticks = ["", "", ""]
        if place % 3 == 0:
            ticks[place % 2] = ("√", "是", "1", "有")[place % 4]
            person.labels = [("独居老人", "失能老人")[place % 2]]
        cells = [
            place + 1,
            person.name,
            person.sex,
            person.number,
            person.phone,
            person.building[0],
            person.unit,
        ]
        rows.append([*cells, person.room, *ticks, "钱大大", "14000000002", "孙房东", ""])
    rows.append(["合计", f"{len(people)}人", *[""] * 13])
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    path = folder / "重点人员.csv"
    path.write_bytes(buffer.getvalue().encode("gbk"))
    return Invented(path, people, ("name", "number", "building", "unit", "room", "sex", "phone", "labels"))


def blanks_below(folder: Path) -> Invented:
    """Households without merges: address, head and serial only in the first row; building once per block."""
    households = Town(9).households(14) + Town(10).households(9, "6号楼", 3)
    rows: list[list[Any]] = [
        ["户籍人口登记册"],
        ["序号", "楼号", "单元", "室", "户主", "成员姓名", "称谓", "身份证号码", "户口所在地"],
    ]
    before = ""
    for number, members in enumerate(households, 1):
        for place, person in enumerate(members):
            home = [
                person.building if person.building != before else "",
                f"{person.unit}单元",
                person.room,
                person.head,
            ]
            before = person.building
            lead = [number, *home] if place == 0 else ["", "", "", "", ""]
            hukou = person.hukou if place == 0 else ("同上", "〃", '"')[place % 3]
            rows.append([*lead, person.name, person.relation, person.number, hukou])
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows(rows)
    path = folder / "户册.csv"
    path.write_bytes(b"\xef\xbb\xbf" + buffer.getvalue().encode())
    people = [member for members in households for member in members]
    return Invented(path, people, ("name", "number", "building", "unit", "room", "relation", "head", "hukou"))


def web_export(folder: Path) -> Invented:
    """HTML under the name .xls, households by rowspan, as office systems export it."""
    households = Town(11).households(15)
    lines = ["<html><head><meta charset='gb2312'></head><body><table border=1>"]
    lines.append("<tr><th colspan=6>人口信息导出</th></tr>")
    lines.append(
        "<tr><th>房屋地址</th><th>姓名</th><th>家庭关系</th><th>有效证件号码</th><th>联系方式</th><th>人员状态</th></tr>"
    )
    for members in households:
        for place, person in enumerate(members):
            span = f"<td rowspan={len(members)}>{person.building}{person.unit}单元{person.room}室</td>"
            cells = "".join(
                f"<td>{c}</td>" for c in (person.name, person.relation, person.number, person.phone, "正常")
            )
            lines.append(f"<tr>{span if place == 0 else ''}{cells}</tr>")
    path = folder / "导出.xls"
    path.write_bytes("\n".join([*lines, "</table></body></html>"]).encode("gb18030"))
    people = [member for members in households for member in members]
    return Invented(path, people, ("name", "number", "building", "unit", "room", "relation", "phone"))


def named_in_text(folder: Path) -> Invented:
    """Members named in remarks, impossible and doubtful dates, gaps in the address."""
    people = Town(16).people(28)
    reasons = {
        "free_text_members": 0,
        "birth_invalid": 0,
        "birth_ambiguous": 0,
        "address_missing": 0,
        "name_missing": 1,
    }
    rows: list[list[Any]] = [["姓名", "性别", "出生年月", "现居住地址", "联系电话", "备注"]]
    for place, person in enumerate(people):
        person.number = ""
        address = f"{person.building}{person.unit}单元{person.room}室"
        row = [
            person.name,
            person.sex,
            person.birth,
            address,
            person.phone,
            ("已核", "", "钥匙在301", "子女在外地")[place % 4],
        ]
        if place % 7 == 1:
            row[5] = (
                "同住：妻子王芳、儿子张明",
                "与儿子李强同住",
                "王丽（女儿）、赵小明（外孙）",
                "合租:李雷,韩梅",
            )[place % 4]
            reasons["free_text_members"] += 1
        elif place % 7 == 2:
            row[2], person.birth = person.birth[:4] + "-02-30", ""
            reasons["birth_invalid"] += 1
        elif place % 7 == 3:
            row[2], person.birth = person.birth[:4] + ".1", person.birth[:4]
            reasons["birth_ambiguous"] += 1
        elif place == 4:
            row[3] = ""
            person.building = person.unit = person.room = ""
            reasons["address_missing"] += 1
        elif place % 7 == 5:
            row[2], person.birth = f"{person.birth[2:4]}年{int(person.birth[5:7])}月", person.birth[:7]
        rows.append(row)
    rows.append(["", "男", "1960-01-01", "3号楼1单元101室", "14000000009", ""])
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    path = folder / "走访.csv"
    path.write_bytes(buffer.getvalue().encode("gb18030"))
    return Invented(path, people, ("name", "birth", "building", "unit", "room", "phone", "sex"), reasons)


def open_document(folder: Path) -> Invented:
    """An OpenDocument spreadsheet."""
    people = Town(17).people(12)
    rows = [["住户姓名", "有效证件号码", "楼号", "门洞", "房间号"]]
    rows += [[p.name, p.number, p.building, f"{p.unit}门", p.room] for p in people]
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>'
            for c in row
        )
        + "</table:table-row>"
        for row in rows
    )
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="表1">{cells}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    path = folder / "开放.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"></manifest:manifest>',
        )
    return Invented(path, people, ("name", "number", "building", "unit", "room"))


def excel_2003_xml(folder: Path) -> Invented:
    """The XML of Excel 2003 under the name .xls, with merged households and a hidden row."""
    households = Town(18).households(10)
    lines = ['<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" ']
    lines.append('xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="常住"><Table>')

    def cell(text: str, extra: str = "") -> str:
        return f'<Cell{extra}><Data ss:Type="String">{text}</Data></Cell>'

    lines.append(f"<Row>{''.join(map(cell, ('住址', '姓名', '身份证号码', '电话号码')))}</Row>")
    for number, members in enumerate(households):
        down = f' ss:MergeDown="{len(members) - 1}"' if len(members) > 1 else ""
        for place, person in enumerate(members):
            home = cell(f"{person.building}{person.unit}单元{person.room}", down) if place == 0 else ""
            first = "" if place == 0 else ' ss:Index="2"'
            hidden = ' ss:Hidden="1"' if number == 3 and place == 0 else ""
            cells = cell(person.name, first) + cell(person.number) + cell(person.phone)
            lines.append(f"<Row{hidden}>{home}{cells}</Row>")
    path = folder / "旧系统.xls"
    path.write_text("".join([*lines, "</Table></Worksheet></Workbook>"]), "utf-8")
    people = [member for members in households for member in members]
    return Invented(path, people, ("name", "number", "building", "unit", "room", "phone"), {"hidden_row": 1})


LAYOUTS = (
    reordered_utf16,
    three_levels_gbk,
    blanks_below,
    web_export,
    named_in_text,
    open_document,
    excel_2003_xml,
)
