"""Invented cards and folded rows (虚构卡片): people who do not stand one below another."""

from pathlib import Path

import xlsxwriter

from .invented import Invented, Town


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


LAYOUTS = (
    person_cards,
    household_cards,
    household_cards_with_head,
    side_by_side,
    household_per_row,
    folded_cells,
)
