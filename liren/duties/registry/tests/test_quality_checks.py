"""Every check finds what is planted for it and leaves the healthy alone; nobody learns of others through a figure."""

import datetime
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liren.core.people.actions import (
    add_relation,
    correct_person,
    die,
    put_label,
    register_many,
    replace_phones,
    verify_person,
)
from liren.core.people.drafts import LabelDraft, PersonDraft
from liren.core.people.models import Household, Label, Person
from liren.core.places.actions import correct_house, open_building
from liren.core.places.models import House
from liren.duties.registry.quality.actions import look_through
from liren.duties.registry.quality.checks import CHECKS, COLUMNS, check
from liren.duties.registry.quality.counting import counted
from liren.sample.invented import resident_id, years_ago

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
BORN, NUMBERS = datetime.date(1980, 3, 4), itertools.count()


def entered(village: Any, name: str, **facts: Any) -> Person:
    """Somebody new of the tower, seen today, of whom nothing is missing but what the test takes away."""
    whole = {
        "sex": "1",
        "birth": BORN.isoformat(),
        "house": village.house,
        "household_key": name,
        "relation": "02",
        "kind": "registered",
        "verified_on": TODAY(),
        "phones": ("13900000000",),
        "papers": (("resident_id", resident_id(BORN, male=True, sequence=500 + 2 * next(NUMBERS))),),
    }
    draft = PersonDraft(name=name, **(whole | facts))
    [person] = register_many([draft], community=village.community, source=village.source, by=None)
    return person


def home_of(person: Person) -> Household:
    household: Household = person.residences.open().get().household
    return household


def joined(village: Any, first: Person, name: str, **facts: Any) -> Person:
    """Somebody new in the household of another."""
    return entered(village, name, household=home_of(first), household_key=None, papers=(), **facts)


def married_at_nine(village: Any) -> Person:
    return correct_person(village.child, facts={"marital": "20"}, by=village.secretary)


def child_older_than_head(village: Any) -> Person:
    return joined(village, village.namesake, "张大", birth="1975-01-01", relation="20")


def father_too_young(village: Any) -> Person:
    return joined(village, village.namesake, "张老", birth="1972", relation="51")


def dead_before_birth(village: Any) -> Person:
    return correct_person(village.deceased, facts={"birth": TODAY().isoformat()}, by=village.secretary)


def born_tomorrow(village: Any) -> Person:
    return entered(village, "未来", birth=(TODAY() + datetime.timedelta(days=400)).isoformat(), papers=())


def orphaned(village: Any) -> Person:
    return entered(village, "小石头", birth=years_ago(8).isoformat(), papers=())


def looked_after(village: Any) -> Person:
    """With a grown-up at home, and still a child to look after."""
    born = years_ago(10).isoformat()
    labels = (LabelDraft("child_left_behind"),)
    return joined(village, village.namesake, "张小", birth=born, relation="20", labels=labels)


def headless(village: Any) -> Household:
    return home_of(entered(village, "无主", relation=""))


def doubly_headed(village: Any) -> Household:
    joined(village, village.namesake, "张二", relation="02")
    return home_of(village.namesake)


def misfitting(village: Any) -> Person:
    person = entered(village, "错生", birth="1981-03-04")
    look_through(village.community, by=None)
    return person


def wrong_sex(village: Any) -> Person:
    correct_person(village.alone, facts={"sex": "1"}, by=village.secretary)
    look_through(village.community, by=None)
    return village.alone


def overdue(village: Any) -> Label:
    Label.objects.filter(pk=village.care_label.pk).update(review_on=TODAY() - datetime.timedelta(days=1))
    return village.care_label


def owning_tenant(village: Any) -> Label:
    return put_label(village.head, code="tenant", evidence="合同", by=village.secretary)


def dead_volunteer(village: Any) -> Label:
    label = put_label(village.namesake, code="volunteer", evidence="登记表", by=village.secretary)
    die(village.namesake, by=village.secretary)
    Label.objects.filter(pk=label.pk).update(to_on=None)  # as a roster that was read before may have it
    return label


def expecting_man(village: Any) -> Label:
    return put_label(village.head, code="expectant", evidence="孕产妇手册", by=village.secretary)


def grown_child(village: Any) -> Label:
    return put_label(village.namesake, code="child_in_need", evidence="走访记录", by=village.secretary)


def left_house(village: Any) -> House:
    return correct_house(village.neighbourless, use="own", by=village.secretary)


def crowded_empty_house(village: Any) -> House:
    return correct_house(village.house, use="empty", by=village.secretary)


def over_lease(village: Any) -> House:
    day = TODAY() - datetime.timedelta(days=1)
    return correct_house(village.rented_house, lease_to=day, by=village.secretary)


def bare_building(village: Any) -> Any:
    return open_building(area=village.grid_1, name="99号楼", by=village.secretary)


def twice(village: Any) -> Any:
    entered(
        village, village.namesake.name, birth=village.namesake.birth, house=village.namesake.house, papers=()
    )
    look_through(village.community, by=None)
    return check("doubles").rows(village.secretary).get(one=village.namesake)


PLANTED: list[tuple[str, Callable[[Any], Any]]] = [
    ("two-heads", doubly_headed),
    ("no-head", headless),
    ("paper-misfit", misfitting),
    ("paper-misfit", wrong_sex),
    ("label-odd", owning_tenant),
    ("label-odd", dead_volunteer),
    ("label-odd", expecting_man),
    ("label-odd", grown_child),
    ("impossible-birth", born_tomorrow),
    ("impossible-birth", lambda village: entered(village, "寿星", birth="1880", papers=())),
    ("parent-age", child_older_than_head),
    ("parent-age", father_too_young),
    ("married-minor", married_at_nine),
    ("moved-in-unborn", lambda village: entered(village, "早来", from_on=datetime.date(1979, 1, 1))),
    ("moved-in-unborn", lambda village: entered(village, "早到", birth="1980", from_said="1978-05")),
    ("died-unborn", dead_before_birth),
    ("partial-birth", lambda village: entered(village, "半知", birth="1980-03")),
    ("no-guardian", orphaned),
    ("no-guardian", looked_after),
    ("no-house", lambda village: entered(village, "无处", house=None, household_key=None)),
    ("no-birth", lambda village: entered(village, "不知", birth="", papers=())),
    ("no-sex", lambda village: entered(village, "不明", sex="0", papers=())),
    ("no-paper", lambda village: village.paperless),
    (
        "no-phone",
        lambda village: (replace_phones(village.head, numbers=[], by=village.secretary), village.head)[1],
    ),
    ("stale", lambda village: village.stale),
    ("label-review", overdue),
    ("house-nobody", left_house),
    ("house-lived-in", crowded_empty_house),
    ("lease-over", over_lease),
    ("building-bare", bare_building),
    ("doubles", twice),
]


@pytest.fixture
def village(village: Any) -> Any:
    village["neighbourless"] = House.objects.get(building=village.tower, unit="1", room="301")
    return village


@pytest.mark.parametrize(("key", "plant"), PLANTED, ids=[f"{key}-{n}" for n, (key, _) in enumerate(PLANTED)])
def test_a_check_finds_its_planted_case_and_no_other(village: Any, key: str, plant: Any) -> None:
    before = set(check(key).rows(village.secretary).values_list("pk", flat=True))
    planted = plant(village)
    after = set(check(key).rows(village.secretary).values_list("pk", flat=True))
    assert planted.pk in after
    assert after - before <= {planted.pk}
    [line] = [
        one for one in check(key).lines(check(key).rows(village.secretary)) if one.record.pk == planted.pk
    ]
    assert line.name and line.url.startswith("/registry/") and line.mend_url.startswith("/registry/")
    assert planted.pk not in set(check(key).rows(village.outsider).values_list("pk", flat=True))


def test_every_check_is_planted_and_stands_on_the_overview() -> None:
    assert {key for key, _ in PLANTED} == {each.key for each in CHECKS}
    assert {each.group for each in CHECKS} == {name for column in COLUMNS for name in column}
    assert len({each.key for each in CHECKS}) == len(CHECKS)


def test_the_village_is_healthy_but_for_its_stories(village: Any) -> None:
    look_through(village.community, by=None)
    found = {key: n for key, n in counted(village.secretary).items() if n}
    assert found.pop("stale") == 1
    assert set(found) <= {"no-paper", "no-phone", "partial-birth"}
    assert village.baby not in check("no-guardian").rows(village.secretary)


def test_what_is_mended_falls_silent_at_once(village: Any) -> None:
    person = misfitting(village)
    rows = check("paper-misfit").rows(village.secretary)
    [line] = check("paper-misfit").lines(rows)
    assert line.said == "证件号是 1980年3月4日生，登记的是 1981年3月4日生"
    correct_person(person, facts={"birth": "1980-03-04"}, by=village.secretary)
    assert not rows.all()
    child = orphaned(village)
    add_relation(child, kind="guardian", name="石大海", by=village.secretary)
    assert child not in check("no-guardian").rows(village.secretary)
    verify_person(village.stale, by=village.secretary)
    assert not check("stale").rows(village.secretary)


def test_a_grid_worker_is_told_of_the_own_grid_alone(village: Any) -> None:
    overdue(village), doubly_headed(village), over_lease(village)
    twice(village)
    for each in CHECKS:
        mine = set(each.rows(village.grid_worker).values_list("pk", flat=True))
        theirs = set(each.rows(village.grid_worker_2).values_list("pk", flat=True))
        everybody = set(each.rows(village.secretary).values_list("pk", flat=True))
        assert not mine & theirs and mine | theirs <= everybody, each.key
    assert [p.pk for p in check("stale").rows(village.grid_worker_2)] == [village.stale.pk]
    assert not check("stale").rows(village.grid_worker)
    assert check("doubles").rows(village.grid_worker).count() == 1
    assert not check("doubles").rows(village.grid_worker_2)


def test_a_pair_across_two_grids_is_shown_to_neither_grid(village: Any) -> None:
    same = entered(
        village, village.disabled.name, birth=village.disabled.birth, sex="2", papers=(), phones=()
    )
    replace_phones(same, numbers=[village.disabled.phones.get().number], by=village.secretary)
    look_through(village.community, by=None)
    assert check("doubles").rows(village.secretary).filter(one=village.disabled, other=same).exists()
    for worker in (village.grid_worker, village.grid_worker_2):
        assert not check("doubles").rows(worker)


@pytest.mark.parametrize("who", ["auditor", "system_admin", "security_admin", "outsider", "outsider_grid"])
def test_outsiders_and_the_system_count_nothing_of_ours(village: Any, who: str) -> None:
    before = counted(village[who])
    for _, plant in PLANTED[:6]:
        plant(village)
    assert counted(village[who]) == before


def test_sensitive_labels_never_leak_through_a_check(village: Any) -> None:
    """T2 by line alone, T3 to nobody at all, not even as a figure to those who may know of it."""
    past = TODAY() - datetime.timedelta(days=1)
    Label.objects.filter(pk__in=[village.welfare_label.pk, village.restricted_label.pk]).update(
        review_on=past
    )

    def due(user: Any) -> set[int]:
        return set(check("label-review").rows(user).values_list("pk", flat=True))

    assert due(village.secretary) == {village.welfare_label.pk} == due(village.line_worker)
    assert due(village.health_worker) == due(village.deputy) == due(village.grid_worker) == set()
    assert counted(village.health_worker).get("label-review", 0) == 0
    die(village.restricted, by=village.secretary)
    die(village.poor, by=village.secretary)
    odd = check("label-odd").rows(village.health_worker)
    assert not odd.filter(pk__in=[village.welfare_label.pk, village.restricted_label.pk])


def test_all_is_counted_in_one_query_and_a_page_of_lines_in_few(village: Any) -> None:
    for _, plant in (*PLANTED[:5], *PLANTED[8:12]):
        plant(village)
    village.secretary.scope()
    counted(village.secretary)  # numbers of law are asked for one by one
    with CaptureQueriesContext(
        connection,
    ) as asked:
        counted(village.secretary)
    assert sum("UNION ALL" in query["sql"] for query in asked) == 1
    for each in CHECKS:
        with CaptureQueriesContext(connection) as asked:
            each.lines(each.subject.fetch(each.rows(village.secretary)))
        assert len([q for q in asked if "rules_rule" not in q["sql"]]) <= 4, each.key
