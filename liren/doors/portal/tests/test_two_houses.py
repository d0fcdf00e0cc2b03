"""The session of a resident and that of the desk are two houses: neither ever opens the other."""

import pytest
from django.conf import settings as real
from django.contrib.sessions.models import Session
from django.test import Client

from liren.doors.portal.entrance import COOKIE
from liren.doors.portal.models import ResidentSession

pytestmark = pytest.mark.django_db
DESK = ("/", "/search/", "/staff/", "/portal-desk/residents/", "/portal-desk/announcements/")


def test_a_resident_is_nobody_at_the_desk(portal, signed_in):
    client = signed_in()
    assert client.get(f"{portal}me/").status_code == 200
    for url in DESK:
        assert client.get(url).headers.get("Location", "").startswith("/sign-in/"), url
    assert not Session.objects.exists()


def test_the_secret_of_a_resident_is_no_session_of_the_desk(signed_in):
    thief = Client()
    thief.cookies[real.SESSION_COOKIE_NAME] = signed_in().cookies[COOKIE].value
    assert thief.get("/staff/")["Location"].startswith("/sign-in/")


def test_a_colleague_is_nobody_in_the_portal(village, portal, client_as):
    client = client_as(village.secretary)
    assert client.get("/staff/").status_code == 200
    for page in ("me/", "me/match/", "me/close/", "mine/"):
        assert client.get(portal + page)["Location"].startswith(f"{portal}sign-in/")
    assert not ResidentSession.objects.exists()


def test_the_session_of_a_colleague_is_no_secret_of_a_resident(village, portal, client_as):
    desk = client_as(village.secretary)
    thief = Client()
    thief.cookies[COOKIE] = desk.cookies[real.SESSION_COOKIE_NAME].value
    assert thief.get(f"{portal}me/").status_code == 302


def test_both_in_one_browser_stay_apart(village, portal, signed_in, client_as):
    both = client_as(village.secretary)
    both.cookies[COOKIE] = signed_in().cookies[COOKIE].value
    both.post(f"{portal}sign-out/")
    assert both.get(f"{portal}me/").status_code == 302
    assert both.get("/staff/").status_code == 200


def test_a_resident_of_one_community_is_nobody_in_the_other(village, portal, signed_in):
    client = signed_in()
    there = f"/p/{village.neighbour.code}/"
    assert client.get(f"{there}me/")["Location"].startswith(f"{there}sign-in/")
    assert client.get(f"/p/{village.street.code}/").status_code == 404
    assert client.get("/p/nowhere/").status_code == 404


@pytest.mark.parametrize("cookie", ["", "x", "x" * 5000, "居民", "' OR 1=1 --"])
def test_made_up_secrets_open_nothing(portal, cookie):
    client = Client()
    client.cookies[COOKIE] = cookie.encode().hex() if not cookie.isascii() else cookie
    assert client.get(f"{portal}me/").status_code == 302
