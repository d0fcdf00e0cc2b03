"""One's own account: password, second step, other devices."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from liren.core.accounts.models import SignIn
from liren.sample.village import PASSWORD

from .test_sign_in import sign_in, six_figures

pytestmark = pytest.mark.django_db
NEW = "willow-and-pagoda"


@pytest.fixture
def two_desks(village):
    desks = Client(), Client()
    for desk in desks:
        sign_in(desk, village.secretary)
    return desks


def test_the_page_says_who_i_am_and_what_i_may(village, client_as):
    said = client_as(village.line_worker).get("/account/").content.decode()
    assert "条线社工" in said and "民政" in said and "导出名册" in said


def test_a_new_password_signs_all_other_devices_out(village, two_desks):
    here, there = two_desks
    answer = here.post("/account/password/", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert answer["Location"] == "/account/"
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    assert SignIn.objects.open().count() == 1
    assert sign_in(Client(), village.secretary).status_code == 200
    assert sign_in(Client(), village.secretary, NEW).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("nonsense", NEW, NEW, "现在的密码不对"),
        (PASSWORD, NEW, NEW + "x", "两遍输得不一样"),
        (PASSWORD, "12345678901", "12345678901", "密码"),
        (PASSWORD, "short", "short", "密码"),
        (PASSWORD, PASSWORD, PASSWORD, "新密码和现在的一样"),
    ],
)
def test_what_a_new_password_must_not_be(village, client_as, old, new, again, said):
    answer = client_as(village.secretary).post("/account/password/", {"old": old, "new": new, "again": again})
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_ending_another_sign_in_really_deletes_its_session(village, two_desks):
    here, there = two_desks
    other = SignIn.objects.order_by("-pk").first()
    assert Session.objects.count() == 2
    assert here.post(f"/account/sign-ins/{other.pk}/end/")["Location"] == "/account/sign-ins/"
    assert Session.objects.count() == 1
    assert there.get("/account/").status_code == 302
    assert here.get("/account/sign-ins/").status_code == 200


def test_ending_all_others_keeps_this_one(village, two_desks):
    here, there = two_desks
    here.post("/account/sign-ins/others/end/")
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_nobody_ends_the_sign_in_of_somebody_else(village, two_desks, client_as):
    one = SignIn.objects.first()
    for other in (village.deputy, village.outsider, village.system_admin):
        assert client_as(other).post(f"/account/sign-ins/{one.pk}/end/").status_code == 404
    assert SignIn.objects.open().count() == 2


def test_the_second_step_is_set_up_renewed_and_ended(village, client_as):
    desk = client_as(village.deputy)
    assert "开始设" in desk.get("/account/second/").content.decode()
    desk.post("/account/second/begin/")
    assert desk.post("/account/second/confirm/", {"code": "000000"}).status_code == 422
    device = TOTPDevice.objects.get(user=village.deputy)
    device.throttle_reset()
    assert (
        "抄下恢复码" in desk.post("/account/second/confirm/", {"code": six_figures(device)}).content.decode()
    )
    assert "还剩 10 个" in desk.get("/account/second/").content.decode()
    assert "抄下恢复码" in desk.post("/account/second/codes/").content.decode()
    desk.post("/account/second/end/", {"password": "nonsense"})
    assert TOTPDevice.objects.filter(user=village.deputy, confirmed=True).exists()
    desk.post("/account/second/end/", {"password": PASSWORD})
    assert not TOTPDevice.objects.filter(user=village.deputy).exists()


def test_the_second_step_refuses_what_is_out_of_turn(village, client_as):
    desk = client_as(village.deputy)
    assert desk.post("/account/second/confirm/", {"code": "000000"}).status_code == 302
    assert desk.post("/account/second/codes/").status_code == 302
    assert desk.post("/account/second/end/", {"password": PASSWORD}).status_code == 302
    assert not TOTPDevice.objects.exists()
