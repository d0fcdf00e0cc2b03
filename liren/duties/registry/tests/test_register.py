"""The register page: who is on it, for whom, and what combines."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from liren.core.duty import Refused, all_duties
from liren.core.people.actions import correct_person, move_out, put_label
from liren.core.people.models import IdentityPaper, Person, Phone
from liren.duties.registry.files.actions import drop_view, keep_view
from liren.duties.registry.files.models import SavedView

pytestmark = pytest.mark.django_db
URL = "/registry/files/"


def listed(page):
    """The names on a page, in order."""
    return re.findall(r'class="strong">([^<]+)</a>', page.content.decode())


def test_the_page_lists_who_is_here_and_hides_every_number(village, client_as):
    page = client_as(village.secretary).get(URL, {"per": "100"})
    text = page.content.decode()
    assert "顾阿妹" in listed(page) and "单红" not in listed(page)
    for paper in IdentityPaper.objects.all():
        assert paper.number not in text
    for phone in Phone.objects.all():
        assert phone.number not in text


def test_htmx_gets_the_list_alone_and_the_address_is_tidied(village, client_as):
    page = client_as(village.secretary).get(
        URL, {"q": "gam", "fact": "person.age", "op": ">=", "value": "60"}, headers={"HX-Request": "true"}
    )
    assert listed(page) == ["顾阿妹"]
    assert "<html" not in page.content.decode()
    assert page["HX-Push-Url"] == f"{URL}?q=gam&c=person.age%7C%3E%3D%7C60"


def test_conditions_combine_and_each_can_be_taken_away(village, client_as):
    asked = {"c": ["person.age|>=|60", "person.sex|=|2", "person.lives_alone|=|1"], "per": "100"}
    page = client_as(village.secretary).get(URL, asked)
    assert "顾阿妹" in listed(page) and "沈国栋" not in listed(page)
    text = page.content.decode()
    assert text.count("去掉条件：") == 3
    assert "年龄不低于 60 岁" in text


def test_what_is_not_understood_is_said_and_the_rest_still_holds(village, client_as):
    for bad in (
        "nonsense|=|1",
        "person.age|>=|viele",
        "person.age",
        "|||",
        "label.corrections|=|1",
        "person.ethnicity|=|01",
    ):
        page = client_as(village.secretary).get(URL, {"c": [bad, "person.senior|=|1"]})
        assert page.status_code == 200
        assert "顾阿妹" in listed(page)
        assert 'class="note warn"' in page.content.decode()
    assert (
        client_as(village.secretary)
        .get(URL, {"on": "gestern", "sort": "x", "col": "y", "area": "z"})
        .status_code
        == 200
    )


def test_the_builder_works_in_two_steps_without_script(village, client_as):
    client = client_as(village.secretary)
    first = client.get(URL, {"fact": "person.marital"}).content.decode()
    assert 'name="op"' in first and "丧偶" in first
    second = client.get(URL, {"fact": "person.marital", "op": "=", "value": "30"})
    assert listed(second) == ["顾阿妹"]
    several = client.get(URL, {"fact": "person.marital", "op": "=", "value": ["30", "20"]})
    assert {"顾阿妹", "沈国栋"} <= set(listed(several))


def test_groups_are_counted_in_one_query_and_agree_with_the_list(
    village, client_as, django_assert_num_queries
):
    client = client_as(village.secretary)
    text = client.get(reverse("registry:register_groups")).content.decode()
    for code, name in (
        ("person.senior", "80 岁以上"),
        ("person.lives_alone", "独居老人"),
        ("residence.tenant", "租户"),
    ):
        counted = int(re.search(rf"{name} <span>([\d,]+)</span>", text)[1])
        assert counted == len(listed(client.get(URL, {"c": f"{code}|=|1", "per": "100"})))


def test_a_grid_worker_sees_the_grid_and_an_outsider_nothing(village, client_as):
    mine = listed(client_as(village.grid_worker).get(URL, {"per": "100"}))
    assert "顾阿妹" in mine and "韩梅" not in mine
    theirs = listed(client_as(village.outsider).get(URL, {"per": "100", "area": "all", "gone": "1"}))
    assert theirs and set(mine) & set(theirs) <= {"张伟"}  # a namesake of their own
    assert client_as(village.auditor).get(URL).status_code == 403


def test_economic_labels_show_only_to_their_line(village, client_as):
    economic = "c=label.minimum_living|=|1"
    for user, may in ((village.line_worker, True), (village.secretary, True), (village.health_worker, False)):
        page = client_as(user).get(URL, {"q": "钱桂英"})
        assert ('<span class="tag">低保</span>' in page.content.decode()) is may
        filtered = client_as(user).get(f"{URL}?{economic}")
        assert ("低保" in filtered.content.decode()) or not may
        assert (listed(filtered) == ["钱桂英"]) is may
        options = client_as(user).get(URL).content.decode()
        assert ('value="label.minimum_living"' in options) is may
        assert 'value="label.corrections"' not in options


def test_restricted_labels_are_on_no_list(village, client_as):
    row = put_label(village.restricted, code="drug_recovery", evidence="协议", by=village.secretary)
    assert row.tier == 3
    assert "社区戒毒" not in client_as(village.secretary).get(URL, {"q": "孙志刚"}).content.decode()


def test_namesakes_are_told_apart(village, client_as):
    text = client_as(village.secretary).get(URL, {"q": "张伟"}).content.decode()
    assert text.count("男 · 45 岁 · 3号楼2单元401") == 1
    assert text.count("男 · 33 岁 · 5号楼2单元302") == 1


def test_a_past_day_shows_who_lived_here_then(village, client_as):
    client = client_as(village.secretary)
    today = timezone.localdate()
    move_out(village.alone, on=today - datetime.timedelta(days=1), by=village.secretary)
    assert "顾阿妹" not in listed(client.get(URL, {"per": "100"}))
    before = client.get(URL, {"per": "100", "on": (today - datetime.timedelta(days=30)).isoformat()})
    assert "顾阿妹" in listed(before)
    assert "3-1-501" in before.content.decode()
    long_ago = client.get(URL, {"on": "1990-01-01"})
    assert listed(long_ago) == []


def test_a_past_day_shows_plain_facts_as_they_were(village, client_as):
    correct_person(village.alone, facts={"education": "60"}, by=village.secretary)
    village.alone.changes.filter(fact="education").update(
        on=timezone.localdate() - datetime.timedelta(days=3)
    )
    then = (timezone.localdate() - datetime.timedelta(days=9)).isoformat()
    client = client_as(village.secretary)
    assert listed(client.get(URL, {"c": "person.education|=|60"})).count("顾阿妹") == 1
    assert "顾阿妹" not in listed(client.get(URL, {"c": "person.education|=|60", "on": then}))
    assert "顾阿妹" in listed(client.get(URL, {"c": "person.education|=|80", "on": then}))


def test_sorting_and_columns(village, client_as):
    client = client_as(village.secretary)
    ages = listed(client.get(URL, {"sort": "age", "per": "100"}))
    assert ages.index("方小囡") < ages.index("顾阿妹")
    assert listed(client.get(URL, {"sort": "-age", "per": "100"})) != ages
    text = client.get(URL, {"col": ["person.work_unit", "house.grid"], "q": "方晓宇"}).content.decode()
    assert "海东城市设计院" in text and "第一网格" in text and "3101**" not in text


def test_empty_states(village, client_as):
    text = client_as(village.secretary).get(URL, {"q": "谁也不是"}).content.decode()
    assert "没有找到" in text
    Person.objects.all().update(status="moved_out")
    assert "名册还空着" in client_as(village.secretary).get(URL).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_rows(village, client_as):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_as(village.secretary)
    client.get(URL)
    counts = set()
    for asked in ({"q": "顾"}, {"q": "方"}, {"q": "国", "per": "100"}):
        with CaptureQueriesContext(connection) as queries:
            client.get(URL, asked)
        counts.add(len(queries))
    # The frame itself asks for the bell and for the count of open matters.
    assert len(counts) == 1 and counts.pop() <= 17


def test_street_staff_see_one_community_until_they_look_for_words(village, client_as):
    client = client_as(village.street_section)
    first = listed(client.get(URL, {"per": "100"}))
    everybody = listed(client.get(URL, {"per": "100", "area": "all"}))
    assert set(first) < set(everybody)
    other = next(name for name in everybody if name not in first)
    assert other in listed(client.get(URL, {"q": other}))


def test_views_are_kept_opened_shared_and_let_go(village, client_as):
    client = client_as(village.secretary)
    address = "?q=%E6%96%B9&c=person.age%7C%3E%3D%7C20&col=person.age&sort=age"
    kept = client.post(f"{URL}views/keep/", {"name": "方家大人", "shared": "1", "asked": address})
    assert kept.status_code == 302
    view = SavedView.objects.get()
    opened = client.get(reverse("registry:view_open", args=[view.pk]), follow=True)
    assert set(listed(opened)) == {"方建国", "方晓宇"}
    assert client_as(village.deputy).get(reverse("registry:view_open", args=[view.pk])).status_code == 302
    assert client_as(village.outsider).get(reverse("registry:view_open", args=[view.pk])).status_code == 404
    with pytest.raises(Refused):
        drop_view(view, by=village.deputy)
    assert client.post(reverse("registry:view_drop", args=[view.pk])).status_code == 302
    assert not SavedView.objects.exists()


def test_views_are_refused_without_name_content_or_permission(village):
    given = {"text": "", "conditions": [], "columns": [], "sort": "", "shared": False}
    with pytest.raises(Refused):
        keep_view(name=" ", **given | {"text": "方"}, by=village.deputy)
    with pytest.raises(Refused):
        keep_view(name="空", **given, by=village.deputy)
    economic = given | {"conditions": [["label.minimum_living", "=", True]]}
    with pytest.raises(Refused):
        keep_view(name="低保", **economic, by=village.health_worker)
    view = keep_view(name="低保", **economic, by=village.line_worker)
    again = keep_view(name="低保", **economic | {"text": "钱"}, by=village.line_worker)
    assert again.pk == view.pk and again.text == "钱"


def test_a_shared_view_gives_nobody_more_rights(village, client_as):
    view = keep_view(
        name="低保", text="", conditions=[["label.minimum_living", "=", True]], columns=[], sort="", shared=True,
        by=village.line_worker,
    )  # fmt: skip
    page = client_as(village.health_worker).get(reverse("registry:view_open", args=[view.pk]), follow=True)
    assert "不能按它筛选" in page.content.decode()


def test_the_palette_finds_people_and_doors(village):
    [duty] = [each for each in all_duties() if each.key == "registry"]
    hits = [hit for finder in duty.finders for hit in finder(village.secretary, "3-2-301", 8)]
    assert {"方建国", "3号楼2单元301"} <= {hit.name for hit in hits}
    assert not [hit for finder in duty.finders for hit in finder(village.outsider, "3-2-301", 8)]
    paper = IdentityPaper.objects.get(person=village.alone)
    [hit] = [hit for finder in duty.finders for hit in finder(village.secretary, paper.number, 8)]
    assert hit.name == "顾阿妹" and paper.number not in f"{hit}"
