"""Merging two records of one person, and taking it back exactly."""

import datetime
from typing import Any

import pytest
from django.core import serializers

from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.core.people.actions import (
    add_relation,
    correct_hukou,
    correct_person,
    die,
    merge,
    move_in,
    move_out,
    put_label,
    register_person,
    replace_paper,
    replace_phones,
    unmerge,
)
from liren.core.people.drafts import PersonDraft
from liren.core.people.models import (
    Change,
    Household,
    Hukou,
    IdentityPaper,
    Label,
    Person,
    Phone,
    Relation,
    Residence,
)

pytestmark = pytest.mark.django_db

MODELS = (Person, IdentityPaper, Phone, Residence, Household, Hukou, Label, Relation, Change)


def snapshot() -> dict[str, str]:
    """Every row of the register, as it stands."""
    return {
        f"{model.__name__}:{row.pk}": serializers.serialize("json", [row])
        for model in MODELS
        for row in model.objects.order_by("pk")
    }


def double(village: Any, **facts: Any) -> Person:
    """Somebody entered a second time."""
    facts = {"name": "许文强", "sex": "0", **facts}
    return register_person(PersonDraft(**facts), community=village.community, by=village.secretary)


def fresh(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


@pytest.fixture
def pair(village: Any) -> tuple[Person, Person]:
    """A record with little, and one with much, of the same person."""
    kept = double(village, name="高山")
    gone = double(
        village,
        name="高山",
        sex="1",
        birth="1970-03-04",
        education="30",
        phones=("13800000001", "13800000002"),
        house=village.empty_house,
        household_key="gao",
        relation="02",
        hukou_here=True,
        hukou_address="里仁路",
        kind="registered",
    )
    put_label(gone, code="volunteer", evidence="登记表", by=village.secretary)
    add_relation(gone, kind="contact", name="高海", phone="13800000003", by=village.secretary)
    add_relation(village.son, kind="contact", other=gone, by=village.secretary)
    return kept, gone


def test_rows_go_over_and_blanks_are_filled(village: Any, pair: tuple[Person, Person]) -> None:
    kept, gone = pair
    merged = merge(kept, gone, evidence="当面核对", by=village.secretary)
    kept, gone = fresh(kept), fresh(gone)
    assert gone.merged_into == kept and not gone.is_present
    assert (kept.sex, kept.birth, kept.birth_on) == ("1", "1970-03-04", datetime.date(1970, 3, 4))
    assert kept.house == village.empty_house and kept.area == village.empty_house.area
    assert kept.phones.count() == 2 and kept.labels.count() == 1 and kept.hukou.count() == 1
    assert kept.residences.open().get().house == village.empty_house
    assert kept.relations.get().other_name == "高海"
    assert village.son.relations.get(kind="contact").other == kept
    assert merged.evidence == "当面核对" and merged.user == village.secretary
    trace = Trace.objects.about(kept).get(action="people.merge")
    assert trace.particulars == {"gone": gone.pk, "merge": merged.pk}


def test_taken_back_every_row_is_as_before(village: Any, pair: tuple[Person, Person]) -> None:
    kept, gone = pair
    before = snapshot()
    unmerge(merge(kept, gone, evidence="像", by=village.secretary), by=village.secretary)
    assert snapshot() == before
    assert Trace.objects.about(kept).filter(action="people.unmerge").exists()


def test_both_with_homes_keep_one_open_row_each(village: Any) -> None:
    one = double(
        village,
        name="高山",
        house=village.empty_house,
        household_key="a",
        hukou_address="甲地",
        phones=("13800000001",),
    )
    other = double(
        village,
        name="高山",
        house=village.lane_room,
        household_key="b",
        hukou_address="乙地",
        phones=("13800000001",),
    )
    for person in (one, other):
        put_label(person, code="volunteer", evidence="登记表", by=village.secretary)
    add_relation(other, kind="spouse", other=one, by=village.secretary)
    before = snapshot()
    merged = merge(one, other, evidence="像", by=village.secretary)
    for rows in (fresh(one).residences, fresh(one).hukou, fresh(one).labels):
        assert rows.filter(to_on=None).count() == 1
    assert Household.objects.get(residences__person=other).closed_on
    assert not one.relations.exists(), "nobody is a relation of himself"
    unmerge(merged, by=village.secretary)
    assert snapshot() == before


def test_who_came_back_and_was_entered_anew_is_present_again(village: Any) -> None:
    left = village.moved_out
    again = double(village, name=left.name, house=village.empty_house, household_key="x")
    before = snapshot()
    merged = merge(left, again, evidence="本人说的", by=village.secretary)
    left = fresh(left)
    assert left.is_present and left.house == village.empty_house and left.status == "living"
    unmerge(merged, by=village.secretary)
    assert snapshot() == before


def test_a_fuller_birth_is_not_half_taken_over(village: Any) -> None:
    kept = double(village, name="高山", birth="1970")
    gone = double(village, name="高山", birth="1970-03-04")
    merge(kept, gone, evidence="像", by=village.secretary)
    kept = fresh(kept)
    assert (kept.birth, kept.birth_on) == ("1970", None)


def test_what_was_corrected_since_stays(village: Any, pair: tuple[Person, Person]) -> None:
    kept, gone = pair
    merged = merge(kept, gone, evidence="像", by=village.secretary)
    correct_person(kept, facts={"education": "20", "name": "高珊"}, by=village.secretary)
    replace_phones(kept, numbers=["13800000009"], by=village.secretary)
    back = unmerge(merged, by=village.secretary)
    kept = fresh(kept)
    assert (kept.education, kept.name, kept.sex, back.education) == ("20", "高珊", "0", "30")
    assert [p.number for p in kept.phones.all()] == ["13800000009"]
    assert {p.number for p in back.phones.all()} == {"13800000001", "13800000002"}


def test_unrelated_work_in_between_does_not_disturb(village: Any, pair: tuple[Person, Person]) -> None:
    kept, gone = pair
    mine = {kept.pk, gone.pk}
    before = snapshot()
    merged = merge(kept, gone, evidence="像", by=village.secretary)
    move_out(village.namesake, by=village.secretary)
    correct_person(village.alone, facts={"education": "70"}, by=village.secretary)
    unmerge(merged, by=village.secretary)
    after = snapshot()
    for key, row in before.items():
        model = key.split(":")[0]
        about = serializers.deserialize("json", row).__next__().object  # type: ignore[no-untyped-call]
        if (model == "Person" and about.pk in mine) or getattr(about, "person_id", None) in mine:
            assert after[key] == row


def test_who_moved_away_as_one_has_moved_away_as_two(village: Any, pair: tuple[Person, Person]) -> None:
    kept, gone = pair
    merged = merge(kept, gone, evidence="像", by=village.secretary)
    move_out(kept, by=village.secretary)
    back = unmerge(merged, by=village.secretary)
    assert (back.status, back.house, back.residences.open().count()) == ("moved_out", None, 0)
    assert fresh(kept).status == "moved_out"


def test_who_died_as_one_is_dead_as_two(village: Any, pair: tuple[Person, Person]) -> None:
    kept, gone = pair
    merged = merge(kept, gone, evidence="像", by=village.secretary)
    die(kept, by=village.secretary)
    assert unmerge(merged, by=village.secretary).status == "deceased"


def test_later_merges_come_apart_first(village: Any, pair: tuple[Person, Person]) -> None:
    kept, gone = pair
    before = snapshot()
    third = double(village, name="高山")
    first = merge(kept, gone, evidence="像", by=village.secretary)
    second = merge(kept, third, evidence="像", by=village.secretary)
    with pytest.raises(Refused, match="先拆后一次"):
        unmerge(first, by=village.secretary)
    unmerge(second, by=village.secretary)
    unmerge(first, by=village.secretary)
    third.delete()
    assert snapshot() == before
    with pytest.raises(Refused, match="已经拆回"):
        unmerge(first, by=village.secretary)


def test_a_record_that_went_on_into_another_comes_apart_from_there_first(
    village: Any, pair: tuple[Person, Person]
) -> None:
    kept, gone = pair
    first = merge(kept, gone, evidence="像", by=village.secretary)
    merge(double(village, name="高山"), kept, evidence="像", by=village.secretary)
    with pytest.raises(Refused, match="先拆后一次"):
        unmerge(first, by=village.secretary)


def test_refusals(village: Any, pair: tuple[Person, Person]) -> None:
    kept, gone = pair
    by = village.secretary
    for one, other, evidence, words in (
        (kept, kept, "像", "同一份"),
        (kept, gone, " ", "凭什么"),
        (village.alone, village.outside_senior, "像", "不在一个社区"),
        (village.twin, village.other_twin, "像", "身份证号不同"),
        (village.deceased, kept, "像", "登记了死亡"),
        (kept, village.merged_away, "像", "已经并入"),
    ):
        with pytest.raises(Refused, match=words):
            merge(one, other, evidence=evidence, by=by)


def test_nothing_can_be_done_with_the_record_that_went_away(
    village: Any, pair: tuple[Person, Person]
) -> None:
    kept, gone = pair
    by = village.secretary
    merge(kept, gone, evidence="像", by=by)
    for act in (
        lambda: move_in(gone, house=village.lane_room, by=by),
        lambda: move_out(gone, by=by),
        lambda: correct_person(gone, facts={"name": "高海"}, by=by),
        lambda: replace_paper(gone, kind="passport", number="E1", by=by),
        lambda: correct_hukou(gone, here=True, address="", by=by),
    ):
        with pytest.raises(Refused, match="已经并入另一份"):
            act()
