"""Going through a community, deciding on pairs, verifying and reviewing many at once: rules, refusals, trace."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.core.people.actions import correct_person, merge, register_many, unmerge
from liren.core.people.drafts import PersonDraft
from liren.core.people.models import Label, Person
from liren.duties.registry.models import DoubtfulPair, PaperDoubt, Sweep
from liren.duties.registry.quality.actions import (
    ask_for_sweep,
    doubt_again,
    look_through,
    review_all,
    tell_apart,
    verify_all,
)
from liren.duties.registry.quality.jobs import sweep, sweep_everywhere

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def pair(village: Any) -> DoubtfulPair:
    """张伟 of 2-401, entered a second time."""
    one = village.namesake
    draft = PersonDraft(name=one.name, sex=one.sex, birth=one.birth, house=one.house, relation="02")
    [again] = register_many([draft], community=village.community, source=village.source, by=None)
    village["again"] = again
    look_through(village.community, by=None)
    found: DoubtfulPair = DoubtfulPair.objects.get()
    return found


def deeds(record: Any) -> list[str]:
    return list(Trace.objects.about(record).values_list("action", flat=True))


def test_a_pair_is_found_once_with_its_evidence(village: Any, pair: DoubtfulPair) -> None:
    assert (pair.one, pair.other, pair.state) == (village.namesake, village.again, "open")
    assert {"姓名相同", "生日相同", "同住一处"} <= set(pair.evidence) and pair.against == []
    look_through(village.community, by=village.secretary)
    assert DoubtfulPair.objects.get().pk == pair.pk
    done = Sweep.objects.get(community=village.community)
    assert done.people == Person.objects.filter(community=village.community).unmerged().count()
    assert not done.is_running and "quality.look_through" in deeds(done)


def test_neither_twins_nor_namesakes_are_taken_for_one(village: Any) -> None:
    look_through(village.community, by=None)
    assert not DoubtfulPair.objects.all()


def test_what_was_mended_is_forgotten_and_what_changed_is_noted(village: Any, pair: DoubtfulPair) -> None:
    correct_person(village.again, facts={"birth": village.again.birth[:7]}, by=village.secretary)
    look_through(village.community, by=None)
    assert "出生年月相同" in DoubtfulPair.objects.get(pk=pair.pk).evidence
    correct_person(village.again, facts={"name": "李长庚", "birth": "1950-01-01"}, by=village.secretary)
    look_through(village.community, by=None)
    assert not DoubtfulPair.objects.all()


def test_two_people_are_asked_about_once(village: Any, pair: DoubtfulPair) -> None:
    told = tell_apart(pair, by=village.grid_worker)
    assert (told.state, told.decided_by) == ("different", village.grid_worker) and told.decided_at
    look_through(village.community, by=None)
    assert not DoubtfulPair.objects.open()
    with pytest.raises(Refused, match="已经定过了：不是同一个人"):
        tell_apart(pair, by=village.secretary)
    assert doubt_again(pair, by=village.grid_worker).decided_by is None
    assert list(DoubtfulPair.objects.open()) == [pair]
    with pytest.raises(Refused, match="没有认定过"):
        doubt_again(pair, by=village.secretary)
    assert deeds(pair) == ["quality.tell_apart", "quality.doubt_again"]


def test_a_merge_made_anywhere_settles_the_doubt(village: Any, pair: DoubtfulPair) -> None:
    merged = merge(village.again, village.namesake, evidence="当面核对", by=village.secretary)
    pair.refresh_from_db()
    assert pair.state == "merged" and not DoubtfulPair.objects.open()
    look_through(village.community, by=None)
    pair.refresh_from_db()
    assert pair.state == "merged"
    unmerge(merged, by=village.secretary)
    assert list(DoubtfulPair.objects.open()) == [pair]


def test_two_who_are_both_gone_bother_nobody(village: Any, pair: DoubtfulPair) -> None:
    Person.objects.filter(pk__in=[pair.one_id, pair.other_id]).update(status="moved_out")
    look_through(village.community, by=None)
    assert not DoubtfulPair.objects.all()


def test_a_number_that_says_otherwise_is_noted_without_the_number(village: Any) -> None:
    correct_person(village.alone, facts={"sex": "1", "birth": "1939"}, by=village.secretary)
    look_through(village.community, by=None)
    doubt = PaperDoubt.objects.get()
    assert (doubt.paper.person, doubt.sex, doubt.birth) == (village.alone, "2", village.alone.birth)
    correct_person(village.alone, facts={"sex": "2", "birth": village.alone.birth[:4]}, by=village.secretary)
    look_through(village.community, by=None)
    assert not PaperDoubt.objects.all()


def test_the_worker_is_asked_once_at_a_time(village: Any, django_capture_on_commit_callbacks: Any) -> None:
    from django_tasks_db.models import DBTaskResult

    with django_capture_on_commit_callbacks(execute=True):
        row = ask_for_sweep(village.community, by=village.secretary)
    assert row.is_running and DBTaskResult.objects.count() == 1
    with pytest.raises(Refused, match="正在找"):
        ask_for_sweep(village.community, by=village.secretary)
    Sweep.objects.update(asked_at=timezone.now() - datetime.timedelta(hours=1))  # the worker was killed
    assert ask_for_sweep(village.community, by=village.deputy).is_running
    sweep.call(village.community.pk)
    row.refresh_from_db()
    assert not row.is_running and row.people
    assert deeds(row) == ["quality.ask_for_sweep", "quality.ask_for_sweep", "quality.look_through"]


def test_the_schedule_goes_through_every_community(village: Any) -> None:
    sweep_everywhere()
    assert {row.community for row in Sweep.objects.all()} == {village.community, village.neighbour}


def test_many_are_verified_at_once_or_none(village: Any) -> None:
    people = [village.stale, village.disabled]
    assert verify_all(people, by=village.grid_worker_2) == 2
    assert set(Person.objects.filter(verified_on=TODAY())) == set(people)
    assert Trace.objects.filter(action="quality.verify_all").count() == 1
    with pytest.raises(Refused, match="先勾上"):
        verify_all([], by=village.grid_worker_2)
    with pytest.raises(Refused, match="一个也没有记"):
        verify_all([village.poor, village.alone], by=village.grid_worker_2)
    village.poor.refresh_from_db()
    assert village.poor.verified_on != TODAY()


def test_many_labels_are_reviewed_at_once_or_none(village: Any) -> None:
    past = TODAY() - datetime.timedelta(days=9)
    Label.objects.update(review_on=past)
    assert review_all([village.care_label, village.welfare_label], by=village.secretary) == 2
    assert not Label.objects.filter(pk__in=[village.care_label.pk, village.welfare_label.pk], review_on=past)
    with pytest.raises(Refused, match="先勾上"):
        review_all([], by=village.secretary)
    with pytest.raises(Refused, match="不在您能改的范围里"):
        review_all([village.care_label], by=village.grid_worker)
    with pytest.raises(Refused, match="条线登记"):
        review_all([village.care_label, village.welfare_label], by=village.health_worker)
    assert Trace.objects.filter(action="quality.review_all").count() == 1
