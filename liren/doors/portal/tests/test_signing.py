"""Signing in by a code: right ones once, wrong ones count, and nothing tells known phones from unknown ones."""

import datetime
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.core.notices.models import Message
from liren.core.privacy.cipher import blind
from liren.core.rules.actions import set_number
from liren.doors.portal import actions
from liren.doors.portal.entrance import COOKIE
from liren.doors.portal.models import Binding, ResidentAccount, ResidentSession, SignInCode, Tally

from .conftest import OTHER_PHONE, PHONE, last_code, said

pytestmark = pytest.mark.django_db


def ask(client, portal, phone=PHONE):
    return client.post(f"{portal}sign-in/", {"phone": phone, "agreed": "on"})


def enter(client, portal, figures):
    return client.post(f"{portal}sign-in/code/", {"figures": figures})


def test_a_phone_a_code_and_one_is_in(village, portal):
    client = Client()
    assert ask(client, portal, " 160-1234 5678 ")["Location"] == f"{portal}sign-in/code/"
    page = said(client.get(f"{portal}sign-in/code/"))
    assert "160****5678" in page and PHONE not in page
    assert enter(client, portal, last_code())["Location"] == portal
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == portal
    me = said(client.get(f"{portal}me/"))
    assert "160****5678" in me and PHONE not in me
    account = ResidentAccount.objects.get()
    assert account.phone == PHONE and account.agreed_to and account.community == village.community
    deeds = list(Trace.objects.about(account).values_list("action", "user_id", "user_name"))
    assert ("portal.sign_in", None, f"居民账号 {account.pk}") in deeds


def test_consent_is_asked_for_first(portal):
    answer = Client().post(f"{portal}sign-in/", {"phone": PHONE})
    assert "同意了再打勾" in said(answer) and not Message.objects.exists()


def test_a_known_and_an_unknown_phone_get_the_same_answer(portal, signed_in):
    signed_in(PHONE)
    SignInCode.objects.update(made_at=timezone.now() - datetime.timedelta(hours=1))
    known, unknown = Client(), Client()
    first, second = ask(known, portal, PHONE), ask(unknown, portal, OTHER_PHONE)
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert Message.objects.count() == 3  # one each, and that of the fixture
    pages = [said(each.get(f"{portal}sign-in/code/")) for each in (known, unknown)]
    wrong = [said(enter(each, portal, "000000")) for each in (known, unknown)]
    for one, other in (pages, wrong):
        assert one.replace("160****", "1").split("csrf")[0] == other.replace("161****", "1").split("csrf")[0]


@pytest.mark.parametrize("figures", ["", "12345", "abcdef", "1234567"])
def test_what_is_no_code_is_refused_at_once(portal, figures):
    client = Client()
    ask(client, portal)
    assert enter(client, portal, figures).status_code == 200
    assert SignInCode.objects.get().tries == 0 and not ResidentSession.objects.exists()


def wrong_figures():
    return f"{(int(last_code()) + 1) % 1_000_000:06d}"


def test_wrong_codes_count_and_then_the_right_one_is_no_good_either(portal):
    client = Client()
    ask(client, portal)
    for _ in range(5):
        assert actions.accounts.WRONG in said(enter(client, portal, wrong_figures()))
    assert actions.accounts.WRONG in said(enter(client, portal, last_code()))
    assert not ResidentAccount.objects.exists()


def test_a_code_is_good_once(village, portal):
    client, thief = Client(), Client()
    ask(client, portal)
    thief.cookies = client.cookies.copy()
    figures = last_code()
    enter(client, portal, figures)
    assert actions.accounts.WRONG in said(enter(thief, portal, figures))


def test_a_code_ends_with_time_and_with_the_next_one(village):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        actions.send_code(PHONE, community=village.community, by=None)
        old = last_code()
        with pytest.raises(Refused, match="秒后"):
            actions.send_code(PHONE, community=village.community, by=None)
        clock.shift(61)
        actions.send_code(PHONE, community=village.community, by=None)
        new = last_code()
        facts = {"community": village.community, "agreed_to": "", "device": "", "by": None}
        if old != new:
            with pytest.raises(Refused):
                actions.use_code(PHONE, figures=old, **facts)
        clock.shift(301)
        with pytest.raises(Refused):
            actions.use_code(PHONE, figures=new, **facts)


def test_a_code_of_one_community_opens_nothing_in_the_other(village):
    actions.send_code(PHONE, community=village.community, by=None)
    with pytest.raises(Refused):
        actions.use_code(
            PHONE, community=village.neighbour, figures=last_code(), agreed_to="", device="", by=None
        )


def test_no_figure_and_no_phone_lies_open_in_the_tables(portal):
    client = Client()
    ask(client, portal)
    figures = last_code()
    row = SignInCode.objects.values().get()
    assert figures not in str(row) and PHONE not in str(row)
    assert PHONE not in str(Message.objects.values().get()) and figures not in Message.objects.get().text
    assert not Tally.objects.filter(who__contains=PHONE).exists()


def test_signing_out_ends_this_session_alone(portal, signed_in):
    first = signed_in()
    SignInCode.objects.all().delete()
    second = signed_in()
    first.post(f"{portal}sign-out/")
    assert first.get(f"{portal}me/").status_code == 302
    assert second.get(f"{portal}me/").status_code == 200


def test_a_session_ends_when_nobody_comes_back(portal, signed_in):
    client = signed_in()
    ResidentSession.objects.update(seen_at=timezone.now() - datetime.timedelta(days=31))
    assert client.get(f"{portal}me/")["Location"].startswith(f"{portal}sign-in/?next=")
    assert actions.sweep_codes(by=None) >= 1
    assert not ResidentSession.objects.exists()


def test_closing_the_account_forgets_the_phone_at_once(village, portal, signed_in):
    client = signed_in()
    account = client.account
    actions.bind_by_number(
        account,
        name=village.alone.name,
        number=village.alone.papers.get().number,
        born=village.alone.birth_on,
        by=None,
    )
    assert "当场删去" in said(client.get(f"{portal}me/close/"))
    answer = client.post(f"{portal}me/close/")
    assert answer["Location"] == portal
    account.refresh_from_db()
    assert account.closed_at and not account.phone_sealed and account.phone_hash == ""
    assert not ResidentSession.objects.exists() and not Binding.objects.open().exists()
    with pytest.raises(Refused, match="已经注销"):
        actions.close_account(account, by=None)
    SignInCode.objects.all().delete()
    assert signed_in().account.pk != account.pk
    assert ResidentAccount.objects.filter(phone_hash=blind(PHONE, "phone")).count() == 1


def test_a_phone_is_not_flooded_with_codes(portal):
    client = Client()
    for _ in range(10):
        SignInCode.objects.all().delete()
        assert ask(client, portal).status_code == 302
    SignInCode.objects.all().delete()
    answer = ask(client, portal)
    assert answer.status_code == 429 and int(answer["Retry-After"]) > 0
    assert "先歇一会儿" in said(answer) and Message.objects.count() == 10


def test_past_the_wrong_ones_of_a_day_the_right_code_opens_nothing(village, portal):
    client, today = Client(), timezone.localdate()
    set_number(
        "portal.wrong_codes_per_phone", value=Decimal(2), from_on=today, basis="防试码", area=village.community,
        by=None,
    )  # fmt: skip
    ask(client, portal)
    assert [enter(client, portal, wrong_figures()).status_code for _ in range(2)] == [200, 200]
    blocked = enter(client, portal, last_code())
    assert blocked.status_code == 429 and blocked["Retry-After"]
    assert not ResidentSession.objects.exists()
    other = Client()
    ask(other, portal, OTHER_PHONE)
    assert enter(other, portal, last_code()).status_code == 302


def test_without_a_gateway_it_says_so(portal, settings):
    settings.LIREN_SMS = ""
    assert "短信还没有接通" in said(ask(Client(), portal))
    assert not SignInCode.objects.exists()


def test_one_wanted_another_page_of_the_portal_and_comes_there(portal):
    client = Client()
    client.post(f"{portal}sign-in/", {"phone": PHONE, "agreed": "on", "next": f"{portal}me/match/"})
    assert enter(client, portal, last_code())["Location"] == f"{portal}me/match/"


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example/", "https://evil.example/", "/", "/staff/", "{portal}../../staff/"]
)
def test_no_sign_in_leads_out_of_the_portal(portal, elsewhere):
    client = Client()
    client.post(
        f"{portal}sign-in/", {"phone": PHONE, "agreed": "on", "next": elsewhere.format(portal=portal)}
    )
    assert enter(client, portal, last_code())["Location"] == portal
