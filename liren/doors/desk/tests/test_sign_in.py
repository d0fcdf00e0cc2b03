"""Signing in, being signed out, and everything that tries to get around it."""

import datetime
import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from liren.core.accounts import actions
from liren.core.accounts.models import SignIn
from liren.core.audit.models import Trace
from liren.core.rules.actions import set_number
from liren.sample.village import PASSWORD

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0"


def sign_in(client, user, password=PASSWORD, **more):
    return client.post(SIGN_IN, {"username": user.username, "password": password, **more})


def six_figures(device, step=0):
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = datetime.datetime.now(datetime.UTC).timestamp() + step * device.step
    return f"{totp.token():06d}"


@pytest.fixture
def with_second(village):
    device = actions.begin_second(village.secretary, by=village.secretary)
    village["codes"] = actions.confirm_second(
        village.secretary, code=six_figures(device), by=village.secretary
    )
    device.refresh_from_db()
    village["device"] = device
    return village


def test_the_page_says_whom_to_ask(village, client):
    said = client.get(SIGN_IN).content.decode()
    assert "忘了密码" in said
    assert "登录" in said


def test_the_right_password_opens_the_desk_and_is_written_down(village, client):
    answer = client.post(
        SIGN_IN, {"username": "secretary", "password": PASSWORD}, headers={"User-Agent": EDGE}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/")
    kept = SignIn.objects.get(user=village.secretary)
    assert kept.device == "Windows 电脑 · Edge 浏览器"
    assert Trace.objects.filter(action="accounts.sign_in", user_id=village.secretary.pk).exists()
    assert client.get("/").status_code == 200


def test_wrong_name_wrong_password_and_closed_account_sound_alike(village, client):
    actions.close_account(village.deputy, by=None)
    said = []
    for name, password in [("nobody", PASSWORD), ("secretary", "nonsense"), ("deputy", PASSWORD)]:
        answer = client.post(SIGN_IN, {"username": name, "password": password})
        assert answer.status_code == 200
        text = answer.content.decode()
        said.append(re.sub(r'value="[^"]*"|content="[^"]*"', "", text))
    assert "账号或密码不对" in said[0]
    assert said[0] == said[1] == said[2]


def test_an_unknown_name_costs_as_much_hashing_as_a_known_one(village, client, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a, **k: (hashed.append(1), encode(*a, **k))[1])
    counts = []
    for name in ("nobody", "secretary"):
        hashed.clear()
        client.post(SIGN_IN, {"username": name, "password": "nonsense"})
        counts.append(len(hashed))
    assert counts[0] == counts[1] > 0


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/registry/files/", "/registry/files/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/sign-in/", "/"),
        ("\\\\elsewhere.example", "/"),
    ],
)
def test_one_is_led_only_to_pages_of_ours(village, client, asked, led_to):
    assert sign_in(client, village.secretary, next=asked)["Location"] == led_to


def test_the_session_gets_a_new_key(village, client):
    client.get(SIGN_IN)
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    client.cookies["liren_desk"] = before
    sign_in(client, village.secretary)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_five_wrong_passwords_lock_that_name_from_that_place_for_a_while(village, client):
    for _ in range(4):
        assert sign_in(client, village.secretary, "nonsense").status_code == 200
    locked = sign_in(client, village.secretary, "nonsense")
    assert locked.status_code == 429
    assert "15 分钟以后可以再试" in locked.content.decode()
    assert sign_in(client, village.secretary).status_code == 429
    assert sign_in(client, village.deputy).status_code == 302
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16)):
        assert sign_in(Client(), village.secretary).status_code == 302


def test_trying_while_locked_does_not_lengthen_the_lock(village, client):
    for _ in range(5):
        sign_in(client, village.secretary, "nonsense")
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=10)):
        assert sign_in(Client(), village.secretary).status_code == 429
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16)):
        assert sign_in(Client(), village.secretary).status_code == 302


def test_no_password_is_kept_by_the_throttle(village, client):
    from axes.models import AccessAttempt

    sign_in(client, village.secretary, "a-very-telling-mistake")
    kept = AccessAttempt.objects.values().get()
    assert "a-very-telling-mistake" not in str(kept)


def test_signing_out_is_a_deed_not_a_look(village, client):
    sign_in(client, village.secretary)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == SIGN_IN
    assert client.get("/").status_code == 302
    assert SignIn.objects.get(user=village.secretary).ended_at


def test_forms_from_elsewhere_are_refused(village):
    careful = Client(enforce_csrf_checks=True)
    assert careful.post(SIGN_IN, {"username": "secretary", "password": PASSWORD}).status_code == 403


def test_left_alone_for_long_means_signed_out_with_a_way_back(village, client):
    sign_in(client, village.secretary)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=14)):
        assert client.get("/account/").status_code == 200
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=28)):
        assert client.get("/account/").status_code == 200
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=44)):
        answer = client.get("/account/?tab=1")
        assert answer["Location"] == "/sign-in/?away=1&next=%2Faccount%2F%3Ftab%3D1"
        assert "先替您锁上了" in client.get(answer["Location"]).content.decode()
    ended = Trace.objects.get(action="accounts.sign_out")
    assert ended.particulars == {"why": "idle"}


def test_a_form_sent_too_late_leads_back_to_its_page(village, client):
    sign_in(client, village.secretary)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16)):
        answer = client.post("/sign-out/", headers={"Referer": "http://testserver/account/"})
        assert "next=http%3A%2F%2Ftestserver%2Faccount%2F" in answer["Location"]
        again = sign_in(client, village.secretary, next="http://testserver/account/")
        assert again["Location"] == "http://testserver/account/"


def test_a_fragment_asked_too_late_changes_the_whole_page(village, client):
    sign_in(client, village.secretary)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16)):
        answer = client.get("/search/?q=x", headers={"HX-Request": "true"})
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer["HX-Redirect"].startswith("/sign-in/?away=1")


def test_a_fragment_after_the_session_ended_elsewhere_changes_the_whole_page(village, client):
    page = {"HX-Request": "true", "HX-Current-URL": "http://testserver/matters/?q=灯"}
    for way in (client.get, client.post):
        answer = way("/matters/1/comment/", headers=page)
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer["HX-Redirect"].startswith("/sign-in/?next=http%3A%2F%2Ftestserver%2Fmatters%2F")
    stranger = client.get(
        "/matters/1/", headers={"HX-Request": "true", "HX-Current-URL": "https://evil.example/"}
    )
    assert stranger["HX-Redirect"] == "/sign-in/?next=%2F"


def test_a_form_after_the_session_ended_elsewhere_leads_back_to_its_page(village, client):
    answer = client.post("/matters/1/take/", headers={"Referer": "http://testserver/matters/1/"})
    assert answer["Location"] == "/sign-in/?next=http%3A%2F%2Ftestserver%2Fmatters%2F1%2F"
    assert client.get("/matters/1/take/")["Location"] == "/sign-in/?next=/matters/1/take/"


def test_pages_that_ask_by_themselves_do_not_keep_a_session_alive(village, client):
    sign_in(client, village.secretary)
    for minutes in (5, 10, 14):
        with time_machine.travel(timezone.now() + datetime.timedelta(minutes=minutes)):
            assert client.get("/account/", headers={"X-Liren-Poll": "1"}).status_code == 200
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16)):
        assert client.get("/account/", headers={"X-Liren-Poll": "1"}).status_code == 302


def test_whoever_types_in_a_long_form_stays_signed_in(village, client):
    sign_in(client, village.secretary)
    page = client.get("/account/").content.decode()
    assert '<meta name="liren-idle" content="15">' in page and '"/account/here/"' in page
    for minutes in (9, 18, 27):
        with time_machine.travel(timezone.now() + datetime.timedelta(minutes=minutes)):
            assert client.get("/account/here/").status_code == 204
    assert "liren-idle" not in Client().get(SIGN_IN).content.decode()


def test_the_committee_sets_its_own_idle_time(village, client):
    set_number(
        "accounts.idle_minutes",
        value=5,
        from_on=timezone.localdate(),
        basis="本居委会安全制度第 3 条",
        area=village.community,
        by=village.secretary,
    )
    sign_in(client, village.secretary)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=6)):
        assert client.get("/account/").status_code == 302


def test_a_first_password_comes_before_everything(village, client):
    actions.set_password(village.deputy, password="read-aloud-once", must_change=True, by=None)
    assert sign_in(client, village.deputy, "read-aloud-once").status_code == 302
    for url in ("/", "/search/?q=方", "/account/"):
        assert client.get(url)["Location"] == "/account/password/"
    changed = client.post(
        "/account/password/",
        {"old": "read-aloud-once", "new": "willow-and-pagoda", "again": "willow-and-pagoda"},
    )
    assert changed["Location"] == "/"
    assert client.get("/").status_code == 200


def test_with_the_second_step_a_password_alone_opens_nothing(with_second, client):
    village = with_second
    assert sign_in(client, village.secretary, next="/account/")["Location"] == "/sign-in/second/"
    assert client.get("/")["Location"].startswith("/sign-in/")
    assert not SignIn.objects.exists()
    assert client.get("/sign-in/second/").status_code == 200
    wrong = client.post("/sign-in/second/", {"code": "000000"})
    assert "这个码不对" in wrong.content.decode()


def test_the_code_of_the_phone_lets_one_in_and_only_once(with_second, client):
    village = with_second
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=2), tick=False):
        sign_in(client, village.secretary, next="/account/")
        code = six_figures(village.device)
        assert client.post("/sign-in/second/", {"code": code})["Location"] == "/account/"
        assert SignIn.objects.count() == 1
        other = Client()
        sign_in(other, village.secretary)
        assert other.post("/sign-in/second/", {"code": code}).status_code == 200


def test_a_recovery_code_works_once_and_is_not_kept_readable(with_second, client):
    from django_otp.plugins.otp_static.models import StaticToken

    village = with_second
    assert len(village.codes) == 10
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert not kept & {code.replace("-", "") for code in village.codes}
    sign_in(client, village.secretary)
    assert client.post("/sign-in/second/", {"code": village.codes[0]}).status_code == 302
    assert StaticToken.objects.count() == 9
    other = Client()
    sign_in(other, village.secretary)
    assert other.post("/sign-in/second/", {"code": village.codes[0]}).status_code == 200


def test_five_wrong_codes_or_five_minutes_lead_back_to_the_password(with_second, client):
    village = with_second
    sign_in(client, village.secretary)
    for _ in range(5):
        assert client.post("/sign-in/second/", {"code": "123123"}).status_code == 200
    assert client.post("/sign-in/second/", {"code": "123123"})["Location"] == SIGN_IN
    sign_in(client, village.secretary)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=6)):
        assert client.get("/sign-in/second/")["Location"] == SIGN_IN


def test_the_second_step_without_the_first_leads_to_the_first(village, client):
    assert client.get("/sign-in/second/")["Location"] == SIGN_IN


def test_system_roles_set_it_up_first_where_the_rule_is_on(village, client):
    set_number(
        "accounts.second_factor_for_system",
        value=1,
        from_on=timezone.localdate(),
        basis="三级等保",
        by=None,
    )
    sign_in(client, village.auditor)
    assert client.get("/")["Location"] == "/account/second/"
    assert client.post("/account/second/begin/")["Location"] == "/account/second/"
    assert "data:image/svg+xml" in client.get("/account/second/").content.decode()
    device = TOTPDevice.objects.get(user=village.auditor)
    shown = client.post("/account/second/confirm/", {"code": six_figures(device)})
    assert "抄下恢复码" in shown.content.decode()
    assert client.get("/").status_code == 200
    plain = Client()
    sign_in(plain, village.secretary)
    assert plain.get("/").status_code == 200


def test_nobody_signed_in_is_sent_to_sign_in_with_the_way_back(village, client):
    assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"
    assert client.get(reverse("desk:sign_in") + "?next=/account/").status_code == 200
