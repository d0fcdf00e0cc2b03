"""Life events: the rows they close and open, what they refuse, what they leave in the trace, whom they tell."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.core.people.actions import (
    change_tenants,
    come_back,
    die,
    give_birth,
    go_away,
    move_in,
    move_out,
    name_head,
    put_label,
    register_person,
    split_household,
)
from liren.core.people.drafts import PersonDraft
from liren.core.people.models import Household, Person, Relation, Residence
from liren.core.people.pastday import standing_on
from liren.core.places.models import House

pytestmark = pytest.mark.django_db
Told = list[tuple[str, dict[str, Any]]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What the duties hear, in order: one listener stands in the book for the length of a test."""
    from liren.core import duty

    heard: Told = []

    def listener(happening: str) -> Callable[..., None]:
        return lambda **facts: heard.append((happening, facts))

    ear = duty.Duty("ear", "耳", "shu", 99, hears={name: listener(name) for name in duty.HAPPENINGS})
    monkeypatch.setitem(duty._duties, "ear", ear)
    return heard


def days(ago: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=ago)


def fresh(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def home(person: Person) -> Residence:
    return Residence.objects.open().get(person=person)


def door(village: Any, unit: str, room: str) -> House:
    return House.objects.select_related("area", "community", "building").get(
        building=village.tower, unit=unit, room=room
    )


def test_moving_house_closes_one_residence_and_opens_another(village: Any, told: Told) -> None:
    before = home(village.namesake)
    new = move_in(
        village.namesake, house=village.lane_room, tenure="relative", on=days(3), by=village.secretary
    )
    before = fresh(before)
    assert (before.to_on, before.end_reason) == (days(3), "moved")
    assert Household.objects.get(pk=before.household_id).closed_on == days(3)
    assert (new.from_on, new.tenure, new.relation, new.household.opened_on) == (
        days(3),
        "relative",
        "02",
        days(3),
    )
    person = fresh(village.namesake)
    assert (person.house, person.area, person.status) == (village.lane_room, village.grid_2, "living")
    assert [name for name, _ in told] == ["house.vacated", "person.moved_in"]
    assert told[1][1]["house"] == village.lane_room
    assert Trace.objects.about(person).get(action="people.move_in").user_id == village.secretary.pk


def test_somebody_joins_a_household(village: Any) -> None:
    household = home(village.alone).household
    new = move_in(
        village.moved_out, house=village.alone.house, household=household, relation="97", by=village.secretary
    )
    assert new.household == household and fresh(village.moved_out).is_present


def test_where_one_cannot_move(village: Any) -> None:
    by, joined = village.secretary, home(village.alone).household
    closed = home(village.paperless).household
    move_out(village.paperless, by=by)
    closed = fresh(closed)
    cases: list[tuple[Person, dict[str, Any], str]] = [
        (village.deceased, {"house": village.empty_house}, "已登记死亡"),
        (village.head, {"house": village.neighbour_house}, "不在本社区"),
        (village.head, {"house": village.empty_house, "household": joined}, "不在这所房子里"),
        (village.paperless, {"house": closed.house, "household": closed}, "已经销户"),
        (village.head, {"house": village.alone.house, "household": joined}, "已经有户主"),
        (village.head, {"house": village.head.house}, "已经住在这里"),
        (village.head, {"house": village.empty_house, "on": days(-1)}, "日期还没到"),
        (village.head, {"house": village.empty_house, "on": days(9000)}, "不能在这之前离开"),
        (village.moved_out, {"house": village.empty_house, "on": days(400)}, "不能早于这一天"),
    ]
    for person, facts, words in cases:
        with pytest.raises(Refused, match=words):
            move_in(person, by=by, **facts)


def test_moving_away(village: Any, told: Told) -> None:
    person = move_out(village.tenant, on=days(1), by=village.grid_worker_2)
    assert (person.status, person.status_on, person.house) == ("moved_out", days(1), None)
    assert [name for name, _ in told] == ["person.moved_out"]
    assert person.area == village.grid_2, "the grid that knew the person still does"
    move_out(village.flatmate, by=village.grid_worker_2)
    assert "house.vacated" in [name for name, _ in told]
    with pytest.raises(Refused, match="已迁出"):
        move_out(person, by=village.grid_worker_2)


def test_away_and_back(village: Any) -> None:
    person = come_back(village.away, on=days(6), by=village.secretary)
    assert (person.status, home(person).to_on) == ("living", None)
    go_away(person, on=days(3), by=village.secretary)
    person = fresh(person)
    assert (person.status, person.house) == ("away", village.away.house)
    stood = [standing_on(person, days(ago)).status for ago in (7, 4, 2)]
    assert stood == ["away", "living", "away"]
    assert Trace.objects.about(person).filter(action="people.go_away").exists()
    for act, day, words in (
        (go_away, days(1), "不用办外出"),
        (come_back, days(4), "不能早于"),
        (come_back, days(-1), "还没到"),
    ):
        with pytest.raises(Refused, match=words):
            act(person, on=day, by=village.secretary)
    with pytest.raises(Refused, match="已迁出"):
        come_back(village.moved_out, by=village.secretary)


def test_when_the_head_leaves_nobody_or_somebody_takes_over(village: Any) -> None:
    household = home(village.head).household
    move_out(village.head, on=days(2), new_head=village.spouse, by=village.secretary)
    relations = dict(
        Residence.objects.open().filter(household=household).values_list("person__name", "relation")
    )
    assert relations == {"周丽华": "02", "方晓宇": "20", "蒋悦": "38", "方小满": "41", "方小囡": "42"}
    son_before = Residence.objects.filter(person=village.son).exclude(to_on=None).get()
    assert (son_before.to_on, son_before.end_reason) == (days(2), "new_head")
    move_out(village.spouse, by=village.secretary)
    assert not Residence.objects.open().filter(household=household, relation="02").exists()


def test_a_new_head_has_to_be_of_the_household(village: Any) -> None:
    with pytest.raises(Refused, match="在这一户里选"):
        die(village.head, new_head=village.alone, by=village.secretary)
    assert fresh(village.head).status == "living"


def test_naming_a_head_turns_the_relations(village: Any) -> None:
    household = home(village.head).household
    name_head(household, head=village.spouse, by=village.secretary)
    assert (home(village.head).relation, home(village.spouse).relation, home(village.son).relation) == (
        "10",
        "02",
        "20",
    )
    name_head(household, head=village.son, by=village.secretary)
    assert (home(village.son).relation, home(village.head).relation) == ("02", "")
    with pytest.raises(Refused, match="已经是户主"):
        name_head(household, head=village.son, by=village.secretary)
    assert Trace.objects.filter(action="people.name_head").count() == 2


def test_a_household_never_had_two_heads(village: Any) -> None:
    household = home(village.head).household
    move_out(village.head, on=days(5), by=village.secretary)
    with pytest.raises(Refused, match="还是户主"):
        name_head(household, head=village.spouse, on=days(9), by=village.secretary)
    with pytest.raises(Refused, match="还是户主"):
        move_in(
            village.moved_out,
            house=household.house,
            household=household,
            relation="02",
            on=days(9),
            by=village.secretary,
        )
    name_head(household, head=village.spouse, on=days(5), by=village.secretary)


def test_a_death_ends_home_and_labels(village: Any, told: Told) -> None:
    put_label(village.head, code="volunteer", evidence="登记表", from_on=days(1), by=village.secretary)
    die(village.head, on=days(5), by=village.secretary)
    person = fresh(village.head)
    assert (person.status, person.status_on, person.house) == ("deceased", days(5), None)
    assert not person.labels.filter(to_on=None).exists()
    assert person.labels.get(code="volunteer").to_on == days(1), "a label never ends before it began"
    assert [name for name, _ in told] == ["person.died"]
    with pytest.raises(Refused, match="已经登记过死亡"):
        die(person, by=village.secretary)


def test_deaths_that_cannot_be(village: Any) -> None:
    with pytest.raises(Refused, match="早于出生"):
        die(village.baby, on=days(800), by=village.secretary)
    with pytest.raises(Refused, match="不能早于这一天"):
        die(village.moved_out, on=days(300), by=village.secretary)


def test_a_birth_joins_house_and_household(village: Any, told: Told) -> None:
    child = PersonDraft(name="方小喜", sex="1", birth=days(2).isoformat(), relation="41")
    born = give_birth(village.daughter_in_law, child=child, by=village.grid_worker)
    assert home(born).household == home(village.daughter_in_law).household
    assert (home(born).from_on, born.kind, born.house) == (days(2), "registered", village.head.house)
    relation = Relation.objects.get(person=born)
    assert (relation.kind, relation.other) == ("mother", village.daughter_in_law)
    assert [name for name, _ in told] == ["person.born"]


def test_a_birth_before_the_family_came(village: Any) -> None:
    move_in(village.namesake, house=village.empty_house, on=days(10), by=village.secretary)
    child = PersonDraft(name="张小喜", sex="1", birth=days(30).isoformat())
    born = give_birth(village.namesake, child=child, by=village.secretary)
    assert home(born).from_on == days(10)
    assert Relation.objects.get(person=born).kind == "father"


def test_births_that_cannot_be(village: Any) -> None:
    with pytest.raises(Refused, match="请先办迁入"):
        give_birth(
            village.moved_out, child=PersonDraft(name="甲", birth=days(2).isoformat()), by=village.secretary
        )
    with pytest.raises(Refused, match="还没到"):
        give_birth(
            village.head, child=PersonDraft(name="甲", birth=days(-2).isoformat()), by=village.secretary
        )


def test_tenants_change_and_the_owner_stays(village: Any, told: Told) -> None:
    owner = register_person(
        PersonDraft(
            name="闵兰", house=village.rented_house, household_key="o", tenure="owner", relation="02"
        ),
        community=village.community,
        by=village.secretary,
    )
    told.clear()
    drafts = [PersonDraft(name="马来", relation="02"), PersonDraft(name="马去")]
    came = change_tenants(village.rented_house, arrivals=drafts, on=days(4), by=village.grid_worker_2)
    assert fresh(village.tenant).status == fresh(village.flatmate).status == "moved_out"
    assert fresh(owner).house == village.rented_house
    assert {home(p).household_id for p in came} == {home(came[0]).household_id}
    assert all(home(p).tenure == "tenant" and home(p).from_on == days(4) for p in came)
    assert [name for name, _ in told] == ["person.moved_out"] * 2 + ["person.moved_in"] * 2 + [
        "house.tenants_changed"
    ]


def test_tenants_may_only_leave(village: Any, told: Told) -> None:
    assert change_tenants(village.rented_house, arrivals=[], by=village.secretary) == []
    assert [name for name, _ in told][-2:] == ["house.tenants_changed", "house.vacated"]
    with pytest.raises(Refused, match="没有登记租客"):
        change_tenants(village.rented_house, arrivals=[], by=village.secretary)


def test_a_tenant_whom_the_register_knows_is_not_entered_twice(village: Any) -> None:
    number = village.head.papers.get().number
    draft = PersonDraft(name="方建国", papers=(("resident_id", number),))
    with pytest.raises(Refused, match="已经登记在方建国名下"):
        change_tenants(village.rented_house, arrivals=[draft], by=village.secretary)
    assert fresh(village.tenant).is_present, "nothing has changed"


def test_a_household_splits(village: Any, told: Told) -> None:
    household = home(village.head).household
    members = [village.son, village.daughter_in_law]
    new = split_household(household, members=members, head=village.son, on=days(1), by=village.secretary)
    assert (home(village.son).household, home(village.son).relation) == (new, "02")
    assert home(village.daughter_in_law).relation == ""
    assert home(village.head).household == household and new.house == household.house
    assert told == [("household.split", {"household": household, "new": new})]


def test_the_head_splits_off_and_somebody_takes_over(village: Any) -> None:
    household = home(village.head).household
    split_household(
        household, members=[village.head], head=village.head, new_head=village.spouse, by=village.secretary
    )
    assert home(village.spouse).relation == "02" and home(village.son).relation == "20"


def test_splits_that_cannot_be(village: Any) -> None:
    household, by = home(village.twin_mother).household, village.secretary
    family = [village.twin_mother, village.twin, village.other_twin]
    cases: list[tuple[list[Person], Person, Person | None, str]] = [
        ([], village.twin, None, "都得在这一户里"),
        ([village.head], village.head, None, "都得在这一户里"),
        (family, village.twin, None, "总要有人留"),
        ([village.twin], village.twin_mother, None, "在分出去的人里选"),
        ([village.twin_mother], village.twin_mother, village.twin_mother, "在留下的人里选"),
    ]
    for members, head, new_head, words in cases:
        with pytest.raises(Refused, match=words):
            split_household(household, members=members, head=head, new_head=new_head, by=by)
