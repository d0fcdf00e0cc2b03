"""Pages of 数据质量: what they show, to whom, at what cost."""

import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from liren.core.duty import panels_for
from liren.core.people.actions import register_many
from liren.core.people.drafts import PersonDraft
from liren.core.people.models import Label, Person
from liren.duties.registry.models import DoubtfulPair, Sweep
from liren.duties.registry.quality.actions import look_through
from liren.duties.registry.quality.checks import CHECKS

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def nothing_counted_yet() -> None:
    cache.clear()


def at(name: str, *args: Any) -> str:
    return reverse(f"registry:{name}", args=[getattr(a, "pk", a) for a in args])


def double(village: Any, person: Any) -> Person:
    draft = PersonDraft(
        name=person.name, sex=person.sex, birth=person.birth, house=person.house, relation="02"
    )
    [again] = register_many([draft], community=village.community, source=village.source, by=None)
    return again


@pytest.fixture
def pair(village: Any) -> DoubtfulPair:
    double(village, village.namesake)
    look_through(village.community, by=None)
    found: DoubtfulPair = DoubtfulPair.objects.get()
    return found


def test_the_overview_says_every_check_with_its_figure(village: Any, client_as: Any) -> None:
    page = client_as(village.secretary).get(at("quality")).content.decode()
    for each in CHECKS:
        assert each.name in page and each.url in page
    assert "还没有通查过" in page and 'hx-trigger="load"' not in page
    assert client_as(village.auditor).get(at("quality")).status_code == 403


def test_old_figures_are_shown_at_once_and_counted_anew_behind_them(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    client.get(at("quality"))
    client.post(at("verify_all"), {"row": village.stale.pk})
    page = client.get(at("quality"))
    assert 'hx-trigger="load"' in page.content.decode() and page.context["stale"] == 1
    fresh = client.get(at("quality") + "?now=1", headers=HTMX).content.decode()
    assert "很久没核实" in fresh and "<html" not in fresh and 'hx-trigger="load"' not in fresh
    assert client.get(at("quality")).context["stale"] == 0


def test_a_list_says_who_what_and_the_next_step(village: Any, client_as: Any) -> None:
    client = client_as(village.grid_worker_2)
    page = client.get(at("check", "stale")).content.decode()
    assert "何秀英" in page and "上次核实" in page and "去核实" in page and "都核实过了" in page
    assert "顾阿妹" not in page
    rows = client.get(at("check", "stale"), headers=HTMX).content.decode()
    assert "何秀英" in rows and "<html" not in rows
    missing = client.get(at("check", "no-paper")).content.decode()
    assert at("person_paper", village.paperless) in missing
    assert client.get(at("check", "nothing-such")).status_code == 404
    assert client_as(village.auditor).get(at("check", "stale")).status_code == 403
    section = client_as(village.street_section).get(at("check", "stale")).content.decode()
    assert "何秀英" in section and "去核实" not in section and "data-bulk" not in section


def test_outsiders_find_empty_lists(village: Any, client_as: Any) -> None:
    look_through(village.community, by=None)
    client = client_as(village.outsider)
    for each in CHECKS:
        page = client.get(each.url).content.decode()
        assert "里仁" not in page.replace("· 里仁", "").replace("里仁</span>", "") or "何秀英" not in page
        assert "何秀英" not in page and "赵小弟" not in page


def test_two_records_side_by_side_are_told_apart(village: Any, pair: DoubtfulPair, client_as: Any) -> None:
    client = client_as(village.grid_worker)
    page = client.get(at("check", "doubles")).content.decode()
    assert "姓名相同" in page and at("pair_different", pair) in page
    assert at("merge", pair.one_id) not in page, "a grid worker may not merge"
    paper = village.namesake.papers.get()
    assert paper.masked in page and paper.number not in page
    answer = client.post(at("pair_different", pair), follow=True)
    assert "以后不再问" in answer.content.decode() and at("pair_again", pair) in answer.content.decode()
    assert "姓名相同" not in answer.content.decode()
    assert client.post(at("pair_different", pair), headers=HTMX).status_code == 409
    client.post(at("pair_again", pair))
    pair.refresh_from_db()
    assert pair.state == "open"


def test_who_may_merge_is_led_to_the_merge_of_the_two(
    village: Any, pair: DoubtfulPair, client_as: Any
) -> None:
    client = client_as(village.deputy)
    url = f"{at('merge', pair.one_id)}?with={pair.other_id}"
    assert url in client.get(at("check", "doubles")).content.decode()
    assert client.get(url).status_code == 200


def test_a_pair_that_one_may_not_see_is_not_there(village: Any, pair: DoubtfulPair, client_as: Any) -> None:
    for who in ("outsider", "outsider_grid", "grid_worker_2"):
        assert client_as(village[who]).post(at("pair_different", pair)).status_code == 404
    assert client_as(village.street_section).post(at("pair_different", pair)).status_code == 403
    assert client_as(village.secretary).get(at("pair_different", pair)).status_code == 405


def test_ticked_people_are_verified_as_far_as_one_sees_them(village: Any, client_as: Any) -> None:
    client = client_as(village.grid_worker_2)
    answer = client.post(at("verify_all"), {"row": [village.stale.pk, village.alone.pk, "x"]}, follow=True)
    assert "今天核实过 1 人" in answer.content.decode()
    village.alone.refresh_from_db()
    assert village.alone.verified_on != TODAY()
    assert "先勾上" in client.post(at("verify_all"), follow=True).content.decode()


def test_ticked_labels_are_reviewed_and_restricted_ones_never(village: Any, client_as: Any) -> None:
    past = TODAY() - datetime.timedelta(days=9)
    Label.objects.update(review_on=past)
    client = client_as(village.secretary)
    page = client.get(at("check", "label-review")).content.decode()
    assert "残疾人" in page and "孙志刚" not in page
    rows = [village.care_label.pk, village.restricted_label.pk]
    assert "1 个标签还成立" in client.post(at("review_all"), {"row": rows}, follow=True).content.decode()
    village.restricted_label.refresh_from_db()
    assert village.restricted_label.review_on == past


def test_a_sweep_is_asked_for_by_who_sees_the_whole_community(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    assert "已经开始通查" in client.post(at("sweep"), follow=True).content.decode()
    assert "正在通查" in client.get(at("quality")).content.decode()
    assert "正在找" in client.post(at("sweep"), follow=True).content.decode()
    grid = client_as(village.grid_worker)
    assert "能看全社区的同事" in grid.post(at("sweep"), follow=True).content.decode()
    assert not Sweep.objects.filter(community=village.neighbour).exists()


def test_the_workbench_says_what_is_most_wrong(village: Any, pair: DoubtfulPair) -> None:
    [panel] = [each for each in panels_for(village.secretary) if each.title == "数据质量"]
    assert panel.count == 1 and panel.rows == (("像是同一个人，登记了两份", "1 对", at("check", "doubles")),)
    assert not [each for each in panels_for(village.auditor) if each.title == "数据质量"]
    [empty] = [each for each in panels_for(village.outsider) if each.title == "数据质量"]
    assert not empty.rows and empty.empty


@pytest.mark.parametrize("key", ["doubles", "stale", "no-paper", "two-heads"])
def test_a_page_costs_the_same_for_one_row_and_for_many(village: Any, client_as: Any, key: str) -> None:
    client = client_as(village.secretary)
    client.get(at("check", key))

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(at("check", key)).status_code == 200
        return len(asked)

    def spoil(*people: Person) -> None:
        Person.objects.filter(pk__in=[p.pk for p in people]).update(verified_on=datetime.date(2020, 1, 1))
        for person in people:
            double(village, person)
            person.papers.update(ended_on=TODAY())
            household = person.residences.open().get().household
            draft = PersonDraft(name="并户", house=person.house, household=household, relation="02")
            register_many([draft], community=village.community, source=village.source, by=None)
        look_through(village.community, by=None)

    spoil(village.namesake)
    few = cost()
    spoil(village.head, village.alone, village.double, village.mover, village.tenant)
    assert cost() == few


def test_the_overview_costs_the_same_whatever_it_finds(
    village: Any, pair: DoubtfulPair, client_as: Any
) -> None:
    client = client_as(village.secretary)
    client.get(at("quality"))
    with CaptureQueriesContext(connection) as kept:
        client.get(at("quality"))
    assert len(kept) <= 12
