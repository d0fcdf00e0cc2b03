"""Figures of the register: each number is the length of the list it opens, for everybody; closed months stand."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liren.core.figures.actions import close_month
from liren.core.figures.cells import Cell
from liren.core.figures.counting import Ask, counted_live
from liren.core.figures.models import ClosedMonth
from liren.core.figures.periods import this_month
from liren.core.figures.table import lines
from liren.core.people.actions import die, give_birth, move_in, move_out, put_label
from liren.core.people.drafts import PersonDraft
from liren.core.people.facts.bands import BANDS, code_of
from liren.core.people.figures import BY_LABEL, CUTS, FIGURES, MOVEMENT, PEOPLE, POPULATION
from liren.core.people.models import Label, Person, Source

pytestmark = pytest.mark.django_db

VIEWERS = (
    "secretary",
    "health_worker",
    "line_worker",
    "grid_worker",
    "grid_worker_2",
    "street_section",
    "outsider",
)


@pytest.fixture
def crowd(village: Any) -> list[Person]:
    """People of all ages and sexes in every corner, some of them with labels of every tier, some gone."""
    chance = random.Random(4)
    source = Source.objects.create(community=village.community, kind="sample", title="试")
    places = [
        (village.grid_1, village.house), (village.grid_2, None), (village.community, None),
        (village.neighbour_grid, None),
    ]  # fmt: skip
    births = ["", "1961", "1990-05", "2026", *(f"{year}-03-07" for year in range(1926, 2026, 7))]
    people = []
    for number in range(90):
        area, house = chance.choice(places)
        birth = chance.choice(births)
        people.append(
            Person.objects.create(
                community=area.community(), area=area, house=house, name=f"某{number}", sex=chance.choice("0122"),
                birth=birth, birth_on=birth if len(birth) == 10 else None, source=source,
                kind=chance.choice(["registered", "migrant", "unknown"]),
                status=chance.choice(["living"] * 4 + ["away", "moved_out", "deceased"]),
                status_on=timezone.localdate() - timedelta(days=chance.randint(0, 70)),
            )
        )  # fmt: skip
        for code, tier, line in (
            ("disability", 1, "disability"), ("minimum_living", 2, "civil"), ("mental_disorder", 3, "health"),
        ):  # fmt: skip
            if chance.random() < 0.2:
                Label.objects.create(
                    community=area.community(), person=people[-1], code=code, tier=tier, line=line, source=source,
                    from_on=timezone.localdate() - timedelta(days=chance.randint(0, 70)),
                )  # fmt: skip
    return people


def listed(user: Any, cell: Cell) -> int:
    """How many the source itself finds by the parameters of the cell."""
    return int(PEOPLE.rows(user).filter(PEOPLE.condition(cell.params, user)).count())


def for_user(user: Any, by: tuple[str, ...]) -> list[Any]:
    return [each for each in FIGURES if each.is_for(user) and set(by) <= set(each.cuts)]


@pytest.mark.parametrize("by", [(), *((cut,) for cut in CUTS), ("band", "sex"), ("grid", "sex")], ids=str)
def test_every_number_is_the_length_of_its_list(
    village: Any, crowd: list[Person], by: tuple[str, ...]
) -> None:
    counted = 0
    for who in VIEWERS:
        user = village[who]
        for line in counted_live(for_user(user, by), Ask(user, period=this_month(), by=by)):
            for cell in line.cells.values():
                assert cell.count == listed(user, cell), (who, cell.figure.key, cell.params)
                counted += cell.count
    assert counted > 50


@pytest.mark.parametrize("who", ["secretary", "grid_worker", "street_section"])
def test_the_register_opens_with_exactly_as_many(
    village: Any, client_as: Any, crowd: list[Person], who: str
) -> None:
    user, client = village[who], client_as(village[who])
    for by in ((), ("building",), ("band", "sex")):
        for line in counted_live(for_user(user, by), Ask(user, period=this_month(), by=by))[:30]:
            for cell in line.cells.values():
                if cell.count:
                    answer = client.get(cell.url)
                    assert not answer.context["asked"].problems, cell.url
                    assert answer.context["page"].total == cell.count, cell.url


def test_the_groups_of_a_cut_are_the_whole(village: Any, crowd: list[Person]) -> None:
    whole = counted_live([POPULATION], Ask(village.secretary))[0][POPULATION.key].count
    for cut in CUTS:
        parts = counted_live([POPULATION], Ask(village.secretary, by=(cut,)))
        assert sum(line[POPULATION.key].count for line in parts) == whole, cut


@pytest.mark.parametrize("scope", ["community", "grid"])
def test_a_scope_narrows_labels_as_it_narrows_people(village: Any, crowd: list[Person], scope: str) -> None:
    user = village.street_section
    key = str(village.community.pk if scope == "community" else village.grid_1.pk)
    for line in counted_live(for_user(user, ("grid",)), Ask(user, ((scope, key),), this_month(), ("grid",))):
        for cell in line.cells.values():
            assert cell.count == listed(user, cell), cell.params


def test_labels_of_a_line_are_counted_for_it_alone_and_never_on_paper(
    village: Any, crowd: list[Person]
) -> None:
    economic = BY_LABEL["people.label.minimum_living"]
    assert economic.is_for(village.secretary) and economic.is_for(village.line_worker)
    for who in ("health_worker", "grid_worker"):
        assert not economic.is_for(village[who])
        with pytest.raises(ValueError, match="not for this user"):
            counted_live([economic], Ask(village[who]))
        stolen = PEOPLE.rows(village[who]).filter(PEOPLE.condition(economic.params, village[who]))
        assert not stolen.exists()
    with pytest.raises(ValueError, match="not for this user"):
        counted_live([economic], Ask(village.secretary, paper=True))
    assert not [each for each in FIGURES if "mental_disorder" in each.key]


def test_movement_counts_what_happened_and_nothing_twice(village: Any) -> None:
    today, by = timezone.localdate(), village.secretary

    def moved() -> dict[str, int]:
        line = lines(list(MOVEMENT), Ask(by, period=this_month()))[0]
        return {key.removeprefix("people."): cell.count for key, cell in line.cells.items()}

    before = moved()
    mother = Person.objects.filter(
        community=village.community, sex="2", status="living", residences__to_on=None, house__isnull=False
    ).first()
    assert mother is not None
    give_birth(mother, child=PersonDraft(name="新生", sex="1", birth=today.isoformat(), relation="20"), by=by)
    assert moved() == before | {"born": before["born"] + 1}
    # From one house to another: nobody came, nobody went.
    stays = Person.objects.filter(residences__relation="20", status="living", community=village.community)
    child = stays.exclude(name="新生").filter(residences__to_on=None).first()
    empty = village.community.pk
    other = type(village.house).objects.filter(community_id=empty).exclude(pk=child.house_id).first()
    at_home = moved()
    move_in(child, house=other, relation="02", by=by)
    assert moved() == at_home
    move_out(child, by=by)
    gone = moved()
    assert gone["moved_out"] == at_home["moved_out"] + 1
    move_in(child, house=other, relation="02", by=by)
    assert moved()["moved_out"] == gone["moved_out"]
    put_label(child, code="volunteer", evidence="登记表", by=by)
    die(child, by=by)
    told = moved()
    assert told["died"] == before["died"] + 1
    assert told["labelled"] == before["labelled"] + 1 and told["unlabelled"] == before["unlabelled"] + 1


def test_closed_months_keep_people_as_they_stood(village: Any, client_as: Any, crowd: list[Person]) -> None:
    user, month = village.secretary, this_month().before
    asked = Ask(user, period=month, by=("grid",))
    figures = for_user(user, ("grid",))

    def numbers(ask: Ask) -> list[tuple[str, dict[str, int]]]:
        return [
            (line.name, {key: cell.count for key, cell in line.cells.items()}) for line in lines(figures, ask)
        ]

    live = numbers(asked)
    close_month(village.community, month=month, by=None)
    assert numbers(asked) == live
    for person in [each for each in crowd if each.area_id == village.grid_1.pk][:8]:
        Person.objects.filter(pk=person.pk).update(
            area=village.grid_2, status="deceased", birth="1930-01-01", status_on=month.first
        )
    assert numbers(asked) == live
    assert numbers(Ask(user, period=this_month(), by=("grid",))) != live
    client = client_as(user)
    for line in lines(figures, asked):
        for cell in [cell for cell in line.cells.values() if cell.count][:6]:
            assert cell.is_frozen and "frozen=" in cell.url
            answer = client.get(cell.url)
            assert not answer.context["asked"].problems and answer.context["page"].total == cell.count
    pyramid = lines([POPULATION], Ask(user, period=month, by=("band", "sex")))
    assert sum(line[POPULATION.key].count for line in pyramid) == sum(row[1][POPULATION.key] for row in live)


def test_a_frozen_number_of_a_line_opens_for_it_alone(
    village: Any, client_as: Any, crowd: list[Person]
) -> None:
    month = this_month().before
    close_month(village.community, month=month, by=None)
    economic = BY_LABEL["people.label.minimum_living"]
    url = lines([economic], Ask(village.secretary, period=month))[0][economic.key].url
    assert client_as(village.secretary).get(url).context["page"].total > 0
    refused = client_as(village.health_worker).get(url)
    assert refused.context["asked"].problems and not refused.context["asked"].within


def test_a_month_closed_before_people_counted_is_counted_anew(village: Any, crowd: list[Person]) -> None:
    month = this_month().before
    ClosedMonth.objects.create(community=village.community, month=month.first, digest="0" * 64)
    asked = Ask(village.secretary, period=month)
    assert not any(cell.is_frozen for cell in lines(list(FIGURES), asked)[0].cells.values())
    close_month(village.community, month=month.before, by=None)
    assert lines([POPULATION], Ask(village.secretary, period=month.before))[0][POPULATION.key].is_frozen


def test_more_people_need_no_more_queries(village: Any, crowd: list[Person]) -> None:
    user = village.secretary
    figures = for_user(user, ("grid",))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            lines(figures, Ask(user, period=this_month(), by=("grid",)))
        return len(queries)

    few = asked()
    Person.objects.bulk_create(
        Person(community=village.community, area=village.grid_1, name=f"多{n}", source=crowd[0].source)
        for n in range(50)
    )
    assert asked() <= few


def test_bands_are_whole_and_say_what_they_ask(village: Any, crowd: list[Person]) -> None:
    assert [code_of(low) for low in BANDS[:2]] == ["00", "05"] and BANDS[-1] == 90
    found = {
        line.name: line[POPULATION.key]
        for line in counted_live([POPULATION], Ask(village.secretary, by=("band",)))
    }
    assert "c=person.age_band%7Cblank%7C" in found["年龄不清楚"].url
    assert "c=person.age_band%7C%3D%7C60" in found["60～64 岁"].url
