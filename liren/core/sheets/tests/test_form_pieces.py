"""Small pieces of forms: what follows when lines are put in, options and their marks, blanks inside lines."""

import pytest

from liren.core.sheets.forms.inline import date_into, inlines, slots_into
from liren.core.sheets.forms.kept import kept
from liren.core.sheets.forms.offered import coded, in_brackets, lists_in, ticked, ticks_in
from liren.core.sheets.forms.shifting import Insert, Shift

SHIFT = Shift((Insert(20, 5, 20),))


@pytest.mark.parametrize(
    ("said", "moved"),
    [
        ("SUM(F6:F20)", "SUM(F6:F25)"),
        ("F21+$F$22", "F26+$F$27"),
        ("F6+F19", "F6+F19"),
        ('IF(A21="F21",1,0)', 'IF(A26="F21",1,0)'),
        ("别的表!F21+'名册'!F21", "别的表!F21+'名册'!F26"),
        ("LOG10(F21)", "LOG10(F26)"),
    ],
)
def test_references_follow(said: str, moved: str) -> None:
    assert SHIFT.formula(said, own="名册", here="名册") == moved


def test_references_of_another_sheet_stay() -> None:
    assert SHIFT.formula("F21", own="名册", here="汇总") == "F21"


def test_one_line_that_grows_takes_its_sum_along() -> None:
    assert Shift((Insert(7, 3, 6),)).formula("SUM(F6:F6)", own="名册", here="名册") == "SUM(F6:F9)"


@pytest.mark.parametrize(
    ("text", "word", "marked"),
    [
        ("□男  □女", "女", "□男  ☑女"),
        ("小学( ) 初中( )", "初中", "小学( ) 初中(√)"),
        ("男□ 女□", "男", "男☑ 女□"),
        ("孤儿（ ）  其他（ ）", "孤儿", "孤儿（√）  其他（ ）"),
    ],
)
def test_marks_go_where_the_form_wants_them(text: str, word: str, marked: str) -> None:
    options = ticks_in(text)
    assert ticked(text, [option for option in options if option.word == word]) == marked


def test_codes_of_notes_and_headings() -> None:
    lists = lists_in(
        ["填报说明：D2 0.户主 1.配偶 2.子女；D4 1.男 2.女。", "4.居住方式填：独居、俩夫妻、其他。"]
    )
    assert [option.written for option in lists["d4"]] == ["1", "2"]
    assert [option.word for option in lists["居住方式"]] == ["独居", "俩夫妻", "其他"]
    assert [option.word for option in in_brackets("是否化解（已化解/化解中）")] == ["已化解", "化解中"]
    assert not in_brackets("津贴标准（元/月）")
    assert not coded("1.年龄计算截止6月")


def test_lines_of_words_keep_their_words() -> None:
    found = inlines("填表人：                审核人：                日期：    年  月  日")
    assert [each.kind for each in found] == ["signature", "signature", "date"]
    assert date_into("    年  月  日", 2026, 6, 30) == "2026年6月30日"
    assert slots_into("______单元______室", lambda unit: {"单元": "1", "室": "101"}[unit]) == "1单元101室"


def test_prefixes_that_nobody_uses_are_declared_again() -> None:
    part = b'<a xmlns="urn:one" xmlns:m="urn:mc" xmlns:x14="urn:two" m:Ignorable="x14"><b>1 &lt; 2</b></a>'
    again = kept(kept(part).written())
    assert again.prefixes == {"": "urn:one", "m": "urn:mc", "x14": "urn:two"}
    assert again.root[0].text == "1 < 2"
