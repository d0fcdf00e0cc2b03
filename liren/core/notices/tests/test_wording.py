"""What may leave the house: closed slots, each with its own check."""

import datetime

import pytest
from django.utils import timezone

from liren.core.notices import slots
from liren.core.notices.slots import Unfit
from liren.core.notices.wording import occasions, read, template_for, templates

FACTS = {
    "number": "治-2026-0137",
    "kind": "邻里纠纷",
    "stage": "调解中",
    "urgency": "急",
    "line": "民政",
    "community": "里仁社区",
    "level": "Ⅳ级",
    "place": "里仁苑3号楼",
    "due": datetime.date(2026, 7, 14),
    "day": datetime.date(2026, 7, 14),
    **dict.fromkeys(("count", "late", "soon", "done", "hours", "minutes"), 3),
    "link": "/matters/17/",
    "code": "482913",
}


def test_every_slot_takes_what_it_is_for():
    for audience in (slots.TO_GROUPS, slots.TO_PHONES):
        for slot, check in audience.items():
            assert isinstance(check(FACTS[slot]), str)


@pytest.mark.parametrize("key", sorted(templates()))
def test_every_template_can_be_filled(key, settings):
    settings.LIREN_ADDRESS = "https://liren.example.gov.cn"
    template = templates()[key]
    text = template.fill({slot: FACTS[slot] for slot in template.slots})
    assert "{" not in text and "  " not in text
    if "link" in template.slots:
        assert "https://liren.example.gov.cn/matters/17/" in text


@pytest.mark.parametrize(
    "slot", ["name", "phone", "house", "room", "title", "body", "text", "0", "", "number.real"]
)
def test_a_template_with_another_slot_is_an_error_at_start(slot):
    with pytest.raises(ValueError, match="may not be told"):
        read("bad", "groups", {"text": f"请找{{{slot}}}"})


def test_a_code_goes_to_phones_only():
    assert read("good", "phones", {"text": "验证码 {code}"}).slots == {"code"}
    with pytest.raises(ValueError, match="may not be told"):
        read("bad", "groups", {"text": "验证码 {code}"})
    with pytest.raises(Unfit, match="no template"):
        template_for("portal.code", "groups")


@pytest.mark.parametrize("text", ["{number!r}", "{number:>9}", "", "长" * 700])
def test_a_template_is_plain_and_short(text):
    with pytest.raises(ValueError, match="bad"):
        read("bad", "groups", {"text": text})


@pytest.mark.parametrize(
    "place",
    ["3号楼", "里仁苑3号楼", "12弄7号", "槐树街12弄7号", "第三网格", "里仁社区", "里仁路88弄3号楼", "A区2栋"],
)
def test_a_place_down_to_the_building_is_told(place):
    assert slots.place(place) == place


@pytest.mark.parametrize(
    "place",
    [
        "3号楼302", "3号楼302室", "8-302", "3号楼2单元", "3号楼 2-501", "12弄7号二楼亭子间", "8 号楼 302",
        "3号楼13912345678", "13912345678", "方秀英，3号楼", "", "3号楼—302", "310199194403121324",
    ],
)  # fmt: skip
def test_a_place_below_the_building_is_not(place):
    with pytest.raises(Unfit):
        slots.place(place)


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("number", "13912345678"), ("number", "治-2026-0137 方秀英"), ("kind", "邻里纠纷13912345678"),
        ("kind", "找 Fang"), ("count", "3"), ("count", True), ("count", -1), ("due", "明天"),
        ("link", "https://example.org/"), ("link", "//example.org"), ("link", "/a/../b"), ("link", "/find/?q=方秀英"),
    ],
)  # fmt: skip
def test_a_slot_refuses_what_it_is_not_for(slot, value):
    with pytest.raises(Unfit):
        slots.TO_GROUPS[slot](value)


def test_facts_are_exactly_the_slots():
    template = template_for("matters.due", "groups")
    with pytest.raises(Unfit, match="takes"):
        template.fill({"number": "治-2026-0137"})
    with pytest.raises(Unfit, match="takes"):
        template.fill({slot: FACTS[slot] for slot in template.slots} | {"name": "方秀英"})


def test_times_are_said_so_that_they_are_right_tomorrow_too():
    at = timezone.localtime().replace(month=7, day=14, hour=17, minute=30)
    assert slots.time(at) == "7月14日 17:30"
    assert slots.time(datetime.date(timezone.localdate().year, 7, 14)) == "7月14日"


def test_without_a_name_of_the_house_there_is_no_link(settings):
    settings.LIREN_ADDRESS = ""
    template = template_for("matters.due", "groups")
    text = template.fill({slot: FACTS[slot] for slot in template.slots})
    assert "/matters/" not in text and text == text.strip()


def test_what_is_kept_of_a_text_to_a_phone_hides_the_code():
    template = template_for("portal.code", "phones")
    facts = {"code": "482913", "minutes": 10}
    assert "482913" in template.fill(facts)
    assert "482913" not in template.fill_for_keeping(facts) and "******" in template.fill_for_keeping(facts)


def test_occasions_have_names():
    assert {"urgent", "overdue", "daily", "warning"} <= occasions().keys()
