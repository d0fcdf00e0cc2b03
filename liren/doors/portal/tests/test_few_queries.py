"""The pages that everybody opens ask little, however much one has handed in; looking at nothing new writes nothing."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liren.core.matters import actions as matters
from liren.core.people.models import Person
from liren.doors.portal.bindings import Binding, home_grid_of, person_of
from liren.doors.portal.models import ResidentSession
from liren.doors.portal.progress import standing
from liren.doors.portal.submissions import handed_in_by, in_short

from .test_follow import handed_in

pytestmark = pytest.mark.django_db


def asked(client: Any, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in seen]


@pytest.fixture
def client(signed_in: Any) -> Any:
    return signed_in()


def test_pages_of_residents_take_a_handful_of_queries(portal: str, client: Any) -> None:
    first = handed_in(client.account)
    pages = {
        portal: 4,
        f"{portal}announcements/": 2,
        f"{portal}mine/": 3,
        f"{portal}mine/{first.matter_id}/": 5,
    }
    for url in pages:
        client.get(url)
    assert {url: len(asked(client, url)) for url in pages} == pages
    for number in range(3):
        handed_in(client.account, words=f"第 {number} 件，想请社区帮我交材料。")
    assert {url: len(asked(client, url)) for url in pages} == pages


def test_looking_at_nothing_new_writes_nothing(village: Any, portal: str, client: Any) -> None:
    submission = handed_in(client.account)
    url = f"{portal}mine/{submission.matter_id}/"
    assert not [sql for sql in asked(client, url) if sql.startswith("UPDATE")]
    matters.comment(submission.matter, "明天上午去交", public=True, by=village.secretary)
    assert len([sql for sql in asked(client, url) if sql.startswith("UPDATE")]) == 1
    assert not [sql for sql in asked(client, url) if sql.startswith("UPDATE")]


def test_the_short_count_says_what_the_list_says(village: Any, client: Any) -> None:
    one, two, three = (handed_in(client.account, words=f"第 {n} 件，请帮忙交材料。") for n in range(3))
    matters.merge(two.matter, into=one.matter, by=village.secretary)
    matters.move(three.matter, "begin", by=village.secretary)
    matters.move(three.matter, "finish", note="交好了", outcome="done", by=village.secretary)
    rows = [standing(each) for each in handed_in_by(client.account)]
    said = sum(row.is_open for row in rows), sum(row.news for row in rows)
    assert said[0] == 2 and said[1] >= 1
    assert in_short(client.account) == said


def test_a_session_left_alone_too_long_is_none(portal: str, client: Any) -> None:
    session = ResidentSession.objects.get(account=client.account)
    for days, status in ((1, 200), (3000, 302)):
        ResidentSession.objects.filter(pk=session.pk).update(
            seen_at=timezone.now() - datetime.timedelta(days=days)
        )
        assert client.get(f"{portal}mine/").status_code == status
    assert client.get(portal).status_code == 200


def test_the_grid_of_the_home_is_that_of_the_person(village: Any, client: Any) -> None:
    account = client.account
    assert home_grid_of(account) is None and home_grid_of(None) is None
    person = Person.objects.filter(community=account.community, house__isnull=False).first()
    Binding.objects.create(community=account.community, account=account, person=person, how="staff")
    for status in (Person.Status.LIVING, Person.Status.DECEASED):
        Person.objects.filter(pk=person.pk).update(status=status)
        known = person_of(account)
        assert home_grid_of(account) == (known and known.house.area_id)
    other = Person.objects.filter(community=account.community).exclude(pk=person.pk).first()
    Person.objects.filter(pk=person.pk).update(merged_into=other)
    known = person_of(account)
    assert known == other
    assert home_grid_of(account) == (known.house and known.house.area_id)
