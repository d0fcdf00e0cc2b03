"""Saying something in three steps: what is kept between them, what is refused, and what the desk gets."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from liren.core.documents.actions import content_of
from liren.core.documents.models import Document
from liren.core.matters.models import Attachment, Matter, Party
from liren.core.notices.models import Message
from liren.doors.portal import actions
from liren.doors.portal.models import Draft, DraftPhoto, Submission
from liren.doors.portal.offers import shelves

from .conftest import OTHER_PHONE, PHONE, photo, said

pytestmark = pytest.mark.django_db
WORDS = "客厅天花板滴水三天了。墙皮掉了一块，楼上说不是他家。"


def picture(name="漏水.jpg", colour="red"):
    return SimpleUploadedFile(name, photo(colour), "image/jpeg")


def chosen(*, anonymous=False):
    """The key of something that is offered, with a cause where there is one."""
    return next(o for shelf in shelves(anonymous=anonymous) for o in shelf.offers)


def to_third(client, portal, **second):
    client.post(f"{portal}say/", {"kind": chosen().key})
    return client.post(f"{portal}say/more/", {"words": WORDS, "place": "3 号楼楼道"} | second)


def test_three_steps_make_a_matter(village, portal, signed_in):
    client = signed_in()
    assert (
        to_third(client, portal, photos=[picture(), picture("墙.jpg", "blue")])["Location"]
        == f"{portal}say/reach/"
    )
    page = said(client.get(f"{portal}say/reach/"))
    assert WORDS in page and "照片 2 张" in page and "160****5678" in page and PHONE not in page
    answer = client.post(f"{portal}say/reach/", {"called": "孙师傅", "when": "evening", "keeps_name": "on"})
    matter = Matter.objects.get()
    assert answer["Location"] == f"{portal}mine/{matter.pk}/"
    assert matter.title == "客厅天花板滴水三天了" and matter.body.startswith(WORDS) and "晚上" in matter.body
    assert (matter.source, matter.place, matter.community) == ("portal", "3 号楼楼道", village.community)
    assert matter.kind == chosen().kind.key and matter.cause == chosen().cause
    party = Party.objects.get()
    assert (party.role, party.name, party.phone, party.keeps_name) == ("asker", "孙师傅", PHONE, True)
    assert Attachment.objects.filter(matter=matter, entry__what="open").count() == 2
    assert Submission.objects.get().account == client.account
    assert not Draft.objects.exists() and not DraftPhoto.objects.exists()
    story = said(client.get(answer["Location"]))
    assert "收到您的反映" in story and matter.number in story and "漏水.jpg" in story


def test_the_desk_has_it_in_its_queue(village, portal, signed_in, client_as):
    client = signed_in()
    to_third(client, portal)
    client.post(f"{portal}say/reach/", {"called": "", "when": "any"})
    matter = Matter.objects.get()
    assert matter.main_todo is not None
    assert matter in Matter.objects.visible_to(village.secretary)
    assert matter not in Matter.objects.visible_to(village.outsider)
    text = Message.objects.get(template="matters.received").text
    assert matter.number in text and WORDS[:4] not in text


def test_nothing_is_missing_before_it_goes_on(portal, signed_in):
    client = signed_in()
    assert "请选一类" in said(client.post(f"{portal}say/", {"kind": "governance.nothing"}))
    page = said(to_third(client, portal, words="漏", place=""))
    assert "请写两句" in page and "请写一下在哪里" in page
    assert Draft.objects.get().words == "漏"
    assert client.get(f"{portal}say/reach/").status_code == 200
    assert "请写两句" in said(client.post(f"{portal}say/reach/", {"when": "any"}))
    assert not Matter.objects.exists()


def test_the_draft_waits_while_one_signs_in(portal, signed_in):
    client = Client()
    to_third(client, portal, photos=[picture()])
    assert "/sign-in/?next=" in client.get(f"{portal}say/reach/")["Location"]
    client.cookies.update(signed_in().cookies)
    assert "照片 1 张" in said(client.get(f"{portal}say/reach/"))
    client.post(f"{portal}say/reach/", {"when": "any"})
    assert Matter.objects.count() == 1


def test_a_double_click_and_a_replay_make_one_matter(portal, signed_in):
    client = signed_in()
    to_third(client, portal)
    first = client.post(f"{portal}say/reach/", {"when": "any"})
    again = client.post(f"{portal}say/reach/", {"when": "any"})
    assert first["Location"] == again["Location"]
    assert Matter.objects.count() == Submission.objects.count() == 1


def test_a_draft_handed_in_twice_at_once_is_one_matter(village, portal, signed_in):
    client = signed_in()
    to_third(client, portal)
    draft = Draft.objects.select_related("community").get()
    one = actions.submit(draft, account=client.account, by=None)
    draft.pk = draft.pk or 1
    assert actions.submit(draft, account=client.account, by=None).pk == one.pk


def test_photos_come_and_go_without_script(portal, signed_in):
    client = signed_in()
    client.post(f"{portal}say/", {"kind": chosen().key})
    answer = client.post(f"{portal}say/more/", {"words": "漏水了", "photos": [picture()], "upload": "1"})
    assert answer["Location"].endswith("/say/more/#photos")
    kept = DraftPhoto.objects.get()
    page = said(client.get(f"{portal}say/more/"))
    assert "漏水了" in page and "去掉" in page
    client.post(f"{portal}say/more/", {"words": "漏水了", "remove": kept.pk})
    assert not DraftPhoto.objects.exists() and Document.objects.get().disposed_at


def test_a_photo_says_nothing_of_where_it_was_taken(portal, signed_in):
    client = signed_in()
    to_third(client, portal, photos=[picture()])
    assert b"Exif" in photo() and b"Exif" not in content_of(Document.objects.get())


def test_only_so_many_photos_and_nothing_that_is_none(portal, signed_in):
    client = signed_in()
    page = said(to_third(client, portal, photos=[picture(f"{n}.jpg") for n in range(7)]))
    assert "最多 6 张" in page and WORDS in page and not Document.objects.exists()
    bad = SimpleUploadedFile("x.jpg", b"<script>alert(1)</script>", "image/jpeg")
    page = said(client.post(f"{portal}say/more/", {"words": WORDS, "place": "楼道", "photos": [bad]}))
    assert "form" in page and not DraftPhoto.objects.exists()


def link_to_photo(client, portal):
    page = said(client.get(f"{portal}say/more/"))
    return next(part for part in page.split('"') if "/file/draft/" in part)


def test_a_photo_opens_in_the_browser_that_sent_it_alone(portal, signed_in):
    client = signed_in()
    client.post(f"{portal}say/", {"kind": chosen().key})
    client.post(f"{portal}say/more/", {"photos": [picture()], "upload": "1"})
    link = link_to_photo(client, portal)
    assert client.get(link)["Content-Type"] == "image/jpeg"
    assert Client().get(link).status_code == 404
    other = signed_in(OTHER_PHONE)
    other.post(f"{portal}say/", {"kind": chosen().key})
    assert other.get(link).status_code == 404
    assert client.get(link.replace("/file/draft/", "/file/mine/")).status_code == 404


def test_ones_own_home_is_offered_and_not_shown(village, portal, signed_in):
    client = signed_in()
    person = village.alone
    client.post(f"{portal}say/", {"kind": chosen().key})
    assert "就在我家" not in said(client.get(f"{portal}say/more/"))
    actions.bind_by_number(
        client.account, name=person.name, number=person.papers.get().number, born=person.birth_on, by=None
    )
    page = said(client.get(f"{portal}say/more/"))
    assert "就在我家" in page and person.house.spelt not in page and person.house.room not in page
    client.post(f"{portal}say/more/", {"words": WORDS, "at_home": "on"})
    client.post(f"{portal}say/reach/", {"when": "any"})
    matter = Matter.objects.get()
    assert matter.house == person.house and matter.area == person.area
    assert Party.objects.get().person == person
    assert person.house.spelt not in said(client.get(f"{portal}mine/{matter.pk}/"))


def test_a_home_cannot_be_claimed_by_ticking_a_box(village, portal, signed_in):
    client = signed_in()
    page = to_third(client, portal, at_home="on", place="")
    assert "请写一下在哪里" in said(page)
    draft = Draft.objects.get()
    Draft.objects.filter(pk=draft.pk).update(at_home=True, words=WORDS)
    assert "还没核对身份" in said(client.post(f"{portal}say/reach/", {"when": "any"}))


def test_buildings_of_next_door_are_no_choice(village, portal, signed_in):
    client = signed_in()
    page = said(to_third(client, portal, building=village.neighbour_building.pk))
    assert "id_building_error" in page
    to_third(client, portal, building=village.tower.pk, place="")
    client.post(f"{portal}say/reach/", {"when": "any"})
    assert Matter.objects.get().building == village.tower and Matter.objects.get().house is None


def test_five_a_day_are_enough(portal, signed_in):
    client = signed_in()
    for _ in range(5):
        to_third(client, portal)
        assert client.post(f"{portal}say/reach/", {"when": "any"}).status_code == 302
    to_third(client, portal)
    assert client.post(f"{portal}say/reach/", {"when": "any"}).status_code == 429
    assert Matter.objects.count() == 5


def test_drafts_that_nobody_came_back_to_are_swept_away(portal, signed_in):
    client = signed_in()
    to_third(client, portal, photos=[picture()])
    assert actions.sweep_drafts(by=None) == 0
    Draft.objects.update(changed_at="2026-01-01T00:00:00+08:00")
    assert actions.sweep_drafts(by=None) == 1
    assert not DraftPhoto.objects.exists() and Document.objects.get().disposed_at
    assert client.get(f"{portal}say/more/")["Location"] == f"{portal}say/"
