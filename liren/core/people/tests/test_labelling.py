"""Labels in remarks, the catalogue, and the words that may never become a label."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liren.core.people import labelling
from liren.core.people.labelling import CATALOGUE, banned, find, find_status


def names(text: object) -> list[str]:
    return [CATALOGUE[found.code].name for found in find(text)]


REMARKS = [
    ("租客、党员、残疾(智力三级)", ["租户", "党员", "残疾人"]),
    ("租客、党员、需上门", ["租户", "党员"]),
    ("租户;中共党员", ["租户", "党员"]),
    ("租户 已核", ["租户"]),
    ("残疾、中共党员、计生特殊家庭、空巢老人", ["残疾人", "党员", "计生特殊家庭", "空巢老人"]),
    ("高龄,党员,空巢", ["高龄老人", "党员", "空巢老人"]),
    ("精神残疾三级、精神障碍、失业人员、低保", ["残疾人", "精神障碍", "失业人员", "低保"]),
    ("低保边缘户;空巢老人", ["低保边缘", "空巢老人"]),
    ("低保边缘户,困境儿童", ["低保边缘", "困境儿童"]),
    ("退役、中共党员", ["退役军人", "党员"]),
    ("退伍军人、社区志愿者", ["退役军人", "志愿者"]),
    ("失能老人、空巢老人", ["失能老人", "空巢老人"]),
    ("孕妇", ["孕产妇"]),
    ("社区矫正", ["社区矫正"]),
    ("低保户", ["低保"]),
    ("低保(三口)", ["低保"]),
    ("党员 党员", ["党员"]),
    ("非低保", []),
    ("低保：否", []),
    ("低保 否", []),
    ("不是党员", []),
    ("低保已取消", []),
    ("低保申请中", []),
    ("曾低保", []),
    ("无", []),
    ("无业", []),
    ("钥匙在301", []),
    ("白天不在家", []),
    ("子女在外地", []),
    ("2026.3已走访", []),
    ("居住证\n已办", []),
    ("日本籍", []),
    ("儿子残疾", []),
    ("退役军人家属", []),
    ("出租户", []),
    ("留守老人", []),
    ("前低保", []),
    ("肢体二级", ["残疾人"]),
    ("重残无业", ["残疾人"]),
    (None, []),
]


@pytest.mark.parametrize(("text", "labels"), REMARKS)
def test_remarks(text: object, labels: list[str]) -> None:
    assert names(text) == labels


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("残疾(智力三级)", {"category": "智力", "level": "三级"}),
        ("残疾（智力、三级）", {"category": "智力", "level": "三级"}),
        ("视力残疾二级", {"category": "视力", "level": "二级"}),
        ("肢残2级", {"category": "肢体", "level": "二级"}),
        ("残疾", {}),
        ("孕28周", {"weeks": "28"}),
        ("失独", {"kind": "失独"}),
        ("半失能", {"level": "轻度"}),
        ("重度失能", {"level": "重度"}),
        ("五保户(集中供养)", {"support_mode": "集中供养"}),
        ("严重精神障碍3级", {"risk_level": "3级"}),
    ],
)
def test_attributes(text: str, attributes: dict[str, str]) -> None:
    assert [found.attributes for found in find(text)] == [attributes]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("已搬离;白天不在家", "moved_out"),
        ("已退租;子女在外地", "moved_out"),
        ("已离开本市", "moved_out"),
        ("已迁出", "moved_out"),
        ("已故", "deceased"),
        ("去世", "deceased"),
        ("2025年3月去世", "deceased"),
        ("户在人不在", "away"),
        ("空挂户", "away"),
        ("常年在外", "away"),
        ("户口已迁出", "moved_out"),
        ("病逝", "deceased"),
        ("白天不在家", None),
        ("未搬离", None),
        ("租客", None),
        ("", None),
    ],
)
def test_status_words(text: str, status: str | None) -> None:
    assert find_status(text) == status


def test_disability_columns() -> None:
    assert labelling.disability_category("言语残疾") == "言语"
    assert [labelling.disability_level(v) for v in (4.0, "二级", "3", "Ⅱ级", "")] == [
        "四级",
        "二级",
        "三级",
        "",
        "",
    ]


@pytest.mark.parametrize(
    "text", ["信访重点人", "少数民族", "信教群众", "吸毒人员家属", "出国人员", "艾滋病", "高风险", "前科"]
)
def test_some_labels_may_never_exist(text: str) -> None:
    ban = banned(text)
    assert ban and ban.reason


def test_the_catalogue_is_lawful_and_complete() -> None:
    assert not [kind.name for kind in CATALOGUE.values() if any(map(banned, (kind.name, *kind.words)))]
    assert len({kind.name for kind in CATALOGUE.values()}) == len(CATALOGUE)
    for kind in CATALOGUE.values():
        assert kind.basis and kind.evidence and 0 <= kind.tier <= 3
        assert kind.derived or kind.review_months or kind.tier == 0
    words = [word for kind in CATALOGUE.values() for word in (kind.name, *kind.words)]
    assert len(words) == len(set(words))
    assert {
        CATALOGUE[c].tier for c in ("mental_disorder", "corrections", "resettlement", "drug_recovery")
    } == {3}


@given(st.text(max_size=60))
def test_no_remark_is_too_odd(text: str) -> None:
    find(text)
    find_status(text)
