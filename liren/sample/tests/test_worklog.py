"""The demo's work log finds somebody to visit on whatever day it is made."""

import pytest

from liren.core.people.models import Person
from liren.sample.demo.worklog import _somebody

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [0, 15, 99])
def test_a_visit_finds_somebody_however_few_live_there(village, number):
    person = _somebody(village.community, village.grid_worker, number)
    assert Person.objects.visible_to(village.grid_worker).filter(pk=person.pk).exists()
    assert person.house is not None and person.status == "living"
