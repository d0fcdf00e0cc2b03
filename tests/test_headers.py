"""What every answer carries, and what it never says: headers, cookies, errors, logs."""

import json
import logging

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.test import Client

from liren.config import settings as real

pytestmark = pytest.mark.django_db
PAGES = ("/", "/sign-in/", "/account/", "/nowhere/", "/staff/", "/search/?q=方")


@pytest.fixture
def answers(village, client_as):
    return [client_as(village.secretary).get(url) for url in PAGES]


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(answers):
    for answer in answers:
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert (
            "frame-ancestors 'none'" in policy
            and "base-uri 'none'" in policy
            and "object-src 'none'" in policy
        )
        assert "form-action 'self'" in policy
        assert "unsafe" not in policy and "http" not in policy and "*" not in policy


def test_every_answer_closes_the_shutters(answers):
    for answer in answers:
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert (
            "camera=()" in answer["Permissions-Policy"] and "geolocation=()" in answer["Permissions-Policy"]
        )


def test_no_page_stays_on_the_disk_of_a_computer_that_others_use(answers):
    for answer in answers:
        assert "no-store" in answer["Cache-Control"], answer.request["PATH_INFO"]


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(village):
    client = Client()
    client.force_login(village.secretary)
    client.get("/")
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    assert session["httponly"] and session["samesite"] == "Lax"
    assert real.SESSION_EXPIRE_AT_BROWSER_CLOSE
    assert real.CSRF_COOKIE_SECURE == real.SESSION_COOKIE_SECURE == real.BEHIND_TLS


def test_uploads_and_forms_have_limits():
    assert real.DATA_UPLOAD_MAX_MEMORY_SIZE <= 10 * 1024 * 1024
    assert real.DATA_UPLOAD_MAX_NUMBER_FIELDS <= 10_000
    assert real.FILE_UPLOAD_PERMISSIONS == 0o600


def test_a_form_of_ten_thousand_fields_is_refused_without_words_about_us(village, client_as):
    answer = client_as(village.secretary).post("/staff/new/", {f"x{n}": "1" for n in range(6000)})
    assert answer.status_code == 400
    says_nothing_of_us(answer)


def says_nothing_of_us(answer):
    text = answer.content.decode()
    for telling in (
        "Traceback",
        "django",
        "Django",
        "python",
        "/liren/",
        "sqlite",
        "psycopg",
        "DEBUG",
        "settings",
    ):
        assert telling not in text, telling


@pytest.mark.parametrize(
    "trouble", [RuntimeError("方秀英 310199194403121324"), SuspiciousOperation("方秀英")]
)
def test_what_breaks_says_nothing_of_us_nor_of_anybody(village, client_as, monkeypatch, caplog, trouble):
    from liren.doors.desk import workbench

    def broken(*args, **kwargs):
        raise trouble

    monkeypatch.setattr(workbench, "greeting", broken)
    client = client_as(village.secretary)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code in {400, 500}
    says_nothing_of_us(answer)
    assert "方秀英" not in answer.content.decode()


def test_missing_pages_say_nothing_of_us(village, client_as):
    for url in ("/nowhere/", "/staff/99999999999999999999/", "/static/../settings.py", "/rules/..%2f..%2f/"):
        answer = client_as(village.secretary).get(url)
        assert answer.status_code == 404
        says_nothing_of_us(answer)


def test_the_log_knows_routes_and_no_names(village, client_as, caplog):
    from liren.config.logs import formatter

    with caplog.at_level(logging.INFO):
        client_as(village.secretary).get(f"/search/?q={village.alone.name}")
        Client().post("/sign-in/", {"username": village.alone.name, "password": "secret-secret"})
    lines = [formatter().format(entry) for entry in caplog.records]
    assert any('"route": "search/"' in line for line in lines)
    for line in lines:
        json.loads(line)
        assert village.alone.name not in line and "secret-secret" not in line


def test_debugging_is_off_and_hosts_are_named():
    assert real.DEBUG is False
    assert "*" not in real.ALLOWED_HOSTS
    assert Client().get("/sign-in/", headers={"Host": "evil.example"}).status_code == 400


def test_every_password_is_behind_argon2_and_a_key_of_its_own():
    assert real.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    assert len(real.SECRET_KEY) >= 50
