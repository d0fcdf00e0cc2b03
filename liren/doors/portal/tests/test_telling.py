"""No way to learn who lives where: everything that the portal says to anybody is held against the register."""

import pytest
from django.test import Client

from liren.core.people.models import IdentityPaper, Person, Phone
from liren.core.places.models import House
from liren.doors.portal import actions
from liren.doors.portal.floods import Tally, TooMany, count_up, forget_tallies

from .conftest import said
from .test_follow import handed_in

pytestmark = pytest.mark.django_db
PAGES = (
    "", "announcements/", "privacy/", "sign-in/", "sign-in/code/", "me/", "me/match/", "me/ask/", "me/close/",
    "say/", "say/more/", "say/reach/", "tip/", "tip/more/", "tip/send/", "tip/follow/", "tip/mine/", "mine/",
)  # fmt: skip


def secrets_of(community, but=()):
    """Names, numbers and doors of the register."""
    people = Person.objects.filter(community=community).exclude(pk__in=[person.pk for person in but])
    told = {person.name for person in people}
    told |= {paper.number for paper in IdentityPaper.objects.filter(community=community)}
    told |= {paper.masked for paper in IdentityPaper.objects.filter(community=community)}
    told |= {phone.number for phone in Phone.objects.filter(community=community)}
    told |= {house.spelt for house in House.objects.filter(community=community)}
    return told - {person.name for person in but}


def walked(client, portal):
    texts = []
    for page in PAGES:
        answer = client.get(portal + page)
        assert answer.status_code in {200, 302}, page
        texts.append(said(answer))
    return "\n".join(texts)


def test_strangers_residents_and_bound_residents_read_nothing_of_the_register(village, portal, signed_in):
    bound = signed_in()
    person = village.namesake
    actions.bind_by_number(
        bound.account, name=person.name, number=person.papers.get().number, born=person.birth_on, by=None
    )
    submission = handed_in(bound.account)
    bound.post(f"{portal}say/", {"kind": "governance.appeal"})
    texts = walked(Client(), portal) + walked(signed_in("16112345678"), portal) + walked(bound, portal)
    texts += said(bound.get(f"{portal}mine/{submission.matter_id}/"))
    found = {secret for secret in secrets_of(village.community) if secret in texts}
    assert not found
    assert person.name not in texts


def test_every_page_stands_in_large_type_without_script(portal, signed_in):
    client = signed_in()
    answer = client.post(f"{portal}look/", {"look": "large", "next": f"{portal}say/"})
    assert answer["Location"] == f"{portal}say/"
    for page in ("", "say/", "me/", "mine/", "privacy/"):
        text = said(client.get(portal + page))
        assert 'data-size="large"' in text and 'aria-pressed="true"' in text and "viewport-fit=cover" in text
    client.post(f"{portal}look/", {"look": "more", "next": portal})
    assert 'data-contrast="more"' in said(client.get(portal))
    client.post(f"{portal}look/", {"look": "large", "next": "https://evil.example/"})
    assert 'data-size="large"' not in said(client.get(portal))
    stays = client.post(f"{portal}look/", {"look": "dark", "next": f"{portal}sign-in/"})
    assert stays["Location"] == f"{portal}sign-in/"
    out = client.post(f"{portal}look/", {"look": "dark", "next": "/staff/"})
    assert out["Location"] == portal
    client.post(f"{portal}look/", {"look": "evil"})
    assert "evil" not in client.cookies["liren_look"].value


def test_the_only_community_is_not_asked_for(village):
    assert village.community.name in said(Client().get("/p/"))
    village.neighbour.closed_on = "2026-01-01"
    village.neighbour.save()
    assert Client().get("/p/")["Location"] == f"/p/{village.community.code}/"
    assert Client().get(f"/p/{village.neighbour.code}/").status_code == 404


def test_ones_own_grid_worker_is_named_to_who_is_bound_alone(village, portal, signed_in):
    client = signed_in()
    assert village.grid_worker.name not in said(client.get(portal))
    person = village.alone
    actions.bind_by_number(
        client.account, name=person.name, number=person.papers.get().number, born=person.birth_on, by=None
    )
    assert f"您家的网格员 {village.grid_worker.name}" in said(client.get(portal))


def test_counts_start_anew_with_their_window_and_are_forgotten(village):
    import time_machine
    from django.utils import timezone

    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(5):
            count_up("match_account", who="1", area=village.community)
        with pytest.raises(TooMany) as flood:
            count_up("match_account", who="1", area=village.community)
        assert 0 < flood.value.seconds <= 24 * 3600
        count_up("match_account", who="2", area=village.community)
        clock.shift(flood.value.seconds)
        assert count_up("match_account", who="1", area=village.community) == 1
        clock.shift(3 * 24 * 3600)
        assert forget_tallies() == 3 and not Tally.objects.exists()


def test_one_address_cannot_post_without_end(village, portal, settings):
    from liren.core.rules.models import Rule

    Rule.objects.create(key="portal.posts_per_address", value=3, from_on="2026-01-01", basis="试一试")
    client = Client(REMOTE_ADDR="203.0.113.5")
    statuses = [client.post(f"{portal}look/", {}).status_code for _ in range(5)]
    assert statuses == [302] * 3 + [429] * 2
    assert Client(REMOTE_ADDR="203.0.113.6").post(f"{portal}look/", {}).status_code == 302
