"""Invented rosters (虚构名册) in layouts of other makers, each with the people that must be read from it."""

import csv
import datetime
import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马胡朱郭何罗高林"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂晨曦宇轩"


@dataclass
class Person:
    """An invented person; ids have a right check digit but an unassigned county code."""

    name: str
    sex: str
    birth: str
    number: str
    phone: str
    building: str = "3号楼"
    unit: str = "1"
    room: str = "101"
    relation: str = "户主"
    head: str = ""
    hukou: str = "海东市临江区里仁路9弄2号301室"
    labels: list[str] = field(default_factory=list)
    status: str = ""


@dataclass
class Invented:
    """A file and what must come out of it."""

    path: Path
    people: list[Person]
    fields: tuple[str, ...]
    # reasons that must be reported, with how often
    problems: dict[str, int] = field(default_factory=dict)


class Town:
    """Makes people who live in 3号楼 (two units), 6号楼 (three) and lane houses, always the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.used: set[str] = set()

    def person(self, **given: Any) -> Person:
        pick = self.random
        name = (
            pick.choice(SURNAMES) + pick.choice(GIVEN) + (pick.choice(GIVEN) if pick.random() < 0.8 else "")
        )
        born = datetime.date(1935, 1, 1) + datetime.timedelta(days=pick.randrange(31000))
        first17 = f"310199{born:%Y%m%d}{pick.randrange(1000):03d}"
        number = first17 + "10X98765432"[sum(int(a) * w for a, w in zip(first17, WEIGHTS, strict=True)) % 11]
        sex = "男" if int(number[16]) % 2 else "女"
        phone = f"1{pick.choice('46')}{pick.randrange(10**9):09d}"
        return Person(name, sex, born.isoformat(), number, phone, **given)

    def households(self, count: int, building: str = "3号楼", units: int = 2) -> list[list[Person]]:
        """Households of one to four in consecutive rooms."""
        found = []
        for place in range(count):
            unit, room = str(place % units + 1), f"{place // units // 4 + 1}0{place // units % 4 + 1}"
            relations = ["户主", "配偶", "儿子", "女儿"][: self.random.randint(1, 4)]
            members = [self.person(building=building, unit=unit, room=room, relation=r) for r in relations]
            for member in members:
                member.head = members[0].name
            found.append(members)
        return found

    def people(self, count: int, building: str = "3号楼", units: int = 2) -> list[Person]:
        return [member for household in self.households(count, building, units) for member in household]


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


def person_cards(folder: Path) -> Invented:
    """Cards for one person each, two beside one another, a blank line between."""
    people = Town(2).people(12)
    path = folder / "一人一卡.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("卡片")
        for place, person in enumerate(people):
            top, left = place // 2 * 8, place % 2 * 6
            sheet.merge_range(top, left, top, left + 3, "居民信息登记卡")
            lines = [
                ("姓名", person.name, "性别", person.sex),
                ("出生日期", person.birth, "民族", "汉族"),
                ("身份证号码", person.number, "联系电话", person.phone),
                (
                    "现居住地址",
                    f"{person.building}{person.unit}单元{person.room}室",
                    "与户主关系",
                    person.relation,
                ),
                ("紧急联系人", "钱多多", "紧急联系人电话", "14000000001"),
                ("备注", "", "", ""),
            ]
            for down, line in enumerate(lines, 1):
                for across, cell in enumerate(line):
                    if cell:
                        sheet.write_string(top + down, left + across, cell)
    return Invented(
        path, people, ("name", "number", "birth", "building", "unit", "room", "phone", "sex", "relation")
    )


def household_cards(folder: Path) -> Invented:
    """A card per household: address and head above, a list of members below."""
    households = Town(3).households(9, "6号楼", 3)
    path = folder / "一户一表.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("6号楼")
        row = 0
        for members in households:
            head = members[0]
            sheet.merge_range(row, 0, row, 6, "里仁社区家庭情况登记表")
            line = [
                "户主姓名",
                head.name,
                "住址",
                f"6号楼{head.unit}单元{head.room}室",
                "",
                "联系电话",
                head.phone,
            ]
            sheet.write_row(row + 1, 0, line)
            sheet.write_row(
                row + 2, 0, ["序号", "姓名", "与户主关系", "性别", "身份证号码", "联系电话", "备注"]
            )
            for number, person in enumerate(members, 1):
                cells = [number, person.name, person.relation, person.sex, person.number, person.phone]
                sheet.write_row(row + 2 + number, 0, cells)
            row += len(members) + 5
    people = [member for members in households for member in members]
    return Invented(
        path, people, ("name", "number", "building", "unit", "room", "phone", "sex", "relation", "head")
    )


def side_by_side(folder: Path) -> Invented:
    """Two lists beside one another, one per unit, with their own titles."""
    town = Town(4)
    left, right = town.people(18, units=1), town.people(14, units=1)
    for person in right:
        person.unit = "2"
    path = folder / "3号楼住户.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.merge_range(0, 0, 0, 10, "里仁社区住户一览")
        for start, title, people in ((0, "3号楼1单元", left), (6, "3号楼2单元", right)):
            sheet.merge_range(1, start, 1, start + 4, title)
            sheet.write_row(2, start, ["序号", "室号", "姓名", "身份证号", "电话"])
            for place, person in enumerate(people, 3):
                sheet.write_row(
                    place, start, [place - 2, int(person.room), person.name, person.number, int(person.phone)]
                )
    return Invented(path, left + right, ("name", "number", "building", "unit", "room", "phone"))


def sections_and_pages(folder: Path) -> Invented:
    """Room numbers only; the sheet names the building, section rows the unit; pages repeat the heading."""
    town = Town(5)
    people: list[Person] = []
    path = folder / "分楼名册.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for building in ("3号楼", "6栋"):
            sheet = book.add_worksheet(building)
            sheet.write(0, 0, "住户情况登记")
            row = 1
            for unit in ("1", "2"):
                sheet.merge_range(row, 0, row, 5, f"{'一二'[int(unit) - 1]}单元（共12户）")
                row += 1
                for place, person in enumerate(
                    town.people(12, "3号楼" if building == "3号楼" else "6号楼", 1)
                ):
                    person.unit = unit
                    if place % 10 == 0:
                        sheet.write_row(row, 0, ["房号", "住户姓名", "性别", "出生年月", "证件号码", "备注"])
                        row += 1
                    sheet.write_row(
                        row,
                        0,
                        [
                            f"{person.room}室",
                            person.name,
                            person.sex,
                            person.birth[:7].replace("-", "."),
                            person.number,
                        ],
                    )
                    people.append(person)
                    row += 1
                sheet.write_row(row, 0, ["本单元小计", f"{len(people)}人"])
                row += 1
            sheet.write(row, 0, "制表：王某   日期：2026年6月30日")
    return Invented(path, people, ("name", "number", "building", "unit", "room", "sex", "birth"))


def three_levels_gbk(folder: Path) -> Invented:
    """GBK csv with three heading rows and no merges; guardian and landlord groups; ticks of many kinds."""
    people = Town(6).people(30)
    rows: list[list[Any]] = [
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


def coloured_key(folder: Path) -> Invented:
    """A key of coloured cells, a sentence with the colour behind the meaning, strike-through for the dead."""
    people = Town(7).people(30)
    path = folder / "颜色.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("名单")
        looks = {
            "已迁出": book.add_format({"bg_color": "#92D050"}),
            "已死亡": book.add_format({"font_strikeout": True}),
            "户在人不在": book.add_format({"font_color": "#0070C0"}),
        }
        sheet.write(0, 0, "户籍人口名单")
        sheet.write(1, 0, "图例：")
        sheet.write(1, 1, "已搬走", looks["已迁出"])
        sheet.write(2, 0, "说明：人户分离人员用蓝色字体标出；已去世的划删除线。")
        sheet.write_row(3, 0, ["姓名", "公民身份证号", "住址", "固定电话"])
        for place, person in enumerate(people):
            person.status = ["", "", "已迁出", "", "已死亡", "", "户在人不在"][place % 7]
            address = f"里仁路88弄{person.building}{person.unit}单元{person.room}"
            cells = [person.name, person.number, address, person.phone]
            for column, cell in enumerate(cells):
                sheet.write(place + 4, column, cell, looks.get(person.status))
    return Invented(path, people, ("name", "number", "building", "unit", "room", "phone", "status"))


def spoilt_numbers(folder: Path) -> Invented:
    """Numbers of papers and rooms that a spreadsheet spoilt."""
    people = Town(8).people(24)
    reasons = {"id_precision_lost": 0, "address_suspect_date": 0, "id_masked": 0, "phone_invalid": 0}
    path = folder / "数字.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("3幢")
        day = book.add_format({"num_format": "m-d"})
        sheet.write_row(0, 0, ["姓名", "身份证", "室号", "联系电话"])
        for place, person in enumerate(people, 1):
            sheet.write(place, 0, person.name)
            sheet.write_string(place, 1, person.number)
            sheet.write(place, 2, f"{person.unit}-{person.room}")
            sheet.write(place, 3, float(person.phone))
            if place % 6 == 1:
                sheet.write_number(place, 1, float(person.number[:17] + "0"))
                reasons["id_precision_lost"] += 1
                person.number = ""
            elif place % 6 == 2:
                sheet.write_string(place, 1, person.number[:10] + "****" + person.number[14:])
                reasons["id_masked"] += 1
                person.number = ""
            elif place % 6 == 3:
                sheet.write_datetime(place, 2, datetime.datetime(2026, 1, int(person.room) % 28 + 1), day)
                reasons["address_suspect_date"] += 1
                person.unit = person.room = ""
            elif place % 6 == 4:
                sheet.write_string(place, 3, person.phone[:9])
                reasons["phone_invalid"] += 1
                person.phone = ""
    return Invented(path, people, ("name", "number", "building", "unit", "room", "phone"), reasons)


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


def no_heading(folder: Path) -> Invented:
    """A list without any heading."""
    people = Town(12).people(25)
    path = folder / "无表头.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Sheet1")
        for row, person in enumerate(people):
            sheet.write_row(
                row,
                0,
                [person.name, person.sex, person.number, f"3-{person.unit}-{person.room}", person.phone],
            )
    return Invented(path, people, ("name", "number", "building", "unit", "room", "phone", "sex"))


def lanes_and_stacked(folder: Path) -> Invented:
    """Two lists below each other with different headings; lane houses in three columns."""
    town = Town(13)
    lane = [
        town.person(building="12弄4号", unit="", room=room)
        for room in ("二楼前楼", "三层阁", "底层客堂", "亭子间") * 4
    ]
    flats = town.people(15)
    path = folder / "合并.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("里弄和新村")
        sheet.write(0, 0, "一、里弄")
        sheet.write_row(1, 0, ["序号", "姓名", "弄", "号", "室", "身份证号", "出生日期"])
        for row, person in enumerate(lane, 2):
            born = datetime.date.fromisoformat(person.birth)
            sheet.write_row(row, 0, [row - 1, person.name, 12, 4, person.room, person.number])
            sheet.write(row, 6, f"{born.year}年{born.month}月{born.day}日")
        row = len(lane) + 3
        sheet.write(row, 0, "二、新村")
        sheet.write_row(row + 1, 0, ["序号", "姓名", "性别", "住址", "身份证号", "手机"])
        for place, person in enumerate(flats, row + 2):
            address = f"{person.building}{person.unit}单元{person.room}"
            sheet.write_row(
                place, 0, [place - row - 1, person.name, person.sex, address, person.number, person.phone]
            )
    return Invented(path, lane + flats, ("name", "number", "building", "unit", "room"))


def household_per_row(folder: Path) -> Invented:
    """One household per row, its members side by side under groups."""
    households = [members for members in Town(14).households(20) if len(members) > 1]
    path = folder / "一户一行.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("户")
        sheet.write_row(0, 0, ["序号", "地址"])
        sheet.write_row(1, 0, ["", ""])
        for place, group in enumerate(("户主", "成员1", "成员2", "成员3")):
            sheet.merge_range(0, 2 + place * 3, 0, 4 + place * 3, group)
            sheet.write_row(1, 2 + place * 3, ["姓名", "身份证号", "电话"])
        for row, members in enumerate(households, 2):
            head = members[0]
            sheet.write_row(row, 0, [row - 1, f"{head.building}{head.unit}单元{head.room}室"])
            for place, person in enumerate(members):
                sheet.write_row(row, 2 + place * 3, [person.name, person.number, person.phone])
    people = [member for members in households for member in members]
    return Invented(path, people, ("name", "number", "building", "unit", "room", "phone"))


def household_sections(folder: Path) -> Invented:
    """A section row with address and head above the members of each household."""
    households = Town(15).households(16, "6号楼", 3)
    path = folder / "分户.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("分户登记")
        sheet.write(0, 0, "实有人口分户登记表")
        sheet.write_row(1, 0, ["姓名", "与户主关系", "公民身份证号码", "文化程度", "备注"])
        row = 2
        for members in households:
            head = members[0]
            sheet.merge_range(
                row, 0, row, 4, f"6号楼{head.unit}单元{head.room}室  户主：{head.name}  共{len(members)}人"
            )
            for down, person in enumerate(members, 1):
                sheet.write_row(row + down, 0, [person.name, person.relation, person.number, "高中", ""])
            row += len(members) + 1
    people = [member for members in households for member in members]
    return Invented(path, people, ("name", "number", "building", "unit", "room", "relation"))


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


def folded_cells(folder: Path) -> Invented:
    """A household in one row: names, relations and numbers on lines within the cells, two in the name cell only."""
    households = Town(19).households(12)
    path = folder / "折叠.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("住户")
        sheet.write_row(0, 0, ["序号", "楼栋房号", "家庭成员姓名", "与户主关系", "身份证号", "电话"])
        for row, members in enumerate(households, 1):
            head = members[0]
            cells = [
                "\n".join(getattr(m, name) for m in members)
                for name in ("name", "relation", "number", "phone")
            ]
            sheet.write_row(row, 0, [row, f"{head.building}{head.unit}单元{head.room}", *cells])
    people = [member for members in households for member in members]
    return Invented(path, people, ("name", "number", "building", "unit", "room", "relation", "phone"))


def household_cards_with_head(folder: Path) -> Invented:
    """A card per household: the head's own facts above, the other members below, two cards beside one another."""
    households = Town(20).households(8, "6号楼", 3)
    path = folder / "户卡.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("户卡")
        row = 1
        for members in households:
            head = members[0]
            home = f"6号楼{head.unit}单元{head.room}室"
            sheet.write_row(row, 0, ["户主姓名", head.name, "性别", head.sex, "身份证号", head.number])
            sheet.write_row(row + 1, 0, ["家庭住址", home, "联系电话", head.phone])
            sheet.write_row(row + 2, 0, ["姓名", "关系", "性别", "身份证号码"])
            for down, person in enumerate(members[1:], 3):
                sheet.write_row(row + down, 0, [person.name, person.relation, person.sex, person.number])
            row += len(members) + 4
    people = [member for members in households for member in members]
    return Invented(path, people, ("name", "number", "building", "unit", "room", "sex"))


LAYOUTS: tuple[Callable[[Path], Invented], ...] = (
    reordered_utf16,
    person_cards,
    household_cards,
    side_by_side,
    sections_and_pages,
    three_levels_gbk,
    coloured_key,
    spoilt_numbers,
    blanks_below,
    web_export,
    no_heading,
    lanes_and_stacked,
    household_per_row,
    household_sections,
    named_in_text,
    open_document,
    excel_2003_xml,
    folded_cells,
    household_cards_with_head,
)
