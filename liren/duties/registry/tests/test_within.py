"""Within (范围): a grid, a building, a movement narrow the register; what is not one's own is passed over and said."""

from typing import Any

import pytest
from django.utils import timezone

from liren.core.figures.periods import this_month
from liren.core.people.actions import move_out
from liren.core.people.models import Person

pytestmark = pytest.mark.django_db
URL = "/registry/files/"


def asked(client: Any, query: str) -> Any:
    answer = client.get(URL + query)
    assert answer.status_code == 200
    return answer.context


def test_a_grid_and_a_building_narrow_the_list(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    of_grid = asked(client, f"?grid={village.grid_1.pk}")
    assert of_grid["page"].total == Person.objects.filter(area=village.grid_1, present__in=[True]).count()
    of_house = asked(client, f"?building={village.house.building_id}&grid={village.grid_1.pk}")
    here = Person.objects.filter(
        house__building=village.house.building_id, area=village.grid_1, present__in=[True]
    )
    assert 0 < of_house["page"].total == here.count()
    chips = of_house["asked"].chips()
    assert [chip.sentence for chip in chips] == [village.grid_1.name, village.house.building.name]
    assert asked(client, chips[1].without)["page"].total == of_grid["page"].total


def test_a_movement_lists_those_who_are_gone_too(village: Any, client_as: Any) -> None:
    client, month = client_as(village.secretary), this_month().key
    before = asked(client, f"?event=moved_out:{month}")["page"].total
    child = Person.objects.filter(
        community=village.community, present__in=[True], residences__to_on=None, residences__relation="20"
    ).first()
    assert child is not None
    move_out(child, on=timezone.localdate(), by=village.secretary)
    told = asked(client, f"?event=moved_out:{month}")
    assert told["page"].total == before + 1 and child.pk in [row.person.pk for row in told["rows"]]
    assert told["asked"].chips()[0].sentence.endswith("迁出")


@pytest.mark.parametrize(
    "query",
    [
        "grid=x",
        "grid=999999",
        "event=moved_out",
        "event=flown:2026-10",
        "event=born:2026-13",
        "frozen=a~b",
        "building=0",
    ],
)
def test_what_cannot_be_read_is_said_and_passed_over(village: Any, client_as: Any, query: str) -> None:
    context = asked(client_as(village.secretary), f"?{query}")
    assert context["asked"].problems and not context["asked"].within


def test_places_of_others_are_as_unknown_as_missing_ones(village: Any, client_as: Any) -> None:
    client = client_as(village.outsider)
    for query in (f"grid={village.grid_1.pk}", f"building={village.house.building_id}"):
        context = asked(client, f"?{query}")
        assert context["asked"].problems and not context["asked"].within
    own = asked(client_as(village.grid_worker_2), f"?grid={village.grid_1.pk}")
    assert own["asked"].problems
