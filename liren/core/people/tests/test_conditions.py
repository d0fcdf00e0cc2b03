"""The four ways of answering agree: the database, columns in memory, one person's explanation, the list of yes."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.facts import Kind, all_facts, conditions, fact
from liren.core.facts.comparisons import OPS
from liren.core.facts.conditions import NO, UNKNOWN, YES
from liren.core.facts.reading import read, tree_of
from liren.core.facts.reckoning import facts_of
from liren.core.people.models import Household, Hukou, Label, Person, Phone, Residence, Source
from liren.core.places.models import Building, House
from liren.core.rules.actions import set_number

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
    assert condition.yes(columns).tolist() == [answer == YES for answer in in_memory], condition.sentence()
    yes = set(conditions.filter(world, condition, on).values_list("pk", flat=True))
    where = [world[0].community_id]
    assert yes == set(conditions.filter(world, condition, on, where).values_list("pk", flat=True)), (
        condition.sentence()
    )
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


@pytest.mark.parametrize("on", [ON, datetime.date(2019, 7, 14)])
def test_reckoning_says_the_same_as_columns(world, on):
    keys = frozenset(each.key for each in all_facts())
    columns = conditions.columns_of(world, set(keys), on)
    pks = [person.pk for person in world]
    for _ in range(2):
        reckoned = facts_of(Person, keys, on, pks[3:30])
        for row, pk in list(enumerate(pks))[3:30]:
            assert reckoned[pk] == {key: columns[key].at(row) for key in keys}
    assert facts_of(Person, keys, on, []) == {}


def test_another_number_is_heard_at_once(world):
    key, person = frozenset({"person.senior"}), world[0]
    Person.objects.filter(pk=person.pk).update(birth="1950-01-01")
    assert facts_of(Person, key, ON, [person.pk])[person.pk] == {"person.senior": False}
    set_number("people.senior_age", value=70, from_on=datetime.date(2020, 1, 1), basis="本市通知", by=None)
    assert facts_of(Person, key, ON, [person.pk])[person.pk] == {"person.senior": True}


@pytest.mark.parametrize(
    "tree",
    [
        None, [], {}, {"all": []}, {"some": [["person.age", ">=", 1]]}, ["person.age", ">=", "x"], ["person.age", "~", 1],
        ["person.nobody", "=", 1], ["person.sex", "=", "7"], ["person.birth", ">=", "2020-13-01"], ["person.name", "=", " "],
        ["person.senior", "=", "vielleicht"], ["person.sex", "in", []], {"not": {"not": 1}}, [["person.age"], "=", 1],
        {"all": [["person.age", ">=", 1]] * 61},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_sentence(tree):
    with pytest.raises(Refused) as refusal:
        read(tree)
    assert len(str(refusal.value)) > 4


def test_who_may_ask_by_what(village):
    read(["label.minimum_living", "=", True], village.line_worker)
    for user, tree in (
        (village.health_worker, ["label.minimum_living", "=", True]),
        (village.secretary, ["label.corrections", "=", True]),
        (village.secretary, ["person.ethnicity", "=", "01"]),
    ):
        with pytest.raises(Refused):
            read({"any": [["person.age", ">=", 1], tree]}, user)


def test_sentences():
    tree = {
        "all": [
            ["person.age", ">=", 80],
            {"not": ["person.sex", "in", ["1", "2"]]},
            ["label.disability", "=", False],
        ]
    }
    assert read(tree).sentence() == "(年龄不低于 80 岁,并且不满足性别是男、女,并且不是残疾人)"
    assert read(["person.birth", "<=", "1946-07-14"]).sentence() == "出生日期不晚于 1946-07-14"
