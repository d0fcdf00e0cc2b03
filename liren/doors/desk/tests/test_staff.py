"""Colleagues, areas, numbers and traces: what managers may, and what they may not."""

import re

import pytest

from liren.core import rules
from liren.core.accounts.actions import give_post
from liren.core.accounts.models import Post, User
from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.audit.models import Trace
from liren.core.matters.actions import open_matter

pytestmark = pytest.mark.django_db


def said(answer):
    return answer.content.decode()


def hire(village, **other):
    return {"name": "何佳宁", "username": "hejn", "role": "grid_worker", "area": village.grid_1.pk} | other


def test_the_list_shows_colleagues_of_ones_own_reach_only(village, client_as):
    page = said(client_as(village.secretary).get("/staff/"))
    assert "方亮" in page and "江文" in page
    assert "柳成荫" not in page and "梅雨" not in page
    assert "梅雨" in said(client_as(village.system_admin).get("/staff/"))


def test_searching_answers_with_the_list_alone(village, client_as):
    answer = client_as(village.secretary).get("/staff/?q=方", headers={"HX-Request": "true"})
    assert "方亮" in said(answer) and "江文" not in said(answer) and "<html" not in said(answer)


def test_hiring_shows_the_first_password_once_and_it_works_once(village, client_as, client):
    answer = client_as(village.secretary).post("/staff/new/", hire(village, lines=["civil", "health"]))
    password = re.search(r"<b>(\w{4}-\w{4}-\w{4})</b>", said(answer)).group(1)
    assert "no-store" in answer["Cache-Control"]
    user = User.objects.get(username="hejn")
    assert user.must_change_password and user.current_posts[0].lines == ["civil", "health"]
    client.post("/sign-in/", {"username": "hejn", "password": password})
    assert client.get("/")["Location"] == "/account/password/"


@pytest.mark.parametrize(
    "wrong",
    [
        {"username": "secretary"},
        {"role": "secretary"},
        {"username": "何"},
        {"name": ""},
        {"lines": ["gossip"]},
    ],
)
def test_hiring_says_what_is_wrong_and_opens_nothing(village, client_as, wrong):
    before = User.objects.count()
    answer = client_as(village.secretary).post("/staff/new/", hire(village, **wrong))
    assert answer.status_code == 200
    assert "只显示这一次。当面告诉" not in said(answer)
    assert User.objects.count() == before


def test_nobody_hires_into_the_community_next_door(village, client_as):
    answer = client_as(village.secretary).post("/staff/new/", hire(village, area=village.neighbour_grid.pk))
    assert answer.status_code == 200
    assert not User.objects.filter(username="hejn").exists()


def test_a_post_is_given_and_ended(village, client_as):
    desk = client_as(village.secretary)
    url = f"/staff/{village.deputy.pk}/posts/"
    assert desk.post(url, {"role": "grid_worker", "area": village.grid_2.pk}).status_code == 302
    post = Post.objects.get(user=village.deputy, role="grid_worker")
    again = desk.post(url, {"role": "grid_worker", "area": village.grid_2.pk})
    assert again.status_code == 422 and "已经是网格员了" in said(again)
    assert desk.post(f"/staff/posts/{post.pk}/end/").status_code == 302
    assert post not in Post.objects.current()
    assert "从前的岗位" in said(desk.get(f"/staff/{village.deputy.pk}/"))


def test_nobody_raises_themselves(village, client_as):
    desk = client_as(village.secretary)
    pk = village.secretary.pk
    answer = desk.post(f"/staff/{pk}/posts/", {"role": "deputy", "area": village.community.pk})
    assert "不能给自己加岗位" in said(answer)
    own = Post.objects.get(user=village.secretary)
    desk.post(f"/staff/posts/{own.pk}/end/")
    desk.post(f"/staff/{pk}/close/")
    assert User.objects.get(pk=pk).is_active and own in Post.objects.current()


def test_a_forgotten_password_is_set_anew(village, client_as):
    there = client_as(village.deputy)
    answer = client_as(village.secretary).post(f"/staff/{village.deputy.pk}/password/")
    assert re.search(r"<b>\w{4}-\w{4}-\w{4}</b>", said(answer))
    assert there.get("/").status_code == 302


def test_an_account_that_can_more_than_oneself_cannot_be_taken_over(village, client_as):
    give_post(village.street_section, role="line_worker", area=village.community, by=None)
    desk = client_as(village.secretary)
    pk = village.street_section.pk
    page = said(desk.get(f"/staff/{pk}/"))
    assert "还在别处任职" in page and "重置密码" not in page
    before = village.street_section.password
    for what in ("password", "close", "second/end"):
        desk.post(f"/staff/{pk}/{what}/")
    user = User.objects.get(pk=pk)
    assert user.is_active and user.password == before


def test_ones_own_password_and_second_step_have_their_own_pages(village, client_as):
    desk, pk = client_as(village.secretary), village.secretary.pk
    assert desk.post(f"/staff/{pk}/password/")["Location"] == "/account/password/"
    assert desk.post(f"/staff/{pk}/second/end/")["Location"] == "/account/second/"


def test_the_second_step_of_a_lost_phone_is_switched_off(village, client_as):
    from liren.core.accounts.actions import begin_second
    from liren.core.accounts.second import device_of

    device = begin_second(village.deputy, by=village.deputy)
    device.confirmed = True
    device.save()
    client_as(village.secretary).post(f"/staff/{village.deputy.pk}/second/end/")
    assert device_of(village.deputy) is None


def test_who_left_is_closed_and_stays_in_the_list_of_the_past(village, client_as):
    desk = client_as(village.secretary)
    assert desk.post(f"/staff/{village.deputy.pk}/close/")["Location"] == "/staff/"
    desk.get("/staff/")  # the toast names them once
    assert "高原" not in said(desk.get("/staff/"))
    assert "高原" in said(desk.get("/staff/?left=1"))


def test_a_grid_is_opened_with_the_next_code(village, client_as):
    answer = client_as(village.secretary).post(
        "/areas/", {"parent": village.community.pk, "name": "第三网格"}
    )
    assert answer.status_code == 302
    assert Area.objects.get(name="第三网格").path == "310199.001.001.03."


def test_areas_lie_where_one_may_lay_them(village, client_as):
    desk = client_as(village.secretary)
    assert desk.post("/areas/", {"parent": village.neighbour.pk, "name": "插手"}).status_code == 200
    assert desk.post("/areas/", {"parent": village.street.pk, "name": "新社区"}).status_code == 200
    assert desk.get(f"/areas/{village.neighbour.pk}/").status_code == 404
    street = client_as(village.street_admin)
    wrong = street.post("/areas/", {"parent": village.street.pk, "name": "新社区", "code": "310101001009"})
    assert "代码要以" in said(wrong)
    right = street.post("/areas/", {"parent": village.street.pk, "name": "新社区", "code": "310199001009"})
    assert right.status_code == 302


def test_an_area_gets_another_name(village, client_as):
    url = f"/areas/{village.community.pk}/"
    words = {"name": "里仁", "organisation": "里仁社区居委会", "address_prefix": "里仁路"}
    desk = client_as(village.secretary)
    assert desk.post(url, words | {"name": ""}).status_code == 200
    assert desk.post(url, words).status_code == 302
    village.community.refresh_from_db()
    assert village.community.organisation == "里仁社区居委会"
    assert "苏敏" in said(desk.get(url))


def test_numbers_are_shown_with_their_ground_and_set_for_ones_own_community(village, client_as):
    desk = client_as(village.secretary)
    page = said(desk.get("/rules/"))
    assert "离开多久自动退出" in page and "待确认" in page and "分钟" in page
    url = "/rules/accounts.idle_minutes/"
    facts = {"value": "10", "area": village.community.pk, "from_on": "2026-01-01", "basis": "安全制度第 3 条"}
    assert desk.post(url, facts | {"basis": ""}).status_code == 200
    assert desk.post(url, facts | {"area": village.neighbour.pk}).status_code == 200
    assert desk.post(url, facts | {"confirmed": "on"}).status_code == 302
    assert "已经定过一次" in said(desk.post(url, facts))
    assert rules.number("accounts.idle_minutes", area=village.grid_1) == 10
    assert rules.number("accounts.idle_minutes", area=village.neighbour) == 15
    assert "安全制度第 3 条" in said(desk.get(url))
    assert "安全制度第 3 条" not in said(client_as(village.outsider).get(url))
    assert desk.get("/rules/nonsense/").status_code == 404


def test_traces_are_read_by_who_oversees_and_only_of_ones_own(village, client_as):
    record("people.reveal", community=village.community, purpose="办理需要甲", by=village.grid_worker)
    record("people.reveal", community=village.neighbour, purpose="办理需要乙", by=village.outsider_grid)
    own, next_door = (said(client_as(v).get("/traces/")) for v in (village.secretary, village.outsider))
    assert "办理需要甲" in own and "办理需要乙" not in own
    assert "办理需要乙" in next_door and "办理需要甲" not in next_door
    everything = said(client_as(village.auditor).get("/traces/"))
    assert "办理需要甲" in everything and "办理需要乙" in everything
    assert client_as(village.grid_worker).get("/traces/").status_code == 403


def test_a_matter_is_named_by_its_number_to_those_who_may_see_it(village, client_as):
    matter = open_matter(
        "governance.errand",
        community=village.community,
        title="代取药",
        holder=village.deputy,
        by=village.deputy,
    )
    assert f"事项 {matter.number}" in said(client_as(village.secretary).get("/traces/"))
    unseen = said(client_as(village.auditor).get("/traces/"))
    assert f"事项 #{matter.pk}" in unseen and matter.number not in unseen


def test_traces_are_found_by_who_what_when_and_about_whom(village, client_as):
    Trace.objects.all()
    record("people.verify", target=village.alone, purpose="甲甲甲", by=village.grid_worker)
    record("people.correct", target=village.alone, purpose="乙乙乙", by=village.deputy)
    desk = client_as(village.secretary)
    first = said(desk.get(f"/traces/?who={village.grid_worker.pk}"))
    assert "甲甲甲" in first and "乙乙乙" not in first
    second = said(desk.get("/traces/?action=people.correct"))
    assert "乙乙乙" in second and "甲甲甲" not in second
    third = said(desk.get(f"/traces/?target=people.person:{village.alone.pk}"))
    assert "甲甲甲" in third and f"居民 #{village.alone.pk}" in third and village.alone.name not in third
    assert "没有这样的记录" in said(desk.get("/traces/?to_on=2020-01-01"))
    assert "甲甲甲" in said(desk.get("/traces/?from_on=2020-01-01"))
    assert desk.get("/traces/?who=nonsense&from_on=x").status_code == 200
    part = desk.get("/traces/?action=people.verify", headers={"HX-Request": "true"})
    assert "甲甲甲" in said(part) and "<html" not in said(part)


def test_system_roles_see_no_residents_on_the_pages_they_have(village, client_as):
    for who in (village.system_admin, village.security_admin, village.auditor):
        desk = client_as(who)
        for url in ("/", "/staff/", "/areas/", "/rules/", "/traces/", "/account/", "/search/?q=方"):
            assert village.alone.name not in said(desk.get(url))
