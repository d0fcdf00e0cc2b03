"""The slip: shows its brief and nothing else, is answered once, and tells guessers nothing."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from liren.core.matters import actions as matters
from liren.core.matters.models import Attachment, Handoff

from .conftest import photo, said
from .test_follow import handed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(village, signed_in):
    """A matter that went to the property firm, and the address of its slip."""
    submission = handed_in(signed_in().account, kind="governance.appeal", words="顾阿妹家天花板漏水。")
    handoff, token = matters.hand_off(
        submission.matter, to="property", name="安居物业", brief="3号楼：有一户天花板漏水，请查上层防水",
        due_at=timezone.now() + datetime.timedelta(days=2), by=village.secretary,
    )  # fmt: skip
    return handoff, f"/p/slip/{token}/"


def test_it_shows_the_brief_and_nothing_else(given):
    handoff, url = given
    page = said(Client().get(url))
    assert handoff.brief in page and "安居物业" in page
    for hidden in ("顾阿妹", handoff.matter.number, handoff.matter.body, "160****", "苏敏"):
        assert hidden not in page, hidden
    handoff.refresh_from_db()
    assert handoff.opened_at


def test_it_is_answered_once_with_words_and_photo(given):
    handoff, url = given
    file = SimpleUploadedFile("修好.jpg", photo(), "image/jpeg")
    client = Client()
    assert client.post(url, {"result": "done", "words": "换了防水", "photos": [file]}).status_code == 302
    client.post(url, {"result": "returned", "words": "不归我们"})
    handoff.refresh_from_db()
    assert (handoff.result, handoff.answer) == ("done", "换了防水")
    entry = handoff.matter.entries.get(what="return")
    assert entry.who == "安居物业" and not entry.public
    assert Attachment.objects.get().entry == entry
    assert "换了防水" in said(client.get(url)) and 'name="result"' not in said(client.get(url))


def test_who_comes_second_is_told_that_it_did_not_arrive(given):
    handoff, url = given
    first = {"result": "done", "words": "换了防水"}
    assert Client().post(url, first).status_code == 302
    assert Client().post(url, first).status_code == 302, "clicked twice"
    late = Client().post(url, {"result": "partly", "words": "还差一层"})
    page = said(late)
    assert late.status_code == 409 and "没有送出去" in page and "换了防水" in page
    assert "没有送出去" not in said(Client().get(url))
    handoff.refresh_from_db()
    assert (handoff.result, handoff.answer) == ("done", "换了防水")


def test_an_answer_written_down_by_a_colleague_ends_the_link(village, given):
    handoff, url = given
    matters.call_back(handoff, result="returned", answer="发错了人", by=village.secretary)
    answer = Client().get(url)
    assert answer.status_code == 404 and "发错了人" not in said(answer)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "请选一项"),
        ({"result": "done"}, "写一句办得怎么样"),
        ({"result": "burnt", "words": "x"}, "选择一个有效的选项"),
        ({"result": "done", "words": "x" * 2000}, "1000"),
    ],
)
def test_half_an_answer_is_none(given, sent, told):
    handoff, url = given
    assert told in said(Client().post(url, sent))
    handoff.refresh_from_db()
    assert handoff.returned_at is None


def test_wrong_old_and_missing_links_look_alike_and_run_out(given):
    _, url = given
    wrong = Client().get("/p/slip/nothing/")
    Handoff.objects.update(token_until=timezone.now() - datetime.timedelta(days=1))
    old = Client().get(url)
    assert wrong.status_code == old.status_code == 404 and wrong.content == old.content
    client = Client()
    assert {client.get(f"/p/slip/{n}/").status_code for n in range(20)} == {404, 429}


def test_the_secret_of_a_slip_lies_nowhere_open(given):
    _, url = given
    assert url.split("/")[-2] not in str(Handoff.objects.values().get())


def test_of_a_matter_that_became_restricted_the_slip_shows_nothing(given):
    handoff, url = given
    handoff.matter.restricted = True
    handoff.matter.save(update_fields=["restricted"])
    assert Client().get(url).status_code == 404


def test_it_can_be_read_in_large_type_without_script(village, given):
    _, url = given
    client = Client()
    assert f"/p/{village.community.code}/look/" in said(client.get(url))
    answer = client.post(f"/p/{village.community.code}/look/", {"look": "large", "next": url})
    assert answer["Location"] == url
    assert 'data-size="large"' in said(client.get(url))
