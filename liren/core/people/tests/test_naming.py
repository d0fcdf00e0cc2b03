"""Names tidied and compared, and their pinyin."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liren.core.people import naming, pinyin


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("郑 婷", "郑婷"),
        ("黄\u3000艳", "黄艳"),
        ("刘小阳\n", "刘小阳"),
        ("林苒\u00a0", "林苒"),
        ("张三（户主）", "张三"),
        ("王伟(已故)", "王伟"),
        ("户主：张三", "张三"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("SMITH  JONATHAN PAUL", "SMITH JONATHAN PAUL"),
        ("陈㼆", "陈㼆"),
        ("𠮷野", "𠮷野"),
        ("1.张三", "张三"),
        ("张三*", "张三"),
        ("张**", "张**"),
        ("（张三）", "张三"),
        ("无", ""),
        ("/", ""),
        (None, ""),
        (12.0, ""),
        ("123", ""),
    ],
)
def test_tidy(value: object, name: str) -> None:
    assert naming.tidy_name(value) == name


def test_what_hangs_on_a_name_is_kept() -> None:
    assert naming.read_name("王伟(已故)") == naming.Name("王伟", "已故")
    assert naming.read_name("张三（曾用名：李 四）") == naming.Name("张三", "", "李四")


def test_comparing() -> None:
    assert naming.same_name("阿依古丽.买买提", "阿依古丽·买买提")
    assert naming.same_name("Smith John", "SMITH JOHN")
    assert not naming.same_name("", "")
    assert naming.sound_alike("张晓丽", "章小莉")
    assert not naming.sound_alike("张晓丽", "张晓明")
    assert naming.homophone_key("张晓丽") == "zhangxiaoli"
    assert naming.characters_off("张晓丽", "晓张丽") == 1
    assert naming.characters_off("张晓丽", "张晓莉") == 1


@pytest.mark.parametrize(
    ("name", "full", "short"),
    [
        ("张三", "zhangsan", "zs"),
        ("单田芳", "shantianfang", "stf"),
        ("仇英", "qiuying", "qy"),
        ("解缙", "xiejin", "xj"),
        ("区大林", "oudalin", "odl"),
        ("查良镛", "zhaliangyong", "zly"),
        ("曾国华", "zengguohua", "zgh"),
        ("翟志刚", "zhaizhigang", "zzg"),
        ("缪凤林", "miaofenglin", "mfl"),
        ("覃永光", "qinyongguang", "qyg"),
        ("朴正浩", "piaozhenghao", "pzh"),
        ("乐平", "yueping", "yp"),
        ("任小龙", "renxiaolong", "rxl"),
        ("盖叫天", "gaijiaotian", "gjt"),
        ("华国明", "huaguoming", "hgm"),
        ("宁浩", "ninghao", "nh"),
        ("那英", "naying", "ny"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("长孙红", "zhangsunhong", "zsh"),
        ("万俟雪", "moqixue", "mqx"),
        ("澹台明", "tantaiming", "ttm"),
        ("令狐冲", "linghuchong", "lhc"),
        ("欧阳修", "ouyangxiu", "oyx"),
        ("吕丽", "lvli", "ll"),
        ("阿依古丽·买买提", "ayigulimaimaiti", "ayglmmt"),
        ("SMITH JOHN", "smithjohn", "sj"),
    ],
)
def test_pinyin(name: str, full: str, short: str) -> None:
    assert pinyin.readings(name)[0] == full
    assert pinyin.initials(name)[0] == short


def test_every_reading_of_the_surname_is_found() -> None:
    assert set(pinyin.readings("单田芳")) == {"shantianfang", "dantianfang", "chantianfang"}
    assert pinyin.initials("曾国华") == ["zgh", "cgh"]
    assert pinyin.readings("") == []
    assert pinyin.surname_of("欧阳修") == "欧阳"
    assert pinyin.surname_of("欧阳") == "欧"


def test_thirty_thousand_names_take_no_time() -> None:
    given_names = [chr(0x4E00 + 7 * i) for i in range(200)]
    names = [s + a + b for s in "张王李赵刘" for a in given_names[:75] for b in given_names[:80]]
    for name in names:
        pinyin.sound(name[1]), pinyin.sound(name[2])
    pinyin.syllables.cache_clear()
    started = time.process_time()
    for name in names:
        pinyin.readings(name)
    # A tenth of a second on a quiet machine.
    assert time.process_time() - started < 8


@given(st.text(max_size=20))
def test_no_name_is_too_odd(text: str) -> None:
    tidy = naming.tidy_name(text)
    assert tidy == tidy.strip()
    assert all(isinstance(read, str) for read in pinyin.readings(tidy))
    pinyin.initials(text)
