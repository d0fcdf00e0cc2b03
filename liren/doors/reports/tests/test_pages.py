"""The page of figures, the brief and the workbook: every number opens a list of its own length; what leaves is traced."""

import io
import re
from datetime import timedelta
from html import unescape
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from liren.core.audit.models import Trace
from liren.core.figures.actions import close_month
from liren.core.figures.jobs import close_months
from liren.core.figures.models import ClosedMonth
from liren.core.figures.periods import this_month
from liren.core.matters import actions
from liren.core.matters.models import Circle, Matter
from liren.core.matters.seeking import FILTERS
from liren.doors.reports.asking import Asked
from liren.doors.reports.briefing import brief_of
from liren.doors.reports.charts import line_chart

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a[^>]*href="(/matters/\?[^"]*)"[^>]*>([\d,]+)( 件)?</a>')


@pytest.fixture
def last_month(village: Any) -> list[Matter]:
    """Appeals and errands of the last month: two leaks at one door, one loose, one closed late, one for a circle."""
    by, start = village.secretary, this_month().before.first

    def opened(title: str, days: int, **facts: Any) -> Matter:
        facts.setdefault("community", village.community)
        matter = actions.open_matter(facts.pop("kind", "governance.errand"), title=title, by=by, **facts)
        at = timezone.make_aware(timezone.datetime(start.year, start.month, 1, 10)) + timedelta(days=days)
        Matter.objects.filter(pk=matter.pk).update(opened_at=at, source=facts.get("source", "counter"))
        return matter

    found = [
        opened("取药", 1, house=village.house),
        opened("换锁", 2, building=village.walk_up),
        opened("问医保", 3, kind="governance.question"),
        opened("漏水", 4, kind="governance.appeal", house=village.house, cause="leak", source="phone"),
        opened("又漏水", 9, kind="governance.appeal", house=village.house, cause="leak", source="phone"),
        opened("只给知情人", 5, house=village.house),
    ]
    at = Matter.objects.get(pk=found[0].pk).opened_at
    Matter.objects.filter(pk=found[0].pk).update(
        closed_at=at + timedelta(days=1),
        closed_in_time=False,
        outcome="done",
        solved="yes",
        satisfied="partly",
    )
    Matter.objects.filter(pk=found[3].pk).update(contacted_at=at + timedelta(days=4), contacted_in_time=True)
    Matter.objects.filter(pk=found[5].pk).update(restricted=True)
    Circle.objects.create(matter=found[5], user=by)
    return found


def page(client: Any, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def numbers(text: str) -> list[tuple[str, int]]:
    return [(unescape(url), int(said.replace(",", ""))) for url, said, _ in LINK.findall(text)]


@pytest.mark.parametrize("frozen", [False, True], ids=["running", "closed"])
@pytest.mark.parametrize("who", ["secretary", "line_worker", "grid_worker"])
def test_every_number_on_the_page_opens_a_list_of_its_own_length(
    village: Any, client_as: Any, last_month: list[Matter], who: str, frozen: bool
) -> None:
    if frozen:
        close_month(village.community, month=this_month().before, by=None)
        Matter.objects.filter(pk=last_month[1].pk).update(cause="noise", area=village.grid_1)
    client = client_as(village[who])
    found = numbers(page(client, f"/reports/?period={this_month().before.key}"))
    assert len(found) > 10
    for url, number in dict(found).items():
        answer = client.get(url)
        assert answer.status_code == 200
        assert not answer.context["asked"].problems, url
        assert len(answer.context["rows"]) == number, url
    assert any("frozen=" in url for url, _ in found) == frozen


def test_every_parameter_of_a_link_is_one_of_the_filter_language(
    village: Any, client_as: Any, last_month: list[Matter]
) -> None:
    text = page(client_as(village.secretary), f"/reports/?period={this_month().before.key}")
    used = {name for url, _ in numbers(text) for name in re.findall(r"[?&]([a-z_]+)=", url)}
    assert used <= set(FILTERS) and "holder" not in used


@pytest.mark.parametrize("size", ["month", "quarter", "year"])
def test_months_quarters_and_years(village: Any, client_as: Any, last_month: list[Matter], size: str) -> None:
    first = this_month().before.first
    keys = {
        "month": f"{first:%Y-%m}",
        "quarter": f"{first.year}-Q{(first.month + 2) // 3}",
        "year": f"{first.year}",
    }
    text = page(client_as(village.secretary), f"/reports/?period={keys[size]}")
    assert dict((url, n) for url, n in numbers(text) if "state=all&opened=" in url)
    assert "不给人排名" in text


def test_only_what_is_over_is_compared(village: Any, client_as: Any, last_month: list[Matter]) -> None:
    """A month half gone says nothing against a whole one, nor anything against a month of which nothing is known."""
    client = client_as(village.secretary)
    assert "比上月" not in page(client, f"/reports/?period={this_month().key}")
    assert "比上月" not in page(client, f"/reports/?period={this_month().before.key}")
    at = this_month().before.before.first
    early = timezone.make_aware(timezone.datetime(at.year, at.month, 5))
    Matter.objects.filter(pk=last_month[2].pk).update(opened_at=early)
    assert "比上月多 4 件" in page(client, f"/reports/?period={this_month().before.key}")


@pytest.mark.parametrize("query", ["period=x", "period=2099-01", "area=999", "area=a", "period=2026-13"])
def test_what_cannot_be_read_is_this_month(village: Any, client_as: Any, query: str) -> None:
    assert this_month().name in page(client_as(village.secretary), f"/reports/?{query}")


def test_a_page_of_more_matters_needs_no_more_queries(
    village: Any, client_as: Any, last_month: list[Matter]
) -> None:
    client = client_as(village.secretary)
    url = f"/reports/?period={this_month().before.key}"
    client.get(url)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    few = asked()
    at = Matter.objects.get(pk=last_month[0].pk).opened_at
    Matter.objects.bulk_create(
        Matter(
            community=village.community, area=village.grid_1, kind="governance.errand", stage="new",
            number=f"多-{n}", title="多", cause="", house=village.house, opened_at=at,
        )
        for n in range(80)
    )  # fmt: skip
    assert asked() <= few


def test_outsiders_and_those_without_the_post_count_nothing(
    village: Any, client_as: Any, last_month: list[Matter]
) -> None:
    assert not numbers(page(client_as(village.outsider), f"/reports/?period={this_month().before.key}"))
    assert client_as(village.auditor).get("/reports/").status_code == 403
    own = page(client_as(village.outsider), f"/reports/?area={village.community.pk}")
    assert village.community.name not in own


def test_a_restricted_matter_is_counted_for_its_circle_alone_and_never_on_paper(
    village: Any, client_as: Any, last_month: list[Matter]
) -> None:
    url = f"/reports/?period={this_month().before.key}"

    def received(who: str) -> int:
        wanted = f"/matters/?state=all&opened={this_month().before.key}"
        return dict(numbers(page(client_as(village[who]), url)))[wanted]

    assert received("secretary") == len(last_month) and received("deputy") == len(last_month) - 1
    asked = Asked(village.secretary, this_month().before, None, [])
    assert f"本月新收 {len(last_month) - 1} 件" in brief_of(asked).sentences[0]
    Matter.objects.filter(pk=last_month[5].pk).update(kind="governance.supplies", house=None)
    for page_url in (f"/reports/brief/?month={this_month().before.key}", "/reports/brief/"):
        assert "物资" not in page(client_as(village.secretary), page_url)


def test_the_brief_is_written_from_figures(village: Any, client_as: Any, last_month: list[Matter]) -> None:
    client = client_as(village.deputy)
    text = page(client, f"/reports/brief/?month={this_month().before.key}")
    assert "本月新收 5 件。其中政策服务" in text and "治理调解 2 件" in text
    assert "本月办结 1 件；有时限的 1 件里，按时办结 0 件，按时办结率 0.0%。" in text
    assert "应当联系诉求人的" not in text  # nobody left a way to be reached
    assert "（2 件）" in text
    assert not Trace.objects.filter(action="reports.print").exists()


def test_the_paper_is_traced(village: Any, client_as: Any, last_month: list[Matter]) -> None:
    client = client_as(village.deputy)
    url = f"/reports/brief/?month={this_month().before.key}"
    form = {"purpose": "报街道", "day": "2026-11-03", "maker": "高原", "reviewer": "", "remark": "下月看水管"}
    text = client.post(url, form).content.decode()
    assert "单位（盖章）" in text and "审核人" in text and "下月看水管" in text and "本月新收 5 件" in text
    trace = Trace.objects.get(action="reports.print")
    assert (trace.purpose, trace.particulars["period"]) == ("报街道", this_month().before.key)
    assert "简报会这样写" in client.post(url, form | {"purpose": " "}).content.decode()
    assert Trace.objects.filter(action="reports.print").count() == 1


def test_the_workbook_holds_the_same_numbers_and_is_traced(
    village: Any, client_as: Any, last_month: list[Matter]
) -> None:
    client = client_as(village.secretary)
    url = f"/reports/export/?period={this_month().before.key}"
    answer = client.post(url, {"purpose": "月报", "receiver": "街道社区办"})
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book["主要数字"]
    headings = [cell.value for cell in sheet[4]]
    assert sheet.cell(5, headings.index("新收") + 1).value == len(last_month) - 1
    by_grid = [[cell.value for cell in row] for row in book["按网格"].iter_rows(min_row=5)]
    assert sum(row[1] for row in by_grid) == len(last_month) - 1
    assert book["怎么算的"].max_row > len(FILTERS) // 4
    assert Trace.objects.get(action="reports.export").particulars["receiver"] == "街道社区办"
    assert client_as(village.grid_worker).get(url).status_code == 403
    assert client.post(url, {"purpose": "月报", "receiver": " "}).status_code == 200
    assert Trace.objects.filter(action="reports.export").count() == 1


def test_a_closed_month_shows_what_today_would_say(
    village: Any, client_as: Any, last_month: list[Matter]
) -> None:
    close_month(village.community, month=this_month().before, by=None)
    client = client_as(village.secretary)
    url = f"/reports/?period={this_month().before.key}"
    assert "重数是" in page(client, url)  # the restricted one, which this user alone may count
    text = page(client_as(village.deputy), url)
    assert "已封存" in text and "重数是" not in text
    at = Matter.objects.get(pk=last_month[1].pk).opened_at
    late = actions.open_matter(
        "governance.errand", community=village.community, title="补录", by=village.secretary
    )
    Matter.objects.filter(pk=late.pk).update(opened_at=at)
    text = page(client_as(village.deputy), url)
    assert "按今天的台账重数是" in text
    assert "本月新收 5 件" in page(
        client_as(village.deputy), f"/reports/brief/?month={this_month().before.key}"
    )


@pytest.mark.parametrize(("day", "closes"), [(2, 2), (3, 1), (28, 1)])
def test_months_are_closed_from_the_third_on(
    village: Any, monkeypatch: pytest.MonkeyPatch, day: int, closes: int
) -> None:
    today = this_month().first.replace(day=day)
    monkeypatch.setattr("liren.core.figures.jobs.timezone.localdate", lambda: today)
    assert close_months() == 2  # both communities
    months = set(ClosedMonth.objects.values_list("month", flat=True))
    before = this_month().before if closes == 1 else this_month().before.before
    assert months == {before.first}
    assert close_months() == 0


def test_names_beside_lines_never_cover_each_other() -> None:
    rows = [
        ("zhi", "甲", [0, 7]),
        ("min", "乙", [0, 7]),
        ("shu", "丙", [3, 6]),
        ("ji", "丁", [0, 0]),
        ("wen", "戊", [0, 0]),
    ]
    chart = line_chart(["1月", "2月"], rows)
    labels = sorted(curve.label for curve in chart.curves)
    assert all(after - before >= 20 for before, after in pairwise(labels))
    assert all(0 < label < 244 for label in labels)
    assert [tick.text for tick in chart.up] == ["0", "2", "4", "6", "8"]
