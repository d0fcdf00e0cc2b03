"""Who one is: found only by name, number and birth date together; every failure says the same and tells nothing."""

import datetime

import pytest
from django.test import Client

from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.core.people.actions import die, merge
from liren.core.privacy.cipher import blind
from liren.doors.portal import actions
from liren.doors.portal.actions.binding import NO_MATCH
from liren.doors.portal.bindings import person_of
from liren.doors.portal.models import Binding, BindingRequest

from .conftest import OTHER_PHONE, said

pytestmark = pytest.mark.django_db


def papers_of(person):
    return {"name": person.name, "number": person.papers.get().number, "born": person.birth_on}


def typed(person, **other):
    facts = papers_of(person)
    return facts | {"born": f"{facts['born']:%Y%m%d}"} | other


def test_all_three_together_bind(village, portal, signed_in):
    client = signed_in()
    answer = client.post(f"{portal}me/match/", typed(village.alone))
    assert answer["Location"] == f"{portal}me/"
    binding = Binding.objects.get()
    assert binding.person == village.alone and binding.how == "number" and binding.made_by is None
    page = said(client.get(f"{portal}me/"))
    assert "顾**" in page and village.alone.name not in page
    assert Trace.objects.filter(action="portal.bind", particulars__person=village.alone.pk).exists()


def wrongs(village):
    person, other = village.alone, village.old_husband
    right = papers_of(person)
    return {
        "another name": right | {"name": "顾阿姐"},
        "another birth date": right | {"born": right["born"] + datetime.timedelta(days=1)},
        "a number of somebody else": right | {"number": papers_of(other)["number"]},
        "a number of nobody": right | {"number": "310199195001010011"},
        "no number at all": right | {"number": "x"},
        "somebody next door": papers_of(village.outside_senior),
        "somebody dead": papers_of(village.deceased),
        "somebody gone": papers_of(village.moved_out),
        "somebody claimed": papers_of(other),
    }


def test_every_failure_is_the_same_and_leaves_the_same(village, portal, signed_in):
    first = signed_in(OTHER_PHONE)
    actions.bind_by_number(first.account, **papers_of(village.old_husband), by=None)
    account = signed_in().account
    for what, facts in wrongs(village).items():
        with pytest.raises(Refused) as refusal:
            actions.bind_by_number(account, **facts, by=None)
        assert str(refusal.value) == NO_MATCH, what
    failures = Trace.objects.filter(action="portal.match_failed")
    assert failures.count() == len(wrongs(village))
    assert {str(each.particulars) for each in failures} == {"{}"}
    assert person_of(account) is None


def test_the_pages_of_two_failures_are_alike(village, portal, signed_in):
    client = signed_in()
    nearly = said(client.post(f"{portal}me/match/", typed(village.alone, name="顾阿姐")))
    nobody = said(
        client.post(f"{portal}me/match/", typed(village.alone, number="310199195001010011", name="顾阿姐"))
    )

    def without_what_was_typed(page):
        number = papers_of(village.alone)["number"]
        return [
            line
            for line in page.splitlines()
            if "csrf" not in line and 'name="number"' not in line and number not in line
        ]

    assert NO_MATCH in nearly
    assert without_what_was_typed(nearly) == without_what_was_typed(nobody)


def test_tries_run_out_whether_right_or_wrong(village, portal, signed_in):
    client = signed_in()
    for _ in range(5):
        assert NO_MATCH in said(client.post(f"{portal}me/match/", typed(village.alone, name="顾阿姐")))
    answer = client.post(f"{portal}me/match/", typed(village.alone))
    assert answer.status_code == 429 and not Binding.objects.exists()


def test_many_accounts_of_one_address_run_out_too(village, portal, signed_in):
    statuses = []
    for number in range(6):
        client = signed_in(f"1601234560{number}")
        statuses += [
            client.post(f"{portal}me/match/", typed(village.alone, name="顾阿姐")).status_code
            for _ in range(4)
        ]
    assert statuses[:20] == [200] * 20 and set(statuses[20:]) == {429}


def test_the_number_is_kept_nowhere(village, portal, signed_in):
    number = village.alone.papers.get().number
    client = signed_in()
    client.post(f"{portal}me/match/", typed(village.alone, name="顾阿姐"))
    client.post(f"{portal}me/match/", typed(village.alone))
    for row in [*Trace.objects.values(), *Binding.objects.values()]:
        assert number not in str(row) and blind(number, "paper") not in str(row)


def test_a_binding_ends_with_the_life_it_stands_for(village, signed_in):
    account = signed_in().account
    actions.bind_by_number(account, **papers_of(village.alone), by=None)
    die(village.alone, on=datetime.date.today(), by=village.secretary)
    assert person_of(account) is None


def test_a_binding_follows_a_merge(village, signed_in):
    account = signed_in().account
    actions.bind_by_number(account, **papers_of(village.namesake), by=None)
    village.other_namesake.papers.update(ended_on=datetime.date.today())
    village.other_namesake.papers.all().delete()
    merge(village.other_namesake, village.namesake, evidence="同一个人", by=village.secretary)
    assert person_of(account) == village.other_namesake


def test_asking_the_staff_and_thinking_better_of_it(village, portal, signed_in):
    client = signed_in()
    facts = {"name": " 顾 阿妹 ", "place": "3 号楼 501", "note": ""}
    assert client.post(f"{portal}me/ask/", facts)["Location"] == f"{portal}me/"
    request = BindingRequest.objects.get()
    assert (request.name, request.state) == ("顾阿妹", "open")
    assert "申请已经交过了" in said(client.post(f"{portal}me/ask/", facts))
    assert "等核对" in said(client.get(f"{portal}me/"))
    client.post(f"{portal}me/ask/withdraw/")
    request.refresh_from_db()
    assert request.state == "withdrawn"
    with pytest.raises(Refused):
        actions.confirm_request(request, person=village.alone, by=village.secretary)


def test_nothing_of_it_without_an_account(portal):
    client = Client()
    for page in ("me/match/", "me/ask/"):
        assert client.post(portal + page, {}).status_code == 302
    assert not BindingRequest.objects.exists()
