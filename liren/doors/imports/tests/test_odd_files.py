"""Whatever is dropped: it is read or refused in one Chinese sentence, soon, and the register does not change."""

import re
import time
from typing import Any

import pytest

from liren.core.people.models import Person
from liren.core.places.models import House
from liren.doors.imports import actions
from liren.doors.imports.models import ImportBatch

from .conftest import Drop
from .odd import ODD

pytestmark = pytest.mark.django_db
# Read within seconds on a quiet machine.
SECONDS = 120
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("name", ODD)
def test_it_is_read_or_refused_and_nothing_changes(village: Any, name: str) -> None:
    said, content = ODD[name]()
    before = Person.objects.count(), House.objects.count()
    start = time.monotonic()
    batch = actions.start_batch([(said, content)], community=village.community, by=village.secretary)
    batch = actions.read_batch(batch)
    assert time.monotonic() - start < SECONDS
    assert (Person.objects.count(), House.objects.count()) == before
    assert batch.state in (ImportBatch.State.READY, ImportBatch.State.FAILED)
    if batch.state == ImportBatch.State.FAILED:
        assert len(CHINESE.findall(batch.message)) > 5
        assert not re.search(r"Error|Exception|None|\n", batch.message)
    else:
        written = actions.run_applying(actions.start_applying(batch, by=village.secretary))
        assert written.state == ImportBatch.State.APPLIED
        actions.run_undoing(actions.start_undoing(written, by=village.secretary))
        assert (Person.objects.count(), House.objects.count()) == before


@pytest.mark.parametrize("name", ["改名.xls", "改名.csv", "没有后缀"])
def test_the_ending_of_a_name_does_not_matter(village: Any, read: Drop, name: str) -> None:
    assert read(ODD[name]()[1], name=name).counts["people"] == 2


@pytest.mark.parametrize("name", ["自右向左.xlsx", "控制字符.csv"])
def test_what_nobody_sees_is_not_part_of_a_name(village: Any, read: Drop, name: str) -> None:
    said, content = ODD[name]()
    assert read(content, name=said).rows.order_by("id")[0].name in ("松人闻", "闻人松")
