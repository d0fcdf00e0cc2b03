"""Care in memory says what the catalogue of facts says, whatever is known of births and whoever lives together."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liren.core.people.actions import go_away
from liren.core.people.models import Household, Person
from liren.duties.registry.files.care import asked, care_of, worked_out

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def born(years: int, more: int) -> str:
    day = TODAY().replace(year=TODAY().year - years, day=min(TODAY().day, 28))
    return (day.isoformat(), day.isoformat()[:7], str(day.year), "", f"{day.year}-12-31")[more]


births = st.builds(born, st.sampled_from([0, 2, 3, 4, 30, 59, 60, 61, 79, 80, 81]), st.integers(0, 4))


def everybody() -> list[int]:
    return list(Person.objects.values_list("pk", flat=True))


def test_the_villagers(village: Any) -> None:
    go_away(village.old_husband, by=village.secretary)
    assert worked_out(everybody(), TODAY()) == asked(everybody(), TODAY())
    said = care_of([village.alone.pk, village.old_wife.pk, village.baby.pk], TODAY())
    assert said == {
        village.alone.pk: ["独居老人", "高龄老人"],
        village.old_wife.pk: ["独居老人"],
        village.baby.pk: ["三岁以下"],
    }


def test_of_a_past_day_the_catalogue_is_asked(village: Any) -> None:
    past = village.old_husband.residences.open().get().from_on
    assert care_of([village.alone.pk], past) == asked([village.alone.pk], past)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(births, min_size=6, max_size=6), st.booleans())
def test_any_births(village: Any, births: list[str], collective: bool) -> None:
    with transaction.atomic():
        family = ("head", "spouse", "son", "alone", "old_husband", "old_wife")
        for key, birth in zip(family, births, strict=True):
            Person.objects.filter(pk=village[key].pk).update(birth=birth)
        Household.objects.filter(residences__person=village.alone).update(collective=collective)
        assert worked_out(everybody(), TODAY()) == asked(everybody(), TODAY())
        transaction.set_rollback(True)
