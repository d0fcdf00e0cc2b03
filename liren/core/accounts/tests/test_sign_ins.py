"""Sign-ins, the second step and the first start: every action, and everything it refuses."""

import datetime

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import RequestFactory
from django.utils import timezone

from liren.core.accounts import actions
from liren.core.accounts.devices import address_of, device_in_words
from liren.core.accounts.models import SetupCode, SignIn, session_hash
from liren.core.accounts.second import device_of, picture, typed
from liren.core.audit.models import Trace
from liren.core.duty import Refused

pytestmark = pytest.mark.django_db
GOOD = "willow-and-pagoda"


def test_a_session_is_known_by_a_hash_and_ended_once(village):
    actions.note_sign_in(
        village.deputy, session_key="abc", device="电脑" * 50, address="1" * 60, by=village.deputy
    )
    sign_in = SignIn.objects.get()
    assert sign_in.session_hash == session_hash("abc") != "abc"
    assert len(sign_in.device) == 60 and str(sign_in).startswith("电脑")
    seen = sign_in.seen_at
    actions.note_seen(village.deputy, session_key="abc", by=village.deputy)
    sign_in.refresh_from_db()
    assert sign_in.seen_at > seen
    for _ in range(2):
        actions.end_this_sign_in(village.deputy, session_key="abc", by=village.deputy)
    assert Trace.objects.filter(action="accounts.sign_out").count() == 1


def test_only_sessions_of_that_account_are_deleted(village):
    stores = [SessionStore() for _ in range(3)]
    for store, who in zip(stores, ("deputy", "deputy", "secretary"), strict=True):
        store.create()
        actions.note_sign_in(village[who], session_key=store.session_key, device="", address="", by=None)
    actions.end_other_sign_ins(village.deputy, keep=stores[0].session_key, by=village.deputy)
    left = set(Session.objects.values_list("session_key", flat=True))
    assert left == {stores[0].session_key, stores[2].session_key}
    assert actions.end_other_sign_ins(village.deputy, keep=stores[0].session_key, by=village.deputy) == 0


def test_sign_ins_of_half_a_year_ago_are_forgotten(village):
    for key, days in (("old", 200), ("new", 20)):
        actions.note_sign_in(village.deputy, session_key=key, device="", address="", by=None)
        seen = timezone.now() - datetime.timedelta(days=days)
        SignIn.objects.filter(session_hash=session_hash(key)).update(seen_at=seen)
    assert actions.forget_old_sign_ins(by=None) == 1
    assert SignIn.objects.get().session_hash == session_hash("new")


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 Edg/142.0", "Windows 电脑 · Edge 浏览器"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0", "Linux 电脑 · 火狐浏览器"),
        ("Mozilla/5.0 (iPhone) Safari/604.1 MicroMessenger/8.0", "苹果手机 · 微信"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/142.0", "安卓手机 · Chrome 浏览器"),
        ("", "别的设备"),
    ],
)
def test_a_device_is_said_in_words(agent, words):
    assert device_in_words(agent) == words


def test_the_address_behind_our_own_proxy_is_the_last_one(settings):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR="6.6.6.6, 10.1.2.3")
    assert address_of(request) == "10.0.0.9"
    settings.BEHIND_TLS = True
    assert address_of(request) == "10.1.2.3"


# Second step


def test_the_second_step_out_of_turn_is_refused(village):
    user = village.deputy
    for deed in (
        lambda: actions.confirm_second(user, code="123456", by=user),
        lambda: actions.new_recovery_codes(user, by=user),
        lambda: actions.end_second(user, by=user),
        lambda: actions.use_second(user, code="123456", by=user),
    ):
        with pytest.raises(Refused):
            deed()


def test_a_fresh_secret_counts_for_nothing_until_confirmed(village):
    user = village.deputy
    first = actions.begin_second(user, by=user)
    second = actions.begin_second(user, by=user)
    assert first.key != second.key and device_of(user) is None
    with pytest.raises(Refused, match="这六位数字不对"):
        actions.confirm_second(user, code="000000", by=user)
    second.confirmed = True
    second.save()
    with pytest.raises(Refused, match="已经开着了"):
        actions.begin_second(user, by=user)
    assert picture(second).startswith("data:image/svg+xml")
    assert len(typed(second).replace(" ", "")) == 32


# First start


def test_the_first_start_is_refused_once_anybody_exists(village):
    with pytest.raises(Refused, match="已经有账号了"):
        actions.make_setup_code(by=None)


def test_a_code_that_was_good_is_not_enough_once_the_house_has_begun():
    code = actions.make_setup_code(by=None)
    actions.open_account(username="first", name="何佳宁", password=GOOD, by=None)
    with pytest.raises(Refused, match="已经有人做完初始设置了"):
        actions.start_house(code=code, areas=[], grids=0, secretary={}, by=None)
    assert str(SetupCode.objects.get())


def test_a_house_needs_a_community():
    code = actions.make_setup_code(by=None)
    with pytest.raises(Refused, match="至少要有一个社区"):
        actions.start_house(code=code, areas=[], grids=0, secretary={}, by=None)
