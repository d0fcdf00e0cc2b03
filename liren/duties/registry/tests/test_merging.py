"""Two records side by side: each says on which day it was written down here."""

import datetime

import pytest

from liren.core.people.models import Person
from liren.duties.registry.files.views.merging import MergeForm

pytestmark = pytest.mark.django_db


def test_the_day_is_the_one_of_here(village):
    Person.objects.filter(pk__in=[village.head.pk, village.alone.pk]).update(
        recorded_at=datetime.datetime(2026, 11, 23, 18, 30, tzinfo=datetime.UTC)
    )
    one, other = (Person.objects.get(pk=person.pk) for person in (village.head, village.alone))
    keep = MergeForm(one=one, other=other).fields["keep"]
    assert all("2026-11-24 登记" in words for _, words in keep.choices)
