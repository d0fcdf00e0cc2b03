"""The villagers (村民): people of the village, each with the story that a test needs."""

from typing import Any

from liren.core.people.actions import (
    correct_person,
    die,
    give_birth,
    merge,
    move_in,
    move_out,
    open_source,
    put_label,
    register_many,
    replace_phones,
)
from liren.core.people.drafts import LabelDraft, PersonDraft, RelationDraft
from liren.core.people.models import Label
from liren.core.places.models import House

from .invented import mobile, resident_id, years_ago

# key: (name, sex, age, house, household, relation, further facts). A house is building:unit:room.
Story = tuple[str, str, int, str, str, str, dict[str, Any]]
HOME = {"kind": "registered", "hukou_here": True, "tenure": "owner"}
GUEST = {
    "kind": "migrant",
    "hukou_here": False,
    "tenure": "tenant",
    "hukou_address": "河南省信阳市固淮县龙王镇",
}

STORIES: dict[str, Story] = {
    # lives alone at 82: senior, lives_alone
    "alone": ("顾阿妹", "2", 82, "tower:1:501", "alone", "02", {**HOME, "education": "80", "marital": "30"}),
    # two old people, no children with them
    "old_husband": (
        "沈国栋",
        "1",
        71,
        "tower:1:502",
        "old",
        "02",
        {**HOME, "employment": "80", "marital": "20"},
    ),
    "old_wife": (
        "陆秀珍",
        "2",
        69,
        "tower:1:502",
        "old",
        "10",
        {**HOME, "employment": "80", "marital": "20"},
    ),
    # three generations
    "head": (
        "方建国",
        "1",
        58,
        "tower:2:301",
        "family",
        "02",
        {**HOME, "political": "01", "education": "30"},
    ),
    "spouse": ("周丽华", "2", 56, "tower:2:301", "family", "10", {**HOME, "marital": "20"}),
    "son": ("方晓宇", "1", 30, "tower:2:301", "family", "20", {**HOME, "work_unit": "海东城市设计院"}),
    "daughter_in_law": ("蒋悦", "2", 29, "tower:2:301", "family", "38", {**HOME, "marital": "20"}),
    "grandchild": ("方小满", "1", 6, "tower:2:301", "family", "41", {**HOME, "education": "92"}),
    # two tenants share a flat; their surnames have two readings
    "tenant": ("曾强", "1", 27, "walk_up:1:201", "flat", "02", GUEST),
    "flatmate": ("解冰", "2", 25, "walk_up:1:201", "flat", "X1", GUEST),
    "away": ("乐平", "1", 44, "walk_up:1:101", "away", "02", {**HOME, "status": "away"}),
    "moved_out": ("单红", "2", 38, "tower:2:201", "left", "02", HOME),
    "deceased": ("翟福根", "1", 91, "walk_up:1:301", "died", "02", HOME),
    # twins whose names sound the same, and their mother
    "twin_mother": ("林芳", "2", 36, "walk_up:2:201", "twins", "02", HOME),
    "twin": ("林子涵", "2", 8, "walk_up:2:201", "twins", "30", HOME),
    "other_twin": ("林子晗", "2", 8, "walk_up:2:201", "twins", "30", HOME),
    # one name, two persons in one community
    "namesake": ("张伟", "1", 45, "tower:2:401", "zhang1", "02", HOME),
    "other_namesake": ("张伟", "1", 33, "walk_up:2:302", "zhang2", "02", HOME),
    "poor": ("钱桂英", "2", 63, "lane_house::二楼前楼", "poor", "02", {**HOME, "tenure": "unknown"}),
    "restricted": ("孙志刚", "1", 41, "lane_house::二楼亭子间", "sun", "02", HOME),
    "disabled": ("韩梅", "2", 52, "walk_up:2:102", "han", "02", HOME),
    # a child under 14 with a guardian who is not on the register
    "child": ("吴小宝", "1", 9, "lane_house::三层阁", "wu", "02", HOME),
    # nobody looked for more than a year; only the month of birth is known
    "stale": ("何秀英", "2", 64, "walk_up:2:101", "he", "02", HOME),
    # moved from one house to another of the community
    "mover": ("唐糖", "2", 31, "walk_up:1:102", "tang", "02", HOME),
    "double": ("许文强", "1", 50, "tower:2:202", "xu", "02", HOME),
}


def settle_villagers(village: Any) -> None:
    """Brings everybody into the village, then lets their lives happen."""
    source = open_source(
        community=village.community, kind="sample", title="里仁社区老名册", by=village.secretary
    )
    village["source"] = source
    drafts = [_draft(village, number, key, story) for number, (key, story) in enumerate(STORIES.items(), 1)]
    for draft, person in _entered(village, [*drafts, *_odd_papers(village)], source):
        village[draft.at] = person
    _settle_neighbours(village)
    _lives(village)
    _labels(village)


def _entered(village: Any, drafts: list[PersonDraft], source: Any) -> Any:
    persons = register_many(drafts, community=source.community, source=source, by=village.secretary)
    return zip(drafts, persons, strict=True)


def _spelt(house: object) -> str:
    return house.spelt if isinstance(house, House) else ""


def _house(village: Any, door: str) -> House:
    building, unit, room = door.split(":")
    return House.objects.select_related("area").get(building=village[building], unit=unit, room=room)


def _draft(village: Any, number: int, key: str, story: Story) -> PersonDraft:
    name, sex, age, door, household, relation, facts = story
    born = years_ago(age)
    draft = PersonDraft(
        name=name,
        sex=sex,
        birth=born.isoformat(),
        ethnicity="01",
        nationality="中国",
        house=_house(village, door),
        household_key=household,
        relation=relation,
        from_on=years_ago(min(age, 4), 10),
        verified_on=years_ago(0, 20),
        papers=(("resident_id", resident_id(born, male=sex == "1", sequence=number)),),
        phones=(mobile(number),) if age >= 14 else (),
        household_number=f"31019900100100{number:02d}",
        at=key,
    )
    for fact, value in facts.items():
        setattr(draft, fact, value)
    if draft.hukou_here and not draft.hukou_address:
        draft.hukou_address = f"海东市临江区槐荫街道里仁社区{_spelt(draft.house)}"
    _particulars(draft)
    return draft


def _particulars(draft: PersonDraft) -> None:
    """What is special about some of them."""
    if draft.at in ("tenant", "flatmate"):
        draft.relations = (RelationDraft("landlord", "闵兰", "021-40123987", "房东"),)
        draft.labels = (LabelDraft("tenant", {"landlord": "闵兰"}, "租赁合同"),)
    elif draft.at == "child":
        draft.relations = (RelationDraft("guardian", "吴大海", mobile(801), "祖父"),)
    elif draft.at == "stale":
        draft.verified_on = years_ago(1, 100)
        draft.birth, draft.papers = draft.birth[:7], ()
    elif draft.at == "alone":
        draft.phones = (mobile(1), "021-40556677")
        draft.relations = (RelationDraft("contact", "顾明", mobile(802), "侄子"),)
    elif draft.at == "head":
        draft.labels = (
            LabelDraft("party_member", {"branch": "第一党支部"}, "组织关系"),
            LabelDraft("building_head"),
        )


def _odd_papers(village: Any) -> list[PersonDraft]:
    def person(key: str, name: str, door: str, **facts: Any) -> PersonDraft:
        return PersonDraft(
            name=name,
            house=_house(village, door),
            household_key=key,
            relation="02",
            from_on=years_ago(1),
            verified_on=years_ago(0, 30),
            at=key,
            **facts,
        )

    return [
        person(
            "foreigner",
            "John Smith",
            "tower:2:502",
            sex="1",
            birth=years_ago(39).isoformat(),
            nationality="美国",
            kind="overseas",
            tenure="tenant",
            papers=(("passport", "E12345678"),),
            phones=(mobile(60),),
        ),
        person(
            "hongkonger",
            "陈嘉慧",
            "tower:2:501",
            sex="2",
            birth=years_ago(47).isoformat(),
            nationality="中国香港",
            kind="overseas",
            tenure="owner",
            papers=(("hk_macau_pass", "H01234567"),),
            phones=(mobile(61),),
        ),
        person(
            "paperless",
            "赵小弟",
            "lane_house::底层客堂",
            sex="1",
            birth="1958",
            kind="registered",
            tenure="relative",
        ),
    ]


def _settle_neighbours(village: Any) -> None:
    source = open_source(
        community=village.neighbour, kind="sample", title="柳荫社区名册", by=village.outsider
    )
    village["neighbour_source"] = source
    rows = (("outside_namesake", "张伟", "1", 45, "1:301"), ("outside_senior", "柳三妹", "2", 84, "1:201"))
    drafts = []
    for number, (key, name, sex, age, door) in enumerate(rows, 900):
        draft = _draft(village, number, key, (name, sex, age, f"neighbour_building:{door}", key, "02", HOME))
        draft.hukou_address = f"海东市临江区槐荫街道柳荫社区{_spelt(draft.house)}"
        drafts.append(draft)
    for draft, person in _entered(village, drafts, source):
        village[draft.at] = person


def _lives(village: Any) -> None:
    worker = village.grid_worker
    move_out(village.moved_out, on=years_ago(0, 100), by=worker)
    die(village.deceased, on=years_ago(0, 50), by=village.secretary)
    move_in(village.mover, house=_house(village, "tower:1:201"), tenure="owner", on=years_ago(1), by=worker)
    born = years_ago(1, 30)
    child = PersonDraft(
        name="方小囡",
        sex="2",
        birth=born.isoformat(),
        ethnicity="01",
        nationality="中国",
        relation="42",
        verified_on=years_ago(0, 15),
        papers=(("resident_id", resident_id(born, male=False, sequence=77)),),
    )
    village["baby"] = give_birth(village.daughter_in_law, child=child, by=worker)
    correct_person(village.old_wife, facts={"education": "60", "work_unit": "海东第三棉纺厂"}, by=worker)
    replace_phones(village.old_wife, numbers=[mobile(70)], by=worker)
    again = PersonDraft(
        name="许文强",
        sex="1",
        birth="1976",
        remark="楼组长记的",
        house=village.double.house,
        household_key="again",
    )
    [village["merged_away"]] = register_many(
        [again], community=village.community, source=village.source, by=village.secretary
    )
    village["merge"] = merge(village.double, village.merged_away, evidence="同名同住", by=village.secretary)


def _labels(village: Any) -> None:
    secretary = village.secretary
    put_label(village.alone, code="volunteer", evidence="志愿者登记表", by=secretary)
    village["welfare_label"] = put_label(
        village.poor,
        code="minimum_living",
        evidence="低保证 DB0010010016",
        attributes={"cert_no": "DB0010010016"},
        from_on=years_ago(0, 120),
        by=secretary,
    )
    village["care_label"] = put_label(
        village.disabled,
        code="disability",
        evidence="残疾人证",
        attributes={"category": "肢体", "level": "三级"},
        by=secretary,
    )
    # Known to the secretary, who put it on, and to the health worker: to nobody else.
    label: Label = put_label(
        village.restricted, code="mental_disorder", evidence="卫健条线转来名单", by=secretary
    )
    label.circle.add(village.health_worker)
    village["restricted_label"] = label
