"""The inbox, the bell and the channels as pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liren.core.notices.actions import close_channel, open_channel, send_to_groups, tell_user
from liren.core.notices.models import Channel, Message, Notice

pytestmark = pytest.mark.django_db
KEY = "k" * 30 + "a1b2"
WECOM = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"


def said(answer):
    return answer.content.decode()


@pytest.fixture
def told(village):
    for n, text in enumerate(["治-2026-0137 到期了", "今晚有暴雨"]):
        tell_user(village.grid_worker, text=text, url="/search/" if n else "", key=str(n), by=None)
    return list(Notice.objects.order_by("pk"))


@pytest.fixture
def channel(village):
    return open_channel(
        village.community,
        name="社工群",
        kind="wecom",
        address=WECOM,
        occasions=["overdue"],
        by=village.secretary,
    )


@pytest.fixture
def message(village, channel):
    facts = {"number": "治-2026-0137", "kind": "邻里纠纷", "due": timezone.localdate(), "link": "/"}
    [row] = send_to_groups(
        village.community, occasion="overdue", template="matters.due", facts=facts, key="1", by=None
    )
    return row


def test_the_bell_counts_ones_own_unread_on_every_page(village, told, client_as):
    assert 'aria-label="通知，2 条未读"' in said(client_as(village.grid_worker).get("/"))
    assert 'aria-label="通知"' in said(client_as(village.secretary).get("/account/"))
    for n in range(110):
        tell_user(village.grid_worker, text="又一条", key=f"more{n}", by=None)
    assert "99 条以上未读" in said(client_as(village.grid_worker).get("/account/"))


def test_the_bell_costs_one_query_however_many_there_are(village, told, client_as):
    for user in (village.grid_worker, village.secretary):
        client = client_as(user)
        client.get("/account/")
        with CaptureQueriesContext(connection) as caught:
            client.get("/account/")
        assert sum("notices_notice" in query["sql"] for query in caught) == 1


def test_unread_stand_first_and_a_filter_leaves_them_alone(village, told, client_as):
    client = client_as(village.grid_worker)
    client.get(f"/notices/{told[1].pk}/")
    page = said(client.get("/notices/"))
    assert page.index("治-2026-0137") < page.index("今晚有暴雨")
    only = said(client.get("/notices/?unread=1"))
    assert "治-2026-0137" in only and "今晚有暴雨" not in only


def test_opening_leads_there_and_is_remembered(village, told, client_as):
    answer = client_as(village.grid_worker).get(f"/notices/{told[1].pk}/")
    assert answer["Location"] == "/search/"
    told[1].refresh_from_db()
    assert told[1].read_at
    assert client_as(village.grid_worker).get(f"/notices/{told[0].pk}/")["Location"] == "/notices/"
    assert client_as(village.secretary).get(f"/notices/{told[0].pk}/").status_code == 404


def test_knowing_answers_with_list_and_bell(village, told, client_as):
    client = client_as(village.grid_worker)
    answer = said(
        client.post(f"/notices/{told[0].pk}/read/", {"unread": "1"}, headers={"HX-Request": "true"})
    )
    assert "<html" not in answer and "治-2026-0137" not in answer and "今晚有暴雨" in answer
    assert 'id="bell"' in answer and "1 条未读" in answer and 'hx-swap-oob="true"' in answer
    answer = client.post(f"/notices/{told[1].pk}/read/", {"unread": "1"})
    assert answer["Location"] == "/notices/?unread=1"
    assert "都读过了" in said(client.get("/notices/?unread=1"))
    assert client_as(village.secretary).post(f"/notices/{told[0].pk}/read/").status_code == 404


def test_all_at_once(village, told, client_as):
    client = client_as(village.grid_worker)
    assert "2 条都标成读过了" in said(client.post("/notices/read/", follow=True))
    assert not Notice.objects.unread().exists()
    assert "没有没读的" in said(client.post("/notices/read/", follow=True))
    assert "还没有通知" in said(client_as(village.secretary).get("/notices/"))


def test_a_list_of_many_asks_no_more_than_a_list_of_two(
    village, told, client_as, django_assert_max_num_queries
):
    for n in range(30):
        tell_user(village.grid_worker, text="又一条", key=f"x{n}", community=village.community, by=None)
    client = client_as(village.grid_worker)
    client.get("/notices/")
    with django_assert_max_num_queries(12):
        assert "又一条" in said(client.get("/notices/"))


def facts(village, **other):
    return {
        "community": village.community.pk, "name": "社工群", "kind": "wecom", "address": WECOM,
        "occasions": ["urgent", "overdue"],
    } | other  # fmt: skip


def test_opening_a_channel_never_shows_its_address_again(village, client_as):
    client = client_as(village.secretary)
    assert "地址在哪里找" in said(client.get("/channels/new/"))
    page = said(client.post("/channels/new/", facts(village), follow=True))
    assert "社工群" in page and "…a1b2" in page and KEY not in page
    assert KEY not in said(client.get(f"/channels/{Channel.objects.get().pk}/"))


def test_a_mistake_is_said_on_the_form(village, client_as):
    page = said(
        client_as(village.secretary).post("/channels/new/", facts(village, address="https://example.org/"))
    )
    assert "这不是企业微信机器人的地址" in page
    theirs = client_as(village.secretary).post(
        "/channels/new/", facts(village, community=village.neighbour.pk)
    )
    assert theirs.status_code == 200 and not Channel.objects.exists()


def test_changing_testing_and_closing(village, channel, client_as):
    client = client_as(village.secretary)
    page = said(
        client.post(f"/channels/{channel.pk}/", {"name": "书记群", "occasions": ["daily"]}, follow=True)
    )
    assert "「书记群」改好了" in page and "每日数目" in page
    assert "必填" in said(client.post(f"/channels/{channel.pk}/", {"name": " "}))
    assert "试发了一条" in said(client.post(f"/channels/{channel.pk}/test/", follow=True))
    assert "还在路上" in said(client.post(f"/channels/{channel.pk}/test/", follow=True))
    assert "停用了，发过的记录还在" in said(client.post(f"/channels/{channel.pk}/close/", follow=True))
    assert "已经停用" in said(client.post(f"/channels/{channel.pk}/close/", follow=True))
    assert client.get(f"/channels/{channel.pk}/").status_code == 404


def test_the_outbox_shows_how_it_went_and_sends_again(village, message, client_as):
    client = client_as(village.secretary)
    Message.objects.update(
        state=Message.State.UNCERTAIN, last_error="发的时候断了，不知道对方收没收到", tries=1
    )
    page = said(client.get("/channels/?show=troubled"))
    assert "不知到没到" in page and "再发一次" in page and "发的时候断了" in page
    assert "又排上了" in said(client.post(f"/channels/messages/{message.pk}/again/", follow=True))
    assert "没有这样的消息" in said(client.get("/channels/?show=troubled", headers={"HX-Request": "true"}))
    assert "等着发" in said(client.get("/channels/?show=open"))
    assert "不用再发" in said(client.post(f"/channels/messages/{message.pk}/again/", follow=True))


def test_who_looks_after_several_communities_sees_which_is_which(village, channel, client_as):
    theirs = open_channel(
        village.neighbour,
        name="隔壁群",
        kind="wecom",
        address=WECOM,
        occasions=["daily"],
        by=village.outsider,
    )
    page = said(client_as(village.system_admin).get("/channels/"))
    assert "隔壁群" in page and "柳荫社区" in page
    assert "隔壁群" not in said(client_as(village.secretary).get("/channels/"))
    close_channel(theirs, by=village.outsider)
    assert "停用了" in said(client_as(village.outsider).get("/channels/"))
    assert client_as(village.secretary).get(f"/channels/{theirs.pk}/").status_code == 404


def test_outsiders_and_workers_do_not_get_there(village, channel, message, client_as):
    for way in (f"/channels/{channel.pk}/test/", f"/channels/messages/{message.pk}/again/"):
        assert client_as(village.grid_worker).post(way).status_code == 403
        assert client_as(village.outsider).post(way).status_code == 404
