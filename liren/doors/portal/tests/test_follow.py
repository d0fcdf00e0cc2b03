"""Following: only what is public, only one's own; more words, a rating, once more please."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.matters import actions as matters
from liren.core.matters.models import Attachment, Matter
from liren.core.notices.models import Message
from liren.doors.portal import actions
from liren.doors.portal.models import Submission
from liren.doors.portal.submissions import new_token

from .conftest import OTHER_PHONE, photo, said

pytestmark = pytest.mark.django_db
ERRAND = "governance.errand"


def handed_in(account, *, kind=ERRAND, words="想请社区帮我交医保材料。"):
    place = Area.objects.get(pk=account.community_id)
    draft = actions.choose_kind(place, token=new_token(), chosen=kind, anonymous=False, by=None)
    actions.tell_more(draft, words=words, at_home=False, building=None, place="3 号楼", by=None)
    return actions.submit(draft, account=account, by=None)


@pytest.fixture
def client(signed_in):
    return signed_in()


@pytest.fixture
def submission(client):
    return handed_in(client.account)


@pytest.fixture
def page(portal, submission):
    return f"{portal}mine/{submission.matter_id}/"


def close(submission, by, **other):
    matters.move(submission.matter, "begin", by=by)
    facts = {"note": "交好了，回执拍给您", "outcome": "done"} | other
    matters.move(submission.matter, "finish", **facts, by=by)
    submission.matter.refresh_from_db()


def test_only_public_entries_are_read(village, client, submission, page):
    worker = village.secretary
    matters.comment(submission.matter, "先问问街道窗口几点开", by=worker)
    matters.contact(submission.matter, how="phone", reached=True, note="说话不太客气", by=worker)
    matters.comment(submission.matter, "明天上午去交", public=True, by=worker)
    text = said(client.get(page))
    assert "明天上午去交" in text and "苏敏回话" in text and "收到您的反映" in text
    assert "几点开" not in text and "不太客气" not in text
    assert "已收到" in text and submission.matter.number in text


def test_a_matter_is_its_owners_alone(village, portal, client, submission, page, signed_in, client_as):
    other = signed_in(OTHER_PHONE)
    for stranger in (other, Client(), client_as(village.secretary)):
        assert stranger.get(page).status_code in {302, 404}
        for deed in ("more", "rate", "again", "drop"):
            answer = stranger.post(f"{page}{deed}/", {"words": "我是别人", "stars": "1", "solved": "no"})
            assert answer.status_code in {302, 404}
    assert submission.matter.title not in said(other.get(f"{portal}mine/"))
    assert not submission.matter.entries.filter(note="我是别人").exists()
    assert client.get(f"{portal}mine/999/").status_code == 404


def test_words_and_photos_are_added_once(client, submission, page):
    sent = {"words": "回执要两份", "once": "a" * 32}
    file = SimpleUploadedFile("回执.jpg", photo(), "image/jpeg")
    client.post(f"{page}more/", sent | {"photos": [file]})
    client.post(f"{page}more/", sent)
    entries = submission.matter.entries.filter(note="回执要两份")
    assert entries.count() == 1 and entries.get().public and entries.get().by is None
    assert Attachment.objects.filter(entry=entries.get()).count() == 1
    text = said(client.get(page))
    assert "您补充" in text and "回执.jpg" in text
    link = next(part for part in text.split('"') if "/file/mine/" in part)
    assert client.get(link).status_code == 200 and Client().get(link).status_code == 404


def test_nothing_is_added_to_nothing_and_not_without_end(client, submission, page):
    assert "还没有写内容" in said(client.post(f"{page}more/", {"words": " "}, follow=True))
    for number in range(9):
        client.post(f"{page}more/", {"words": f"第 {number} 句"})
    assert client.post(f"{page}more/", {"words": "还有一句"}).status_code == 429


def test_an_answer_is_new_until_it_was_read_and_goes_to_the_phone(village, portal, client, submission, page):
    matters.comment(submission.matter, "明天上午去交", public=True, by=village.secretary)
    assert "有新回音" in said(client.get(f"{portal}mine/"))
    assert "1 件有新回音" in said(client.get(portal))
    text = Message.objects.get(template="matters.answered").text
    assert submission.matter.number in text and "明天上午" not in text
    client.get(page)
    assert "有新回音" not in said(client.get(f"{portal}mine/"))


def test_what_one_says_oneself_sends_no_text(client, submission, page):
    client.post(f"{page}more/", {"words": "回执要两份"})
    assert not Message.objects.filter(template="matters.answered").exists()


def test_a_rating_once_and_only_when_it_is_done(village, client, submission, page):
    rating = {"stars": "2", "solved": "partly", "words": "慢", "once": "r" * 32}
    with pytest.raises(Refused, match="还没办好"):
        actions.rate(submission, stars=5, solved="yes", by=None)
    close(submission, village.secretary)
    assert "请您评一评" in said(client.get(page))
    client.post(f"{page}rate/", rating)
    client.post(f"{page}rate/", rating)
    matter = Matter.objects.get()
    assert (matter.stars, matter.solved, matter.satisfied) == (2, "partly", "no")
    assert matter.entries.filter(what="appraise").count() == 1
    text = said(client.get(page))
    assert "您评了 2 星" in text and "请您评一评" not in text
    assert "已经评过了" in said(client.post(f"{page}rate/", rating | {"once": "x"}, follow=True))


@pytest.mark.parametrize(
    "wrong", [{}, {"stars": "6", "solved": "yes"}, {"stars": "5"}, {"stars": "x", "solved": "yes"}]
)
def test_half_a_rating_is_none(village, client, submission, page, wrong):
    close(submission, village.secretary)
    assert "请选解决了没有" in said(client.post(f"{page}rate/", wrong, follow=True))
    assert Matter.objects.get().stars is None


def test_once_more_please_once(village, client, submission, page):
    close(submission, village.secretary)
    assert "没办好，请再办一次" in said(client.get(page))
    again = {"words": "回执少盖一个章", "once": "g" * 32}
    client.post(f"{page}again/", again)
    client.post(f"{page}again/", again)
    matter = Matter.objects.get()
    assert matter.is_open and matter.reopened == 1
    close_again = {"note": "补盖了", "outcome": "done"}
    matters.move(matter, "finish", **close_again, by=village.secretary)
    assert "没办好，请再办一次" not in said(client.get(page))
    assert "现在不能再办" in said(client.post(f"{page}again/", {"words": "还要"}, follow=True))


def test_once_more_has_its_time(village, submission):
    close(submission, village.secretary)
    late = timezone.now() - datetime.timedelta(days=16)
    Matter.objects.update(opened_at=late, closed_at=late)
    submission.refresh_from_db()
    with pytest.raises(Refused, match="现在不能再办"):
        actions.ask_again(submission, words="晚了", by=None)
    with pytest.raises(Refused, match="撤不回来"):
        actions.drop_matter(submission, words="晚了", by=None)


def test_an_appeal_is_rated_when_it_is_answered_and_may_be_dropped_before(village, client, portal):
    worker = village.secretary
    first = handed_in(client.account, kind="governance.appeal", words="楼道灯不亮，晚上看不见。")
    page = f"{portal}mine/{first.matter_id}/"
    assert "不用办了，撤回" in said(client.get(page))
    assert "请说一句" in said(client.post(f"{page}drop/", {"words": ""}, follow=True))
    client.post(f"{page}drop/", {"words": "自己换好了"})
    first.matter.refresh_from_db()
    assert first.matter.outcome == "withdrawn" and not first.matter.is_open
    second = handed_in(client.account, kind="governance.appeal", words="电梯有异响，一顿一顿的。")
    matter = second.matter
    matters.move(matter, "accept", by=worker)
    matters.contact(matter, how="phone", reached=True, by=worker)
    matters.move(matter, "reached", by=worker)
    matters.move(matter, "reply", note="维保来调过了", by=worker)
    page = f"{portal}mine/{matter.pk}/"
    text = said(client.get(page))
    assert "等您评价" in text and "维保来调过了" in text and "请您评一评" in text
    client.post(f"{page}rate/", {"stars": "5", "solved": "yes"})
    matter.refresh_from_db()
    assert matter.stars == 5 and matter.is_open


def test_of_a_matter_that_was_put_together_with_another_only_its_state_is_told(
    village, client, submission, page, signed_in
):
    worker = village.secretary
    other = handed_in(signed_in(OTHER_PHONE).account, words="别人家的事，不好多说。")
    matters.comment(other.matter, "李家的情况已经了解", public=True, by=worker)
    matters.merge(submission.matter, into=other.matter, note="同一件", by=worker)
    text = said(client.get(page))
    assert "与相同的事项一起办" in text and "李家" not in text and "不好多说" not in text


def test_a_closed_account_gets_no_text_and_nobody_follows(village, client, submission, page):
    actions.close_account(client.account, by=None)
    matters.comment(submission.matter, "明天上午去交", public=True, by=village.secretary)
    assert not Message.objects.filter(template="matters.answered").exists()
    assert client.get(page).status_code == 302
    assert Submission.objects.get().account.phone == ""
