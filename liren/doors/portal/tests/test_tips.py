"""Reports without a name: no account, no phone, no address anywhere; a code follows them, guessed by nobody."""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from liren.core.matters import actions as matters
from liren.core.matters.models import Matter, Party
from liren.core.notices.models import Message
from liren.doors.portal.models import Draft, Submission
from liren.doors.portal.submissions import ALPHABET, claim_code, claim_hash

from .conftest import photo, said

pytestmark = pytest.mark.django_db
ADDRESS, KIND, SENDER = "203.0.113.77", "governance.appeal", "王小明"


def sent():
    """A photo under a name that gives its sender away."""
    return SimpleUploadedFile(f"{SENDER}的手机.jpg", photo(), "image/jpeg")


def report(client, portal, **other):
    client.post(f"{portal}tip/", {"kind": KIND})
    facts = {"words": "有人把电瓶拿上楼充电。", "place": "12 号楼地下室", "photos": [sent()]} | other
    client.post(f"{portal}tip/more/", facts)
    return client.post(f"{portal}tip/send/")


def code_on(answer):
    return (
        next(line for line in said(answer).splitlines() if 'class="claim' in line).split(">")[1].split("<")[0]
    )


def test_it_becomes_a_matter_of_nobody(village, portal):
    client = Client(REMOTE_ADDR=ADDRESS)
    code = code_on(report(client, portal))
    matter = Matter.objects.get()
    assert matter.source == "portal" and matter.title == "有人把电瓶拿上楼充电"
    assert not Party.objects.exists() and not Message.objects.exists() and not Draft.objects.exists()
    submission = Submission.objects.get()
    assert submission.account is None and submission.claim_hash == claim_hash(code)
    assert matter.entries.get(what="open").who == "匿名居民"


def test_nothing_anywhere_knows_where_it_came_from(portal):
    """Every row of every table is looked through, after more was said as well."""
    client = Client(REMOTE_ADDR=ADDRESS)
    code = code_on(report(client, portal))
    token = client.cookies["liren_draft"].value
    client.post(f"{portal}tip/follow/", {"claim": code})
    client.post(f"{portal}tip/mine/more/", {"words": "晚上更多", "photos": [sent()]})
    names = [each.document.name for each in Matter.objects.get().attachments.order_by("pk")]
    assert names == ["照片1.jpg", "照片2.jpg"]
    for model in apps.get_models():
        for row in model._default_manager.values():
            for secret in (ADDRESS, code, code.replace("-", ""), token, SENDER):
                assert secret not in str(row), f"{model._meta.label} keeps it"


def test_nor_does_the_log(portal, caplog):
    with caplog.at_level("DEBUG"):
        report(Client(REMOTE_ADDR=ADDRESS), portal)
    assert ADDRESS not in caplog.text


def test_the_code_follows_it_and_speaks_for_it(village, portal):
    client = Client(REMOTE_ADDR=ADDRESS)
    code = code_on(report(client, portal))
    matters.comment(Matter.objects.get(), "已经请物业去看", public=True, by=village.secretary)
    later = Client()
    spoken = f" {code.lower().replace('-', ' ')} "
    assert later.post(f"{portal}tip/follow/", {"claim": spoken})["Location"] == f"{portal}tip/mine/"
    page = said(later.get(f"{portal}tip/mine/"))
    assert "已经请物业去看" in page and "照片1.jpg" in page
    link = next(part for part in page.split('"') if "/file/claim/" in part)
    assert later.get(link).status_code == 200 and Client().get(link).status_code == 404
    later.post(f"{portal}tip/mine/more/", {"words": "晚上更多"})
    entry = Matter.objects.get().entries.get(note="晚上更多")
    assert (entry.by, entry.who) == (None, "匿名居民")


def test_without_the_code_nothing_is_seen_or_said(village, portal):
    report(Client(), portal)
    stranger = Client()
    assert stranger.get(f"{portal}tip/mine/")["Location"] == f"{portal}tip/follow/"
    assert stranger.post(f"{portal}tip/mine/more/", {"words": "x"})["Location"] == f"{portal}tip/follow/"
    assert Matter.objects.get().entries.filter(what="comment").count() == 0


def test_the_code_of_one_community_is_none_of_the_other(village, portal):
    code = code_on(report(Client(), portal))
    answer = Client().post(f"/p/{village.neighbour.code}/tip/follow/", {"claim": code})
    assert "没有这个查询码" in said(answer)


def test_a_double_click_shows_the_same_code_and_makes_one_matter(portal):
    client = Client()
    code = code_on(report(client, portal))
    assert code_on(client.post(f"{portal}tip/send/")) == code
    assert Matter.objects.count() == 1


def test_guessing_codes_runs_out(portal):
    report(Client(), portal)
    client = Client()
    statuses = [
        client.post(f"{portal}tip/follow/", {"claim": claim_code(str(n))}).status_code for n in range(22)
    ]
    assert statuses[:20] == [200] * 20 and statuses[20:] == [429, 429]


def test_a_code_has_only_signs_that_can_be_read_out():
    codes = {claim_code(str(n)) for n in range(200)}
    assert len(codes) == 200
    assert all(set(code) <= set(ALPHABET) | {"-"} for code in codes)
    assert not set("01OIL") & set(ALPHABET)
    assert [claim_hash(bad) for bad in ("", "短", "AAAA", "0000-0000-0000")] == [""] * 4


def test_one_address_and_one_community_are_not_flooded(village, portal):
    client = Client(REMOTE_ADDR=ADDRESS)
    assert [report(client, portal).status_code for _ in range(6)] == [200] * 5 + [429]
    assert report(Client(REMOTE_ADDR="203.0.113.78"), portal).status_code == 200


def test_what_asks_for_a_name_is_not_offered_without_one(portal):
    client = Client()
    page = said(client.get(f"{portal}tip/"))
    assert "governance.errand" not in page and KIND in page
    assert "请选一类" in said(client.post(f"{portal}tip/", {"kind": "governance.errand"}))
    # Nor may a draft with a name be handed in without one.
    client.post(f"{portal}say/", {"kind": "governance.errand"})
    client.post(f"{portal}say/more/", {"words": "想请人帮忙交材料", "place": "3 号楼"})
    assert client.post(f"{portal}tip/send/")["Location"] == f"{portal}tip/"
    assert not Matter.objects.exists()
