"""Correcting facts, numbers, hukou; labels; contacts: before and after are kept, refusals say why."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.core.people.actions import (
    Bond,
    add_relation,
    correct_hukou,
    correct_person,
    desk_source,
    end_label,
    end_relation,
    put_label,
    register_person,
    relate_many,
    replace_paper,
    replace_phones,
    review_label,
    verify_person,
)
from liren.core.people.drafts import PersonDraft
from liren.core.people.models import Change, Label, Person
from liren.core.privacy.cipher import unseal

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
# Still to come, should midnight pass meanwhile.
SOON = timezone.localdate() + datetime.timedelta(days=2)


def fresh(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def test_a_correction_keeps_before_and_after(village: Any) -> None:
    facts = {"name": "方建邦", "birth": "1968-05", "education": "30"}
    correct_person(village.head, facts=facts, by=village.grid_worker)
    person = fresh(village.head)
    assert (person.name, person.pinyin, person.initials) == ("方建邦", "fangjianbang", "fjb")
    assert (person.birth, person.birth_on) == ("1968-05", None)
    changes = Change.objects.filter(person=person, fact__in=facts)
    assert {c.fact: (c.before, c.after) for c in changes} == {
        "name": ("方建国", "方建邦"),
        "birth": (village.head.birth, "1968-05"),
    }, "what stayed the same is no change"
    assert changes[0].source.user == village.grid_worker
    trace = Trace.objects.about(person).get(action="people.correct")
    assert trace.particulars == {"fields": ["birth", "education", "name"]} and "1968" not in str(
        trace.particulars
    )


def test_no_change_leaves_no_trace(village: Any) -> None:
    correct_person(village.head, facts={"name": village.head.name}, by=village.secretary)
    assert not Trace.objects.about(village.head).filter(action="people.correct").exists()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"status": "living"}, "不能直接改"),
        ({"name": " "}, "不能空着"),
        ({"birth": "1962-13"}, "出生日期写成"),
        ({"birth": "62年"}, "出生日期写成"),
        ({"birth": SOON.isoformat()}, "以后的日子"),
    ],
)
def test_corrections_refused(village: Any, facts: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        correct_person(village.head, facts=facts, by=village.secretary)


def test_an_unknown_birth_may_be_blank_again(village: Any) -> None:
    correct_person(village.head, facts={"birth": ""}, by=village.secretary)
    assert fresh(village.head).birth_on is None


def test_a_new_number_closes_the_old(village: Any) -> None:
    old = village.hongkonger.papers.get()
    new = replace_paper(village.hongkonger, kind="hk_macau_pass", number="H07654321", by=village.secretary)
    old = fresh(old)
    assert old.ended_on == TODAY() and new.ended_on is None and new.number == "H07654321"
    change = Change.objects.get(person=village.hongkonger, fact="paper")
    assert (change.before, change.after) == ("H0*****67", "H0*****21")
    with pytest.raises(Refused, match="没有变"):
        replace_paper(village.hongkonger, kind="hk_macau_pass", number="H07654321", by=village.secretary)
    with pytest.raises(Refused, match="陈嘉慧名下"):
        replace_paper(village.foreigner, kind="hk_macau_pass", number="H07654321", by=village.secretary)


def test_phones_come_and_go(village: Any) -> None:
    kept = village.alone.phones.order_by("pk")[0]
    phones = replace_phones(
        village.alone, numbers=[kept.number, "13900000001", "13900000001"], by=village.secretary
    )
    assert {p.number for p in phones} == {kept.number, "13900000001"}
    assert fresh(kept).ended_on is None
    change = Change.objects.get(person=village.alone, fact="phones")
    assert change.after.endswith("139****0001") and "13900000001" not in change.after
    count = Trace.objects.count()
    assert len(replace_phones(village.alone, numbers=[p.number for p in phones], by=village.secretary)) == 2
    assert Trace.objects.count() == count, "nothing changed, nothing to trace"


def test_hukou_closes_and_opens(village: Any) -> None:
    new = correct_hukou(village.head, here=False, address="外地", on=TODAY(), by=village.secretary)
    old = village.head.hukou.exclude(pk=new.pk).get()
    assert (old.to_on, new.from_on, new.here) == (TODAY(), TODAY(), False)
    assert Change.objects.get(person=village.head, fact="hukou").after == "外地"
    for facts, words in (
        ({"here": False, "address": "外地"}, "没有变"),
        ({"here": True, "address": "本地", "on": TODAY() - datetime.timedelta(days=9)}, "不能早于"),
        ({"here": True, "address": "本地", "on": SOON}, "日期还没到"),
    ):
        with pytest.raises(Refused, match=words):
            correct_hukou(village.head, by=village.secretary, **facts)


def test_the_first_hukou_has_no_known_start(village: Any) -> None:
    assert correct_hukou(village.paperless, here=True, address="", by=village.secretary).from_on is None


def test_somebody_looked(village: Any) -> None:
    person = verify_person(village.stale, by=village.grid_worker_2)
    assert person.verified_on == TODAY() and person.residences.open().get().verified_on == TODAY()
    with pytest.raises(Refused, match="日期还没到"):
        verify_person(village.stale, on=SOON, by=village.grid_worker_2)


def test_a_label_needs_evidence_and_ends(village: Any) -> None:
    row = put_label(village.head, code="volunteer", evidence=" 登记表 ", by=village.grid_worker)
    assert (row.evidence, row.from_on, row.tier, row.line) == ("登记表", TODAY(), 0, "culture")
    assert row.review_on and row.review_on > TODAY()
    with pytest.raises(Refused, match="已经有"):
        put_label(village.head, code="volunteer", evidence="登记表", by=village.grid_worker)
    end_label(row, by=village.grid_worker)
    assert fresh(row).to_on == TODAY()
    with pytest.raises(Refused, match="已经取下"):
        end_label(fresh(row), by=village.grid_worker)
    actions = Trace.objects.about(village.head).values_list("action", flat=True)
    assert {"people.put_label", "people.end_label"} <= set(actions)


def test_a_label_is_looked_at_again(village: Any) -> None:
    row = village.care_label
    Label.objects.filter(pk=row.pk).update(review_on=TODAY() - datetime.timedelta(days=3))
    kept = review_label(row, evidence=" 新证 ", by=village.secretary)
    assert kept.review_on and kept.review_on > TODAY() and kept.evidence == "新证"
    assert review_label(row, by=village.secretary).evidence == "新证"
    assert Trace.objects.about(village.disabled).filter(action="people.review_label").count() == 2
    with pytest.raises(Refused, match="条线登记"):
        review_label(village.welfare_label, by=village.health_worker)
    end_label(row, by=village.secretary)
    with pytest.raises(Refused, match="已经取下"):
        review_label(row, by=village.secretary)


def test_a_label_that_began_long_ago_is_reviewed_from_the_day_it_was_entered(village: Any) -> None:
    row = put_label(
        village.head,
        code="veteran",
        evidence="退役证",
        from_on=datetime.date(1990, 1, 1),
        by=village.secretary,
    )
    assert row.review_on and row.review_on > TODAY()


def test_labels_refused(village: Any) -> None:
    cases = (
        (village.head, "senior", "x", village.secretary, "系统按年龄"),
        (village.head, "volunteer", " ", village.secretary, "凭什么"),
        (village.deceased, "volunteer", "x", village.secretary, "已登记死亡"),
        (village.head, "minimum_living", "x", village.grid_worker, "民政条线登记"),
        (village.head, "corrections", "x", village.grid_worker, "指定人员"),
    )
    for person, code, evidence, by, words in cases:
        with pytest.raises(Refused, match=words):
            put_label(person, code=code, evidence=evidence, by=by)
    with pytest.raises(Refused, match="日期还没到"):
        put_label(village.head, code="volunteer", evidence="x", from_on=SOON, by=village.secretary)


def test_a_restricted_label_is_known_to_who_put_it_on_alone(village: Any) -> None:
    row = put_label(village.head, code="corrections", evidence="司法所名单", by=village.secretary)
    assert Label.objects.visible_to(village.secretary).filter(pk=row.pk).exists()
    assert not Label.objects.visible_to(village.deputy).filter(pk=row.pk).exists()
    loaded = put_label(village.son, code="corrections", evidence="旧名单", by=None)
    assert not Label.objects.visible_to(village.secretary).filter(pk=loaded.pk).exists()


def test_contacts_come_and_go(village: Any) -> None:
    row = add_relation(
        village.alone, kind="contact", name="顾明远", phone="13900000002", by=village.secretary
    )
    assert unseal(row.other_phone_sealed) == "13900000002" and row.from_on == TODAY()
    known = add_relation(village.head, kind="spouse", other=village.spouse, by=village.secretary)
    assert known.other_name == "周丽华" and known.other_phone_sealed is None
    end_relation(row, by=village.secretary)
    assert fresh(row).to_on == TODAY()
    with pytest.raises(Refused, match="已经结束"):
        end_relation(fresh(row), by=village.secretary)
    for facts, words in (
        ({"name": " "}, "请填写姓名"),
        ({"other": village.alone}, "另一个人"),
        ({"other": village.outside_senior}, "另一个人"),
    ):
        with pytest.raises(Refused, match=words):
            add_relation(village.alone, kind="contact", by=village.secretary, **facts)


def test_many_relations_at_once(village: Any) -> None:
    source = desk_source(village.community, "核对", village.secretary)
    bonds = [
        Bond(village.old_husband, "spouse", village.old_wife),
        Bond(village.old_wife, "spouse", village.old_husband),
    ]
    assert len(relate_many(source, bonds=bonds, by=village.secretary)) == 2
    with pytest.raises(Refused, match="自己的亲属"):
        relate_many(source, bonds=[Bond(village.head, "spouse", village.head)], by=village.secretary)


def test_entering_somebody(village: Any) -> None:
    draft = PersonDraft(
        name="新来", house=village.empty_house, household_key="n", papers=(("passport", "P1234567"),)
    )
    person = register_person(draft, community=village.community, by=village.secretary)
    assert person.residences.open().get().household.house == village.empty_house
    for again, words in (
        (PersonDraft(name=" "), "填写姓名"),
        (PersonDraft(name="乙", papers=draft.papers), "新来名下"),
    ):
        with pytest.raises(Refused, match=words):
            register_person(again, community=village.community, by=village.secretary)
    next_door = register_person(
        PersonDraft(name="新来", papers=draft.papers), community=village.neighbour, by=village.outsider
    )
    assert next_door.community == village.neighbour, "another community may know the same number"


def test_who_is_gone_already_is_entered_as_gone(village: Any) -> None:
    day = TODAY() - datetime.timedelta(days=100)
    draft = PersonDraft(
        name="走了", house=village.empty_house, household_key="n", status="moved_out", status_on=day
    )
    person: Person = register_person(draft, community=village.community, by=village.secretary)
    assert person.house is None and not person.is_present
    assert person.residences.get().to_on == day
