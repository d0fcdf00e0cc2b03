"""Stated (写明的条件): what titles and limiting notes say outright of birth, schooling, work, family and building."""

import re
from collections.abc import Sequence

from .numerals import number, plain
from .periods import DAY, day_of, span_in
from .schooling import codes_in
from .worded import MINORITY, NUMBER, Places, Wanted

PEOPLES = re.compile(r"少数民族")
FAMILY = re.compile(rf"{NUMBER}\s*[人口](?:\(含\))?(?:及其?)?以上的?(?:大)?(?:户|家庭|住户)")
BORN_BETWEEN = re.compile(r"日(?:\(含\))?(?:之?间|期间)?出生的?(?!日期|时间|年月|登记)")
BORN_BEFORE = re.compile(rf"{DAY}(?:\(含\))?(?:及?以前|之?前)出生")
SCHOOLED = re.compile(
    r"((?:博士|硕士)?研究生|本科|大学|大专|专科|高中|中专|初中|小学)(?:\(含\))?(?:及其?)?(以[上下])(?:学历|文化程度|文化)?"
)
WORKLESS = re.compile(r"未就业|无业(?=人员|居民|青年)|待业")
BUILDING = r"(?:号楼|幢|栋|#楼)"
FIGURE = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
BUILDINGS = re.compile(
    rf"(?<![\d一二三四五六七八九十])((?:{FIGURE}{BUILDING}?[、,，和及至到\-~～—－])*{FIGURE}){BUILDING}"
)
LANE = re.compile(r"(?<!\d)(\d{1,4})弄(?!\d)")
STATED = (PEOPLES, FAMILY, BORN_BEFORE, SCHOOLED, WORKLESS, BUILDINGS, LANE)


def add_stated(wanted: Wanted, title: str, limiting: Sequence[str], pieces: Sequence[str]) -> None:
    """What is said outright in the title or in a note that limits the form; of births in any note."""
    said = [title, *limiting]
    if PEOPLES.search(title):
        wanted.add(MINORITY, "少数民族")
    if found := _first(FAMILY, said):
        wanted.add(["household.size", ">=", number(found[1])], found[0])
    if (found := _first(SCHOOLED, said)) and (codes := codes_in(f"{found[1]}及{found[2]}")):
        wanted.add(["person.education", "in", codes], found[0])
    if found := _first(WORKLESS, said):
        wanted.add(["person.employment", "in", ["70", "E2"]], found[0])
    _births(wanted, [title, *pieces])


def _first(pattern: re.Pattern[str], said: Sequence[str]) -> re.Match[str] | None:
    return next((found for text in said if (found := pattern.search(text))), None)


def _births(wanted: Wanted, pieces: Sequence[str]) -> None:
    """1966年6月30日以前出生; 适龄儿童指2019年9月1日至2020年8月31日出生的儿童."""
    for piece in pieces:
        span = span_in(piece) if BORN_BETWEEN.search(piece) else None
        if (before := BORN_BEFORE.search(piece)) and (day := day_of(before[1], before[2], before[3])):
            wanted.add(["person.birth", "<=", day.isoformat()], before[0])
        elif span is not None and re.search(rf"{DAY}[-－—~～至到]", piece):
            wanted.add(["person.birth", ">=", span.start.isoformat()], piece)
            wanted.add(["person.birth", "<=", span.end.isoformat()], piece)
        else:
            continue
        return


def add_buildings(wanted: Wanted, title: str, places: Places) -> None:
    """3号楼, 1-3号楼, 一至三号楼, 12弄; what no building is called is said."""
    names = [name for name in places.buildings if re.search(rf"(?<!\d){re.escape(plain(name))}", title)]
    for found in BUILDINGS.finditer(title):
        hits = [name for each in _numbers(found[1]) if (name := places.building_in(f"{each}号楼"))]
        if not hits and not any(plain(name) in title for name in names):
            wanted.doubts.append(f"“{found[0]}”在楼栋里没有，没有按它收窄，请核对")
        names += hits
    for found in LANE.finditer(title):
        hits = [name for name in places.buildings if plain(name).startswith(f"{found[1]}弄")]
        if not hits:
            wanted.doubts.append(f"“{found[0]}”在楼栋里没有，没有按它收窄，请核对")
        names += hits
    if names := list(dict.fromkeys(names)):
        wanted.add(["house.building", "in", names], "、".join(names))


def _numbers(said: str) -> list[int]:
    """1、2 and 1至3."""
    numbers: list[int] = []
    for part in re.split(r"[、,，和及]", re.sub(BUILDING, "", said)):
        ends = [number(each) for each in re.findall(FIGURE, part)]
        numbers += range(ends[0], min(ends[1], ends[0] + 200) + 1) if len(ends) == 2 else ends
    return numbers
