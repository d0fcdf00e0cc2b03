"""What is written down after midnight bears the day it is here, not the day before, as it still is in London."""

import datetime

import pytest
import time_machine

from liren.core.people.actions import register_person
from liren.core.people.drafts import LabelDraft, PersonDraft
from liren.core.people.models import Source

pytestmark = pytest.mark.django_db
NIGHT = datetime.datetime(2026, 11, 23, 18, 30, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 11, 24)


def test_days_that_a_roster_does_not_name_are_those_of_here(village):
    with time_machine.travel(NIGHT, tick=False):
        source = Source.objects.create(community=village.community, kind="import", title="名册")
        here, gone = (
            register_person(
                PersonDraft(name=name, house=village.house, labels=labels, status=status, household_key=name),
                community=village.community,
                source=source,
                by=village.secretary,
            )
            for name, labels, status in (
                ("夜里来", [LabelDraft("volunteer")], "living"),
                ("走了的", [], "moved_out"),
            )
        )
    label, stay = here.labels.get(), gone.residences.select_related("household").get()
    assert (label.from_on, stay.to_on, stay.household.closed_on) == (DAY, DAY, DAY)
