"""The staff's side: whom a request means, refusing with a reason, taking back; announcements."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.doors.portal import actions
from liren.doors.portal.bindings import person_of
from liren.doors.portal.models import Announcement, Binding, BindingRequest

from .conftest import OTHER_PHONE, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(village, signed_in):
    client = signed_in(village.alone.phones.first().number)
    request = actions.ask_staff(client.account, name=village.alone.name, place="3号楼501", by=None)
    request.client = client
    return request


def test_the_list_is_for_those_who_work_in_the_whole_community(village, asked, client_as):
    assert asked.name in said(client_as(village.line_worker).get("/portal-desk/residents/"))
    assert asked.name not in said(client_as(village.outsider).get("/portal-desk/residents/"))
    assert client_as(village.grid_worker).get("/portal-desk/residents/").status_code == 403
    part = client_as(village.secretary).get("/portal-desk/residents/", headers={"HX-Request": "true"})
    assert asked.name in said(part) and "<html" not in said(part)


def test_the_page_shows_whom_it_may_mean_and_what_speaks_for_it(village, asked, client_as):
    client = client_as(village.secretary)
    url = f"/portal-desk/residents/{asked.pk}/"
    page = said(client.get(url))
    assert village.alone.told_apart in page and "手机号对得上" in page
    assert asked.account.phone not in page and asked.account.masked in page
    found = said(client.get(f"{url}?q=沈国栋", headers={"HX-Request": "true"}))
    assert village.old_husband.told_apart in found and "<html" not in found
    assert client_as(village.outsider).get(url).status_code == 404


def test_confirming_binds_and_can_be_taken_back(village, portal, asked, client_as):
    client = client_as(village.secretary)
    url = f"/portal-desk/residents/{asked.pk}/"
    client.post(f"{url}is/", {"person": village.alone.pk})
    assert person_of(asked.account) == village.alone
    assert Binding.objects.get().made_by == village.secretary
    assert "顾**" in said(asked.client.get(f"{portal}me/"))
    assert Trace.objects.filter(action="portal.confirm_request", user_id=village.secretary.pk).exists()
    client.post(f"{url}take-back/")
    asked.refresh_from_db()
    assert asked.state == "open" and person_of(asked.account) is None
    assert "等核对" in said(asked.client.get(f"{portal}me/"))


def test_a_second_decision_comes_too_late(village, asked):
    actions.refuse_request(asked, reason="名册里没有您", by=village.secretary)
    with pytest.raises(Refused, match="不用再办"):
        actions.confirm_request(asked, person=village.alone, by=village.line_worker)
    with pytest.raises(Refused, match="不用再办"):
        actions.refuse_request(asked, reason="再说一次", by=village.line_worker)


def test_the_resident_reads_why_it_was_refused_and_may_ask_anew(village, portal, asked, client_as):
    client = client_as(village.secretary)
    url = f"/portal-desk/residents/{asked.pk}/refuse/"
    assert "理由" in said(client.post(url, {"reason": ""}))
    client.post(url, {"reason": "请带身份证来登记"})
    assert "请带身份证来登记" in said(asked.client.get(f"{portal}me/"))
    again = actions.ask_staff(asked.account, name="顾阿妹", place="3号楼", by=None)
    with pytest.raises(Refused, match="撤不回来"):
        actions.take_decision_back(asked, by=village.secretary)
    assert again.state == "open"


def test_nobody_of_next_door_and_nobody_claimed_is_bound(village, asked, signed_in):
    with pytest.raises(Refused, match="不在本社区"):
        actions.confirm_request(asked, person=village.outside_senior, by=village.secretary)
    with pytest.raises(Refused, match="不在本社区"):
        actions.confirm_request(asked, person=village.moved_out, by=village.secretary)
    other = signed_in(OTHER_PHONE)
    facts = {
        "name": village.alone.name,
        "number": village.alone.papers.get().number,
        "born": village.alone.birth_on,
    }
    actions.bind_by_number(other.account, **facts, by=None)
    with pytest.raises(Refused, match="已经有一个账号"):
        actions.confirm_request(asked, person=village.alone, by=village.secretary)


def test_a_stranger_of_next_door_decides_nothing(village, asked, client_as):
    client = client_as(village.outsider)
    for deed in ("is", "refuse", "take-back"):
        answer = client.post(f"/portal-desk/residents/{asked.pk}/{deed}/", {"person": 1, "reason": "x"})
        assert answer.status_code == 404
    # One's own request, somebody else's resident: as if there were none.
    mine = client_as(village.secretary)
    url = f"/portal-desk/residents/{asked.pk}/is/"
    assert mine.post(url, {"person": village.outside_senior.pk}).status_code == 404
    assert mine.post(url, {}).status_code == 302
    assert BindingRequest.objects.get().state == "open"


def put_up(village, **other):
    today = timezone.localdate()
    facts = {"title": "周三量血压", "text": "活动中心一楼", "from_on": today, "to_on": None} | other
    return actions.announce(village.community, **facts, by=village.secretary)


def test_an_announcement_is_read_by_everybody_on_its_days(village, portal):
    today, day = timezone.localdate(), datetime.timedelta(days=1)
    put_up(village)
    put_up(village, title="还没到", from_on=today + day)
    put_up(village, title="过去了", from_on=today - 2 * day, to_on=today - day)
    last = put_up(village, title="今晚暴雨", urgent=True, to_on=today)
    front, everything = said(Client().get(portal)), said(Client().get(f"{portal}announcements/"))
    for page in (front, everything):
        assert "周三量血压" in page and "今晚暴雨" in page
        assert "还没到" not in page and "过去了" not in page
        assert page.index("今晚暴雨") < page.index("周三量血压")
    assert "周三量血压" not in said(Client().get(f"/p/{village.neighbour.code}/"))
    assert "活动中心" in said(Client().get(f"{portal}announcements/{last.pk}/"))
    assert Client().get(f"/p/{village.neighbour.code}/announcements/{last.pk}/").status_code == 404


def test_announcing_correcting_taking_down_and_putting_up_again(village, portal, client_as):
    client = client_as(village.line_worker)
    facts = {"title": "停水", "text": "明天上午", "from_on": f"{timezone.localdate():%Y-%m-%d}", "to_on": ""}
    assert client.post("/portal-desk/announcements/new/", facts).status_code == 302
    row = Announcement.objects.get()
    assert row.community == village.community and row.made_by == village.line_worker
    client.post(f"/portal-desk/announcements/{row.pk}/", facts | {"title": "停水改期"})
    assert "停水改期" in said(Client().get(portal))
    client.post(f"/portal-desk/announcements/{row.pk}/take-down/")
    assert "停水改期" not in said(Client().get(portal))
    assert "已撤下" in said(client.get("/portal-desk/announcements/"))
    client.post(f"/portal-desk/announcements/{row.pk}/put-up/")
    assert "停水改期" in said(Client().get(portal))
    deeds = Trace.objects.about(row).values_list("action", flat=True)
    assert set(deeds) == {
        f"portal.{x}" for x in ("announce", "correct_announcement", "take_down", "put_up_again")
    }


def test_what_makes_no_announcement_is_refused(village, client_as):
    today = timezone.localdate()
    with pytest.raises(Refused, match="结束的日子"):
        put_up(village, to_on=today - datetime.timedelta(days=1))
    with pytest.raises(Refused, match="都要写"):
        put_up(village, text="  ")
    row = put_up(village)
    with pytest.raises(Refused):
        actions.put_up_again(row, by=village.secretary)
    actions.take_down(row, by=village.secretary)
    with pytest.raises(Refused):
        actions.take_down(row, by=village.secretary)
    assert client_as(village.grid_worker).get("/portal-desk/announcements/new/").status_code == 403
    street = client_as(village.street_admin).get("/portal-desk/announcements/new/")
    assert street.status_code == 403


def test_the_workbench_says_who_waits(village, asked, client_as):
    assert "居民账号等核对" in said(client_as(village.secretary).get("/"))
    for nobody in (village.outsider, village.grid_worker, village.auditor):
        assert "居民账号等核对" not in said(client_as(nobody).get("/"))
    actions.refuse_request(asked, reason="名册里没有您", by=village.secretary)
    assert "居民账号等核对" not in said(client_as(village.secretary).get("/"))


def test_the_address_hangs_on_the_wall_as_a_square(village, portal, client_as, settings):
    settings.LIREN_ADDRESS = "https://liren.example"
    page = said(client_as(village.line_worker).get("/portal-desk/announcements/"))
    assert f"https://liren.example{portal}" in page and "data:image/svg+xml" in page
    assert f"/p/{village.neighbour.code}/" not in page
