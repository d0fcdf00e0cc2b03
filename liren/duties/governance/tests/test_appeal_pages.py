"""The pages of appeals: orders dropped and taken over, an appeal exempted, a topic begun, numbers that open their lists."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from liren.core.matters import actions as matters
from liren.core.matters.models import Matter
from liren.duties.governance.models import Appeal, OrderFile

from . import order_samples as samples
from .test_appeals import answered, opened

pytestmark = pytest.mark.django_db
ClientAs = Callable[[Any], Client]


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


def dropped(client: Client, content: bytes, name: str = "工单.xlsx") -> Any:
    return client.post(
        reverse("governance:orders"), {"system": "12345", "file": SimpleUploadedFile(name, content)}
    )


def test_a_file_is_looked_at_before_anything_is_written(village: Any, client_as: ClientAs) -> None:
    client = client_as(village.line_worker)
    answer = dropped(client, samples.plain_sheet())
    file = OrderFile.objects.get()
    page = reverse("governance:orders_file", args=[file.pk])
    assert answer.headers["Location"] == page
    shown = text_of(client.get(page))
    assert "导入：新登记 3 件" in shown and "SH20261120001" in shown and not Appeal.objects.exists()
    client.post(reverse("governance:orders_take", args=[file.pk]))
    assert Appeal.objects.count() == 3
    assert "原文件已经销毁" in text_of(client.get(page))
    dropped(client, samples.plain_sheet())
    again = text_of(
        client.get(reverse("governance:orders_file", args=[OrderFile.objects.order_by("pk").last().pk]))
    )
    assert "已登记，没变化" in again and "导入：" not in again


def test_a_file_that_is_no_order_stays_on_the_page(village: Any, client_as: ClientAs) -> None:
    client = client_as(village.secretary)
    shown = text_of(dropped(client, samples.workbook(("表", [("姓名", "年龄"), ("甲", 3)]))))
    assert "没有找到工单" in shown and not OrderFile.objects.exists()
    assert "空文件" in text_of(dropped(client, b""))


def test_throwing_away_writes_nothing(village: Any, client_as: ClientAs) -> None:
    client = client_as(village.secretary)
    dropped(client, samples.plain_sheet())
    file = OrderFile.objects.get()
    client.post(reverse("governance:orders_drop", args=[file.pk]))
    assert OrderFile.objects.get().dropped_at and not Appeal.objects.exists()
    client.post(reverse("governance:orders_take", args=[file.pk]))
    assert not Appeal.objects.exists()


def test_strangers_get_no_file_and_the_grid_no_page(village: Any, client_as: ClientAs) -> None:
    dropped(client_as(village.secretary), samples.plain_sheet())
    pk = OrderFile.objects.get().pk
    for name in ("orders_take", "orders_drop"):
        assert client_as(village.outsider).post(reverse(f"governance:{name}", args=[pk])).status_code == 404
        assert (
            client_as(village.grid_worker).post(reverse(f"governance:{name}", args=[pk])).status_code == 403
        )
    assert client_as(village.outsider).get(reverse("governance:orders_file", args=[pk])).status_code == 404
    assert OrderFile.objects.get().is_waiting


def test_every_number_of_the_page_opens_a_list_of_that_length(village: Any, client_as: ClientAs) -> None:
    for solved in ("yes", "partly", "no"):
        matter = answered(village)
        matters.appraise(matter, solved=solved, satisfied=solved, by=village.grid_worker)
    opened(village, caller=False, house=None, cause="")
    client = client_as(village.secretary)
    links: list[tuple[str, str]] = []
    for by in ("grid", "cause", "source", "month"):
        shown = text_of(client.get(reverse("governance:appeals"), {"by": by}))
        links += re.findall(r'href="(/matters/\?[^"]+)"[^>]*>(\d+)(?: 件)?</a>', shown)
    assert len(links) > 30
    for url, number in sorted(set(links)):
        shown = text_of(client.get(url))
        assert len(set(re.findall(r"治-\d{4}-\d{4}", shown))) == int(number), url


def test_the_page_says_how_it_reckons_and_ranks_nobody(village: Any, client_as: ClientAs) -> None:
    matter = answered(village)
    shown = text_of(client_as(village.secretary).get(reverse("governance:appeals")))
    assert "不给人排名，也不按人统计" in shown and "待核对" in shown and "按 50% 计" in shown
    assert str(matter.holder) not in re.sub(r"<header.*?</header>", "", shown, flags=re.S)


def test_exempting_and_counting_again_from_the_page(village: Any, client_as: ClientAs) -> None:
    client, matter = client_as(village.secretary), opened(village)
    page = reverse("governance:appeal_exempt", args=[matter.pk])
    client.post(page, {"ground": "", "reason": "热线同意"})
    assert not Appeal.objects.get().is_exempt
    client.post(page, {"ground": "court", "reason": "法院已受理，热线同意剔除"})
    assert Appeal.objects.get().is_exempt
    assert "法院已受理" in text_of(client.get(reverse("governance:appeals")))
    assert "恢复计入三率" in text_of(client.get(reverse("desk:matter", args=[matter.pk])))
    client.post(reverse("governance:appeal_count", args=[matter.pk]))
    assert not Appeal.objects.get().is_exempt
    assert client_as(village.outsider).get(page).status_code == 404


def test_one_click_makes_a_topic_of_a_hot_spot(village: Any, client_as: ClientAs) -> None:
    opened(village)
    opened(village)
    client, facts = client_as(village.secretary), {"house": village.house.pk, "cause": "leak"}
    assert "合成一题" in text_of(client.get(reverse("governance:appeals")))
    answer = client.post(reverse("governance:appeal_topic"), facts)
    topic = Matter.objects.get(kind="governance.topic")
    assert answer.headers["Location"] == reverse("desk:matter", args=[topic.pk])
    assert topic.number in text_of(client.get(reverse("governance:appeals")))
    assert client_as(village.outsider).post(reverse("governance:appeal_topic"), facts).status_code == 404
    assert Matter.objects.filter(kind="governance.topic").count() == 1
