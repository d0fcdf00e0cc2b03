"""Links to documents: for one holder, for minutes, in parts where a player asks for parts."""

import datetime
import re

import pytest
import time_machine
from django.http import Http404
from django.test import Client, RequestFactory
from django.utils import timezone

from liren.core.documents import actions
from liren.core.documents.links import holder_of, link_for, link_to, served
from liren.core.documents.tests import files

pytestmark = pytest.mark.django_db


def received(village, content, name):
    facts = {"community": village.community, "purpose": "事项附件", "by": village.secretary}
    return actions.receive_attachment(content, name=name, **facts)


@pytest.fixture
def photo(village):
    return received(village, files.jpeg((900, 600)), "楼道 现场.JPG")


@pytest.fixture
def client(village, client_as):
    return client_as(village.secretary)


def test_a_photo_opens_for_whom_it_was_linked(photo, village, client):
    answer = client.get(link_to(photo, user=village.secretary))
    assert answer.status_code == 200 and answer.content == actions.content_of(photo)
    assert answer["Content-Type"] == "image/jpeg" and answer["X-Content-Type-Options"] == "nosniff"
    assert (
        answer["Content-Disposition"].startswith("inline") and answer["Cache-Control"] == "no-store, private"
    )
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer["Content-Security-Policy"].endswith("sandbox")


def test_the_small_picture_has_a_link_of_its_own(photo, village, client):
    whole, small = (link_to(photo, user=village.secretary, thumbnail=t) for t in (False, True))
    assert whole != small
    assert client.get(small).content == actions.content_of(photo, thumbnail=True)
    assert len(client.get(small).content) < len(client.get(whole).content)


def test_nobody_else_can_use_a_link(photo, village, client_as):
    link = link_to(photo, user=village.secretary)
    assert client_as(village.deputy).get(link).status_code == 404
    assert client_as(village.outsider).get(link).status_code == 404
    guest = Client().get(link)
    assert guest.status_code == 302 and guest["Location"].startswith("/sign-in/")


def test_an_altered_link_opens_nothing(photo, village, client):
    link = link_to(photo, user=village.secretary)
    pk = f"{photo.pk:x}"
    for altered in (
        link[:-3] + "AA/",
        link.replace(f"/{pk}.f", f"/{pk}1.f"),
        link.replace(".f.", ".t."),
        "/documents/x/",
    ):
        assert client.get(altered).status_code == 404


def test_a_link_says_nothing_about_whom_it_is_for(photo, village):
    link = link_for(photo, holder="resident:13900000001")
    assert not re.search("resident|1390000", link)


def test_an_old_link_says_so_kindly(photo, village, client):
    link = link_to(photo, user=village.secretary)
    start = timezone.now()
    with time_machine.travel(start + datetime.timedelta(minutes=9), tick=False):
        assert client.get(link).status_code == 200
    with time_machine.travel(start + datetime.timedelta(minutes=12), tick=False):
        late = client.get(link)
    assert late.status_code == 410 and "这个链接过时了" in late.text and "附件还在" in late.text


def test_what_was_disposed_of_says_so(photo, village, client):
    link = link_to(photo, user=village.secretary)
    actions.dispose(photo, by=village.secretary)
    answer = client.get(link)
    assert answer.status_code == 410 and "已按期销毁" in answer.text


def test_other_doors_serve_their_own_holders(photo):
    token = link_for(photo, holder="resident:5").split("/")[-2]
    request = RequestFactory().get("/")
    assert served(request, token, "resident:5").status_code == 200
    for other in ("resident:6", "user:5", ""):
        with pytest.raises(Http404):
            served(request, token, other)


def test_it_is_saved_under_the_ending_of_what_it_is(photo, village, client):
    answer = client.get(link_to(photo, user=village.secretary) + "?download")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "%E6%A5%BC%E9%81%93%20%E7%8E%B0%E5%9C%BA.jpg" in answer["Content-Disposition"]


def test_a_roster_is_saved_and_never_shown(village, client):
    facts = {"community": village.community, "purpose": "导入居民名册", "by": village.secretary}
    roster = actions.receive(b"<html><script>alert(1)</script>", name="a.html", **facts)
    answer = client.get(link_to(roster, user=village.secretary))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-9", 0, 10), ("bytes=10-", 10, None), ("bytes=-7", -7, None), ("bytes=5-99999999", 5, None)],
)
def test_players_may_ask_for_a_part(photo, village, client, asked, start, end):
    whole = actions.content_of(photo)
    answer = client.get(link_to(photo, user=village.secretary), headers={"range": asked})
    assert answer.status_code == 206 and answer.content == whole[start:end]
    first = start % len(whole)
    assert answer["Content-Range"] == f"bytes {first}-{first + len(answer.content) - 1}/{len(whole)}"


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "bytes=-", "lines=1-2", "bytes=9999999999999999999-"])
def test_what_is_no_part_gets_the_whole(photo, village, client, asked):
    answer = client.get(link_to(photo, user=village.secretary), headers={"range": asked})
    assert answer.status_code == 200 and answer.content == actions.content_of(photo)


def test_a_part_behind_the_end_is_said(photo, village, client):
    answer = client.get(link_to(photo, user=village.secretary), headers={"range": "bytes=99999999-"})
    assert answer.status_code == 416 and answer["Content-Range"] == f"bytes */{photo.size}"


def test_links_need_no_query_beyond_the_rule(photo, village, django_assert_num_queries):
    with django_assert_num_queries(1):
        link_to(photo, user=village.secretary)
    with django_assert_num_queries(0):
        link_for(photo, holder=holder_of(village.secretary), minutes=10)
