"""The village: one world for all tests, whole again in each."""

import datetime

import pytest
from django.core.exceptions import ObjectDoesNotExist

from liren.core.accounts.roles import ROLES
from liren.core.audit.actions import verify
from liren.core.people.identity import is_valid
from liren.core.people.models import IdentityPaper, Label, Person
from liren.sample.invented import years_ago
from liren.sample.village import STAFF


def test_every_role_has_somebody(village):
    assert {role for _, role, _, _ in STAFF.values()} == set(ROLES)
    for key, (_, role, area, _) in STAFF.items():
        [post] = village[key].current_posts
        assert (post.role, post.area) == (role, village[area])


def test_outsiders_see_none_of_it(village):
    ours = Person.objects.visible_to(village.secretary)
    theirs = Person.objects.visible_to(village.outsider)
    assert village.alone in ours and village.alone not in theirs
    assert village.outside_namesake in theirs and village.outside_namesake not in ours
    assert not Person.objects.visible_to(village.auditor)


def test_stories(village):
    assert village.alone.age() == 82
    assert village.moved_out.status == "moved_out" and village.moved_out.house is None
    assert village.deceased.status == "deceased"
    assert village.mover.residences.count() == 2
    assert village.baby.house == village.daughter_in_law.house and village.baby.age() == 1
    assert village.merged_away.merged_into == village.double
    assert list(Person.objects.namesakes(village.namesake)) == [village.other_namesake]
    assert village.stale.birth_on is None and len(village.stale.birth) == 7
    assert not village.paperless.papers.exists()


def test_restricted_label_is_seen_by_its_circle_only(village):
    def seen(user):
        return Label.objects.visible_to(user).filter(pk=village.restricted_label.pk).exists()

    assert seen(village.secretary) and seen(village.health_worker)
    assert not seen(village.deputy) and not seen(village.grid_worker_2)


def test_numbers_belong_to_nobody(village):
    for paper in IdentityPaper.objects.filter(kind="resident_id"):
        assert is_valid(paper.number, on=years_ago(0, 0))
        assert paper.number[4:6] in {"97", "98", "99"}


@pytest.mark.parametrize("again", [1, 2])
def test_each_test_finds_it_whole(village, again):
    assert Person.objects.get(pk=village.alone.pk).name == village.alone.name == "顾阿妹"
    Person.objects.filter(pk=village.alone.pk).update(name="别人")
    village.alone.name = "别人"


def test_without_the_fixture_nobody_is_there(db):
    with pytest.raises(ObjectDoesNotExist):
        Person.objects.get()


def test_the_trace_is_whole(village):
    assert list(verify()) == []


@pytest.mark.parametrize("today", ["2026-11-30", "2026-12-31", "2027-02-28", "2028-02-29"])
def test_days_ago_are_as_many_at_the_end_of_a_month(today, time_machine):
    time_machine.move_to(f"{today}T10:00+08:00")
    day = datetime.date.fromisoformat(today)
    assert years_ago(0, 100) == day - datetime.timedelta(days=100)
    assert years_ago(1, 0).year == day.year - 1 and years_ago(1, 0).month == day.month
