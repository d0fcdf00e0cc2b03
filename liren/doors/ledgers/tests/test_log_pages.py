"""The pages of the work log: written in ten seconds, corrected by the writer, read where one works."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liren.core.documents.tests import files
from liren.core.logbook.actions import write_record
from liren.core.logbook.models import WorkRecord
from liren.core.matters.actions import open_matter

pytestmark = pytest.mark.django_db
LOG, NEW, PICK = "/ledgers/log/", "/ledgers/log/new/", "/ledgers/log/pick/"


def today():
    return datetime.date.today().isoformat()


@pytest.fixture
def written(village):
    return write_record(text="看望顾阿妹", kinds=["visit"], people=[village.alone], by=village.grid_worker)


def test_one_sentence_and_one_click(village, client_as):
    client = client_as(village.grid_worker)
    assert 'action="/ledgers/log/new/"' in client.get(LOG).content.decode()
    answer = client.post(NEW, {"text": "值班接电话六通", "kinds": ["shift"], "once": "a"})
    record = WorkRecord.objects.get()
    assert answer.headers["Location"] == reverse("ledgers:record", args=[record.pk]) and record.kind_keys == [
        "shift"
    ]
    client.post(NEW, {"text": "值班接电话六通", "kinds": ["shift"], "on": today(), "once": "a"})
    assert WorkRecord.objects.count() == 1
    assert "值班接电话六通" in client.get(LOG).content.decode()


def test_everything_that_can_be_said(village, client_as):
    photo = SimpleUploadedFile("楼道.jpg", files.jpeg(), "image/jpeg")
    errand = open_matter("governance.errand", community=village.community, title="代办", by=village.secretary)
    client = client_as(village.secretary)
    form = client.get(f"{NEW}?kind=visit&person={village.alone.pk}&matter={errand.pk}").content.decode()
    assert errand.number in form and village.alone.name in form and 'value="visit"' in form
    given = {
        "text": "上门", "kinds": ["visit"], "on": today(), "begun": "09:30", "people": [village.alone.pk],
        "at": f"house:{village.house.pk}", "headcount": "3", "minutes": "20", "matter": str(errand.pk), "photos": [photo],
    }  # fmt: skip
    assert client.post(NEW, given)["Location"] == f"/matters/{errand.pk}/", "back to what it is about"
    record = WorkRecord.objects.get()
    page = client.get(f"/ledgers/log/{record.pk}/").content.decode()
    assert (record.house, record.matter, record.photos.count()) == (village.house, errand, 1)
    for part in ("09:30", "20 分钟", village.house.spelt, village.alone.name, "3 人", errand.number, "<img"):
        assert part in page


def test_what_will_not_do_comes_back_with_what_was_typed(village, client_as):
    client = client_as(village.grid_worker)
    page = client.post(
        NEW, {"text": "明天的事", "on": "2999-01-01", "people": [village.alone.pk]}
    ).content.decode()
    assert "还没到" in page and "明天的事" in page and village.alone.name in page
    bad = SimpleUploadedFile("x.jpg", b"<svg></svg>", "image/jpeg")
    page = client.post(NEW, {"text": "拍了照", "on": today(), "photos": [bad]}).content.decode()
    assert "SVG" in page and not WorkRecord.objects.exists()
    many = [SimpleUploadedFile(f"{n}.jpg", files.jpeg((20, 20)), "image/jpeg") for n in range(10)]
    assert (
        "一次最多 9 张"
        in client.post(NEW, {"text": "拍了照", "on": today(), "photos": many}).content.decode()
    )


def test_somebody_can_be_looked_for_without_script(village, client_as):
    given = {"text": "写到一半", "on": today(), "find": "1", "sought": "顾阿妹", "kinds": ["visit"]}
    page = client_as(village.grid_worker).post(NEW, given).content.decode()
    assert "写到一半" in page and f'value="{village.alone.pk}"' in page and not WorkRecord.objects.exists()


def test_the_picker_offers_people_doors_and_what_was_ticked(village, client_as):
    client = client_as(village.grid_worker)
    found = client.get(
        PICK, {"sought": village.alone.name, "at": f"house:{village.house.pk}"}
    ).content.decode()
    assert f'name="people" value="{village.alone.pk}">' in found and village.house.spelt in found
    ticked = client.get(PICK, {"sought": "没有这个人", "people": [village.alone.pk, "x"]}).content.decode()
    assert f'value="{village.alone.pk}" checked' in ticked and "没找到" in ticked
    doors = client.get(PICK, {"sought": "3-2-501"}).content.decode()
    assert f"house:{village.house.pk}" in doors


def test_the_picker_never_offers_people_or_doors_of_others(village, client_as):
    client = client_as(village.grid_worker)
    for strange in (village.restricted, village.outside_senior):
        assert strange.name not in client.get(
            PICK, {"people": [strange.pk], "sought": strange.name}
        ).content.decode().replace(f"「{strange.name}」", "")
    assert "checked" not in client.get(PICK, {"at": f"house:{village.neighbour_house.pk}"}).content.decode()
    assert "checked" not in client.get(PICK, {"at": "house:" + "9" * 30}).content.decode()


def test_a_strangers_number_in_the_form_is_refused(village, client_as):
    client = client_as(village.grid_worker)
    client.post(NEW, {"text": "偷看", "on": today(), "people": [village.outside_senior.pk]})
    assert not WorkRecord.objects.exists()
    client.post(NEW, {"text": "记下", "on": today(), "at": f"house:{village.neighbour_house.pk}"})
    assert WorkRecord.objects.get().house is None


def test_who_reads_the_page(village, client_as, written):
    url = reverse("ledgers:record", args=[written.pk])
    for who in (village.grid_worker, village.secretary, village.street_section):
        assert "看望顾阿妹" in client_as(who).get(url).content.decode()
    for who in (village.grid_worker_2, village.outsider):
        assert client_as(who).get(url).status_code == 404
    assert client_as(village.auditor).get(url).status_code == 403


def test_the_log_shows_ones_own_or_everybodys(village, client_as, written):
    client = client_as(village.secretary)
    assert "看望顾阿妹" not in client.get(LOG).content.decode()
    assert "看望顾阿妹" in client.get(LOG + "?who=all").content.decode()
    assert "看望顾阿妹" not in client.get(LOG + "?who=all&kind=meeting").content.decode()
    fragment = client.get(LOG + "?who=all", headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith('<div id="records">')


def test_the_writer_corrects_and_the_page_shows_what_was(village, client_as, written):
    client, url = client_as(village.grid_worker), reverse("ledgers:record_edit", args=[written.pk])
    form = client.get(url).content.decode()
    assert (
        "看望顾阿妹" in form
        and f'value="{village.alone.pk}" checked' in form
        and 'name="seen" value="1"' in form
    )
    given = {"text": "看望顾阿妹，血压偏高", "on": written.on.isoformat(), "kinds": ["visit"], "seen": "1"}
    page = client.post(url, given | {"people": [village.alone.pk]}, follow=True).content.decode()
    assert "血压偏高" in page and "原来是" in page
    stale = client.post(url, given | {"text": "旧窗口"}).content.decode()
    assert "别的窗口" in stale
    looked = client.post(url, given | {"find": "1", "sought": "顾", "text": "还没存"}).content.decode()
    assert "还没存" in looked and WorkRecord.objects.get().text == "看望顾阿妹，血压偏高"


def test_nobody_else_corrects(village, client_as, written):
    url = reverse("ledgers:record_edit", args=[written.pk])
    answer = client_as(village.secretary).post(url, {"text": "改你的", "on": today()})
    assert answer.status_code in {302, 409} and WorkRecord.objects.get().text == "看望顾阿妹"
    assert client_as(village.outsider).get(url).status_code == 404


def test_withdrawing(village, client_as, written):
    client, url = client_as(village.grid_worker), reverse("ledgers:record_withdraw", args=[written.pk])
    client.post(url, {"why": ""})
    assert WorkRecord.objects.standing().exists()
    client.post(url, {"why": "写错了日子"})
    assert not WorkRecord.objects.standing().exists()
    page = client.get(reverse("ledgers:record", args=[written.pk])).content.decode()
    assert "写错了日子" in page and "更正" not in page
    assert client_as(village.outsider).post(url, {"why": "捣乱"}).status_code == 404
