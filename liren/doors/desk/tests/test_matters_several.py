"""Several matters at once: one confirmation, each by its own action, what was refused is said and left as it was."""

import re
from typing import Any

import pytest

from liren.core.matters import actions
from liren.core.matters.models import Entry, Matter

pytestmark = pytest.mark.django_db
SEVERAL = "/matters/several/"


def opened(village: Any, title: str, **facts: Any) -> Matter:
    return actions.open_matter(
        "governance.errand", community=village.community, title=title, **{"by": village.secretary, **facts}
    )


@pytest.fixture
def three(village: Any) -> list[Matter]:
    return [opened(village, f"取药 {n}", house=village.house) for n in range(3)]


def keys(matters: list[Matter]) -> list[int]:
    return [matter.pk for matter in matters]


def said(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_list_offers_what_the_post_allows(village: Any, client_as: Any, three: list[Matter]) -> None:
    page = said(client_as(village.secretary).get("/matters/"))
    assert page.count('name="m"') == 3 and page.count('name="deed"') == 6, "by script and without"
    assert 'value="archive"' in page
    grid = said(client_as(village.grid_worker).get("/matters/"))
    assert 'value="note"' in grid and 'value="assign"' not in grid and 'value="archive"' not in grid
    assert (
        client_as(village.grid_worker).get(SEVERAL, {"deed": "archive", "m": keys(three)}).status_code == 403
    )


def test_assigned_together_each_has_its_entry(village: Any, client_as: Any, three: list[Matter]) -> None:
    client = client_as(village.secretary)
    page = said(client.get(SEVERAL, {"deed": "assign", "m": keys(three)}))
    assert all(matter.number in page for matter in three) and "派给同事：3 件" in page
    once = re.search(r'name="once" value="([^"]+)"', page)[1]  # type: ignore[index]
    facts = {
        "deed": "assign",
        "m": keys(three),
        "to": village.grid_worker.pk,
        "note": "下午一起去",
        "once": once,
    }
    for _ in range(2):
        assert client.post(SEVERAL, facts)["Location"] == "/matters/"
    assert set(Matter.objects.values_list("holder", flat=True)) == {village.grid_worker.pk}
    assert Entry.objects.filter(what="assign", note="下午一起去").count() == 3, "sent twice, done once"


def test_one_refusal_stops_no_other_and_is_said(village: Any, client_as: Any, three: list[Matter]) -> None:
    held, other, closed = three
    actions.assign(held, village.grid_worker, by=village.secretary)
    elsewhere = opened(village, "五号楼的事", house=village.rented_house)
    actions.move(closed, "finish", note="好了", outcome="done", by=village.secretary)
    facts = {"deed": "assign", "m": keys([held, other, closed, elsewhere]), "to": village.grid_worker.pk}
    page = said(client_as(village.secretary).post(SEVERAL, facts))
    assert "3 件没办成" in page and "其余" in page
    for matter, why in ((held, "本来就是"), (closed, "已经办结"), (elsewhere, "不在这里办事")):
        assert re.search(f"{matter.number} · <span[^>]*>[^<]*{why}", page), why
    assert other.number not in page and Matter.objects.get(pk=other.pk).holder == village.grid_worker
    assert Matter.objects.get(pk=elsewhere.pk).holder is None
    assert not Entry.objects.filter(matter=elsewhere, what="assign").exists(), (
        "of what is refused nothing is written"
    )


def test_only_what_is_closed_goes_into_the_archive(village: Any, client_as: Any, three: list[Matter]) -> None:
    actions.move(three[0], "finish", note="好了", outcome="done", by=village.secretary)
    page = said(client_as(village.secretary).post(SEVERAL, {"deed": "archive", "m": keys(three)}))
    assert "2 件没办成" in page and page.count("办结以后才能归档") == 2
    assert list(Matter.objects.exclude(archived_at=None)) == [Matter.objects.get(pk=three[0].pk)]


def test_words_must_be_there_and_go_to_each(village: Any, client_as: Any, three: list[Matter]) -> None:
    client = client_as(village.grid_worker)
    assert client.post(SEVERAL, {"deed": "note", "m": keys(three), "text": " "}).status_code == 422
    client.post(SEVERAL, {"deed": "note", "m": keys(three), "text": "停电，晚两天"})
    assert Entry.objects.filter(what="comment", note="停电，晚两天").count() == 3


def test_what_one_may_not_know_of_is_passed_over(village: Any, client_as: Any, three: list[Matter]) -> None:
    lead = actions.open_matter(
        "governance.lead", community=village.community, title="线索", by=village.secretary
    )
    foreign = actions.open_matter(
        "governance.errand", community=village.neighbour, title="隔壁", by=village.outsider
    )
    client = client_as(village.line_worker)
    page = said(client.get(SEVERAL, {"deed": "note", "m": keys([three[0], lead, foreign])}))
    assert "1 件" in page and lead.number not in page and "隔壁" not in page
    client.post(SEVERAL, {"deed": "note", "m": keys([lead, foreign]), "text": "看看"})
    assert not Entry.objects.filter(what="comment").exists()
    for nothing in (
        {},
        {"deed": "note"},
        {"deed": "burn", "m": keys(three)},
        {"deed": "note", "m": ["x", "9" * 30, "9" * 19]},
    ):
        assert client.get(SEVERAL, nothing)["Location"] == "/matters/"
