"""Taking a batch back after others have worked on: what they did stays, and nothing is open twice."""

import datetime
from typing import Any

import pytest
from django.db import transaction

from liren.core.duty import Refused
from liren.core.logbook.actions import write_record
from liren.core.matters.actions import PartyDraft, open_matter
from liren.core.people.actions import (
    correct_hukou,
    correct_person,
    move_in,
    put_label,
    register_person,
    verify_person,
)
from liren.core.people.drafts import PersonDraft
from liren.core.people.models import Change, Person
from liren.core.places.actions import correct_house
from liren.core.places.models import House
from liren.doors.imports import actions
from liren.doors.imports.models import ImportBatch
from liren.sample.village import house_at

from .conftest import Drop
from .rosters import FAMILY, FATHER, snapshot, workbook

pytestmark = pytest.mark.django_db
LONG_AGO = datetime.date(2019, 5, 1)


def take_back(village: Any, batch: ImportBatch) -> ImportBatch:
    return actions.run_undoing(actions.start_undoing(batch, by=village.secretary))


@pytest.fixture
def known(village: Any) -> Person:
    """Somebody the register knows before the roster comes, at another door."""
    draft = PersonDraft(
        name="闻人松",
        papers=(("resident_id", FATHER),),
        house=house_at(village.tower, "1", "201"),
        from_on=LONG_AGO,
        relation="02",
    )
    return register_person(draft, community=village.community, by=village.secretary)


def test_a_move_is_taken_back_with_the_household(village: Any, known: Person, written: Drop) -> None:
    before = snapshot()
    batch = written(workbook(*FAMILY))
    assert Person.objects.get(pk=known.pk).house.room == "401"
    [family] = {
        each.residences.get(to_on=None).household
        for each in Person.objects.filter(house__room="401", house__unit="1")
    }
    assert family.residences.count() == 2
    take_back(village, batch)
    assert snapshot() == before
    told = Change.objects.filter(person=known, fact="status").latest("id")
    assert told.source.kind == "undo"


def test_a_later_move_stays(village: Any, known: Person, written: Drop) -> None:
    batch = written(workbook(*FAMILY))
    man = Person.objects.get(pk=known.pk)
    move_in(man, house=village.empty_house, by=village.secretary)
    assert ["居住状态" in why for _pk, _name, why in actions.what_prevents(batch).facts] == [True]
    take_back(village, batch)
    man = Person.objects.get(pk=known.pk)
    assert man.house == village.empty_house
    assert man.residences.get(to_on=None).house == village.empty_house


def test_later_facts_hukou_and_labels_stay(village: Any, known: Person, written: Drop) -> None:
    head = (*FAMILY[0][:10], "已故")
    batch = written(workbook(FAMILY[0]))
    man = Person.objects.get(pk=known.pk)
    correct_person(man, facts={"sex": "2"}, by=village.secretary)
    correct_hukou(man, here=True, address="里仁路88弄", by=village.secretary)
    put_label(man, code="volunteer", evidence="居委会", by=village.secretary)
    gone = written(workbook(head))
    assert Person.objects.get(pk=known.pk).status == Person.Status.DECEASED
    assert not man.labels.filter(to_on=None).exists()
    take_back(village, gone)
    take_back(village, batch)
    man = Person.objects.get(pk=known.pk)
    assert man.status == Person.Status.LIVING
    assert man.sex == "2"
    assert man.labels.get(code="volunteer").to_on is None
    assert man.hukou.get(to_on=None).address == "里仁路88弄"


def test_people_verified_and_doors_described_since_stay(village: Any, written: Drop) -> None:
    batch = written(workbook((1, "3号楼", "1", "403", "", "户主", "闻人松", "男", FATHER, "", ""), FAMILY[1]))
    house = House.objects.get(origin=batch.key)
    correct_house(house, ownership="商品房", by=village.secretary)
    verify_person(Person.objects.get(name="祝晓燕"), by=village.secretary)
    batch = take_back(village, batch)
    assert House.objects.filter(pk=house.pk).exists()
    assert Person.objects.filter(name="祝晓燕").exists()
    assert not Person.objects.filter(name="闻人松").exists()
    assert (batch.counts["undone"], batch.counts["kept_people"]) == (1, 1)


def test_many_changes_go_back_in_bites(village: Any, monkeypatch: pytest.MonkeyPatch, written: Drop) -> None:
    monkeypatch.setattr("liren.doors.imports.actions.restoring.BITE", 1)
    for name, number in (("闻人松", FATHER), ("祝晓燕", FAMILY[1][8])):
        register_person(
            PersonDraft(name=name, papers=(("resident_id", number),)), community=village.community, by=None
        )
    before = snapshot()
    take_back(village, written(workbook(*FAMILY)))
    assert snapshot() == before


def test_an_undo_that_fails_leaves_what_was_written(
    village: Any, monkeypatch: pytest.MonkeyPatch, written: Drop
) -> None:
    batch = actions.start_undoing(written(workbook(*FAMILY)), by=village.secretary)
    before = snapshot()

    def fails(*args: Any, **facts: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("liren.doors.imports.actions.undoing._remove_places", fails)
    with pytest.raises(OSError, match="disk full"), transaction.atomic():
        actions.run_undoing(batch)
    assert snapshot() == before


def test_too_late_is_too_late(village: Any, written: Drop) -> None:
    batch = written(workbook(*FAMILY))
    batch.applied_at -= datetime.timedelta(days=40)
    batch.save()
    with pytest.raises(Refused, match="超过 30 天"):
        actions.start_undoing(batch, by=village.secretary)


def test_whom_a_matter_a_record_or_an_account_names_stays_and_the_rest_goes(
    village: Any, written: Drop
) -> None:
    batch = written(workbook(*FAMILY))
    first, second = Person.objects.filter(source=batch.source, house__room="401").order_by("pk")[:2]
    asker = PartyDraft(role="affected", person=first)
    open_matter(
        "governance.lead", community=village.community, title="有人听见孩子哭", house=first.house, parties=[asker],
        by=village.secretary,
    )  # fmt: skip
    write_record(text="上门看望", people=[second], by=village.secretary)
    prevented = actions.what_prevents(batch)
    assert {reason for *_, reason in prevented.people} == {"写入后又办过别的事，档案留着"}
    undone = take_back(village, batch)
    assert undone.state == ImportBatch.State.UNDONE
    assert undone.counts["kept_people"] == 2
    assert set(Person.objects.filter(source=batch.source)) == {first, second}
    assert House.objects.filter(pk=first.house_id).exists()
