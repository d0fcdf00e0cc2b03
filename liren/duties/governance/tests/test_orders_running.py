"""A long file of orders is taken over by the worker: begun once, watched, gone on with after a kill, and stopped in a
plain sentence.
"""

import signal
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from liren.core.accounts.actions import end_post
from liren.core.audit.models import Trace
from liren.core.documents.models import Document
from liren.core.duty import Refused, progress
from liren.duties.governance.appeals.orders import actions
from liren.duties.governance.appeals.orders.actions import running, taking
from liren.duties.governance.models import Appeal, OrderFile
from liren.sample.elsewhere import Elsewhere

from . import order_samples as samples

pytestmark = pytest.mark.django_db
ClientAs = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def bites_of_three(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of its own, and bites so small that a few orders are a long file."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(taking, "BITE", 3)
    monkeypatch.setattr(running, "BITE", 3)


def dropped(village: Any, count: int) -> OrderFile:
    return actions.receive_orders(
        village.community, content=samples.many(count), name="工单.xlsx", system="12345", by=village.secretary
    )


def at(name: str, file: OrderFile) -> str:
    return reverse(f"governance:{name}", args=[file.pk])


def shown(client: Client, file: OrderFile, name: str = "orders_file") -> str:
    return unescape(client.get(at(name, file)).content.decode())


def between_bites(monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any], *, after: int) -> None:
    """Something happens when so many bites are written."""
    real, bites = taking._bitten, []

    def bitten(*args: Any) -> OrderFile:
        if len(bites) == after:
            act()
        bites.append(1)
        return real(*args)

    monkeypatch.setattr(taking, "_bitten", bitten)


def refuses() -> None:
    raise Refused("第四张出了岔子")


def test_a_file_of_one_bite_is_taken_at_once(village: Any, client_as: ClientAs) -> None:
    file, client = dropped(village, 3), client_as(village.secretary)
    client.post(at("orders_take", file))
    assert Appeal.objects.count() == 3 and not DBTaskResult.objects.exists()
    assert "原文件已经销毁" in shown(client, file)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_begin_a_long_file_once(village: Any, client_as: ClientAs) -> None:
    file, client = dropped(village, 4), client_as(village.secretary)
    assert client.post(at("orders_take", file))["Location"] == at("orders_file", file)
    assert not Appeal.objects.exists()
    client_as(village.line_worker).post(at("orders_take", file))
    with pytest.raises(Refused, match="正在导入，不用再点"):
        actions.start_taking(file, by=village.secretary)
    with pytest.raises(Refused, match="等它导完"):
        actions.drop_orders(file, by=village.secretary)
    job = DBTaskResult.objects.get()
    assert job.args_kwargs["args"] == [file.pk] and OrderFile.objects.get().run_by == village.secretary
    assert Trace.objects.filter(action="governance.orders_start").count() == 1
    page = shown(client, file)
    assert "排队等候" in page and at("orders_progress", file) in page
    assert at("orders_take", file) not in page and at("orders_drop", file) not in page
    assert "正在导入" in unescape(client.get(reverse("governance:orders")).content.decode())


def test_the_page_shows_how_far_it_is_and_then_the_whole(
    village: Any, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, client = dropped(village, 8), client_as(village.line_worker)
    file = actions.start_taking(file, by=village.secretary)
    seen: list[str] = []
    names = ("orders_file", "orders_progress")
    between_bites(monkeypatch, lambda: seen.extend(shown(client, file, name) for name in names), after=2)
    file = actions.run_taking(file)
    assert len(seen) == 2
    for page in seen:
        assert "正在登记工单" in page and "6 / 8 张" in page and "已新登记 6 件，更新 0 件" in page
    assert (file.opened, file.is_running, Appeal.objects.count()) == (8, False, 8)
    assert client.get(at("orders_progress", file))["HX-Refresh"] == "true"
    assert Trace.objects.get(action="governance.orders_take").user_id == village.secretary.pk
    assert Document.objects.get(pk=file.document_id).disposed_at
    assert actions.run_taking(file).opened == 8 and progress.said(file.key) is None


def test_a_refusal_in_the_middle_says_what_stands_and_the_rest_is_taken_later(
    village: Any, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_as(village.secretary)
    file = actions.start_taking(dropped(village, 8), by=village.secretary)
    with monkeypatch.context() as once:
        between_bites(once, refuses, after=1)
        file = actions.run_taking(file)
    assert (file.is_running, file.is_waiting, file.opened, Appeal.objects.count()) == (False, True, 3, 3)
    page = shown(client, file)
    words = "没有导完：第四张出了岔子。已新登记 3 件，更新 0 件，点「接着导入」把剩下的导完，不会重复"
    assert words in page and "接着导入：新登记 5 件" in page
    client.post(at("orders_take", file))
    file = actions.run_taking(OrderFile.objects.get())
    assert (file.opened, file.same, file.message, Appeal.objects.count()) == (8, 0, "", 8)
    assert Trace.objects.get(action="governance.orders_take").particulars["opened"] == 8


def test_an_accident_is_logged_and_said(village: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    file = actions.start_taking(dropped(village, 4), by=village.secretary)
    between_bites(monkeypatch, lambda: 1 // 0, after=0)
    with pytest.raises(ZeroDivisionError):
        actions.run_taking(file)
    file.refresh_from_db()
    assert file.message == "导入时出了意外，没有导完。什么也没有登记，可以再导一次"
    assert not file.is_running


def test_rights_are_those_of_the_moment(village: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    file = actions.start_taking(dropped(village, 8), by=village.line_worker)
    post = village.line_worker.posts.get()
    between_bites(monkeypatch, lambda: end_post(post, on=post.from_on, by=village.secretary), after=1)
    file = actions.run_taking(OrderFile.objects.get(pk=file.pk))
    assert Appeal.objects.count() == 3
    assert file.message.startswith(f"没有导完：{village.line_worker.name}的岗位现在不能导入工单了")
    for key in ("outsider", "grid_worker", "street_section"):
        with pytest.raises(Refused, match="您的岗位不能导入工单"):
            actions.start_taking(file, by=village[key])


def test_who_may_not_take_orders_sees_no_progress(village: Any, client_as: ClientAs) -> None:
    file = actions.start_taking(dropped(village, 4), by=village.secretary)
    assert client_as(village.outsider).get(at("orders_progress", file)).status_code == 404
    assert client_as(village.grid_worker).get(at("orders_progress", file)).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_a_dead_job_is_gone_on_with_and_given_back_in_the_end(
    village: Any, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_as(village.secretary)
    file = actions.start_taking(dropped(village, 4), by=village.secretary)
    monkeypatch.setattr(progress, "SILENT_AFTER", -1)
    assert not actions.rescue(file)  # it waits for its turn
    for tries in range(2, running.TRIES + 1):
        DBTaskResult.objects.all().delete()  # begun, and then killed
        assert "排队等候" in shown(client, file)
        assert (DBTaskResult.objects.count(), OrderFile.objects.get().tries) == (1, tries)
    DBTaskResult.objects.all().delete()
    assert "导入断了 3 次，没有导完。什么也没有登记" in shown(client, file)
    assert not DBTaskResult.objects.exists() and not actions.rescue(OrderFile.objects.get())


def test_a_job_that_was_heard_of_is_left_alone(village: Any) -> None:
    file = actions.start_taking(dropped(village, 4), by=village.secretary)
    assert not actions.rescue(file) and actions.rescue(file, alone=True)


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_goes_on_where_it_stopped(village: Any, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "documents"
    settings.MEDIA_ROOT.mkdir()
    actions.start_taking(dropped(village, 10), by=village.secretary)
    there, dying = Elsewhere(tmp_path), "liren.duties.governance.tests.dying"
    count = "SELECT count(*) FROM governance_appeal"
    for bite, taken in (("2", 3), ("3", 6)):
        assert there.run(dying, bite) == (-signal.SIGKILL, [])
        assert there.ask(count) == [(taken,)]
    assert there.run(dying, "0") == (0, ["10 3 "])
    assert there.ask(count) == [(10,)]
    assert there.ask("SELECT count(DISTINCT outer_number) FROM governance_appeal") == [(10,)]
