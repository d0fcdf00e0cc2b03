"""Rosters (练习名册): two small workbooks for the first hour, of people of the demo and of some who are new.

They are as a committee keeps them: titles, words like 同上, several ways to write an address, and a few mistakes.
"""

import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from liren.core.people.models import Person
from liren.core.places.models import House

from ..invented import mobile, resident_id
from .layout import COMMUNITY

NEWCOMERS = "新搬来住户登记表.xlsx"
ELDERS = "11号楼老年人走访名册.xlsx"
# name, sex, birth, relation, what the address column says (a number is one of the empty houses)
NEW: tuple[tuple[str, str, str, str, int | str], ...] = (
    ("顾长安", "男", "1988-04-12", "户主", 0),
    ("苏小棠", "女", "1990-09-03", "配偶", "同上"),
    ("顾念", "女", "2018-06-21", "女儿", "同上"),
    ("仇英杰", "男", "1996-11-30", "户主", 1),
    ("单雨薇", "女", "1997-02-14", "合租人", "同上"),
    ("马春生", "男", "1962-05-08", "户主", 2),
    ("柴玉芬", "女", "1964-08-19", "配偶", "同上"),
    ("覃海燕", "女", "1985-12-01", "户主", 3),
    ("覃小满", "男", "2014-03-27", "儿子", "同上"),
    ("解放", "男", "1979-10-01", "户主", 4),
    ("万里", "男", "1992-07-07", "户主", "66号楼1单元302"),
    ("乐思齐", "女", "1999-01-25", "户主", 5),
)


def write_rosters(folder: Path) -> list[Path]:
    """Writes both into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_newcomers(folder / NEWCOMERS), _elders(folder / ELDERS)]


def _write(file: Path, title: str, headings: list[str], rows: list[list[Any]], foot: str) -> Path:
    book = xlsxwriter.Workbook(str(file))
    book.set_properties({"created": datetime.datetime(2026, 6, 30)})
    sheet = book.add_worksheet("Sheet1")
    bold = book.add_format({"bold": True, "align": "center", "border": 1})
    cell = book.add_format({"border": 1, "num_format": "@"})
    sheet.merge_range(0, 0, 0, len(headings) - 1, title, book.add_format({"bold": True, "align": "center"}))
    sheet.write_row(1, 0, headings, bold)
    for number, row in enumerate(rows, 2):
        sheet.write_row(number, 0, row, cell)
    sheet.write(len(rows) + 2, 0, foot)
    sheet.set_column(1, len(headings) - 1, 16)
    book.close()
    return file


def _newcomers(file: Path) -> Path:
    houses = House.objects.filter(
        community__code=COMMUNITY[0], use="empty", persons=None, building__kind="tower"
    )
    doors = [
        _said(house, way) for way, house in enumerate(houses.order_by("-id").select_related("building")[:6])
    ]
    rows = []
    for number, (name, sex, birth, relation, place) in enumerate(NEW, 1):
        born = datetime.date.fromisoformat(birth)
        paper = resident_id(born, male=sex == "男", sequence=480 + number, county="341297")
        if number == 4:
            # One digit slipped: the check digit tells.
            paper = paper[:-1] + ("0" if paper[-1] != "0" else "1")
        phone = mobile(70_000 + number) if born.year < 2010 else ""
        address = doors[place] if isinstance(place, int) else place
        said = f"{born.year}.{born.month}" if number == 6 else birth
        rows.append(
            [
                number,
                name,
                sex,
                said,
                "" if number == 6 else paper,
                relation,
                address,
                phone,
                "租房" if number > 9 else "",
            ]
        )
    headings = ["序号", "姓名", "性别", "出生年月", "身份证号码", "与户主关系", "住址", "联系电话", "备注"]
    return _write(file, f"{COMMUNITY[1]}新搬来住户登记表", headings, rows, "填表人：方明亮")


def _said(house: House, way: int) -> str:
    """One of the ways in which people write an address."""
    number, unit, room = house.building.number, house.unit, house.room
    return (f"{number}号楼{unit}单元{room}室", f"{number}-{unit}-{room}", f"{number}号{unit}单元{room}")[
        way % 3
    ]


def _elders(file: Path) -> Path:
    people = Person.objects.present().filter(
        community__code=COMMUNITY[0],
        house__building__name="11号楼",
        birth__lt="1962",
        papers__kind="resident_id",
    )
    rows = []
    for number, person in enumerate(people.order_by("id").with_place().with_numbers()[:18], 1):
        house, phones = person.house, [phone.number for phone in person.phones.all()]
        numbers = "/".join(phones) if number % 5 else mobile(80_000 + number)
        remark = {3: "独居", 7: "党员、志愿者", 11: "已搬离", 14: "听力残疾三级"}.get(number, "")
        rows.append(
            [
                number,
                person.name,
                person.coded("sex"),
                person.papers.all()[0].number,
                f"{house.unit}单元{house.room}" if house else "",
                numbers,
                remark,
            ]
        )
    headings = ["序号", "姓名", "性别", "身份证号", "室号", "电话", "备注"]
    return _write(file, "11号楼60岁以上老年人走访名册", headings, rows, "2026年11月 走访人：盛夏")
