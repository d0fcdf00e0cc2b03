"""Addresses of all local forms, and everything a book prints read back."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liren.core.places.addresses import AddressBook, Building, spell, spell_short
from liren.core.places.numerals import chinese_number, to_chinese, to_digits

ROAD = "里仁路88弄"
BUILDINGS = [
    *(
        Building(f"B{n:02}", f"{n}号楼", number=str(n), units=2, floors=18, compound=ROAD)
        for n in range(1, 6)
    ),
    *(
        Building(f"B{n:02}", f"{n}号楼", number=str(n), units=3, floors=6, compound="里仁路120弄")
        for n in range(6, 16)
    ),
    Building("B16", "12弄1号", "12弄", "1", 0, 3, "槐树街12弄"),
    Building("B17", "12弄7号", "12弄", "7", 0, 3, "槐树街12弄"),
    Building("B18", "26弄5号", "26弄", "5", 0, 3, "槐树街26弄"),
    Building("B19", "仁和大厦", units=1, floors=20),
    Building("B20", "A座", units=2, floors=20),
]
BOOK = AddressBook(BUILDINGS)
WORDS = [
    "底层客堂",
    "底层灶间",
    "二楼前楼",
    "二楼后楼",
    "二楼亭子间",
    "三楼前楼",
    "三层阁",
    "甲",
    "乙",
    "后天井",
    "晒台间",
]


def placed(text: object, **known: object) -> tuple[str | None, str | None, str | None]:
    found = BOOK.parse(text, **known)
    assert found.problem is None, found
    return found.building, found.unit, found.room


@pytest.mark.parametrize(
    "text",
    [
        "3号楼2单元501",
        "3-2-501",
        "3#2-501",
        "3#楼2单元501室",
        "3栋2单元501",
        "3幢2单元501",
        "三号楼二单元五〇一室",
        "三号楼二单元五零一",
        "３-２-５０１",
        "3－2－501",
        "3—2—501",
        "3/2/501",
        "3 2 501",
        "03-02-501",
        "3号楼 2单元 501室",
        "3号楼2门501",
        "3号楼2单元5楼501",
        "里仁路88弄3号楼2单元501室",
        "88弄3号2单元501",
        "里仁社区3号楼2单元501",
        "海东市临江区槐荫街道里仁社区里仁路88弄3号楼2单元501室",
        "海东市临江区里仁路88弄3号楼2单元501室",
        "3号楼-2-501",
        "3号楼2单元501(出租)",
        "3楼2单元501",
        "3-2-5-501",
        "第3号楼第2单元501室",
        "3一2一501",
        "3号搂2单元5O1",
        "(3-2-501)",
        "里仁路88弄3-2-501",
        "88-3-2-501",
    ],
)
def test_towers(text: str) -> None:
    assert placed(text) == ("B03", "2", "501")


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("12弄7号二楼前楼", ("B17", None, "二楼前楼")),
        ("12弄 7号 2楼前楼", ("B17", None, "二楼前楼")),
        ("十二弄一号底层灶间", ("B16", None, "底层灶间")),
        ("十二弄一号一楼灶间", ("B16", None, "底层灶间")),
        ("12-1 晒台间", ("B16", None, "晒台间")),
        ("12-7 二楼后楼", ("B17", None, "二楼后楼")),
        ("槐树街26弄5号晒台间", ("B18", None, "晒台间")),
        ("二十六弄五号甲", ("B18", None, "甲")),
        ("12弄1号 三层阁", ("B16", None, "三层阁")),
        ("12弄1号201室", ("B16", None, "201")),
        ("仁和大厦1203", ("B19", "1", "1203")),
        ("A座2单元1203", ("B20", "2", "1203")),
        ("1号楼1单元1201室", ("B01", "1", "1201")),
        ("十二号楼一单元三〇一室", ("B12", "1", "301")),
        ("1号楼101", ("B01", None, "101")),
        ("8-302", ("B08", None, "302")),
        ("里仁路88弄1号101", ("B01", None, "101")),
    ],
)
def test_other_forms(text: str, house: tuple[str | None, ...]) -> None:
    assert placed(text) == house


@pytest.mark.parametrize(
    ("text", "building", "unit", "house"),
    [
        ("2单元501", "3号楼", None, ("B03", "2", "501")),
        ("501", "3号楼", None, ("B03", None, "501")),
        ("1-101", "1号楼", None, ("B01", "1", "101")),
        ("1-1-101", "1号楼", None, ("B01", "1", "101")),
        ("3-501", "3号楼", None, ("B03", None, "501")),
        (202.0, 10.0, "2单元", ("B10", "2", "202")),
        ("202室", "10号楼", 2.0, ("B10", "2", "202")),
        ("102", "B10", 1, ("B10", "1", "102")),
        ("底层客堂", "12弄1号", None, ("B16", None, "底层客堂")),
        ("5号楼1单元101", "3号楼", None, ("B05", "1", "101")),
        ("2-5-501", "3号楼", None, ("B03", "2", "501")),
    ],
)
def test_what_the_sheet_knows(
    text: object, building: object, unit: object, house: tuple[str | None, ...]
) -> None:
    assert placed(text, building=building, unit=unit) == house


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "address_missing"),
        (None, "address_missing"),
        ("无", "address_missing"),
        ("501", "address_missing"),
        ("2单元501", "address_missing"),
        ("3号楼", "address_missing"),
        ("99号楼1单元101", "address_unknown"),
        ("99-1-101", "address_unknown"),
        ("北京路88弄1号楼1单元101", "address_unknown"),
        ("锦绣花园3号楼2单元501", "address_unknown"),
        ("77弄1号前楼", "address_unknown"),
        ("88弄6号楼1单元101", "address_unknown"),
        ("1号楼3单元101", "address_unknown"),
        ("1号楼1单元1901", "address_unknown"),
        ("旧地址", "address_unknown"),
    ],
)
def test_nothing_is_invented(text: object, problem: str) -> None:
    assert BOOK.parse(text).problem == problem


def test_the_same_number_in_another_place_is_another_house() -> None:
    book = AddressBook(BUILDINGS, within="海东市临江区槐荫街道里仁社区")
    assert book.parse("海东市临江区槐荫街道里仁社区里仁路88弄3号楼2单元501室").building == "B03"
    for elsewhere in ("安徽省阜阳市太临县白马镇3号楼2单元501", "仁德社区3号楼2单元501"):
        assert book.parse(elsewhere).problem == "address_unknown"


def test_names_of_estates_do_not_matter_where_none_are_known() -> None:
    book = AddressBook([{"key": 1, "name": "3号楼", "number": 3, "units": 2, "floors": 6}])
    assert book.parse("幸福小区3号楼2单元501").room == "501"


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("3号楼居民", "B03"),
        ("3#", "B03"),
        ("三号楼", "B03"),
        (3.0, "B03"),
        ("12-7", "B17"),
        ("1-4号楼", None),
        ("汇总表", None),
    ],
)
def test_names_of_sheets(said: object, key: str | None) -> None:
    found = BOOK.building(said)
    assert (found.key if found else None) == key


def test_an_unknown_sheet_building_is_told() -> None:
    assert BOOK.parse("101", building="77号楼", unit="1").problem == "address_unknown"


@pytest.mark.parametrize(
    ("value", "proposal"),
    [
        (date(2026, 1, 2), "1-2"),
        (datetime(2026, 1, 2), "1-2"),
        ("2026-01-02", "1-2"),
        ("2026-01-02 00:00:00", "1-2"),
        ("1月2日", "1-2"),
        (46024.0, "1-2"),
        (date(2001, 1, 1), "1-2001"),
    ],
)
def test_rooms_that_became_dates(value: object, proposal: str) -> None:
    found = BOOK.parse(value)
    assert (found.problem, found.proposal, found.room) == ("address_suspect_date", proposal, None)


def test_a_part_of_a_room_stays_told() -> None:
    found = BOOK.parse("3号楼2单元501室东间")
    assert (found.room, found.part) == ("501", "东间")


def test_printing() -> None:
    assert spell("3号楼", "2", "501") == "3号楼2单元501"
    assert spell("12弄7号", None, "二楼前楼") == "12弄7号二楼前楼"
    assert spell_short("3号楼", "2", "501") == "3-2-501"
    assert spell_short("12弄7号", None, "二楼前楼") == "12弄7号二楼前楼"


@st.composite
def houses(draw: st.DrawFn) -> tuple[Building, str | None, str]:
    building = draw(st.sampled_from(BUILDINGS))
    if building.units:
        floor, door = draw(st.integers(1, building.floors)), draw(st.integers(1, 12))
        return building, str(draw(st.integers(1, building.units))), f"{floor}{door:02}"
    return building, None, draw(st.sampled_from(WORDS))


@given(houses())
def test_what_is_printed_reads_back(house: tuple[Building, str | None, str]) -> None:
    building, unit, room = house
    for text in (
        spell(building.name, unit, room),
        spell_short(building.name, unit, room),
        f"海东市临江区槐荫街道里仁社区{building.compound.partition('弄')[0]}{'弄' if building.compound else ''}"
        + (
            spell(f"{building.number}号", unit, room)
            if building.compound
            else spell(building.name, unit, room)
        ),
    ):
        assert placed(text) == (building.key, unit, room)


@given(
    st.one_of(
        st.text(max_size=30),
        st.text("0123456789-弄号楼单元室一二三十百#/ ", max_size=20),
        st.floats(),
        st.dates(),
        st.none(),
    )
)
def test_no_cell_is_too_odd(value: object) -> None:
    BOOK.parse(value)
    BOOK.parse(value, building="3号楼")


@given(st.integers(0, 9999))
def test_numerals_read_back(number: int) -> None:
    assert chinese_number(to_chinese(number)) == str(number)


def test_numerals_in_text() -> None:
    assert to_digits("十二弄一号") == "12弄1号"
    assert to_digits("五〇一") == "501"
    assert to_digits("一千二百零一室") == "1201室"
    assert to_digits("廿六弄") == "26弄"
