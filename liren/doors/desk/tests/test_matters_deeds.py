"""What is done around a matter at the desk: words, files, holders, clocks, slips, other matters."""

import datetime
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from liren.core.audit.models import Trace
from liren.core.logbook.actions import withdraw_record
from liren.core.logbook.models import WorkRecord
from liren.core.matters import actions
from liren.core.matters.models import Attachment, Circle, Entry, Handoff, Matter, Party, Todo

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def said(answer: Any) -> str:
    return str(answer.content.decode())


def opened(village: Any, kind: str = "governance.errand", **facts: Any) -> Matter:
    given = {"title": "帮方奶奶取药", "house": village.house, "holder": village.secretary} | facts
    return actions.open_matter(kind, community=village.community, by=village.secretary, **given)


@pytest.fixture
def errand(village: Any) -> Matter:
    return opened(village)


def photo(name: str = "门口.jpg") -> SimpleUploadedFile:
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(picture, "JPEG")
    return SimpleUploadedFile(name, picture.getvalue(), "image/jpeg")


FORMS = {
    "comment": {"text": "去过一次"},
    "contact": {"how": "phone", "reached": "no"},
    "assign": {"to": "grid_worker"},
    "ask": {"what": "量血压", "holder": "deputy"},
    "pause": {"reason": "等医院回话"},
    "due": {"due_at": "2035-01-03T17:30", "reason": "医院改期"},
    "triage": {"urgency": "urgent", "reason": "药断了"},
    "hand_off": {"to": "property", "name": "安居物业", "brief": "开门禁"},
    "split": {"title": "另办门禁", "kind": "governance.errand"},
    "follow": {"title": "下月再取", "kind": "governance.errand"},
    "party": {"role": "witness", "name": "邻居"},
    "correct": {"title": "帮方奶奶取降压药", "where": "小区东门"},
}


def facts_of(village: Any, deed: str) -> dict[str, Any]:
    return {key: village[value].pk if value in village else value for key, value in FORMS[deed].items()}


@pytest.mark.parametrize("deed", FORMS)
def test_a_form_is_a_page_a_drawer_and_a_deed(
    village: Any, client_as: Any, errand: Matter, deed: str
) -> None:
    desk, url = client_as(village.secretary), f"/matters/{errand.pk}/{deed.replace('_', '-')}/"
    assert "<html" in said(desk.get(url))
    assert "<dialog" in said(desk.get(url, headers=HTMX)) and "<html" not in said(desk.get(url, headers=HTMX))
    before = Entry.objects.count()
    answer = desk.post(url, facts_of(village, deed) | {"once": "1"}, headers=HTMX)
    assert answer.status_code == (200 if deed == "hand_off" else 204), said(answer)
    assert Entry.objects.count() > before
    assert client_as(village.outsider).post(url, facts_of(village, deed)).status_code == 404


@pytest.mark.parametrize("deed", ["comment", "contact", "assign", "split", "follow"])
def test_a_double_click_does_it_once(village: Any, client_as: Any, errand: Matter, deed: str) -> None:
    desk, url = client_as(village.secretary), f"/matters/{errand.pk}/{deed}/"
    for _ in range(2):
        desk.post(url, facts_of(village, deed) | {"once": "same"})
    written = Entry.objects.exclude(what="open").count()
    assert written == 1 and Matter.objects.count() == (2 if deed in ("split", "follow") else 1)


def test_a_comment_with_a_photo_is_one_entry(village: Any, client_as: Any) -> None:
    errand = opened(village, parties=[actions.PartyDraft(role="asker", name="孙阿姨")])
    facts = {"text": "门口拍的", "files": [photo()], "public": "on", "once": "1"}
    client_as(village.secretary).post(f"/matters/{errand.pk}/comment/", facts)
    kept = Attachment.objects.get()
    assert kept.entry.note == "门口拍的" and kept.entry.public and kept.document.family == "photo"
    page = said(client_as(village.secretary).get(f"/matters/{errand.pk}/"))
    assert "/documents/" in page and "诉求人看得到" in page


def test_a_file_that_is_none_of_ours_is_refused_and_nothing_is_written(
    village: Any, client_as: Any, errand: Matter
) -> None:
    bad = SimpleUploadedFile("游戏.exe", b"MZ" + bytes(64))
    answer = client_as(village.secretary).post(
        f"/matters/{errand.pk}/comment/", {"text": "看看", "files": [bad]}
    )
    assert answer.status_code == 409 and "看看" in said(answer)
    assert not Attachment.objects.exists() and not Entry.objects.filter(what="comment").exists()


def test_nothing_said_is_asked_for(village: Any, client_as: Any, errand: Matter) -> None:
    answer = client_as(village.secretary).post(f"/matters/{errand.pk}/comment/", {}, headers=HTMX)
    assert answer.status_code == 422 and "写一句" in said(answer)


def test_taking_and_giving_on(village: Any, client_as: Any, errand: Matter) -> None:
    client_as(village.line_worker).post(f"/matters/{errand.pk}/take/", {"once": "1"})
    errand.refresh_from_db()
    assert errand.holder == village.line_worker
    page = said(client_as(village.grid_worker).get(f"/matters/{errand.pk}/assign/"))
    choices = page.split("派给谁", 1)[1].split("</select>", 1)[0]
    assert "方亮" in choices and "江文" not in choices


def test_a_paused_clock_goes_on(village: Any, client_as: Any, errand: Matter) -> None:
    desk, url = client_as(village.secretary), f"/matters/{errand.pk}/"
    desk.post(f"{url}pause/", {"reason": "等医院回话"})
    assert "停表：等医院回话" in said(desk.get(url))
    desk.post(f"{url}resume/")
    assert not Todo.objects.open().get(matter=errand).is_paused
    assert "这一步没有停表" in said(desk.post(f"{url}resume/", follow=True))


def test_what_a_colleague_was_asked_for_is_ticked_off(village: Any, client_as: Any, errand: Matter) -> None:
    todo = actions.ask_colleague(errand, "量血压", holder=village.deputy, by=village.secretary)
    assert client_as(village.outsider).post(f"/matters/asked/{todo.pk}/done/").status_code == 404
    client_as(village.deputy).post(f"/matters/asked/{todo.pk}/done/")
    todo.refresh_from_db()
    assert todo.done_by == village.deputy
    main = Todo.objects.main().get(matter=errand)
    assert client_as(village.secretary).post(f"/matters/asked/{main.pk}/done/").status_code == 404


def test_the_slip_is_shown_once_urged_and_answered(village: Any, client_as: Any, errand: Matter) -> None:
    desk, url = client_as(village.secretary), f"/matters/{errand.pk}/hand-off/"
    form = said(desk.get(url))
    assert "帮办代办，3号楼，帮方奶奶取药" in form and village.alone.name not in form.split("<form", 1)[1]
    answer = desk.post(url, FORMS["hand_off"] | {"once": "1"})
    handoff = Handoff.objects.get()
    token = said(answer).split('id="slip-link" value="')[1].split('"')[0].rstrip("/").rsplit("/", 1)[-1]
    assert Handoff.objects.by_token(token).get() == handoff and answer["Cache-Control"].count("no-store")
    assert token not in said(desk.get(f"/matters/{errand.pk}/"))
    desk.post(f"/matters/handoffs/{handoff.pk}/urge/", {"note": "打过电话"})
    desk.post(f"/matters/handoffs/{handoff.pk}/back/", {"result": "done", "answer": "门开了"})
    handoff.refresh_from_db()
    assert (handoff.urged, handoff.result) == (1, "done")
    assert "安居物业回复：已办好" in said(desk.get(f"/matters/{errand.pk}/"))
    assert client_as(village.outsider).get(f"/matters/handoffs/{handoff.pk}/back/").status_code == 404


def test_matters_are_linked_and_merged_by_finding_them(village: Any, client_as: Any, errand: Matter) -> None:
    other = opened(village, title="药房送药上门")
    lead = opened(village, "governance.lead", title="有人听见孩子哭喊")
    desk, url = client_as(village.secretary), f"/matters/{errand.pk}/"
    found = said(desk.get(f"{url}others/", {"find": "药房"}, headers=HTMX))
    assert other.title in found
    assert lead.title not in said(desk.get(f"{url}others/", {"find": "孩子"}))
    assert "先找到那一件" in said(desk.post(f"{url}link/", {}))
    desk.post(f"{url}link/", {"other": other.pk, "note": "同一种药"})
    assert other.title in said(desk.get(url))
    answer = desk.post(f"{url}merge/", {"other": other.pk, "note": "一起办"})
    assert answer["Location"] == f"/matters/{other.pk}/"
    story = said(desk.get(answer["Location"]))
    assert f"并来的 {errand.number}" in story
    assert desk.post(f"{url}merge/", {"other": lead.pk}).status_code in (409, 422)


def test_a_phone_is_shown_for_a_reason_and_the_resident_can_be_told(
    village: Any, client_as: Any, errand: Matter
) -> None:
    asker = actions.PartyDraft(person=village.alone, phone="13900001111")
    party = actions.add_party(errand, asker, by=village.secretary)
    desk, url = client_as(village.secretary), f"/matters/parties/{party.pk}/reveal/"
    assert "13900001111" not in said(desk.get(f"/matters/{errand.pk}/")) + said(desk.get(url))
    assert "13900001111" not in said(desk.post(url, {"reason": "curious"}))
    told = desk.post(url, {"reason": "handling"}, headers={"Accept": "application/json"})
    assert told.json()["value"] == "13900001111" and "no-store" in told["Cache-Control"]
    assert Trace.objects.about(village.alone).filter(action="people.reveal").count() == 1
    assert client_as(village.outsider).post(url, {"reason": "handling"}).status_code == 404
    assert client_as(village.street_section).post(url, {"reason": "handling"}).status_code == 403


def test_a_corrected_place_moves_the_matter_to_its_grid(village: Any, client_as: Any, errand: Matter) -> None:
    url = f"/matters/{errand.pk}/correct/"
    facts = {"title": errand.title, "where": village.rented_house.spelt}
    client_as(village.secretary).post(url, facts)
    errand.refresh_from_db()
    assert (errand.house, errand.area) == (village.rented_house, village.grid_2)


def test_called_back_then_archived(village: Any, client_as: Any, errand: Matter) -> None:
    desk, url = client_as(village.secretary), f"/matters/{errand.pk}/"
    facts = {"solved": "yes", "satisfied": "yes", "stars": "5", "words": "谢谢"}
    assert desk.post(f"{url}appraise/", facts).status_code == 409
    actions.move(errand, "finish", note="送到了", outcome="done", by=village.secretary)
    desk.post(f"{url}appraise/", facts | {"once": "1"})
    assert client_as(village.grid_worker).post(f"{url}archive/").status_code == 403
    desk.post(f"{url}archive/")
    errand.refresh_from_db()
    assert errand.stars == 5 and errand.archived_at
    page = said(desk.get(url))
    assert "已归档，只能查看" in page and "写一条经过" not in page


def test_the_circle_is_named_and_narrowed(village: Any, client_as: Any) -> None:
    lead = opened(village, "governance.lead", title="有人听见孩子哭喊")
    desk, url = client_as(village.secretary), f"/matters/{lead.pk}/circle/"
    assert client_as(village.deputy).get(url).status_code == 404
    desk.post(url, {"user": village.deputy.pk})
    assert client_as(village.deputy).get(f"/matters/{lead.pk}/").status_code == 200
    row = Circle.objects.get(matter=lead, user=village.deputy)
    assert client_as(village.grid_worker).post(f"/matters/circle/{row.pk}/drop/").status_code == 404
    desk.post(f"/matters/circle/{row.pk}/drop/")
    assert client_as(village.deputy).get(f"/matters/{lead.pk}/").status_code == 404
    own = Circle.objects.get(matter=lead, user=village.secretary)
    desk.post(f"/matters/circle/{own.pk}/drop/")
    assert Circle.objects.filter(pk=own.pk, to_at=None).exists()


def test_everything_of_one_who_leaves_goes_to_another_in_one_click(
    village: Any, client_as: Any, errand: Matter
) -> None:
    opened(village, "governance.lead", title="有人听见孩子哭喊", holder=village.line_worker)
    for title in ("一", "二"):
        opened(village, title=title, holder=village.line_worker)
    deputy, url = client_as(village.deputy), f"/matters/hand-over/{village.line_worker.pk}/"
    page = said(deputy.get(url))
    assert "手上的 2 件" in page and "孩子" not in page
    deputy.post(url, {"to": village.health_worker.pk, "note": "调走了"})
    held = Matter.objects.filter(holder=village.health_worker)
    assert held.count() == 2 and errand not in held
    assert client_as(village.grid_worker).get(url).status_code == 403
    assert client_as(village.outsider).get(url).status_code == 404
    assert "工作交接" in said(client_as(village.secretary).get(f"/staff/{village.line_worker.pk}/"))


def test_who_was_only_asked_for_things_beside_can_hand_them_over_too(
    village: Any, client_as: Any, errand: Matter
) -> None:
    beside = actions.ask_colleague(errand, "顺路送一下", holder=village.line_worker, by=village.secretary)
    deputy, url = client_as(village.deputy), f"/matters/hand-over/{village.line_worker.pk}/"
    page = said(deputy.get(url))
    assert "协办的 1 件" in page and "顺路送一下" in page and "全部交过去" in page
    assert "1 件都交过去了" in said(deputy.post(url, {"to": village.health_worker.pk}, follow=True))
    beside.refresh_from_db()
    assert beside.holder == village.health_worker


def test_a_refusal_comes_as_a_toast_and_keeps_the_drawer(
    village: Any, client_as: Any, errand: Matter
) -> None:
    late = (timezone.now() - datetime.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    url, facts = f"/matters/{errand.pk}/due/", {"due_at": late, "reason": "改期"}
    answer = client_as(village.secretary).post(url, facts, headers=HTMX)
    assert answer.status_code == 409 and answer["HX-Reswap"] == "none"
    assert Party.objects.count() == 0 and Entry.objects.filter(what="due").count() == 0


def test_a_work_record_is_written_once_and_stands_with_the_matter(
    village: Any, client_as: Any, errand: Matter
) -> None:
    client, url = client_as(village.grid_worker), f"/matters/{errand.pk}/"
    found = re.search(r'href="(/ledgers/log/[^"]*matter=[^"]+)"', said(client.get(url)))
    assert found, "the menu of the matter offers it"
    form = said(client.get(found[1].replace("&amp;", "&")))
    assert errand.number in form
    facts = {
        "text": "上门量了尺寸",
        "matter": errand.pk,
        "kinds": ["visit"],
        "on": timezone.localdate().isoformat(),
        "minutes": "25",
    }
    once = re.search(r'name="once" value="([^"]+)"', form)[1]  # type: ignore[index]
    for _ in range(2):
        answer = client.post("/ledgers/log/new/", {**facts, "once": once})
        assert answer["Location"] == url
    page = said(client.get(url))
    assert page.count("上门量了尺寸") == 1 and "用时 25 分钟" in page
    assert "上门量了尺寸" in said(client.get("/ledgers/log/"))
    [record] = WorkRecord.objects.filter(matter=errand)
    withdraw_record(record, why="写错了地方", by=village.grid_worker)
    assert "上门量了尺寸" not in said(client.get(url))
