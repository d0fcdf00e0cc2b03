"""Keys (编码): what two people may compare tells nothing of what was written between. An address that names a row of a
matter, or a record or a photo about one, carries a key made of the moment and of chance.
"""

import time

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from liren.core.documents.models import Document
from liren.core.duty import keys
from liren.core.logbook.actions import write_record
from liren.core.logbook.models import RecordKind, WorkRecord
from liren.core.matters.actions import PartyDraft, ask_colleague, open_matter
from liren.core.matters.models import Attachment, Circle, Matter, Party, Todo

from . import secrecy

NAMED = (Matter, Todo, Party, Circle, Document, WorkRecord)
BEFORE = [
    ("documents", "0002_attachments"),
    ("matters", "0003_indexes_of_the_few"),
    ("logbook", "0002_record_matter"),
]
AFTER = [
    ("documents", "0003_document_keys"),
    ("matters", "0004_keys_of_parts"),
    ("logbook", "0003_record_keys"),
]


def written(village):
    """What a worker writes who knows of nothing hidden: a row of each model."""
    matter = open_matter(
        "governance.errand", community=village.community, title="代取一份药",
        parties=[PartyDraft(role="asker", name="孙阿姨")], holder=village.deputy,
        files=[secrecy.photo()], by=village.deputy,
    )  # fmt: skip
    ask_colleague(matter, "带一下路", holder=village.secretary, by=village.deputy)
    record = write_record(text="上门看望", photos=[secrecy.photo()], by=village.deputy)
    return {
        "matter": matter.pk,
        "todo": matter.todos.get(is_main=False).pk,
        "party": matter.parties.get().pk,
        "document": record.photos.get().pk,
        "record": record.pk,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("hidden", [False, True])
def test_two_records_do_not_betray_one_hidden_between(village, monkeypatch, hidden):
    """Their keys say the moment at which each was written, whether something lies between or not."""
    first = int(time.time()) + 60
    last = first + 5
    monkeypatch.setattr(keys, "_last", 0)
    moment = {"now": first}
    monkeypatch.setattr(keys.time, "time_ns", lambda: moment["now"] * 1_000_000_000)
    before = written(village)
    if hidden:
        moment["now"] += 2
        secrecy.happened(village)
    moment["now"] = last
    after = written(village)
    for noun in before:
        for key, at in ((before[noun], first), (after[noun], last)):
            # Many keys of one millisecond may reach into the next.
            assert (key >> keys.RANDOM_BITS) - (at * 1000 - keys.BEGINNING) in (0, 1), noun


@pytest.mark.parametrize("model", NAMED)
def test_no_running_number_names_what_may_hang_on_a_restricted_matter(model):
    assert model._meta.pk.default is keys.new_key


@pytest.mark.django_db(transaction=True)
def test_old_rows_keep_their_numbers_and_links(village):
    record = write_record(
        text="上门看望", kinds=["visit"], people=[village.alone], photos=[secrecy.photo()], by=village.deputy
    )
    matter = Matter.objects.get(pk=written(village)["matter"])
    try:
        old = _at(BEFORE)
        was = old.get_model("logbook", "WorkRecord").objects.get(pk=record.pk)
        people, photos = list(was.people.all()), list(was.photos.all())
        was.pk = 7
        was.save(force_insert=True)
        was.people.set(people)
        was.photos.set(photos)
        old.get_model("logbook", "RecordKind").objects.create(record=was, kind="visit")
        old.get_model("matters", "Todo").objects.create(
            matter_id=matter.pk, community_id=matter.community_id, area_id=matter.area_id, seal="代", what="补记",
            is_main=False,
        )  # fmt: skip
    finally:
        _at(AFTER)
    kept = WorkRecord.objects.get(pk=7)
    assert [each.pk for each in kept.people.all()] == [village.alone.pk]
    assert [each.pk for each in kept.photos.all()] == [each.pk for each in record.photos.all()]
    assert RecordKind.objects.filter(record=kept).count() == 1
    assert Attachment.objects.filter(matter=matter, document__in=Document.objects.all()).count() == 1
    assert matter.todos.count() == 3
    assert write_record(text="又去看了", by=village.deputy).pk >> keys.RANDOM_BITS


def _at(state):
    """The database as it was after these migrations, and its models."""
    executor = MigrationExecutor(connection)
    executor.migrate(state)
    return MigrationExecutor(connection).loader.project_state(state).apps
