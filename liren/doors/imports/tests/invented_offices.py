"""Invented office lists (虚构台账): ticked and combined columns, captions, certificates, blocks, turned sheets."""

from pathlib import Path
from typing import Any

import xlsxwriter

from .invented import Invented, Town

TICKS = ("未婚", "已婚", "离异", "丧偶")


def _write(path: Path, *sheets: tuple[str, list[list[Any]]]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell != "":
                        sheet.write(number, column, cell)


def certificates(folder: Path) -> Invented:
    """残疾证号 holds the number of the paper; guardians have papers of their own; page two repeats the heading unmerged."""
    people = Town(21).people(20)
    heading = [
        ["序号", "残疾人基本信息", "", "", "", "监护人信息", "", "", "备注"],
        ["", "姓名", "残疾证号", "类别等级", "现住址", "姓名", "与残疾人关系", "身份证号", ""],
    ]
    rows: list[list[Any]] = [["里仁社区持证残疾人花名册"], *heading]
    guardian = Town(22).person()
    for place, person in enumerate(people, 1):
        person.labels = ["残疾人"]
        home = f"{person.building}{person.unit}单元{person.room}室"
        kin = [guardian.name, "母子", guardian.number] if place % 2 else ["", "", ""]
        rows.append([place, person.name, f"{person.number}43", "肢体三级", home, *kin, ""])
        if place == 10:
            rows += [["本页小计", "10人"], *heading]
    path = folder / "残疾人.xlsx"
    _write(path, ("名册", rows))
    return Invented(path, people, ("name", "number", "building", "unit", "room", "labels"))


def ticked(folder: Path) -> Invented:
    """男 | 女 and the marital status to be ticked; a line of hints under the heading; the title gives a label."""
    people = Town(23).people(20)
    rows: list[list[Any]] = [
        ["退役军人信息采集表"],
        ["姓名", "性别", "", "身份证号", "婚姻状况", "", "", "", "室号"],
        ["", "男", "女", "", *TICKS, ""],
        ["(必填)", "", "", "18位", "打√", "", "", "", "例:101"],
    ]
    for place, person in enumerate(people):
        person.labels = ["退役军人"]
        marital = ["√" if place % 4 == number else "" for number in range(4)]
        sexes = ["√" if person.sex == sex else "" for sex in ("男", "女")]
        rows.append([person.name, *sexes, person.number, *marital, f"{person.unit}-{person.room}"])
    path = folder / "01_3号楼退役军人.xlsx"
    _write(path, ("Sheet1", rows))
    return Invented(path, people, ("name", "sex", "number", "building", "unit", "room", "labels"))


def combined(folder: Path) -> Invented:
    """Two facts in one column: 姓名/性别, 身份证号及电话."""
    people = Town(24).people(20)
    rows: list[list[Any]] = [["序号", "姓名/性别", "身份证号及电话", "民族、文化程度", "住址"]]
    for place, person in enumerate(people, 1):
        name = f"{person.name}（{person.sex}）" if place % 2 else f"{person.name}/{person.sex}"
        home = f"{person.building[0]}-{person.unit}-{person.room}"
        rows.append([place, name, f"{person.number}\n{person.phone}", "汉族、高中", home])
    path = folder / "组合.xlsx"
    _write(path, ("Sheet1", rows))
    return Invented(path, people, ("name", "sex", "number", "phone", "building", "unit", "room"))


def blocks_per_house(folder: Path) -> Invented:
    """A line with the house and its landlord above the tenants of each house."""
    households = Town(25).households(10)
    rows: list[list[Any]] = [["租住人员登记册"]]
    for members in households:
        home = f"3号楼{members[0].unit}单元{members[0].room}室"
        rows.append([f"房屋地址：{home}", "", "房东：钱多多", "", "房东电话：14000000009"])
        rows.append(["序号", "姓名", "性别", "身份证号", "手机"])
        for place, person in enumerate(members, 1):
            rows.append([place, person.name, person.sex, person.number, person.phone])
        rows.append([])
    people = [member for members in households for member in members]
    path = folder / "分房.xlsx"
    _write(path, ("登记", rows))
    return Invented(path, people, ("name", "number", "phone", "building", "unit", "room"))


def captions(folder: Path) -> Invented:
    """Captions give labels, the name of a sheet gives the living status, a name its remark."""
    town = Town(26)
    rows: list[list[Any]] = [["序号", "姓名", "身份证号", "住址"]]
    people = []
    for caption, label in (("一、低保户", "低保"), ("二、残疾人（共6人）", "残疾人"), ("三、其他", "")):
        rows.append([caption])
        for place, person in enumerate(town.people(3, units=1), 1):
            person.labels, person.status = [label] if label else [], ""
            rows.append([place, person.name, person.number, f"3号楼1单元{person.room}"])
            people.append(person)
        rows.append(["小计", "若干"])
    away: list[list[Any]] = [["姓名", "身份证号", "住址"]]
    for place, person in enumerate(town.people(5, units=1)):
        person.status, name = ("已死亡", f"□{person.name}□") if place == 2 else ("户在人不在", person.name)
        away.append([name, person.number, f"3号楼1单元{person.room}"])
        people.append(person)
    path = folder / "分类.xlsx"
    _write(path, ("台账", rows), ("空挂户", away))
    return Invented(path, people, ("name", "number", "building", "room", "labels", "status"))


def lane_sheets(folder: Path) -> Invented:
    """The sheet names the lane, section rows the house in it; heads are only ticked."""
    town = Town(27)
    rows: list[list[Any]] = [["槐树街12弄居民登记"], ["室", "户主", "姓名", "关系", "身份证"]]
    people = []
    for building in ("12弄1号", "12弄4号"):
        rows.append([building[3:]])
        for room in ("二楼前楼", "三层阁"):
            head = town.person(building=building, unit="", room=room)
            other = town.person(building=building, unit="", room=room, relation="妻", head=head.name)
            head.head = head.name
            rows.append([room, "√", head.name, "户主", head.number])
            rows.append(["", "", other.name, "之妻", other.number])
            people += [head, other]
    path = folder / "里弄.xlsx"
    _write(path, ("12弄", rows))
    return Invented(path, people, ("name", "number", "building", "room", "relation", "head"))


def turned(folder: Path) -> Invented:
    """Headings down the first column, one person per column."""
    people = Town(28).people(8)
    lines = [
        ["姓名", *(p.name for p in people)],
        ["性别", *(p.sex for p in people)],
        ["身份证号", *(p.number for p in people)],
        ["联系电话", *(p.phone for p in people)],
        ["家庭住址", *(f"3号楼{p.unit}单元{p.room}" for p in people)],
    ]
    path = folder / "横排.xlsx"
    _write(path, ("对象", [["对象情况一览"], *lines]))
    return Invented(path, people, ("name", "sex", "number", "phone", "building", "unit", "room"))


def boxes(folder: Path) -> Invented:
    """A form per sheet with boxes to tick."""
    people = Town(29).people(6)
    sheets = []
    for number, person in enumerate(people, 1):
        box = " ".join(f"{'☑' if person.sex == sex else '□'}{sex}" for sex in ("男", "女"))
        home = f"{person.building}{person.unit}单元{person.room}室"
        rows: list[list[Any]] = [
            ["服务对象个人信息表"],
            ["姓名", person.name, "性别", box, "照片"],
            ["出生日期", person.birth, "民族", "汉族"],
            ["身份证号", person.number],
            ["现住址", home, "", "联系电话", person.phone],
            ["人员类别", "□低保 □残疾 ☑其他"],
        ]
        person.labels = []
        sheets.append((str(number), rows))
    path = folder / "个人.xlsx"
    _write(path, *sheets)
    return Invented(path, people, ("name", "sex", "number", "phone", "building", "unit", "room", "labels"))


LAYOUTS = (certificates, ticked, combined, blocks_per_house, captions, lane_sheets, turned, boxes)
