"""Import bench (导入测速): a roster of 25 columns through the whole door, against the least that could be done.

The floor is the fastest reader there is, and a plain insert of the same cells into one table.
"""

import datetime
import resource
import time
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter
from django.db import connection, transaction
from python_calamine import CalamineWorkbook

from liren.core.accounts.actions import give_post, open_account
from liren.core.accounts.models import User
from liren.core.areas.actions import open_area
from liren.core.areas.models import Area
from liren.core.people.models import Person
from liren.core.places.actions import open_building
from liren.doors.imports.actions import apply_batch, read_batch, start_applying, start_batch

from ..demo.names import given_name, surname
from ..invented import landline, mobile, resident_id
from .crowd import PASSWORD
from .databases import child, empty
from .machine import database

HEADINGS = tuple(
    "序号 户号 姓名 性别 出生日期 证件类型 身份证号 民族 文化程度 婚姻状况 政治面貌 就业状况 工作单位 "
    "与户主关系 联系电话 楼栋 单元 室号 人口类别 户籍地址 居住状态 居住方式 入住日期 国籍 备注".split()
)
TODAY = datetime.date(2026, 11, 1)
# One building holds so many of its doors' people in the roster; all of them are known before the import.
FLOORS, UNITS, DOORS, A_HOUSE = 6, 4, 2, 3


def lay_out(people: int) -> None:
    """A community with the buildings of two rosters, and a worker who may import."""
    district = open_area(level="district", code="310199", name="临江区", by=None)
    street = open_area(level="street", code="310199001", name="测速街道", parent=district, by=None)
    community = open_area(level="community", code="310199001001", name="测速社区", parent=street, by=None)
    for number in range(1, 2 * buildings_for(people) + 1):
        open_building(
            area=community,
            name=f"{number}号楼",
            kind="walk_up",
            units=UNITS,
            floors=FLOORS,
            per_floor=DOORS,
            by=None,
        )
    worker = open_account(username="worker", name="worker", password=PASSWORD, must_change=False, by=None)
    give_post(worker, role="secretary", area=community, from_on=datetime.date(2025, 1, 1), by=None)


def write_roster(file: Path, people: int, *, second: bool = False) -> None:
    """A roster in the committee's own order; the second has other people in other buildings."""
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    sheet = book.add_worksheet("居民花名册")
    sheet.write_row(0, 0, HEADINGS)
    dice = Random(3 + second)
    for number in range(people):
        sheet.write_row(number + 1, 0, _row(dice, number, second, second * buildings_for(people)))
    book.close()


def buildings_for(people: int) -> int:
    """How many buildings the roster speaks of."""
    return people // (FLOORS * UNITS * DOORS * A_HOUSE) + 1


def _row(dice: Random, number: int, second: bool, before: int) -> list[Any]:
    house, place = divmod(number, A_HOUSE)
    building, door = divmod(house, FLOORS * UNITS * DOORS)
    unit, rest = divmod(door, FLOORS * DOORS)
    floor, side = divmod(rest, DOORS)
    # Each pair of dates and sequences once: the numbers of two rosters never meet.
    born = TODAY - datetime.timedelta(days=400 + number * 7 % 30_000)
    male = dice.random() < 0.5
    name = surname(dice) + given_name(dice, male=male, born=born.year)
    number_of_id = resident_id(born, male=male, sequence=number // 30_000 * 2 + second, county="310198")
    building += 1 + before
    where = f"{building}号楼{unit + 1}单元{floor + 1}{side + 1:02d}室"
    cells = {
        "序号": number + 1,
        "户号": f"H{second:d}{house:06d}",
        "姓名": name,
        "性别": "男" if male else "女",
        "出生日期": born.isoformat(),
        "证件类型": "居民身份证",
        "身份证号": number_of_id,
        "民族": "汉族",
        "文化程度": dice.choice(("小学", "初中", "高中", "大专", "本科")),
        "婚姻状况": dice.choice(("已婚", "未婚")),
        "政治面貌": "群众",
        "就业状况": dice.choice(("在职", "退休")),
        "工作单位": dice.choice(("", "海东地铁集团", "惠民超市")),
        "与户主关系": ("户主", "配偶", "儿子" if male else "女儿")[place],
        "联系电话": mobile(second * 1_000_000 + number) if place else landline(number),
        "楼栋": f"{building}号楼",
        "单元": f"{unit + 1}",
        "室号": f"{floor + 1}{side + 1:02d}",
        "人口类别": "户籍人口",
        "户籍地址": f"海东市临江区测速路88弄{where}",
        "居住状态": "在住",
        "居住方式": "自有",
        "入住日期": "2015-03-01",
        "国籍": "中国",
        "备注": dice.choice(("", "", "", "志愿者", "退役军人")),
    }
    return [cells[heading] for heading in HEADINGS]


def measure(file: Path) -> dict[str, Any]:
    """Drops one roster into the door and writes it; seconds, rows a second, peak memory of this process."""
    community, worker = Area.objects.communities().get(), User.objects.get(username="worker")
    before = Person.objects.count()
    content = file.read_bytes()
    started = spent()
    began = time.perf_counter()
    batch = start_batch([(file.name, content)], community=community, by=worker)
    batch = read_batch(batch)
    read = time.perf_counter()
    batch = start_applying(batch, by=worker)
    apply_batch(batch, by=worker)
    ended = time.perf_counter()
    entered = Person.objects.count() - before
    return {
        "database": database(),
        "already_there": before,
        "entered": entered,
        "counts": batch.counts,
        "read_s": round(read - began, 2),
        "apply_s": round(ended - read, 2),
        "total_s": round(ended - began, 2),
        "cpu_s": round(spent() - started, 2),
        "rows_per_s": round(entered / (ended - began)),
        "peak_mb": peak(),
        # Files are opened by a process of their own, so that a bad one harms nobody.
        "reader_peak_mb": peak(resource.RUSAGE_CHILDREN),
    }


def floor(file: Path) -> dict[str, Any]:
    """The fastest reader and a plain insert of the same cells."""
    started = spent()
    began = time.perf_counter()
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()[1:]
    read = time.perf_counter()
    columns = ", ".join(f"c{number} text" for number in range(len(HEADINGS)))
    marks = ", ".join(["%s"] * len(HEADINGS))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_floor ({columns})")
        insert = f"INSERT INTO bench_floor VALUES ({marks})"  # noqa: S608
        cursor.executemany(insert, [[str(cell) for cell in row] for row in rows])
    ended = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_floor")
    return {
        "read_s": round(read - began, 2),
        "total_s": round(ended - began, 2),
        "cpu_s": round(spent() - started, 2),
        "peak_mb": peak(),
    }


def spent() -> float:
    """Seconds of processor that this process and its children took: tells how busy the machine was otherwise."""
    both = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def peak(whose: int = resource.RUSAGE_SELF) -> int:
    """The most memory that this process, or its children, ever held, in megabytes."""
    return round(resource.getrusage(whose).ru_maxrss / 1024)


def run(kind: str, people: int) -> dict[str, Any]:
    """Floor, import into an empty register, import into one that holds as many already; each in its own process."""
    with empty(kind) as environment:
        folder = Path(environment["LIREN_DATA"])
        child(environment, "lay_out", "--people", str(people))
        files = [folder / "first.xlsx", folder / "second.xlsx"]
        for second, file in enumerate(files):
            write_roster(file, people, second=bool(second))
        least = child(environment, "floor", "--file", str(files[0]))
        first, again = (child(environment, "drop", "--file", str(file)) for file in files)
    return {
        "people": people,
        "columns": len(HEADINGS),
        "floor": least,
        "empty": first,
        "grown": again,
        "ratio_to_floor": round(first["total_s"] / least["total_s"], 1),
        "slower_when_grown": round(again["total_s"] / first["total_s"] - 1, 2),
    }
