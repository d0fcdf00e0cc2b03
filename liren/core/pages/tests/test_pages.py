import json

import pytest
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.pages import errors, found, is_fragment, refused_response, say, show
from liren.core.pages.toasts import way_back


def request_of(path="/", **headers):
    request = RequestFactory().get(path, headers=headers)
    SessionMiddleware(lambda r: HttpResponse()).process_request(request)
    MessageMiddleware(lambda r: HttpResponse()).process_request(request)
    request.htmx = HtmxDetails(request)
    return request


@pytest.mark.django_db
def test_missing_and_forbidden_are_the_same(village):
    assert found(Area.objects, village.secretary, pk=village.community.pk) == village.community
    for which in ({"pk": village.neighbour.pk}, {"pk": 10**30}, {"pk": "x"}, {"code": "nowhere"}):
        with pytest.raises(Http404):
            found(Area.objects, village.secretary, **which)


def test_htmx_gets_the_fragment_and_others_the_page():
    assert not is_fragment(request_of())
    assert is_fragment(request_of(hx_request="true"))
    assert not is_fragment(request_of(hx_request="true", hx_boosted="true"))
    assert not is_fragment(request_of(hx_request="true", hx_history_restore_request="true"))


def test_a_fragment_is_kept_apart_from_its_page_in_caches():
    response = show(request_of(hx_request="true"), "desk/search.html", {"groups": []}, fragment="options")
    assert b"<html" not in response.content
    assert "HX-Request" in response["Vary"]


def test_a_refusal_for_htmx_is_a_409_with_its_words():
    response = refused_response(request_of(hx_request="true"), Refused("人已经迁出了"))
    assert response.status_code == 409
    assert json.loads(response["HX-Trigger"])["toast"] == {"text": "人已经迁出了", "bad": True}
    assert response["HX-Trigger"].isascii()


def test_a_refusal_for_a_page_goes_back_and_says_why():
    request = request_of(referer="http://testserver/residents/")
    response = refused_response(request, Refused("人已经迁出了"))
    assert response["Location"] == "http://testserver/residents/"
    assert [str(message) for message in request._messages] == ["人已经迁出了"]
    assert refused_response(request_of(), Refused("不行"), back="/here/")["Location"] == "/here/"


def test_nobody_is_sent_back_to_strangers():
    assert way_back(request_of(referer="https://elsewhere.example/x")) == "/"
    assert way_back(request_of()) == "/"


def test_what_was_done_can_be_taken_back():
    request = request_of()
    say(request, "已转派给何佳宁", undo="/undo/7/")
    (message,) = request._messages
    assert message.extra_tags == "/undo/7/"


@pytest.mark.parametrize(
    ("response", "status", "words"),
    [
        (lambda r: errors.not_found(r), 404, "没找到这一页"),
        (lambda r: errors.forbidden(r, PermissionDenied("请找周慧兰")), 403, "请找周慧兰"),
        (lambda r: errors.forbidden(r), 403, "您的岗位没有这一项"),
        (lambda r: errors.bad_request(r), 400, "没看懂"),
        (lambda r: errors.failed(r), 500, "台账里什么也没有变"),
        (lambda r: errors.csrf_failed(r, "no cookie"), 403, "页面放得太久了"),
        (lambda r: errors.locked_out(r, None, {}), 429, "15 分钟以后"),
    ],
)
def test_what_went_wrong_is_said_without_the_database(response, status, words):
    answer = response(RequestFactory().get("/x"))
    assert answer.status_code == status
    assert words in answer.content.decode()
