"""What the parts of a reading do by themselves: legends, free text, headings, doubles, rows that are no people."""

from datetime import date
from pathlib import Path

import pytest

from liren.core.sheets.headers import fingerprint
from liren.core.sheets.workbook import Sheet, Workbook
from liren.doors.imports.reading import Guide, Reading, ReadPerson, read_workbook
from liren.doors.imports.reading.freetext import members_in
from liren.doors.imports.reading.legends import find_legends
from liren.doors.imports.reading.vocabulary import roster_vocabulary

from .invented import Town

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(scope="module")
def guide() -> Guide:
    return Guide.from_places(SAMPLES / "places.json")


def read(guide: Guide, *sheets: Sheet) -> Reading:
    return read_workbook(Workbook("xlsx", list(sheets)), guide, "名册.xlsx")


@pytest.mark.parametrize(
    ("text", "colour", "where", "value"),
    [
        ("说明：灰底为已迁出人员；户籍地址与现住址一致的填“同住址”。", "灰", "fill", "moved_out"),
        ("注：红色字体为已去世人员，待注销。", "红", "font", "deceased"),
        ("1.黄色底纹为已搬离人员，下季度核销；2.“残疾”等级按残疾证填写。", "黄", "fill", "moved_out"),
        ("已故的用删除线划去", "", "strike", "deceased"),
        ("标蓝的是人户分离人员", "蓝", "any", "away"),
        ("浅绿色背景表示空挂户", "绿", "fill", "away"),
        ("去世人员标红", "红", "any", "deceased"),
        ("橙色=流动人口", "橙", "any", "migrant"),
        ("紫色字体：低保户", "紫", "font", "minimum_living"),
    ],
)
def test_legends(text: str, colour: str, where: str, value: str) -> None:
    found = [(legend.colour, legend.where, legend.value) for legend in find_legends([text])]
    assert found == [(colour, where, value)]


def test_several_legends_in_one_line() -> None:
    found = find_legends(["灰底为已迁出、红字为已故，蓝色字体表示人户分离"])
    assert [(legend.colour, legend.value) for legend in found] == [
        ("灰", "moved_out"),
        ("红", "deceased"),
        ("蓝", "away"),
    ]


@pytest.mark.parametrize(
    "text", ["同住：妻子王芳、儿子张明", "妻：王芳", "与儿子李强同住", "王丽（女儿）", "同住王芳"]
)
def test_members_in_text_are_seen(text: str) -> None:
    assert members_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "子女在外地",
        "女儿常来看望",
        "与楼下住户为亲戚",
        "母亲高龄",
        "老伴已故",
        "配偶单位分房",
        "租客、党员",
        "与女儿同住",
    ],
)
def test_words_about_kin_are_no_members(text: str) -> None:
    assert not members_in(text)


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (("姓　名",), "name"), (("*证件号码（必填）",), "id_number"), (("监护人", "姓名"), "guardian.name"),
        (("房东电话",), "landlord.phones"), (("紧急联系电话",), "contact.phones"), (("与户主关系",), "relation"),
        (("户主", "身份证号"), "head.id_number"), (("残疾", "等级"), "disability_level"),
        (("是否独居",), "label:lives_alone"),
        (("困难", "低保"), "label:minimum_living"), (("户籍", "户籍性质"), "residence_kind"), (("现居住地址",), "address"),
        (("居住地址", "单元"), "unit"), (("楼组长",), "ignored"), (("身份证地址",), "hukou_address"),
    ],
)  # fmt: skip
def test_headings(path: tuple[str, ...], key: str) -> None:
    assert roster_vocabulary().read_path(path)[0] == key


def test_corrected_columns_are_remembered(guide: Guide) -> None:
    person = Town(1).person()
    rows = [["姓名", "代码甲", "住址"], [person.name, person.number, "3-1-101"]]
    mark = fingerprint([("姓名",), ("代码甲",), ("住址",)])
    known = Guide(guide.book, guide.as_of, remembered={mark: {1: "id_number"}})
    reading = read(known, Sheet("名单", rows))
    assert reading.tables[0].fingerprint == mark
    assert reading.people[0].id_number == person.number
    assert reading.tables[0].columns[1].confidence == 1.0


def reasons(reading: Reading) -> list[tuple[int, str]]:
    return [(problem.row, problem.reason) for problem in reading.problems]


def test_same_person_on_two_sheets_is_merged_with_both_phones(guide: Guide) -> None:
    person = Town(2).person()
    one = Sheet("甲", [["姓名", "身份证号", "电话"], [person.name, person.number, "14200000001"]])
    two = Sheet("乙", [["姓名", "身份证号", "电话"], [person.name, f"'{person.number}", "14200000002"]])
    reading = read(guide, one, two)
    assert [p.phones for p in reading.people] == [("14200000001", "14200000002")]
    assert len(reading.people[0].sources) == 2
    assert reasons(reading) == [(2, "duplicate_person")]


def test_one_number_with_two_names_is_reported_and_not_imported(guide: Guide) -> None:
    person = Town(3).person()
    rows = [["姓名", "身份证号"], [person.name, person.number], ["欧阳小小", person.number]]
    reading = read(guide, Sheet("甲", rows))
    assert [p.name for p in reading.people] == [person.name]
    assert reasons(reading) == [(3, "id_conflict")]


def people_of(guide: Guide, *lines: list[str]) -> list[ReadPerson]:
    head = ["姓名", "性别", "出生日期", "住址", "联系电话"]
    return read(guide, Sheet("甲", [head, *lines])).people


def test_namesakes_and_twins_stay_two(guide: Guide) -> None:
    namesakes = people_of(
        guide,
        ["李秀珍", "女", "1947-08-03", "14-2-402", "14200000001"],
        ["李秀珍", "女", "1941-12-22", "14-1-202", "14200000002"],
    )
    assert len(namesakes) == 2
    twins = people_of(
        guide,
        ["王大双", "男", "2015-08-03", "14-2-402", "14200000001"],
        ["王小双", "男", "2015-08-03", "14-2-402", "14200000001"],
    )
    assert len(twins) == 2


def test_strong_evidence_without_number_merges(guide: Guide) -> None:
    found = people_of(
        guide,
        ["李秀珍", "女", "1947-08-03", "14-2-402", "14200000001"],
        ["李秀珍", "", "1947-08-03", "14号楼2单元402室", ""],
    )
    assert len(found) == 1


def test_number_wins_over_birth_and_sex(guide: Guide) -> None:
    person = Town(4).person()
    other = "女" if person.sex == "男" else "男"
    rows = [["姓名", "性别", "出生日期", "身份证号"], [person.name, other, "1990-01-01", person.number]]
    reading = read(guide, Sheet("甲", rows))
    assert reading.people[0].birth == person.birth
    assert sorted(reasons(reading)) == [(2, "id_birth_mismatch"), (2, "id_sex_mismatch")]


def test_what_is_not_people(guide: Guide) -> None:
    town = Town(5)
    one, two = town.person(), town.person()
    rows = [
        ["附件3"], ["某某社区人员名册"], ["单位（盖章）：", "", "", "2026年6月"], ["序号", "姓名", "身份证号", "住址"],
        ["示例", "张三", "110101199001011234", "1-1-101"], ["3号楼"], [1.0, one.name, one.number, "1单元101"], [],
        ["本页小计", "1人"], ["序号", "姓名", "身份证号", "住址"], [2.0, two.name, two.number, "1单元102"],
        [3.0, "空置", "", "1单元103"], ["合计", "2人"], ["制表人：", "", "审核人："], ["注：以上人员已核对。"],
    ]  # fmt: skip
    reading = read(guide, Sheet("名册", rows))
    assert [(p.name, p.building, p.room) for p in reading.people] == [
        (one.name, "B03", "101"),
        (two.name, "B03", "102"),
    ]
    assert reading.problems == []


def test_statistics_and_hidden_sheets_are_not_read(guide: Guide) -> None:
    statistics = Sheet("汇总", [["楼号", "户数", "人数"], ["1号楼", 42.0, 109.0], ["合计", 42.0, 109.0]])
    hidden = Sheet("旧表", [["姓名", "身份证号"], ["王大明", "310199195507067478"]], hidden=True)
    reading = read(guide, statistics, hidden)
    assert reading.people == []
    assert [(p.sheet, p.row, p.reason) for p in reading.problems] == [("旧表", 0, "hidden_sheet")]


def test_landlord_guardian_and_contact_are_kept_aside(guide: Guide) -> None:
    person = Town(6).person()
    rows = [
        ["姓名", "身份证号", "房东姓名", "房东电话", "紧急联系人及电话"],
        [person.name, person.number, "钱东", "14200000003", "孙立 14200000004"],
    ]
    reading = read(guide, Sheet("甲", rows))
    assert [p.name for p in reading.people] == [person.name]
    assert reading.people[0].phones == ()
    told = [(c.role, c.name or c.said, c.phones) for c in reading.people[0].contacts]
    assert told == [("landlord", "钱东", ("14200000003",)), ("contact", "孙立 14200000004", ("14200000004",))]


def test_today_comes_from_the_guide(guide: Guide) -> None:
    rows = [["姓名", "出生日期", "住址"], ["王小宝", "2026-07-01", "3-1-101"]]
    assert reasons(read(guide, Sheet("甲", rows))) == [(2, "birth_invalid")]
    later = Guide(guide.book, date(2026, 8, 1))
    assert reasons(read(later, Sheet("甲", rows))) == []


def test_a_real_person_may_have_the_name_of_an_example(guide: Guide) -> None:
    person = Town(7).person()
    real = [["姓名", "身份证号"], ["张三", person.number], ["李小明", "无"]]
    assert [p.name for p in read(guide, Sheet("甲", real)).people] == ["张三", "李小明"]
    example = [["姓名", "身份证号"], ["张三", "110101199001011234"], ["李小明", "无"]]
    assert [p.name for p in read(guide, Sheet("甲", example)).people] == ["李小明"]
