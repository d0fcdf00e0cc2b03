"""Finding people: every way of typing, nobody else's residents, nothing by labels one may not see."""

import pytest

from liren.core.people.actions import put_label, register_person
from liren.core.people.drafts import PersonDraft
from liren.core.people.models import IdentityPaper, Label, Person, Phone
from liren.core.people.search import find_people, search
from liren.core.people.wordindex import bearers
from liren.core.places.search import find_buildings, find_houses, read_place

pytestmark = pytest.mark.django_db


def names(user, text, **how):
    return {person.name for person in search(user, text, **how).people}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("顾阿妹", {"顾阿妹"}),
        ("阿妹", {"顾阿妹"}),
        ("妹", {"顾阿妹"}),
        ("guam", {"顾阿妹"}),
        ("gam", {"顾阿妹"}),
        ("GuAmei", {"顾阿妹"}),
        ("shengd", {"沈国栋"}),
        ("shenguod", {"沈国栋"}),
        ("sgd", {"沈国栋"}),
        ("zhangw", {"张伟"}),
        ("zw", {"张伟"}),
        ("12弄7号三层阁", {"吴小宝"}),
        ("12弄7号二楼前楼", {"钱桂英"}),
        ("十二弄7号二楼亭子间", {"孙志刚"}),
        ("3-2-301", {"方建国", "周丽华", "方晓宇", "蒋悦", "方小满", "方小囡"}),
        ("3号楼2单元301室", {"方建国", "周丽华", "方晓宇", "蒋悦", "方小满", "方小囡"}),
        ("三号楼二单元三〇一", {"方建国", "周丽华", "方晓宇", "蒋悦", "方小满", "方小囡"}),
        ("3-301", {"方建国", "周丽华", "方晓宇", "蒋悦", "方小满", "方小囡"}),
        ("方 3-301", {"方建国", "方晓宇", "方小满", "方小囡"}),
        ("方 3-301 60岁以下 男", {"方建国", "方晓宇", "方小满"}),
        ("80岁以上 独居", {"顾阿妹"}),
        ("独居老人 女 70岁以上", {"顾阿妹"}),
        ("空巢", {"沈国栋", "陆秀珍"}),
        ("方 20-60岁", {"方建国", "方晓宇"}),
        ("党员", {"方建国"}),
        ("没有这个人", set()),
        ("%", None),
        ("'", None),
        ('" OR 1', None),
        ("", None),
    ],
)
def test_every_way_of_typing(village, text, found):
    if found is None:
        assert search(village.secretary, text).people is not None
    else:
        assert names(village.secretary, text) == found


def test_surname_in_full_and_the_rest_by_initials(village):
    assert names(village.secretary, "fangxy") == {"方晓宇"}
    assert names(village.secretary, "zhouli") == {"周丽华"}


def test_surnames_of_several_readings_are_found_by_each(village):
    for reading in ("zengq", "cengq", "zq", "cq"):
        assert "曾强" in names(village.secretary, reading), reading
    for reading in ("xieb", "jieb", "xb", "jb"):
        assert "解冰" in names(village.secretary, reading), reading


def test_rare_characters_are_found(village):
    register_person(PersonDraft(name="王𠮷祥"), community=village.community, by=village.secretary)
    register_person(PersonDraft(name="李䶮"), community=village.community, by=village.secretary)
    assert names(village.secretary, "𠮷祥") == {"王𠮷祥"}
    assert names(village.secretary, "䶮") == {"李䶮"}


def test_latin_names_are_found(village):
    register_person(PersonDraft(name="John Smith"), community=village.community, by=village.secretary)
    assert names(village.secretary, "smith") == names(village.secretary, "johns") == {"John Smith"}


def test_numbers_whole_and_by_their_end(village):
    person = village.alone
    paper = IdentityPaper.objects.get(person=person)
    phone = Phone.objects.filter(person=person).first()
    for text in (
        paper.number,
        paper.number.lower(),
        paper.number[-4:],
        paper.number[-6:],
        phone.number,
        phone.number[-4:],
    ):
        assert person.name in names(village.secretary, text), text
    assert names(village.secretary, phone.number[-7:]) == {person.name}
    assert names(village.secretary, "0000000") == set()
    landline = next(p for p in Phone.objects.filter(person=person) if "-" in p.number)
    assert names(village.secretary, landline.number) == names(village.secretary, "40556677") == {person.name}


def test_who_is_gone_is_found_only_when_asked(village):
    assert names(village.secretary, "单红") == set()
    assert (
        names(village.secretary, "shanh", gone=True)
        == names(village.secretary, "danh", gone=True)
        == {"单红"}
    )
    assert [p.name for p in find_people(village.secretary, "单红")] == ["单红"]


def test_who_is_here_comes_first(village):
    register_person(PersonDraft(name="单红"), community=village.community, by=village.secretary)
    found = find_people(village.secretary, "单红")
    assert [person.present for person in found] == [True, False]


@pytest.mark.parametrize("text", ["顾阿妹", "gam", "妹", "3-1-501", "80岁以上", "阿妹 3-1-501"])
def test_nobody_finds_the_residents_of_others(village, text):
    for user in (
        village.outsider,
        village.outsider_grid,
        village.system_admin,
        village.auditor,
        village.grid_worker_2,
    ):
        assert village.alone.name not in names(user, text, gone=True)
    for user in (village.secretary, village.grid_worker, village.street_section):
        assert village.alone.name in names(user, text)


def test_numbers_of_others_find_nobody(village):
    paper = IdentityPaper.objects.get(person=village.alone)
    phone = Phone.objects.filter(person=village.alone).first()
    for user in (village.outsider, village.grid_worker_2, village.auditor):
        for text in (paper.number, paper.number[-4:], phone.number, phone.number[-4:]):
            assert village.alone.name not in names(user, text)


def test_an_economic_label_finds_nobody_for_other_lines(village):
    assert Label.objects.filter(code="minimum_living", person=village.poor).exists()
    assert "钱桂英" in names(village.secretary, "低保")
    assert "钱桂英" in names(village.line_worker, "低保")
    for user in (village.deputy, village.health_worker, village.grid_worker, village.grid_worker_2):
        if user.pk != village.grid_worker_2.pk:
            assert names(user, "低保") == set()


def test_a_restricted_label_finds_nobody_for_anybody(village):
    put_label(village.restricted, code="drug_recovery", evidence="协议", by=village.secretary)
    for word in ("社区戒毒", "社区矫正", "精神障碍", "戒毒人员"):
        assert names(village.secretary, word) == set()


def test_an_inner_part_is_one_run_of_the_name(village):
    register_person(PersonDraft(name="方国建国"), community=village.community, by=village.secretary)
    assert "方建国" not in names(village.secretary, "国建国")


def test_merged_records_are_not_found(village):
    merged = Person.objects.exclude(merged_into=None)
    for person in merged:
        assert person.pk not in {p.pk for p in search(village.secretary, person.name, gone=True).people}


def test_the_index_follows_changes_and_takes_only_words(village):
    from liren.core.people.actions import correct_person

    correct_person(village.alone, facts={"name": "顾安梅"}, by=village.secretary)
    assert names(village.secretary, "安梅") == {"顾安梅"}
    assert names(village.secretary, "阿妹") == set()
    with pytest.raises(ValueError):
        bearers(['a" OR "b'], [1])


def test_the_number_of_queries_does_not_grow(village, django_assert_max_num_queries):
    user = type(village.secretary).objects.get(pk=village.secretary.pk)
    with django_assert_max_num_queries(8):
        find_people(user, "方 3-301 60岁以下")


def test_houses_and_buildings(village):
    assert [str(h) for h in find_houses(village.secretary, "3-2-501")] == ["3号楼2单元501"]
    assert [str(b) for b in find_buildings(village.secretary, "3号楼")] == ["3号楼"]
    assert find_houses(village.outsider, "3-2-501") == []
    assert str(find_houses(village.secretary, "12弄7号三层阁")[0]).endswith("三层阁")
    assert [str(b) for b in find_buildings(village.secretary, "12弄")] == ["12弄7号"]
    assert find_houses(village.secretary, "里仁苑")
    assert read_place("张三") is None and read_place("5678") is None
