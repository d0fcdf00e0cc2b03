"""A session is found by its key while its time is not over, with one question."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from liren.core.accounts.sessions import SessionStore

pytestmark = pytest.mark.django_db


def kept() -> str:
    session = SessionStore()
    session["said"] = "好"
    session.save()
    return str(session.session_key)


def test_it_is_found_by_its_key_alone(django_assert_num_queries):
    key = kept()
    with django_assert_num_queries(1):
        assert SessionStore(key)["said"] == "好"
    for other in ("x" * 32, "", None, key.upper() + "'--"):
        session = SessionStore(other)
        assert session.get("said") is None and session.session_key is None


def test_one_whose_time_is_over_or_that_was_ended_is_none():
    key = kept()
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - datetime.timedelta(seconds=1))
    assert SessionStore(key).get("said") is None
    key = kept()
    SessionStore(key).delete()
    assert SessionStore(key).get("said") is None
