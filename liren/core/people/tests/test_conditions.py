"""The four ways of answering agree: the database, columns in memory, one person's explanation, the list of yes."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liren.core.areas.models import Area
from liren.core.facts import Kind, all_facts, conditions, fact
from liren.core.facts.comparisons import OPS
from liren.core.facts.conditions import NO, UNKNOWN, YES
from liren.core.facts.reading import read, tree_of
from liren.core.people.models import Household, Hukou, Label, Person, Phone, Residence, Source
from liren.core.places.models import Building, House

pytestmark = pytest.mark.django_db
ON = datetime.date(2026, 7, 14)
BIRTHS = [
    "",
    "1946",
    "1946-07",
    "1946-07-14",
    "1946-07-15",
    "1945",
    "1966-07-14",
    "1966",
    "2008-07-14",
    "2008-07-15",
]
BIRTHS += ["2023-07", "2023-07-15", "2024-02-29", "2025", "1950-12-31", "1990-01-01", "1966-06", "1966-08"]


@pytest.fixture
def world(django_user_model):
    """Forty persons in ten houses, in every state that the facts tell apart."""
    community = Area.objects.create(name="和风社区", level="community", path="1.", code="310199001001")
    grid = Area.objects.create(
        name="第一网格", level="grid", path="1.1.", code="31019900100101", parent=community
    )
    source = Source.objects.create(community=community, kind="sample", title="样本")
    building = Building.objects.create(community=community, area=grid, name="1号楼", number="1", sort="00001")
    for n in range(40):
        area = grid if n % 3 else community
        house = None
        if n % 9:
            house, _ = House.objects.get_or_create(
                community=community, area=grid, building=building, room=f"{n % 10 + 101}", code=f"1-{n % 10 + 101}",
                defaults={"use": ["own", "rented", "unknown"][n % 3]},
            )  # fmt: skip
        person = Person.objects.create(
            community=community, area=area, house=house, name="张王李赵"[n % 4] + str(n), birth=BIRTHS[n % len(BIRTHS)],
            sex="012"[n % 3], marital=["", "10", "20"][n % 3], political=["", "01", "13"][n % 3], source=source,
            status="away" if n % 7 == 3 else "living", kind=["registered", "unknown"][n % 2],
            work_unit=["", "一中", "二中食堂"][n % 3],
            verified_on=[None, ON, ON - datetime.timedelta(days=300)][n % 3],
        )  # fmt: skip
        if house:
            household, _ = Household.objects.get_or_create(
                community=community, area=grid, house=house, source=source, collective=n % 10 == 8
            )
            Residence.objects.create(
                community=community, person=person, house=house, household=household if n % 5 else None, source=source,
                tenure=["owner", "tenant", "unknown"][n % 3], relation=["02", "10", "", "20"][n % 4],
                from_on=ON - datetime.timedelta(days=200 * n) if n % 4 else None, from_said="" if n % 4 else "2020",
            )  # fmt: skip
        if n % 3:
            here = [None, True, False][n % 4 - 1]
            Hukou.objects.create(
                community=community, person=person, here=here, address="河边路", source=source
            )
        if n % 4 == 0:
            Label.objects.create(community=community, person=person, code="disability", tier=1, source=source)
        if n % 5 == 0:
            Phone.objects.create(
                community=community, person=person, source=source, sealed=b"", hash=str(n), tail="1"
            )
    return Person.objects.order_by("pk")


def values_for(each):
    """Values that such a fact may be compared with."""
    if each.kind == Kind.CODE:
        return st.sampled_from([code for code, _ in each.choices()])
    return {
        Kind.NUMBER: st.sampled_from([0, 1, 2, 3, 6, 7, 18, 59, 60, 79, 80, 81]),
        Kind.DATE: st.sampled_from(["1946-07-14", "1966-01-01", "2026-07-14", "2024-02-29"]),
        Kind.YES_NO: st.booleans(),
        Kind.LABEL: st.booleans(),
        Kind.TEXT: st.sampled_from(["中", "一中", "1", "1号楼", "第一网格", "101", "河边路"]),
    }[each.kind]


@st.composite
def leaves(draw):
    each = draw(st.sampled_from([f for f in all_facts() if f.filters]))
    op = draw(st.sampled_from(OPS[each.kind]))
    value = draw(values_for(each))
    if op in ("in", "not_in"):
        value = [value, draw(values_for(each))]
    return [each.key, op, None if op in ("known", "blank") else value]


def trees():
    return st.recursive(
        leaves(),
        lambda inside: st.one_of(
            inside.map(lambda tree: {"not": tree}),
            st.lists(inside, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
            st.lists(inside, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        ),
        max_leaves=5,
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=trees(), on=st.sampled_from([ON, datetime.date(2020, 2, 29), datetime.date(2024, 12, 31)]))
def test_four_ways_agree(world, tree, on):
    agree(world, tree, on)


def agree(world, tree, on):
    condition = read(tree)
    assert read(tree_of(condition)) == condition
    columns = conditions.columns_of(world, condition.facts(), on)
    in_memory = condition.column(columns).tolist()
    in_database = list(conditions.answered(world, condition, on).values_list("answer", flat=True))
    told = [
        condition.explain({key: column.at(row) for key, column in columns.items()})[0]
        for row in range(len(world))
    ]
    assert in_database == in_memory == told, condition.sentence()
    yes = set(conditions.filter(world, condition, on).values_list("pk", flat=True))
    assert yes == {p.pk for p, answer in zip(world, in_database, strict=True) if answer == YES}, (
        condition.sentence()
    )


@pytest.mark.parametrize("on", [ON, datetime.date(2019, 7, 14)])
def test_every_fact_by_itself(world, on):
    for each in all_facts():
        values = {
            Kind.NUMBER: [60], Kind.DATE: ["1966-07-14"], Kind.YES_NO: [True, False], Kind.LABEL: [True, False],
            Kind.TEXT: ["中"],
        }.get(each.kind) or [each.choices()[0][0]]  # fmt: skip
        for op in OPS[each.kind]:
            for value in values:
                agree(world, [each.key, op, value], on)


def test_half_known_birth_is_decided_only_where_both_bounds_agree(world):
    def answer(birth, on=ON):
        Person.objects.filter(pk=world[0].pk).update(birth=birth)
        return conditions.answered(world, read(["person.age", ">=", 80]), on).first().answer

    assert answer("1945") == YES
    assert answer("1946") == UNKNOWN
    assert answer("1946-07") == UNKNOWN
    assert answer("1946-06") == YES
    assert answer("1946-07-15") == NO
    assert answer("1947") == NO
    assert answer("") == UNKNOWN
    assert fact("person.age").unit == "岁"
