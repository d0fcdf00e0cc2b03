"""Hazards on pages and paper: numbers without gaps, print pages, photos, ledgers, counts that open their lists."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liren.core.duty import Refused
from liren.core.matters import actions as matters
from liren.core.matters.seeking import counted
from liren.duties.governance.hazards import actions
from liren.duties.governance.models import Dissuasion, Hazard, HazardPaper

from .hazard_samples import in_days, late, noticed, opened, picture, rectified, shot

pytestmark = pytest.mark.django_db


def body(answer: Any) -> str:
    return str(answer.content.decode())


def upload(colour: str = "teal") -> SimpleUploadedFile:
    return SimpleUploadedFile("现场.jpg", picture(colour), "image/jpeg")


def test_papers_are_numbered_by_kind_without_gaps(village: Any) -> None:
    first, second = noticed(village), opened(village)
    shot(second, "before", by=village.grid_worker)
    facts = {"demand": "搬走", "by": village.grid_worker}
    with pytest.raises(Refused):
        matters.move(second, "notice", deadline_on=in_days(-1), **facts)
    matters.move(second, "notice", deadline_on=in_days(1), **facts)
    matters.move(first, "refer", note="不听劝阻", department="fire", by=village.grid_worker)
    numbers = [paper.shown_number for paper in HazardPaper.objects.order_by("id")]
    assert [re.sub(r"〔\d{4}〕", "", number) for number in numbers] == ["隐整1号", "隐整2号", "隐移1号"]


def test_a_paper_says_the_same_when_the_matter_has_gone_on(village: Any) -> None:
    matter = noticed(village)
    matters.correct_matter(matter, title="别的事", by=village.grid_worker)
    assert HazardPaper.objects.get(matter=matter).words["title"] == "二单元楼道堆了纸箱"


def test_the_notice_on_paper(village: Any, client_as: Any) -> None:
    matter = noticed(village)
    paper = HazardPaper.objects.get(matter=matter)
    text = body(client_as(village.grid_worker).get(reverse("governance:hazard_paper", args=[paper.pk])))
    for words in (
        "安全隐患整改通知书", paper.shown_number, "海东安居物业：", "3号楼", "消防法第二十八条", "把纸箱搬走", "送达回证",
        "拒绝签字", "里仁社区居民委员会（盖章）", "居民委员会没有行政处罚权", "整改前",
    ):  # fmt: skip
        assert words in text, words
    assert "罚款" not in text


def test_the_opinion_shows_before_and_after(village: Any, client_as: Any) -> None:
    matter = matters.move(rectified(village), "close", note="搬走了", by=village.deputy)
    paper = HazardPaper.objects.get(matter=matter, kind="recheck")
    text = body(client_as(village.deputy).get(reverse("governance:hazard_paper", args=[paper.pk])))
    assert "☑ 已整改，同意销号" in text and "整改前照片 1" in text and "整改后照片 1" in text
    assert HazardPaper.objects.get(matter=matter, kind="notice").shown_number in text


def test_the_letter_tells_what_was_tried(village: Any, client_as: Any) -> None:
    matter = noticed(village)
    talk = {"whom": "值班经理", "said": "请清走", "result": "refused", "by": village.grid_worker}
    actions.dissuade(matter, **talk)
    matter = matters.move(matter, "refer", note="请依法处理", department="fire", by=village.grid_worker)
    paper = HazardPaper.objects.get(matter=matter, kind="letter")
    text = body(client_as(village.deputy).get(reverse("governance:hazard_paper", args=[paper.pk])))
    for words in ("消防救援机构：", "先后劝阻 1 次", "不听劝阻", "请依法处理", "回执"):
        assert words in text, words


def test_how_a_paper_was_served_is_written_down_once(village: Any, client_as: Any) -> None:
    paper = HazardPaper.objects.get(matter=noticed(village))
    with pytest.raises(Refused, match="见证人"):
        actions.serve_paper(paper, served="refused", by=village.grid_worker)
    with pytest.raises(Refused, match="签收人"):
        actions.serve_paper(paper, served="hand", by=village.grid_worker)
    url = reverse("governance:hazard_serve", args=[paper.pk])
    client = client_as(village.grid_worker)
    answer = client.post(url, {"served": "refused", "receiver": "", "witness": "楼组长"})
    assert answer.headers["Location"] == reverse("desk:matter", args=[paper.matter_id])
    paper.refresh_from_db()
    assert (paper.served, paper.served_by) == ("refused", village.grid_worker)
    again = client.post(url, {"served": "hand", "receiver": "甲"})
    assert again.status_code == 422 and "已经记过送达" in body(again)
    text = body(client.get(reverse("governance:hazard_paper", args=[paper.pk])))
    assert "☑ 收件人拒绝签字" in text


def test_photos_side_by_side_and_one_more(village: Any, client_as: Any) -> None:
    matter = noticed(village)
    url = reverse("governance:hazard_photos", args=[matter.pk])
    client = client_as(village.grid_worker)
    assert "还没有整改后的照片" in body(client.get(url))
    assert client.post(url, {"role": "after", "files": [upload()]}).status_code == 302
    assert "整改后照片 1" in body(client.get(url))
    wrong = client.post(url, {"role": "after", "files": [SimpleUploadedFile("a.jpg", b"MZ no photo")]})
    assert wrong.status_code == 422 and "是程序" in body(wrong)
    nothing = client.post(url, {"role": "after"})
    assert nothing.status_code == 422 and "没有收到文件" in body(nothing)


def test_the_forms_of_one_hazard(village: Any, client_as: Any) -> None:
    matter = opened(village)
    client = client_as(village.grid_worker)
    url = reverse("governance:hazard_dissuade", args=[matter.pk])
    assert client.post(url, {"whom": "", "said": "", "result": ""}).status_code == 422
    facts = {"whom": "501 室", "said": "别停楼里", "result": "promised", "present": "楼组长"}
    assert client.post(url, facts).status_code == 302
    assert Dissuasion.objects.get().present == "楼组长"
    assert "已经劝过 1 次" in body(client.get(url))
    url = reverse("governance:hazard_correct", args=[matter.pk])
    facts = {"cause": "gas", "grade": "major", "responsible_kind": "person", "responsible_name": "501 室"}
    assert client.post(url, facts).status_code == 302
    assert Hazard.objects.get(matter=matter).grade == "major"


def test_the_page_of_the_matter_leads_to_photos_and_papers(village: Any, client_as: Any) -> None:
    matter = noticed(village)
    text = body(client_as(village.grid_worker).get(reverse("desk:matter", args=[matter.pk])))
    paper = HazardPaper.objects.get(matter=matter)
    for name, pk in (
        ("hazard_photos", matter.pk),
        ("hazard_dissuade", matter.pk),
        ("hazard_paper", paper.pk),
    ):
        assert reverse(f"governance:{name}", args=[pk]) in text
    for words in ("一般隐患", "海东安居物业（物业服务企业）", "消防法第二十八条", "消防救援机构"):
        assert words in text, words


def test_every_number_opens_its_list_and_equals_it(village: Any, client_as: Any) -> None:
    opened(village, grade="major", cause="gas")
    opened(village, building=None, place="东门", cause="manhole", by=village.secretary)
    late(noticed(village))
    client = client_as(village.secretary)
    answer = client.get(reverse("governance:hazards"))
    context = answer.context
    lines = [*context["stats"], *context["kinds"], *context["grades"], *context["buildings"]]
    assert context["stats"][0]["count"] == 3 and context["stats"][1]["count"] == 1
    assert {line["name"]: line["count"] for line in context["buildings"]} == {"3号楼": 2, "楼外、没写楼栋": 1}
    for line in lines:
        params = dict(
            pair.split("=") for pair in line["url"].partition("?")[2].replace("%2C", ",").split("&")
        )
        assert counted(village.secretary, params) == line["count"], line
        assert client.get(line["url"]).status_code == 200
    assert context["first"][0]["matter"].stage == "rectifying"


def test_the_room_costs_the_same_for_one_and_for_many(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("governance:hazards"))
        return len(queries)

    opened(village)
    client.get(reverse("governance:hazards"))
    before = cost()
    for n in range(5):
        opened(village, title=f"第 {n} 处")
    assert cost() == before


@pytest.mark.parametrize("key", ["governance.hazard.all", "governance.hazard_papers"])
def test_ledgers_show_hazards_and_papers_to_those_who_work_there(
    village: Any, client_as: Any, key: str
) -> None:
    matter = matters.move(rectified(village), "close", note="搬走了", by=village.deputy)
    url = reverse("ledgers:ledger", args=[key]) + "?from=&to="
    text = body(client_as(village.secretary).get(url))
    assert matter.number in text and "隐整〔" in text
    for other in (village.outsider, village.grid_worker_2):
        assert matter.number not in body(client_as(other).get(url))


def test_outsiders_find_no_page(village: Any, client_as: Any) -> None:
    matter = noticed(village)
    paper = HazardPaper.objects.get(matter=matter)
    for user in (village.outsider, village.grid_worker_2):
        client = client_as(user)
        for name in ("hazard_photos", "hazard_correct", "hazard_dissuade"):
            assert client.get(reverse(f"governance:{name}", args=[matter.pk])).status_code == 404
        for name in ("hazard_paper", "hazard_serve"):
            assert client.get(reverse(f"governance:{name}", args=[paper.pk])).status_code == 404


def test_another_kind_of_matter_is_no_hazard(village: Any, client_as: Any) -> None:
    errand = matters.open_matter(
        "governance.errand", community=village.community, title="取药", by=village.secretary
    )
    client = client_as(village.secretary)
    assert client.get(reverse("governance:hazard_photos", args=[errand.pk])).status_code == 404
