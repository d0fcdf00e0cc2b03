"""A form that comes twice at the same moment writes one record, with its photos once."""

import threading

import pytest
from django.db import connection, connections

from liren.core.documents.cleaning import cleaned
from liren.core.documents.models import Document
from liren.core.documents.tests import files
from liren.core.logbook import actions
from liren.core.logbook.models import RecordKind, WorkRecord
from liren.core.matters.tests.test_once import at_once


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one(village, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time anyway")
    both, got = threading.Barrier(2), []
    checked = actions._checked

    def waiting(*facts):
        both.wait()  # neither has found the record of the other
        return checked(*facts)

    monkeypatch.setattr(actions, "_checked", waiting)

    def send():
        try:
            photo = [("门口.jpg", cleaned(files.jpeg((64, 48)), name="门口.jpg"))]
            facts = {"text": "记一笔", "kinds": ["visit"], "photos": photo, "once": "t1"}
            got.append(actions.write_record(**facts, by=village.grid_worker).pk)
        finally:
            connections.close_all()

    at_once(send, send)
    assert len(got) == 2 and len(set(got)) == 1
    assert WorkRecord.objects.count() == RecordKind.objects.count() == Document.objects.count() == 1
