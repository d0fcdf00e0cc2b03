"""Code tables: every name reads back, and offices' words find their code."""

import pytest

from liren.core.people import codes

WORDS = [
    ("sex", "男", "1"),
    ("sex", "女性", "2"),
    ("sex", 1.0, "1"),
    ("sex", "F", "2"),
    ("ethnicity", "汉", "01"),
    ("ethnicity", "汉族", "01"),
    ("ethnicity", "维吾尔", "05"),
    ("ethnicity", "土 家 族", "15"),
    ("education", "专科", "30"),
    ("education", "大学", "20"),
    ("education", "大学本科", "20"),
    ("education", "中专(职高)", "40"),
    ("education", "硕士", "14"),
    ("education", "研究生", "10"),
    ("education", "不识字", "91"),
    ("education", "高中（肄业）", "60"),
    ("education", "学龄前", "92"),
    ("marital", "离婚", "40"),
    ("marital", "离异", "40"),
    ("marital", "初婚", "21"),
    ("marital", "已婚", "20"),
    ("political", "党员", "01"),
    ("political", "预备党员", "02"),
    ("political", "团员", "03"),
    ("political", "群众", "13"),
    ("employment", "退休", "80"),
    ("employment", "在职", "E1"),
    ("relation", "爱人", "10"),
    ("relation", "妻", "12"),
    ("relation", "长子", "22"),
    ("relation", "独生子", "21"),
    ("relation", "媳", "38"),
    ("relation", "婿", "28"),
    ("relation", "外孙子", "43"),
    ("relation", "合租", "X1"),
    ("residence_kind", "本社区", "registered"),
    ("residence_kind", "来沪人员", "migrant"),
    ("residence_kind", "境外", "overseas"),
    ("status", "空挂", "away"),
    ("status", "已退租", "moved_out"),
    ("status", "已故", "deceased"),
    ("status", "正常", "living"),
    ("id_kind", "身份证", "resident_id"),
    ("tenure", "租客", "tenant"),
]


@pytest.mark.parametrize(("table", "text", "code"), WORDS)
def test_words_of_offices(table: str, text: object, code: str) -> None:
    assert codes.read(table, text) == code


@pytest.mark.parametrize("table", sorted(codes.TABLES))
def test_every_name_and_code_reads_back(table: str) -> None:
    for code, name in codes.choices(table):
        assert codes.read(table, name) == code
        assert codes.name(table, code) == name


@pytest.mark.parametrize("text", [None, "", "/", "—", "随便", float("nan"), True])
def test_unknown_words_have_no_code(text: object) -> None:
    assert codes.read("education", text) is None


def test_the_standard_is_whole() -> None:
    assert len([c for c, _ in codes.choices("ethnicity") if int(c) <= 56]) == 56
    assert len([c for c, _ in codes.choices("political")]) == 13
