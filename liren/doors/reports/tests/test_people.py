"""The page of people: every number opens as many as it says, for everybody who looks; paper and file say the same."""

import io
import re
from html import unescape
from typing import Any

import pytest
from openpyxl import load_workbook

from liren.core.figures.actions import close_month
from liren.core.figures.periods import this_month
from liren.core.people.actions import move_out
from liren.core.people.models import Label, Person
from liren.doors.reports.briefing import Table
from liren.doors.reports.charts import pyramid_chart

pytestmark = pytest.mark.django_db

LINK = re.compile(r"""<a[^>]*href="(/registry/files/[^"]*)"[^>]*>(?:<span><b>[^<]*</b><br>)?([\d,]+)""")
URL = "/reports/people/"


def page(client: Any, url: str = URL) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def numbers(text: str) -> dict[str, int]:
    return {unescape(url): int(said.replace(",", "")) for url, said in LINK.findall(text)}


@pytest.mark.parametrize("frozen", [False, True], ids=["now", "closed"])
@pytest.mark.parametrize("who", ["secretary", "health_worker", "grid_worker"])
def test_every_number_on_the_page_opens_as_many(village: Any, client_as: Any, who: str, frozen: bool) -> None:
    url = URL
    if frozen:
        url = f"{URL}?period={this_month().before.key}"
        close_month(village.community, month=this_month().before, by=None)
        child = {"residences__to_on": None, "residences__relation": "20"}
        gone = Person.objects.filter(community=village.community, present__in=[True], **child).first()
        move_out(gone, by=village.secretary)
    client = client_as(village[who])
    found = numbers(page(client, url))
    assert len(found) > 10
    for address, number in found.items():
        answer = client.get(address)
        assert not answer.context["asked"].problems, address
        assert answer.context["page"].total == number, address
    assert any("frozen=" in address for address in found) == frozen


def test_a_grid_worker_counts_the_own_grid_alone(village: Any, client_as: Any) -> None:
    own = Person.objects.filter(area=village.grid_1, present__in=[True]).count()
    text = page(client_as(village.grid_worker))
    assert f">{own}</a>" in text and village.grid_2.name not in text.split("各类人群")[-1]
    outside = page(client_as(village.outsider), f"{URL}?area={village.community.pk}")
    assert village.community.name not in outside


def test_labels_stand_on_the_page_of_who_may_know_of_them(village: Any, client_as: Any) -> None:
    assert Label.objects.filter(code="minimum_living", to_on=None, person__present__in=[True]).exists()

    def labels(who: str) -> str:
        return page(client_as(village[who])).split('id="h-labels"')[1].split("</section>")[0]

    assert "低保" in labels("secretary") and "低保" in labels("line_worker")
    assert "低保" not in labels("health_worker") and "残疾人" in labels("health_worker")
    assert "精神障碍" not in labels("secretary") + labels("health_worker")


def test_brief_and_workbook_carry_people_but_no_labels_of_a_line(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    form = {"purpose": "报街道", "day": "2026-11-03", "maker": "苏敏", "reviewer": "", "remark": ""}
    paper = client.post(f"/reports/brief/?month={this_month().before.key}", form).content.decode()
    everybody = Person.objects.filter(community=village.community, present__in=[True]).count()
    assert f"在册人口 {everybody} 人" in paper
    for title in ("人口变动", "年龄和性别", "各类人群", "标签", "各楼住多少人"):
        assert (title in paper) == (title != "人口变动" or "迁入</th>" in paper)
    assert "残疾人" in paper and "低保" not in paper
    answer = client.post("/reports/export/", {"purpose": "月报", "receiver": "街道"})
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book["年龄和性别"].iter_rows(min_row=5, min_col=2, values_only=True))
    assert sum(sum(row) for row in rows) == everybody
    groups = {row[0]: row[1] for row in book["各类人群"].iter_rows(min_row=5, values_only=True)}
    assert groups["在册人口"] == everybody
    names = {row[0] for row in book["标签"].iter_rows(min_row=5, values_only=True)}
    assert "残疾人" in names and "低保" not in names
    assert {"人口变动", "各楼人口", "按楼栋", "按月份"} <= set(book.sheetnames)


def test_who_may_not_see_people_gets_neither_tab_nor_page(village: Any, client_as: Any) -> None:
    assert client_as(village.auditor).get(URL).status_code == 403
    assert 'href="/reports/people/' in page(client_as(village.secretary), "/reports/")


def test_an_empty_register_says_what_to_do(village: Any, client_as: Any) -> None:
    Person.objects.update(status="moved_out")
    assert "这里还没有登记居民" in page(client_as(village.secretary))
    text = client_as(village.secretary).get("/reports/brief/").content.decode()
    assert "在册人口" not in text


def test_people_of_many_communities_stand_by_community(village: Any, client_as: Any) -> None:
    text = page(client_as(village.street_section))
    assert village.neighbour.name in text and village.grid_2.name not in text.split("各类人群")[-1]


def test_a_sex_that_is_not_known_is_counted_whatever_the_reason(village: Any, client_as: Any) -> None:
    here = Person.objects.filter(community=village.community, present__in=[True], birth__startswith="19")
    unsaid, unknown = here.order_by("birth")[:2]
    Person.objects.filter(pk=unsaid.pk).update(sex="9", birth="1950-01-01")
    Person.objects.filter(pk=unknown.pk).update(sex="0", birth="1950-06-01")
    client = client_as(village.secretary)
    text = page(client)
    table = text.split("同样的数，列成表")[1].split("</details>")[0]
    assert "性别没登记" in table and "性别未说明" in table and "另 2 人性别不清楚" in text
    told = numbers(table)
    assert (
        sum(told.values()) == Person.objects.filter(community=village.community, present__in=[True]).count()
    )
    for address, number in told.items():
        assert client.get(address).context["page"].total == number, address


def test_the_pyramid_is_as_wide_as_its_longest_step() -> None:
    chart = pyramid_chart([("90+", 1, 0), ("85–89", 2, 4), ("80–84", 0, 2)])
    assert [step.name for step in chart.steps] == ["90", "", "80"]
    widest = max(step.right_width for step in chart.steps)
    assert chart.steps[1].right_width == widest and chart.steps[1].left_width == pytest.approx(
        widest / 2, abs=0.1
    )
    assert chart.steps[2].left_width == 0


def test_a_long_table_of_the_brief_is_folded_and_loses_nothing() -> None:
    table = Table("甲", "楼栋", ["人"], [(f"{number} 号楼", [None]) for number in range(30)])
    assert table.across == 4 and len(table.lines) == 8
    assert table.heads == ["楼栋", "人"] * 4
    told = [words for line in table.lines for words, _ in line if words.endswith("号楼")]
    assert sorted(told) == sorted(f"{number} 号楼" for number in range(30))
