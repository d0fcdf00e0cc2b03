"""One's own dates on one's own phone: nothing of residents, nothing restricted, and only while the link is open."""

import re

import pytest
from django.test import Client
from icalendar import Calendar

from liren.core.duty import Refused
from liren.core.matters import actions
from liren.core.notices.actions import close_feed, open_feed

pytestmark = pytest.mark.django_db


def opened(village, **facts):
    facts = {"title": "方秀英家要取药", "holder": village.deputy, "house": village.house} | facts
    return actions.open_matter(
        "governance.errand", community=village.community, by=village.secretary, **facts
    )


def linked(client):
    page = client.post("/account/calendar/open/").content.decode()
    return re.search(r'value="http://testserver(/calendar/[^"]+)"', page)[1]


def test_the_dates_come_without_anybody_in_them(village, client_as):
    matter = opened(village)
    opened(village, holder=village.secretary)
    actions.open_matter(
        "governance.lead",
        community=village.community,
        title="孩子有伤",
        holder=village.deputy,
        by=village.secretary,
    )
    answer = Client().get(linked(client_as(village.deputy)))
    assert answer["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer["Cache-Control"]
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [f"帮办代办 {matter.number}：接手办理"]
    text = answer.content.decode()
    assert not any(word in text for word in ("方秀英", "501", "孩子", "护-"))


def test_a_new_link_closes_the_old_one_and_a_stopped_one_is_gone(village, client_as):
    client = client_as(village.deputy)
    first, second = linked(client), linked(client)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    client.post("/account/calendar/close/")
    assert Client().get(second).status_code == 404
    assert Client().get("/calendar/anything.ics").status_code == 404


def test_who_left_has_no_dates_any_more(village, client_as):
    link = linked(client_as(village.deputy))
    village.deputy.is_active = False
    village.deputy.save()
    assert Client().get(link).status_code == 404


def test_nobody_opens_or_closes_it_for_another(village):
    with pytest.raises(Refused):
        open_feed(village.deputy, by=village.secretary)
    open_feed(village.deputy, by=village.deputy)
    with pytest.raises(Refused):
        close_feed(village.deputy, by=village.secretary)
    close_feed(village.deputy, by=village.deputy)
    with pytest.raises(Refused, match="没有开着的订阅"):
        close_feed(village.deputy, by=village.deputy)
