"""Two people at once: one writes, the other hears why not; nobody's correction is lost."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from liren.core.duty import Refused
from liren.core.people.actions import correct_person, move_out, register_person
from liren.core.people.drafts import PersonDraft
from liren.core.people.models import IdentityPaper, Person
from liren.doors.imports import actions
from liren.doors.imports.models import ImportBatch

from .conftest import Drop
from .rosters import FAMILY, FATHER, workbook

pytestmark = pytest.mark.django_db(transaction=True)
State = ImportBatch.State


def known(village: Any, **facts: Any) -> Person:
    draft = PersonDraft(name="闻人松", papers=(("resident_id", FATHER),), **facts)
    return register_person(draft, community=village.community, by=village.secretary)


def apply(batch: ImportBatch, village: Any) -> ImportBatch:
    return actions.run_applying(actions.start_applying(batch, by=village.secretary))


def test_of_two_who_start_writing_one_is_refused(village: Any, read: Drop) -> None:
    if connection.vendor == "sqlite":
        pytest.skip(
            "the database of these tests lives in one connection; SQLite lets one write at a time anyway"
        )
    batch = read(workbook(*FAMILY))
    ready, said = threading.Barrier(2), []

    def start() -> None:
        ready.wait()
        try:
            said.append(actions.start_applying(batch, by=village.secretary).state)
        except Refused as refusal:
            said.append(str(refusal))
        finally:
            connections.close_all()

    at_once(start, start)
    assert sorted(said) == [State.APPLYING, "这一批现在是「正在写入」，这一步做不了"]


def at_once(*works: Callable[[], None]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_what_was_corrected_after_the_dry_run_stays(village: Any, read: Drop) -> None:
    man = known(village, work_unit="海东药业")
    batch = read(workbook(FAMILY[0]))
    correct_person(man, facts={"work_unit": "瑞丰物业", "sex": "2"}, by=village.grid_worker)
    done = apply(batch, village)
    man.refresh_from_db()
    assert man.work_unit == "瑞丰物业"
    assert done.state == State.APPLIED


def test_a_fact_that_others_changed_since_is_not_overwritten(village: Any, read: Drop) -> None:
    man = known(village, education="20")
    head = ("姓名", "身份证号", "文化程度")
    batch = read(workbook(("闻人松", FATHER, "初中"), head=head))
    assert batch.counts["changed"] == 1
    correct_person(man, facts={"education": "30"}, by=village.grid_worker)
    done = apply(batch, village)
    man.refresh_from_db()
    assert man.education == "30"
    assert done.counts["written_stale"] == 1


def test_somebody_registered_meanwhile_is_not_entered_twice(village: Any, read: Drop) -> None:
    batch = read(workbook(*FAMILY))
    known(village)
    done = apply(batch, village)
    assert done.state == State.APPLIED
    assert IdentityPaper.objects.filter(person__name="闻人松", ended_on=None).count() == 1
    assert Person.objects.filter(name="闻人松").count() == 1
    assert done.counts["written_stale"] == 1


def test_somebody_who_left_or_was_merged_meanwhile_does_not_stop_the_rest(village: Any, read: Drop) -> None:
    man = known(village)
    batch = read(workbook((*FAMILY[0][:10], "已搬离"), FAMILY[1]))
    assert batch.counts["leaving"] == 1
    move_out(man, by=village.grid_worker)
    done = apply(batch, village)
    assert done.state == State.APPLIED
    assert Person.objects.filter(name="祝晓燕").exists()
    assert done.counts["written_changed"] == 0


def test_a_door_opened_meanwhile_is_used(village: Any, read: Drop) -> None:
    from liren.core.places.actions import open_house
    from liren.core.places.models import House

    batch = read(workbook((1, "3号楼", "1", "403", "", "户主", "闻人松", "男", FATHER, "", "")))
    open_house(village.tower, unit="1", room="403", by=village.secretary)
    done = apply(batch, village)
    assert done.state == State.APPLIED
    assert House.objects.filter(building=village.tower, unit="1", room="403").count() == 1
