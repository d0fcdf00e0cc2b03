"""The ledger at the desk: its list, opening a matter, moving it to its end, and what is refused."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liren.core.matters import actions
from liren.core.matters.models import Entry, Matter

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def said(answer: Any) -> str:
    return str(answer.content.decode())


def opened(village: Any, kind: str = "governance.errand", **facts: Any) -> Matter:
    given = {"title": "帮方奶奶取药", "house": village.house, "holder": village.grid_worker} | facts
    return actions.open_matter(kind, community=village.community, by=village.secretary, **given)


@pytest.fixture
def errand(village: Any) -> Matter:
    return opened(village)


@pytest.fixture
def lead(village: Any) -> Matter:
    return opened(village, "governance.lead", title="有人听见孩子哭喊", holder=village.line_worker)


def test_from_one_line_to_the_end(village: Any, client_as: Any) -> None:
    desk = client_as(village.secretary)
    assert "帮办代办" in said(desk.get("/matters/new/"))
    facts = {"title": "楼道灯坏了", "area": village.community.pk, "source": "phone", "once": "a"}
    answer = desk.post("/matters/new/governance.errand/", facts)
    matter = Matter.objects.get()
    assert answer["Location"] == f"/matters/{matter.pk}/"
    page = said(desk.get(answer["Location"]))
    assert matter.number in page and "开始办" in page and "待确认" in page
    url = f"/matters/{matter.pk}/move/"
    desk.post(f"{url}begin/", {"seen": 0, "once": "b"})
    desk.post(f"{url}finish/", {"seen": 1, "once": "c", "note": "换好了", "outcome": "done"})
    matter.refresh_from_db()
    assert (matter.stage, matter.outcome) == ("done", "done")
    assert "换好了" in said(desk.get(answer["Location"]))
    assert matter.number in said(desk.get("/matters/?state=closed"))
    assert matter.number not in said(desk.get("/matters/"))


def test_the_list_shows_what_one_may_know_of_and_htmx_gets_its_part(
    village: Any, client_as: Any, errand: Matter
) -> None:
    page = said(client_as(village.secretary).get("/matters/", headers=HTMX))
    assert errand.title in page and "<html" not in page
    for who in ("outsider", "outsider_grid", "grid_worker_2"):
        assert errand.title not in said(client_as(village[who]).get("/matters/?state=all"))
    assert client_as(village.auditor).get("/matters/").status_code == 403


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("q=取药", True), ("q=%E7%94%B5%E6%A2%AF", False), ("seal=zheng", True), ("seal=zhi", False),
        ("kind=governance.errand&kind=governance.other", True), ("kind=governance.other", False), ("holder=none", False),
        ("state=closed", False), ("state=all", True), ("from=2020-01-01&to=2020-01-02", False), ("state=overdue", False),
    ],
)  # fmt: skip
def test_conditions_narrow_the_list(
    village: Any, client_as: Any, errand: Matter, asked: str, there: bool
) -> None:
    assert (errand.title in said(client_as(village.secretary).get(f"/matters/?{asked}"))) == there


@pytest.mark.parametrize("asked", ["state=nonsense", "holder=x", "opened=soon", "area=999999", "house=x"])
def test_a_condition_that_cannot_be_read_is_said(
    village: Any, client_as: Any, errand: Matter, asked: str
) -> None:
    answer = client_as(village.secretary).get(f"/matters/?{asked}")
    assert answer.status_code == 200 and "看不懂" in said(answer)


def test_the_counts_of_the_tabs_equal_their_lists(village: Any, client_as: Any, errand: Matter) -> None:
    opened(village, title="楼道灯坏了", holder=None)
    actions.move(errand, "begin", by=village.grid_worker)
    actions.move(errand, "wait", note="等医院", by=village.grid_worker)
    answer = client_as(village.secretary).get("/matters/")
    for tab in answer.context["tabs"]:
        if tab.count is not None:
            listed = client_as(village.secretary).get(f"/matters/{tab.address}")
            assert listed.context["page"].total == tab.count, tab.name


def queries(client: Any, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_list_asks_as_often_for_sixty_as_for_three(village: Any, client_as: Any) -> None:
    asker = actions.PartyDraft(person=village.alone)
    for number in range(3):
        opened(village, title=f"第 {number} 件", parties=[asker])
    desk = client_as(village.secretary)
    queries(desk, "/matters/?per=100")
    few = queries(desk, "/matters/?per=100")
    for number in range(57):
        matter = opened(village, title=f"又 {number} 件", parties=[asker], house=None)
        if number % 3 == 0:
            actions.move(matter, "begin", by=village.secretary)
    assert queries(desk, "/matters/?per=100") == few


def test_the_page_of_one_asks_as_often_for_a_long_story(village: Any, client_as: Any, errand: Matter) -> None:
    def told() -> None:
        actions.comment(errand, "去过一次", by=village.grid_worker)
        actions.contact(errand, how="phone", reached=True, by=village.grid_worker)
        actions.hand_off(errand, to="property", name="安居物业", brief="开门禁", by=village.secretary)
        actions.add_party(errand, actions.PartyDraft(name="邻居", phone="13900001111"), by=village.secretary)
        actions.link(errand, opened(village, title="另一件"), by=village.secretary)
        actions.ask_colleague(errand, "量血压", holder=village.deputy, by=village.secretary)

    told()
    desk, url = client_as(village.secretary), f"/matters/{errand.pk}/"
    queries(desk, url)
    few = queries(desk, url)
    for _ in range(12):
        told()
    assert queries(desk, url) == few


def test_a_double_click_moves_once(village: Any, client_as: Any, errand: Matter) -> None:
    desk = client_as(village.secretary)
    for _ in range(2):
        desk.post(f"/matters/{errand.pk}/move/begin/", {"seen": 0, "once": "same"})
    assert Entry.objects.filter(matter=errand, what="begin").count() == 1


def test_a_double_click_opens_once(village: Any, client_as: Any) -> None:
    facts = {"title": "楼道灯坏了", "area": village.community.pk, "source": "phone", "once": "same"}
    for _ in range(2):
        assert client_as(village.secretary).post("/matters/new/governance.errand/", facts).status_code == 302
    assert Matter.objects.count() == 1


def test_who_was_slower_is_told_and_loses_nothing(village: Any, client_as: Any, errand: Matter) -> None:
    actions.move(errand, "begin", by=village.grid_worker)
    url, facts = f"/matters/{errand.pk}/move/finish/", {"seen": 0, "note": "药送到了", "outcome": "done"}
    toast = client_as(village.secretary).post(url, facts, headers=HTMX)
    assert toast.status_code == 409 and toast["HX-Reswap"] == "none" and "toast" in toast["HX-Trigger"]
    page = client_as(village.secretary).post(url, facts)
    assert page.status_code == 409 and "方亮刚刚办了「开始办」" in said(page) and "药送到了" in said(page)
    assert Matter.objects.get(pk=errand.pk).stage == "doing"


def test_what_a_move_asks_for_is_asked_again_with_what_was_said(
    village: Any, client_as: Any, errand: Matter
) -> None:
    answer = client_as(village.secretary).post(
        f"/matters/{errand.pk}/move/finish/", {"seen": 0, "outcome": "done"}, headers=HTMX
    )
    assert answer.status_code == 422 and "<dialog" in said(answer) and 'value="done"' in said(answer)


def test_an_impossible_move_says_what_is_possible(village: Any, client_as: Any, errand: Matter) -> None:
    answer = client_as(village.secretary).post(f"/matters/{errand.pk}/move/go_on/", {"seen": 0})
    assert answer.status_code == 409 and "可以：「开始办」" in said(answer)
    assert client_as(village.secretary).get(f"/matters/{errand.pk}/move/nonsense/").status_code == 404


def test_the_page_answers_machines_from_the_same_table(village: Any, client_as: Any, errand: Matter) -> None:
    desk, url = client_as(village.secretary), f"/matters/{errand.pk}/"
    told = desk.get(f"{url}?format=json").json()
    assert told == desk.get(url, headers={"Accept": "application/json"}).json()
    assert (told["id"], told["number"], told["stage"]["key"]) == (str(errand.pk), errand.number, "new")
    assert [move["key"] for move in told["moves"]] == ["begin", "finish"]
    assert told["clock"]["limit"] == "1 个工作日" and not told["clock"]["confirmed"]
    assert client_as(village.outsider).get(f"{url}?format=json").status_code == 404


def test_readers_see_the_page_without_a_button(village: Any, client_as: Any, errand: Matter) -> None:
    page = said(client_as(village.street_section).get(f"/matters/{errand.pk}/"))
    assert errand.title in page and "写一条经过" not in page and "更多操作" not in page
    assert client_as(village.street_section).post(f"/matters/{errand.pk}/comment/", {}).status_code == 403


@pytest.mark.parametrize(
    "who", ["deputy", "grid_worker", "street_admin", "street_section", "outsider", "auditor"]
)
def test_a_restricted_matter_is_unknown_outside_its_circle(
    village: Any, client_as: Any, lead: Matter, who: str
) -> None:
    client = client_as(village[who])
    wanted = 403 if who == "auditor" else 404
    assert client.get(f"/matters/{lead.pk}/").status_code == wanted
    assert client.get(f"/matters/{lead.pk}/?format=json").status_code == wanted
    assert client.post(f"/matters/{lead.pk}/move/report/", {"note": "x"}).status_code == wanted
    if who != "auditor":
        for asked in ("", "?state=all", "?q=孩子", f"?house={village.house.pk}", "?kind=governance.lead"):
            answer = client.get(f"/matters/{asked}")
            assert lead.title not in said(answer) and lead.number not in said(answer)
            assert answer.context["counts"]["open"] == 0 and answer.context["total"] == 0
    assert lead.title not in said(client.get("/search/?q=孩子"))


def test_the_circle_knows_and_works(village: Any, client_as: Any, lead: Matter) -> None:
    for who in ("secretary", "line_worker"):
        assert lead.title in said(client_as(village[who]).get(f"/matters/{lead.pk}/"))
    page = said(client_as(village.secretary).get(f"/matters/{lead.pk}/"))
    assert "限定知情" in page and 'data-draft="' not in page and "转办、委托" not in page


def test_doubles_at_the_same_place_are_shown_before_one_more_is_written(
    village: Any, client_as: Any, errand: Matter, lead: Matter
) -> None:
    desk, url = client_as(village.secretary), "/matters/new/governance.errand/doubles/"
    part = said(desk.get(url, {"where": "3号楼2单元501"}, headers=HTMX))
    assert errand.title in part and village.house.spelt in part and lead.title not in part
    assert "没认出楼室" in said(desk.get(url, {"where": "小区东门"}))
    assert errand.title not in said(client_as(village.outsider).get(url, {"where": "3号楼2单元501"}))


def test_the_asker_is_found_as_in_the_palette_or_just_told(village: Any, client_as: Any) -> None:
    desk = client_as(village.secretary)
    assert village.alone.name in said(desk.get("/matters/people/", {"find": village.alone.name}))
    assert village.outside_senior.name not in said(
        desk.get("/matters/people/", {"find": village.outside_senior.name[:1]})
    )
    facts = {"title": "取药", "area": village.community.pk, "source": "phone", "person": village.alone.pk}
    desk.post("/matters/new/governance.errand/", facts | {"once": "1"})
    facts |= {"person": village.outside_senior.pk, "once": "2"}
    assert desk.post("/matters/new/governance.errand/", facts).status_code == 422
    facts |= {"person": "", "name": "路人", "phone": "139 0000 1111", "once": "3"}
    desk.post("/matters/new/governance.errand/", facts)
    askers = [matter.parties.get() for matter in Matter.objects.order_by("key")]
    assert [asker.shown for asker in askers] == [village.alone.name, "路人"]
    assert askers[1].masked_phone == "139****1111"


def test_a_grid_worker_opens_in_the_own_grid(village: Any, client_as: Any) -> None:
    facts = {"title": "楼道灯坏了", "area": village.grid_1.pk, "source": "visit"}
    desk = client_as(village.grid_worker)
    assert desk.post("/matters/new/governance.errand/", facts).status_code == 302
    assert Matter.objects.get().area == village.grid_1
    facts = {"title": "别处的灯", "area": village.grid_2.pk, "source": "visit"}
    assert desk.post("/matters/new/governance.errand/", facts).status_code == 422


def test_an_empty_line_is_asked_for_and_an_unknown_kind_is_none(village: Any, client_as: Any) -> None:
    desk = client_as(village.secretary)
    answer = desk.post("/matters/new/governance.errand/", {"area": village.community.pk, "source": "phone"})
    assert answer.status_code == 422 and "写一句话就够" in said(answer)
    assert desk.get("/matters/new/nonsense/").status_code == 404


def test_the_flows_are_shown_with_their_grounds(village: Any, client_as: Any) -> None:
    page = said(client_as(village.grid_worker).get("/matters/flows/"))
    assert "<svg" in page and "帮办代办" in page and "待确认" in page
