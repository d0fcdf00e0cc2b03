"""Reveal: a reason each time, the value for a minute, a trace that the resident can be shown."""

from typing import Any

import pytest
from django.urls import reverse

from liren.core.audit.models import Trace
from liren.core.people.actions import add_relation, merge
from liren.core.people.models import Person

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def eye(what: str, row: Any) -> str:
    return reverse("registry:reveal", args=[what, row.pk])


def test_for_a_reason_it_is_shown_and_traced(village: Any, client_as: Any) -> None:
    paper = village.alone.papers.get()
    answer = client_as(village.grid_worker).post(
        eye("paper", paper), {"reason": "identity", "note": "办老年卡"}, headers=JSON
    )
    assert answer.json() == {"value": paper.number, "seconds": 60}
    assert "no-store" in answer["Cache-Control"]
    trace = Trace.objects.about(village.alone).get(action="people.reveal")
    assert (trace.purpose, trace.particulars, trace.user_id) == (
        "核对身份：办老年卡",
        {"what": "paper"},
        village.grid_worker.pk,
    )
    page = (
        client_as(village.secretary)
        .get(reverse("registry:person_looks", args=[village.alone.pk]))
        .content.decode()
    )
    assert "方亮" in page and "证件号" in page and "核对身份：办老年卡" in page


def test_without_a_reason_nothing_is_shown(village: Any, client_as: Any) -> None:
    phone = village.alone.phones.first()
    client = client_as(village.grid_worker)
    answer = client.post(eye("phone", phone), {"reason": "curious"}, headers=JSON)
    assert answer.status_code == 422 and answer.json()["error"]
    plain = client.post(eye("phone", phone), {})
    assert plain.status_code == 422 and "请选一个理由" in plain.content.decode()
    assert not Trace.objects.filter(action="people.reveal").exists()


def test_without_script_a_page_asks_and_shows_once(village: Any, client_as: Any) -> None:
    phone = village.alone.phones.first()
    client = client_as(village.secretary)
    asked = client.get(eye("phone", phone)).content.decode()
    assert "为什么要看" in asked and phone.number not in asked
    assert phone.number in client.post(eye("phone", phone), {"reason": "emergency"}).content.decode()
    assert phone.number not in client.get(eye("phone", phone)).content.decode()


def test_what_else_can_be_opened(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    guardian = village.child.relations.get()
    for what, row, value in (
        ("contact", guardian, "1"),
        ("owner", village.rented_house, "021-40123987"),
        ("label", village.restricted_label, "精神障碍 卫健条线转来名单"),
    ):
        answer = client.post(eye(what, row), {"reason": "handling"}, headers=JSON).json()
        assert answer["value"].startswith(value), what
    assert Trace.objects.filter(action="people.reveal").count() == 3
    assert Trace.objects.about(village.rented_house).filter(action="people.reveal").exists()


def test_who_may_not(village: Any, client_as: Any) -> None:
    paper, label = village.alone.papers.get(), village.restricted_label
    nameless = add_relation(village.alone, kind="contact", name="顾远", by=village.secretary)
    for user, what, row, status in (
        ("outsider", "paper", paper, 404),
        ("grid_worker_2", "paper", paper, 404),
        ("street_section", "paper", paper, 403),
        ("auditor", "paper", paper, 403),
        ("deputy", "label", label, 404),
        ("secretary", "nonsense", paper, 404),
        ("secretary", "contact", nameless, 404),
        ("secretary", "owner", village.empty_house, 404),
    ):
        answer = client_as(village[user]).post(eye(what, row), {"reason": "handling"}, headers=JSON)
        assert answer.status_code == status, (user, what)
    assert not Trace.objects.filter(action="people.reveal").exists()


def test_children_are_said_to_be_children(village: Any, client_as: Any) -> None:
    paper = village.child.papers.get()
    assert "未满14岁" in client_as(village.secretary).get(eye("paper", paper)).content.decode()


def test_looks_at_a_record_go_along_when_it_is_merged(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    person: Person = village.paperless
    client.post(eye("paper", village.stale.phones.first()), {"reason": "handling"})
    client.post(eye("phone", village.stale.phones.first()), {"reason": "handling"})
    merge(person, village.stale, evidence="像", by=village.secretary)
    page = client.get(reverse("registry:person_looks", args=[person.pk])).content.decode()
    assert page.count("<td>办理需要</td>") == 1
