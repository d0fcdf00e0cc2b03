"""Invented lists (虚构名册): workbooks with sections, colours, spoilt numbers, no heading or two."""

import datetime
from pathlib import Path

import xlsxwriter

from .invented import Invented, Person, Town


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


LAYOUTS = (
    sections_and_pages,
    coloured_key,
    spoilt_numbers,
    no_heading,
    lanes_and_stacked,
    household_sections,
)
